/**
 * Constants on parts of the domain: whether two sums of them differ by one number everywhere.
 *
 * A bias that meets zero padding becomes a constant that is different near the border. Cutting the
 * domain along every edge of every rectangle gives at most a few dozen cells, on each of which both
 * sides are plain numbers; this decides borders completely, whoever cut them how.
 */
import { spelledOut } from './border.ts';
import { exactSum, measured, negated, nothing, scaled, sum, type Constant } from './constant.ts';
import type { Form } from './form.ts';
import { addsExactly, multipliesExactly, type Scale } from './scale.ts';
import {
  intersect,
  isEmpty,
  preimage,
  wholeOf,
  type Domain,
  type Rect,
  type ShiftId,
} from './shift.ts';
import type { Table } from './table.ts';
import { roundoff, ulpsBetween } from './ulps.ts';

/** How a form is read: through `shift` from a tensor on `middle` into a result on `to`. */
export interface Reading {
  readonly shift: ShiftId;
  readonly middle: Domain;
  readonly to: Domain;
}

/** A constant on a rectangle of the result. */
export interface Cell {
  readonly rect: Rect;
  readonly value: number;
  readonly magnitude: number;
  /** As of a constant: less than the magnitude where the terms behind it are not the same everywhere. */
  readonly yardstick: number;
  readonly error: number;
}

export function constantOf({ value, magnitude, error, yardstick }: Cell): Constant {
  return error === 0
    ? exactSum(value, magnitude, yardstick)
    : measured(value, magnitude, error, yardstick);
}

export interface Offset {
  readonly offset: Constant;
  readonly ulps: number;
  readonly exact: boolean;
}

/** The constants of factor · form, read as `reading` says, as constants on rectangles of the result. */
export function cellsOf(
  form: Form,
  factor: Scale,
  reading: Reading,
  table: Table,
): readonly Cell[] {
  if (form.patches.length === 0 && form.constant === nothing) return [];
  const cells: Cell[] = [];
  const { stride, offset, guard } = table.shifts.get(reading.shift);
  const push = (own: Rect, constant: Constant): void => {
    const { mid: value, magnitude, error, yardstick } = scaled(constant, factor);
    let rect = own;
    if (reading.shift !== 0) {
      rect = intersect(wholeOf(reading.to), preimage(stride, offset, own));
      if (guard !== null) rect = intersect(rect, guard);
    }
    if (magnitude > 0 && !isEmpty(rect)) cells.push({ rect, value, magnitude, error, yardstick });
  };
  push(wholeOf(reading.middle), form.constant);
  for (const { rect, constant } of spelledOut(form.patches)) push(rect, constant);
  return cells;
}

/** Where the domain is cut along one axis: 0 and every edge inside, in no order. */
function cuts(
  lists: readonly (readonly Cell[])[],
  size: number,
  edges: (rect: Rect) => readonly [number, number],
): readonly number[] {
  const found = [0];
  for (const cells of lists) {
    for (const { rect } of cells) {
      for (const edge of edges(rect)) {
        if (edge > 0 && edge < size && !found.includes(edge)) found.push(edge);
      }
    }
  }
  return found;
}

interface Total {
  readonly value: number;
  readonly magnitude: number;
  readonly yardstick: number;
  readonly error: number;
}

function totalAt(cells: readonly Cell[], y: number, x: number): Total {
  let value = 0;
  let magnitude = 0;
  let yardstick = 0;
  let error = 0;
  let exact = true;
  for (const cell of cells) {
    const { rect } = cell;
    if (y < rect.top || y >= rect.bottom || x < rect.left || x >= rect.right) continue;
    exact &&= addsExactly(value, cell.value);
    value += cell.value;
    magnitude += cell.magnitude;
    yardstick += cell.yardstick;
    error += cell.error;
  }
  const rounding = exact ? 0 : cells.length * roundoff * magnitude;
  return { value, magnitude, yardstick, error: error + rounding };
}

/** The same constants on rectangles that cover the domain and do not overlap. */
export function gridOf(cells: readonly Cell[], domain: Domain): readonly Cell[] {
  const ascending = (a: number, b: number): number => a - b;
  const rows = cuts([cells], domain.height, (r) => [r.top, r.bottom]).toSorted(ascending);
  const columns = cuts([cells], domain.width, (r) => [r.left, r.right]).toSorted(ascending);
  const grid: Cell[] = [];
  for (const [i, top] of rows.entries()) {
    for (const [j, left] of columns.entries()) {
      const here = totalAt(cells, top, left);
      const bottom = rows[i + 1] ?? domain.height;
      const right = columns[j + 1] ?? domain.width;
      grid.push({ rect: { top, left, bottom, right }, ...here });
    }
  }
  return grid;
}

