/**
 * Ranges of values, by interval arithmetic over their definitions, and from facts proved elsewhere.
 *
 * Computed on demand and once. Unbounded networks cost almost nothing: a row that meets an unbounded
 * term on either side is known to be unbounded and is left at once.
 */
import { spelledOut } from './border.ts';
import type { Form, Part, Rows, ValueId } from './form.ts';
import { rowStart } from './form.ts';
import {
  addIntervals,
  down,
  everything,
  meet,
  nonNegative,
  scaleInterval,
  shiftInterval,
  up,
  withZero,
  type Interval,
} from './interval.ts';
import { negated, nothing, sameConstant, type Constant } from './constant.ts';
import { exactly, inverse, sameScale, type Scale } from './scale.ts';
import { readsIn, regionsOf } from './regions.ts';
import { wholeOf, type Domain, type Rect, type ShiftId } from './shift.ts';
import type { Table } from './table.ts';
import { roundoff } from './ulps.ts';

interface ColumnRanges {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** scale · value + constant, a channel with this range. */
interface Anchor {
  readonly scale: Scale;
  readonly constant: Constant;
  readonly range: Interval;
}

export class Ranges {
  readonly #table: Table;
  readonly #input: Interval;
  readonly #known: (Interval | undefined)[] = [];
  readonly #anchors = new Map<ValueId, Anchor>();
  readonly #columns = new WeakMap<Rows, Map<string, ColumnRanges>>();

  constructor(table: Table, input: Interval) {
    this.#table = table;
    this.#input = input;
  }

  /** States what the maker of a value knows of its range; `enough` spares deriving it from the form. */
  learn(value: ValueId, range: Interval, enough = false): void {
    this.#known[value] = enough ? range : meet(this.of(value), range);
  }

  /**
   * States the range of scale · value + constant, a whole channel. The same channel met again has that
   * range exactly, which rounding outwards twice would lose.
   */
  anchor(term: { value: ValueId; scale: Scale }, constant: Constant, range: Interval): void {
    const { value, scale } = term;
    // What scaling keeps exactly needs no anchor.
    const isHalfLine = range.lower === 0 && range.upper === Infinity && scale.mid > 0;
    if (isHalfLine && constant === nothing && this.of(value) === nonNegative) return;
    if (this.#anchors.has(value)) return;
    this.#anchors.set(value, { scale, constant, range });
    const own = shiftInterval(range, negated(constant));
    this.learn(value, scaleInterval(own, inverse(scale)));
  }

  /** The whole channel that a multiple of the value was met as; null where it was none. */
  anchored(value: ValueId): Anchor | null {
    return this.#anchors.get(value) ?? null;
  }

  /** States that a value is another one read at a shift, and nothing else anywhere. */
  follow(value: ValueId, from: ValueId): void {
    const anchor = this.#anchors.get(from);
    if (anchor !== undefined) this.#anchors.set(value, anchor);
    this.#known[value] = this.of(from);
  }

  /** Range of scale · value + constant. */
  affine(value: ValueId, scale: Scale, constant: Constant): Interval {
    const anchor = this.#anchors.get(value);
    if (anchor !== undefined && sameScale(anchor.scale, scale)) {
      if (sameConstant(anchor.constant, constant)) return anchor.range;
    }
    const own = this.of(value);
    return own === everything && scale.mid !== 0
      ? own
      : shiftInterval(scaleInterval(own, scale), constant);
  }

  of(value: ValueId): Interval {
    const known = this.#known[value];
    if (known !== undefined) return known;
    const range = this.#derive(value);
    this.#known[value] = range;
    return range;
  }

  #derive(id: ValueId): Interval {
    const { definition } = this.#table.get(id);
    switch (definition.kind) {
      case 'input':
        return this.#input;
      case 'linear':
        return this.#regional(definition.form(), this.#table.get(id).domain);
      case 'relu': {
        if (this.of(definition.base) === everything) return nonNegative;
        const t = shiftInterval(this.of(definition.base), negated(definition.threshold));
        return { lower: Math.max(0, t.lower), upper: Math.max(0, t.upper) };
      }
      case 'kinks':
        return this.form(definition.form());
      case 'maxPool':
        return scaleInterval(this.of(definition.argument), exactly(definition.sign));
      case 'opaque':
        switch (definition.function) {
          case 'softmax':
          case 'sigmoid':
          case 'hardSigmoid':
            return { lower: 0, upper: 1 };
          case 'tanh':
            return { lower: -1, upper: 1 };
          case 'hardSwish':
          case 'silu':
          case 'gelu':
          case 'geluTanh':
          case 'elu':
            return everything;
        }
        return everything;
      case 'unknown':
        return everything;
      case 'softmax':
        return { lower: 0, upper: 1 };
      case 'product': {
        const [a, b] = definition.factors.map((f) => this.of(f));
        const corners = [a.lower, a.upper].flatMap((x) =>
          [b.lower, b.upper].map((y) => (x === 0 || y === 0 ? 0 : x * y)),
        );
        return { lower: down(Math.min(...corners)), upper: up(Math.max(...corners)) };
      }
    }
  }

