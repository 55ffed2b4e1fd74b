/**
 * Constants on parts of the domain: whether two sums of them differ by one number everywhere.
 *
 * A bias that meets zero padding becomes a constant that is different near the border. Cutting the
 * domain along every edge of every rectangle gives at most a few dozen cells, on each of which both
 * sides are plain numbers; this decides borders completely, whoever cut them how.
 */
import { spelledOut } from './border.ts';
import { exactSum, measured, nothing, scaled, sum, type Constant } from './constant.ts';
import type { Form } from './form.ts';
import { addsExactly, multipliesExactly, type Scale } from './scale.ts';
import {
  holdsMiddle,
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
  /** What of the magnitude belongs to terms that are there, not to what is counted from the middle pixel. */
  readonly yardstick: number;
  readonly error: number;
}

export interface Offset {
  readonly offset: Constant;
  readonly ulps: number;
  readonly exact: boolean;
}

/** The patches of factor · form, read as `reading` says, as constants on rectangles of the result. */
export function cellsOf(
  form: Form,
  factor: Scale,
  reading: Reading,
  table: Table,
): readonly Cell[] {
  if (form.patches.length === 0) return [];
  const cells: Cell[] = [];
  const { stride, offset, guard } = table.shifts.get(reading.shift);
  const push = (cell: Cell): void => {
    if (reading.shift === 0) {
      cells.push(cell);
      return;
    }
    let rect = intersect(wholeOf(reading.to), preimage(stride, offset, cell.rect));
    if (guard !== null) rect = intersect(rect, guard);
    if (!isEmpty(rect)) cells.push({ ...cell, rect });
  };
  const whole = wholeOf(reading.middle);
  let atMiddle = nothing;
  for (const { rect, constant } of spelledOut(form.patches)) {
    const { mid, magnitude, error, yardstick } = scaled(constant, factor);
    push({ rect, value: mid, magnitude, error, yardstick });
    if (holdsMiddle(rect, whole)) atMiddle = sum(atMiddle, constant);
  }
  // Patches count relative to the middle pixel (form.ts).
  const { mid, magnitude, error } = scaled(atMiddle, factor);
  if (magnitude > 0) push({ rect: whole, value: -mid, magnitude, error, yardstick: 0 });
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

/** A form's constants with the one at the middle pixel, which is kept outside. */
interface Whole {
  readonly cells: readonly Cell[];
  readonly constant: Constant;
  /** The patches that `constant` counts at the middle pixel. */
  readonly own: Form['patches'];
}

/**
 * Largest difference of two forms' constants, middle and border together, with the second one scaled; in units
 * in the last place of the terms that are there at each pixel.
 */
export function distanceBetween(
  form: Whole,
  target: Whole,
  { scale, domain }: { readonly scale: Scale; readonly domain: Domain },
): number {
  const factor = Math.abs(scale.mid);
  const everywhere = ({ constant, own }: Whole): number =>
    Math.max(constant.yardstick - yardstickAtMiddle(own, domain), 0);
  const size = [everywhere(form), factor * everywhere(target)];
  const scaledHome = scaled(target.constant, scale);
  const atMiddle = form.constant.mid - scaledHome.mid;
  const constants = form.constant.magnitude + scaledHome.magnitude;
  let ulps = 0;
  for (const y of cuts([form.cells, target.cells], domain.height, (r) => [r.top, r.bottom])) {
    for (const x of cuts([form.cells, target.cells], domain.width, (r) => [r.left, r.right])) {
      const f = totalAt(form.cells, y, x);
      const t = totalAt(target.cells, y, x);
      const difference = atMiddle + (f.value - scale.mid * t.value);
      const terms = constants + f.magnitude + factor * t.magnitude;
      const error =
        form.constant.error +
        scaledHome.error +
        f.error +
        factor * t.error +
        (scale.roundings + 4) * roundoff * terms;
      const yardstick = Math.max(size[0] + f.yardstick, size[1] + factor * t.yardstick);
      ulps = Math.max(ulps, ulpsBetween(difference, yardstick, error));
    }
  }
  return ulps;
}

/** Of a form's patches: the magnitudes of the terms at the middle pixel. */
function yardstickAtMiddle(patches: Form['patches'], { height, width }: Domain): number {
  const cells = spelledOut(patches).map(({ rect, constant }) => {
    const { mid, magnitude, error, yardstick } = constant;
    return { rect, value: mid, magnitude, error, yardstick };
  });
  return totalAt(cells, Math.floor(height / 2), Math.floor(width / 2)).yardstick;
}

/** form − scale · target at the middle pixel, and how far other pixels deviate from that. */
export function offsetBetween(
  form: readonly Cell[],
  target: readonly Cell[],
  scale: Scale,
  domain: Domain,
): Offset {
  if (form.length === 0 && target.length === 0) return { offset: nothing, ulps: 0, exact: true };
  const rows = cuts([form, target], domain.height, (r) => [r.top, r.bottom]);
  const columns = cuts([form, target], domain.width, (r) => [r.left, r.right]);
  const difference = (y: number, x: number): Total => {
    const f = totalAt(form, y, x);
    const t = totalAt(target, y, x);
    const factor = Math.abs(scale.mid);
    const product = scale.mid * t.value;
    const value = f.value - product;
    const exact =
      scale.key === '' && multipliesExactly(scale.mid, t.value) && addsExactly(f.value, -product);
    const rounding = exact ? 0 : (scale.roundings + 3) * roundoff;
    return {
      value,
      magnitude: Math.max(f.magnitude, factor * t.magnitude),
      yardstick: Math.max(f.yardstick, factor * t.yardstick),
      error: f.error + factor * t.error + rounding * (f.magnitude + factor * t.magnitude),
    };
  };
  const middle = difference(Math.floor(domain.height / 2), Math.floor(domain.width / 2));
  let ulps = 0;
  let least = middle.yardstick;
  for (const y of rows) {
    for (const x of columns) {
      const here = difference(y, x);
      const deviation = here.value - middle.value;
      least = Math.min(least, here.yardstick);
      // A pixel's constant moves by this and by what the constant at the middle moves: half is for each.
      const yardstick = Math.min(here.yardstick, middle.yardstick) / 2;
      ulps = Math.max(ulps, ulpsBetween(deviation, yardstick, here.error + middle.error));
    }
  }
  const offset =
    middle.error === 0
      ? exactSum(middle.value, middle.magnitude, least / 2)
      : measured(middle.value, middle.magnitude, middle.error, least / 2);
  return { offset, ulps, exact: ulps === 0 };
}