/** All constants of a form: one for the whole domain, others for parts of it. */
export interface Constants {
  readonly everywhere: Constant;
  readonly cells: readonly Cell[];
}

/** form − scale · target, at one pixel after the other. */
class Difference {
  readonly #form: Constants;
  readonly #target: readonly Cell[];
  readonly #scale: Scale;
  readonly #everywhere: Constant;
  readonly domain: Domain;
  /** Of the difference of the constants that are the same everywhere. */
  readonly constant: Constant;

  constructor(form: Constants, target: Constants, scale: Scale, domain: Domain) {
    this.#form = form;
    this.#target = target.cells;
    this.#scale = scale;
    this.#everywhere = scaled(target.everywhere, scale);
    this.domain = domain;
    this.constant = sum(form.everywhere, negated(this.#everywhere));
  }

  /** A pixel of each part of the domain on which it is one number. */
  pixels(): readonly { readonly y: number; readonly x: number }[] {
    const lists = [this.#form.cells, this.#target];
    const columns = cuts(lists, this.domain.width, (r) => [r.left, r.right]);
    return cuts(lists, this.domain.height, (r) => [r.top, r.bottom]).flatMap((y) =>
      columns.map((x) => ({ y, x })),
    );
  }

  /** What the cells differ by; magnitudes are those of all constants there, of both sides together. */
  at({ y, x }: { readonly y: number; readonly x: number }): Total {
    const scale = this.#scale;
    const f = totalAt(this.#form.cells, y, x);
    const t = totalAt(this.#target, y, x);
    const factor = Math.abs(scale.mid);
    const product = scale.mid * t.value;
    const exact =
      scale.key === '' && multipliesExactly(scale.mid, t.value) && addsExactly(f.value, -product);
    const rounding = exact ? 0 : (scale.roundings + 3) * roundoff;
    return {
      value: f.value - product,
      magnitude: f.magnitude + factor * t.magnitude + this.constant.magnitude,
      yardstick: Math.max(
        this.#form.everywhere.yardstick + f.yardstick,
        this.#everywhere.yardstick + factor * t.yardstick,
      ),
      error: f.error + factor * t.error + rounding * (f.magnitude + factor * t.magnitude),
    };
  }
}

/**
 * Largest difference of two forms' constants, with the second one scaled, in units in the last place of the terms
 * that are there at each pixel. Where neither has any, both are zero.
 */
export function distanceBetween(
  form: Constants,
  target: Constants,
  { scale, domain }: { readonly scale: Scale; readonly domain: Domain },
): number {
  const difference = new Difference(form, target, scale, domain);
  const { constant } = difference;
  let ulps = 0;
  for (const pixel of difference.pixels()) {
    const { value, magnitude, yardstick, error } = difference.at(pixel);
    if (magnitude === 0) continue;
    const apart = constant.mid + value;
    const rounding = addsExactly(constant.mid, value) ? 0 : roundoff * magnitude;
    ulps = Math.max(ulps, ulpsBetween(apart, yardstick, constant.error + error + rounding));
  }
  return ulps;
}

/**
 * form − scale · target where the fewest terms are, and so the least was rounded, and how far other pixels deviate
 * from that.
 */
export function offsetBetween(
  form: Constants,
  target: Constants,
  { scale, domain }: { readonly scale: Scale; readonly domain: Domain },
): Offset {
  const difference = new Difference(form, target, scale, domain);
  const { constant } = difference;
  if (form.cells.length === 0 && target.cells.length === 0) {
    return { offset: constant, ulps: 0, exact: true };
  }
  const pixels = difference.pixels().map((pixel) => difference.at(pixel));
  const least = pixels.reduce((a, b) => (b.yardstick < a.yardstick ? b : a));
  // A pixel's constant moves by this and by what the offset moves: half is for each.
  const deviations = pixels.map((here) =>
    ulpsBetween(here.value - least.value, here.yardstick / 2, here.error + least.error),
  );
  const ulps = Math.max(...deviations);
  const own =
    least.error === 0
      ? exactSum(least.value, least.magnitude)
      : measured(least.value, least.magnitude, least.error);
  const offset = sum(constant, own);
  const yardstick = Math.min(offset.yardstick, least.yardstick / 2);
  return { offset: { ...offset, yardstick }, ulps, exact: ulps === 0 };
}