  /** Range of a form without its constant. */
  form(form: Form): Interval {
    let total = this.#sum(form.parts, null);
    if (total.lower === -Infinity && total.upper === Infinity) return everything;
    for (const { constant } of spelledOut(form.patches)) {
      total = addIntervals(total, withZero(shiftInterval({ lower: 0, upper: 0 }, constant)));
    }
    return total;
  }

  #sum(parts: readonly Part[], region: Rect | null): Interval {
    let total: Interval = { lower: 0, upper: 0 };
    for (const part of parts) {
      const range =
        part.kind === 'value'
          ? this.#read(part.value, part.shift, region)
          : this.#row(part.rows, part.row, region);
      total = addIntervals(total, scaleInterval(range, part.scale));
      if (total.lower === -Infinity && total.upper === Infinity) return everything;
    }
    return total;
  }

  /** Range of a form with its constant, which may differ from pixel to pixel: region by region. */
  #regional(form: Form, domain: Domain): Interval {
    if (form.patches.length === 0) return this.#sum(form.parts, wholeOf(domain));
    const rough = this.form(form);
    if (rough.lower === -Infinity && rough.upper === Infinity) return rough;
    let hull: Interval | null = null;
    for (const { rect, added } of regionsOf(form.patches, domain)) {
      const own = addIntervals(this.#sum(form.parts, rect), added);
      hull =
        hull === null
          ? own
          : { lower: Math.min(hull.lower, own.lower), upper: Math.max(hull.upper, own.upper) };
    }
    return shiftInterval(hull === null ? rough : meet(rough, hull), form.constant);
  }

  /** Range of a value at a shift, for the positions of a region; null for all positions. */
  #read(value: ValueId, shift: ShiftId, region: Rect | null): Interval {
    const own = this.of(value);
    if (shift === 0) return own;
    if (region === null) return withZero(own);
    switch (readsIn(region, this.#table.shifts.get(shift), this.#table.get(value).domain)) {
      case 'inside':
        return own;
      case 'outside':
        return { lower: 0, upper: 0 };
      case 'both':
        return withZero(own);
    }
  }

  #columnsOf(rows: Rows, region: Rect | null): ColumnRanges {
    const key =
      region === null ? '' : `${region.top},${region.left},${region.bottom},${region.right}`;
    let byRegion = this.#columns.get(rows);
    if (byRegion === undefined) {
      byRegion = new Map();
      this.#columns.set(rows, byRegion);
    }
    const known = byRegion.get(key);
    if (known !== undefined) return known;
    const { columns, scales } = rows;
    const lower = new Float64Array(columns.length);
    const upper = new Float64Array(columns.length);
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k];
      if (column < 0) continue;
      const read = this.#read(
        this.#table.columnValue(column),
        this.#table.columnShift(column),
        region,
      );
      const range = scales === null ? read : scaleInterval(read, scales[k]);
      lower[k] = range.lower;
      upper[k] = range.upper;
    }
    const made = { lower, upper };
    byRegion.set(key, made);
    return made;
  }

  #row(rows: Rows, row: number, region: Rect | null): Interval {
    const { lower, upper } = this.#columnsOf(rows, region);
    const { weights, length } = rows;
    const start = rowStart(rows, row);
    let low = 0;
    let high = 0;
    let below = 0;
    let above = 0;
    for (let k = 0; k < length; k++) {
      const weight = weights[start.weights + k];
      if (weight === 0) continue;
      const a = lower[start.columns + k];
      const b = upper[start.columns + k];
      const least = weight > 0 ? a : b;
      const most = weight > 0 ? b : a;
      if (least !== 0) {
        low += weight * least;
        below += Math.abs(weight * least) || Number.MIN_VALUE;
      }
      if (most !== 0) {
        high += weight * most;
        above += Math.abs(weight * most) || Number.MIN_VALUE;
      }
      if (low === -Infinity && high === Infinity) return everything;
    }
    const rounding = (length + 2) * roundoff;
    // Where every term is zero the sum is exactly zero. A term may also be too small for float64.
    return {
      lower: below === 0 ? 0 : Number.isFinite(low) ? down(low - rounding * below) : -Infinity,
      upper: above === 0 ? 0 : Number.isFinite(high) ? up(high + rounding * above) : Infinity,
    };
  }
}
