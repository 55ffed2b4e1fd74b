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
import {
  blurOf,
  indistinct,
  missing,
  nowhere,
  rowsApart,
  ulpsApart,
  type Agreement,
} from './row-compare.ts';
import type { Table } from './table.ts';
import { roundoff } from './ulps.ts';

/** Shorter rows are not worth a plan. */
const worthwhile = 16;

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

/** The columns of several layers together. */
interface Occupied {
  readonly rows: readonly Rows[];
  readonly columns: ReadonlySet<ColumnId>;
  /** Whether none stands twice. */
  readonly once: boolean;
}

export class RowMatcher {
  readonly #table: Table;
  readonly #keys: KeyTable;
  readonly #maxUlps: number;
  /** For each column, one more than its position in the group indexed last; 0 where it has none. */
  #index = new Int32Array(1024);
  #indexed: { readonly rows: Rows; readonly group: number; readonly once: boolean } | null = null;
  readonly #plans = new WeakMap<Rows, Plan[]>();
  #occupied: Occupied = { rows: [], columns: new Set(), once: false };
  readonly #alike = new WeakMap<Rows, { readonly rows: Rows; readonly alike: boolean }>();

  constructor(table: Table, keys: KeyTable, maxUlps: number) {
    this.#table = table;
    this.#keys = keys;
    this.#maxUlps = maxUlps;
  }

  /** Agreement of the forms' parts, patches left aside; null where this road does not apply or they differ. */
  match(form: Form, target: Form): Agreement | null {
    if (form.parts.length !== 1) {
      return form.parts.length === target.parts.length ? this.#matchParts(form, target) : null;
    }
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
        const run = plan.runs[layer];
        layer += 1;
        step = rowsApart(
          { weights, start, factor: scale.mid, places, run },
          {
            weights: other.rows.weights,
            start: other.row * other.rows.length,
            factor: other.scale.mid,
          },
          { relative, length: places.length, maxUlps: this.#maxUlps },
        );
      }
      if (!(step <= this.#maxUlps)) return null;
      if (step > 0) equal = false;
      worst = Math.max(worst, step);
    }
    const agreement = this.#agreed(form, target, { worst, blur, equal });
    if (agreement === null) return null;
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
    return found === written ? agreement : null;
  }

  /** What rows that agree so far amount to; null where the way their factors are written makes a difference. */
  #agreed(
    form: Form,
    target: Form,
    seen: { readonly worst: number; readonly blur: number; readonly equal: boolean },
  ): Agreement | null {
    const rounded = { ulps: Math.max(seen.worst, seen.blur), exact: false };
    if (seen.worst >= indistinct) return rounded;
    const own = form.parts.map((part) => this.#keys.of(part.scale));
    const others = target.parts.map((part) => this.#keys.of(part.scale));
    const at = (i: number): number => own[form.parts.length === 1 ? 0 : i];
    if (others.every((key, i) => key >= 0 && key === at(i))) {
      return seen.equal ? { ulps: 0, exact: true } : rounded;
    }
    // Equal but for how the factors are written: comparison.ts asks whether that makes a difference.
    return others.some((key, i) => key >= 0 && at(i) >= 0 && key !== at(i)) ? null : rounded;
  }

  /**
   * Agreement of forms made of as many parts, each on the columns of its counterpart and of no other: a sum of
   * several layers that was converted layer by layer.
   */
  #matchParts(form: Form, target: Form): Agreement | null {
    const rows = form.parts.flatMap((part) => (part.kind === 'row' ? [part.rows] : []));
    if (rows.length === 0 || !this.#occupy(rows)) return null;
    const lone: ColumnId[] = [];
    let worst = 0;
    let blur = 0;
    for (const [i, part] of form.parts.entries()) {
      const other = target.parts[i];
      const { scale } = part;
      const relative = (scale.roundings + other.scale.roundings + 2) * roundoff;
      blur = Math.max(blur, blurOf(relative));
      let step: number;
      if (part.kind === 'row') {
        if (other.kind !== 'row' || !this.#sameColumns(part.rows, other.rows)) return null;
        const { weights, length } = part.rows;
        step = rowsApart(
          { weights, start: part.row * length, factor: scale.mid, places: null, run: 0 },
          { weights: other.rows.weights, start: other.row * length, factor: other.scale.mid },
          { relative, length, maxUlps: this.#maxUlps },
        );
      } else {
        if (other.kind !== 'value') return null;
        const column = this.#table.column(part.value, part.shift);
        if (part.value !== other.value || part.shift !== other.shift) return null;
        if (this.#occupied.columns.has(column) || lone.includes(column)) return null;
        lone.push(column);
        step = ulpsApart(scale.mid, other.scale.mid, relative);
      }
      if (!(step <= this.#maxUlps)) return null;
      worst = Math.max(worst, step);
    }
    return this.#agreed(form, target, { worst, blur, equal: worst === 0 });
  }

  /** Notes the columns of all these rows; false where one stands twice or the rows have groups. */
  #occupy(rows: readonly Rows[]): boolean {
    const last = this.#occupied;
    if (last.rows.length === rows.length && last.rows.every((r, i) => r === rows[i])) {
      return last.once;
    }
    const columns = new Set<ColumnId>();
    let count = 0;
    for (const { columns: own } of rows) {
      for (const column of own) {
        if (column < 0) continue;
        columns.add(column);
        count += 1;
      }
    }
    const plain = rows.every((r) => r.columns.length === r.length && r.scales === null);
    this.#occupied = { rows, columns, once: plain && columns.size === count };
    return this.#occupied.once;
  }

  /** Whether two layers without groups read the same columns in the same order. */
  #sameColumns(a: Rows, b: Rows): boolean {
    const known = this.#alike.get(a);
    if (known !== undefined && known.rows === b) return known.alike;
    const alike =
      b.scales === null &&
      a.length === b.length &&
      a.columns.length === b.columns.length &&
      a.columns.every((column, k) => column === b.columns[k]);
    this.#alike.set(a, { rows: b, alike });
    return alike;
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
