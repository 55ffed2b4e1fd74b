/**
 * The common case of a comparison, without an accumulator: one row against parts on disjoint columns.
 *
 * A residual-free layer's row against the rows and whole channels the original adds up is by far the most
 * frequent question, and both sides read the same columns in some order. Which position answers which is
 * worked out once for a pair of layers; a row then costs one multiply and one compare for each weight.
 * Whatever does not fit – scaled inputs, a column read twice – is left to comparison.ts: null says
 * nothing about equality.
 */
import type { KeyTable } from './key-table.ts';
import { rowStart, type ColumnId, type Form, type Rows } from './form.ts';
import type { Scale } from './scale.ts';
import type { Table } from './table.ts';
import { roundoff, ulpOf } from './ulps.ts';

/** Shorter rows are not worth a plan. */
const worthwhile = 16;

/** A column that the row compared with does not have; one that reads only padding, its weight being free. */
const missing = -1;
const nowhere = -2;

/** How a layer's rows answer those of other layers. */
interface Plan {
  readonly others: readonly Rows[];
  /** The group of the layer's row, then those of the others'. */
  readonly groups: readonly number[];
  /** For each other layer, the position at which each of its columns is found. */
  readonly places: readonly Int32Array[];
  /** Where `places[i]` counts up one by one, its first position; null where it jumps. */
  readonly runs: readonly (number | null)[];
  /** Positions that no other layer has, as runs: from, to, from, to, … */
  readonly rest: readonly number[];
}

/** Units in the last place of float32 that float64 alone may be off by. */
const indistinct = 2 ** -16;

/** What float64 alone may be off by in products that agree up to `relative`: an ulp of m is at least 2⁻²⁴ m. */
function blurOf(relative: number): number {
  return (relative + 2 * roundoff) * 2 ** 24;
}

/** 0 for equal numbers; else how far apart they may be, each being known up to `relative`. */
function ulpsApart(a: number, b: number, relative: number): number {
  if (a === b) return 0;
  const magnitude = Math.max(Math.abs(a), Math.abs(b));
  return (Math.abs(a - b) + relative * magnitude) / ulpOf(magnitude);
}

interface Agreement {
  readonly ulps: number;
  readonly exact: boolean;
}

export class RowMatcher {
  readonly #table: Table;
  readonly #keys: KeyTable;
  readonly #maxUlps: number;
  /** For each column, one more than its position in the group indexed last; 0 where it has none. */
  #index = new Int32Array(1024);
  #indexed: { readonly rows: Rows; readonly group: number; readonly once: boolean } | null = null;
  readonly #plans = new WeakMap<Rows, Plan[]>();

  constructor(table: Table, keys: KeyTable, maxUlps: number) {
    this.#table = table;
    this.#keys = keys;
    this.#maxUlps = maxUlps;
  }

  /** Agreement of the forms' parts, patches left aside; null where this road does not apply or they differ. */
  match(form: Form, target: Form): Agreement | null {
    if (form.parts.length !== 1) return null;
    const [part] = form.parts;
    if (part.kind !== 'row' || part.rows.length < worthwhile) return null;
    const { rows, scale } = part;
    const { group, weights: start } = rowStart(rows, part.row);
    if (rows.scales !== null || !this.#indexGroup(rows, group)) return null;
    const plan = this.#plan(rows, group, target);
    if (plan === null) return null;
    const { weights } = rows;
    const alone: number[] = [];
    let worst = 0;
    let blur = 0;
    let equal = true;
    let layer = 0;
    for (const other of target.parts) {
      const relative = (scale.roundings + other.scale.roundings + 2) * roundoff;
      blur = Math.max(blur, blurOf(relative));
      let step: number;
      if (other.kind === 'value') {
        const at = this.#position(this.#table.column(other.value, other.shift));
        if (at === missing || alone.includes(at)) return null;
        alone.push(at);
        step = ulpsApart(weights[start + at] * scale.mid, other.scale.mid, relative);
      } else {
        const places = plan.places[layer];
        const pair = { rows, start, scale: scale.mid, places, run: plan.runs[layer] };
        layer += 1;
        step = this.#compareRow(pair, other.rows, other.row, other.scale, relative);
      }
      if (!(step <= this.#maxUlps)) return null;
      if (step > 0) equal = false;
      worst = Math.max(worst, step);
    }
    let exact = false;
    if (worst < indistinct) {
      const own = this.#keys.of(scale);
      const others = target.parts.map((part) => this.#keys.of(part.scale));
      const alike = others.every((key) => key === own && key >= 0);
      // Equal but for how the factors are written: comparison.ts asks whether that makes a difference.
      if (!alike && own >= 0 && others.some((key) => key >= 0 && key !== own)) return null;
      exact = alike && equal;
      if (exact) blur = 0;
    }
    let found = 0;
    const { rest } = plan;
    for (let run = 0; run < rest.length; run += 2) {
      for (let k = rest[run]; k < rest[run + 1]; k++) {
        if (weights[start + k] === 0) continue;
        if (!alone.includes(k)) return null;
        found += 1;
      }
    }
    // A whole channel whose column a row of the target has as well is for comparison.ts.
    const written = alone.filter((at) => weights[start + at] !== 0).length;
    return found === written ? { ulps: Math.max(worst, blur), exact } : null;
  }

  /** Largest rounding between the two rows: 0 where all products are equal, ∞ as soon as it is too large. */
  #compareRow(
    form: {
      readonly rows: Rows;
      readonly start: number;
      readonly scale: number;
      readonly places: Int32Array;
      readonly run: number | null;
    },
    other: Rows,
    row: number,
    scale: Scale,
    relative: number,
  ): number {
    const { weights } = form.rows;
    const { places, start, scale: own, run } = form;
    const theirs = other.weights;
    const offset = row * other.length;
    const factor = scale.mid;
    const shift = run === null ? 0 : start + run - offset;
    let worst = 0;
    let correctlyRounded = false;
    for (let k = offset, end = offset + places.length; k < end; k++) {
      let a: number;
      if (run !== null) a = weights[k + shift] * own;
      else {
        const at = places[k - offset];
        if (at === nowhere) continue;
        a = at === missing ? 0 : weights[start + at] * own;
      }
      const b = theirs[k] * factor;
      if (a === b) continue;
      // The float32 nearest to b is within half a unit of it, which settles nearly every folded weight.
      if (a === Math.fround(b)) {
        correctlyRounded = true;
        continue;
      }
      const ulps = ulpsApart(a, b, relative + 2 * roundoff);
      if (!(ulps <= this.#maxUlps)) return Infinity;
      if (ulps > worst) worst = ulps;
    }
    return correctlyRounded ? Math.max(worst, 0.5 + blurOf(relative)) : worst;
  }

  /** Notes the position of each column of a group; false where a column stands twice. */
  #indexGroup(rows: Rows, group: number): boolean {
    const last = this.#indexed;
    if (last !== null && last.rows === rows && last.group === group) return last.once;
    if (last !== null) {
      for (const column of groupColumns(last.rows, last.group)) {
        if (column >= 0) this.#index[column] = 0;
      }
    }
    if (this.#table.columnCount > this.#index.length) {
      const larger = new Int32Array(2 * this.#table.columnCount);
      larger.set(this.#index);
      this.#index = larger;
    }
    let once = true;
    for (const [k, column] of groupColumns(rows, group).entries()) {
      if (column < 0) continue;
      if (this.#index[column] !== 0) once = false;
      this.#index[column] = k + 1;
    }
    this.#indexed = { rows, group, once };
    return once;
  }

  #position(column: ColumnId): number {
    return column < this.#index.length ? this.#index[column] - 1 : missing;
  }

  /** Where the columns of the target's rows are found, and which positions none of them has. */
  #plan(rows: Rows, group: number, target: Form): Plan | null {
    const others: Rows[] = [];
    const groups: number[] = [group];
    for (const part of target.parts) {
      if (part.kind !== 'row') continue;
      if (part.rows.scales !== null) return null;
      others.push(part.rows);
      groups.push(rowStart(part.rows, part.row).group);
    }
    const plans = this.#plans.get(rows) ?? [];
    this.#plans.set(rows, plans);
    const known = plans.find(
      (plan) =>
        plan.others.length === others.length &&
        plan.others.every((r, i) => r === others[i]) &&
        plan.groups.every((g, i) => g === groups[i]),
    );
    if (known !== undefined) return known.places.length === others.length ? known : null;
    const plan = this.#makePlan(rows, others, groups);
    plans.push(plan);
    return plan.places.length === others.length ? plan : null;
  }

  /** A plan without places says that the rows do not stand on columns of their own. */
  #makePlan(rows: Rows, others: readonly Rows[], groups: readonly number[]): Plan {
    const taken = new Uint8Array(rows.length);
    const places: Int32Array[] = [];
    const none: Plan = { others, groups, places: [], runs: [], rest: [] };
    for (const [i, other] of others.entries()) {
      const found = groupColumns(other, groups[i + 1]).map((column) =>
        column < 0 ? nowhere : this.#position(column),
      );
      for (const at of found) {
        if (at < 0) continue;
        if (taken[at] !== 0) return none;
        taken[at] = 1;
      }
      places.push(found);
    }
    const columns = groupColumns(rows, groups[0]);
    const rest: number[] = [];
    for (let k = 0; k < rows.length; k++) {
      if (taken[k] !== 0 || columns[k] < 0) continue;
      if (rest.length > 0 && rest[rest.length - 1] === k) rest[rest.length - 1] = k + 1;
      else rest.push(k, k + 1);
    }
    const runs = places.map((found) =>
      found[0] >= 0 && found.every((at, k) => at === found[0] + k) ? found[0] : null,
    );
    return { others, groups, places, runs, rest };
  }
}

function groupColumns(rows: Rows, group: number): Int32Array {
  return rows.columns.subarray(group * rows.length, (group + 1) * rows.length);
}
