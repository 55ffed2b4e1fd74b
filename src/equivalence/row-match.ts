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
import { ulpOf } from './ulps.ts';

/** Shorter rows are not worth a plan. */
const worthwhile = 16;

/** A column that the row compared with does not have; one that reads only padding, its weight being free. */
const missing = -1;
const nowhere = -2;

/** Where a group's columns are found in another layer's group; null where the question does not fit. */
type Positions = Int32Array | null;

interface Agreement {
  readonly ulps: number;
  readonly exact: boolean;
}

const unit = 2 ** -53 * (1 + 2 ** -10);

export class RowMatcher {
  readonly #table: Table;
  readonly #keys: KeyTable;
  readonly #maxUlps: number;
  /** For each column, one more than its position in the group indexed last; 0 where it has none. */
  #index = new Int32Array(1024);
  #indexed: { readonly rows: Rows; readonly group: number; readonly once: boolean } | null = null;
  readonly #positions = new WeakMap<Rows, WeakMap<Rows, Positions[]>>();
  #seen = new Uint8Array(1024);

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
    if (rows.scales !== null) return null;
    if (!this.#indexGroup(rows, group)) return null;
    if (rows.length > this.#seen.length) this.#seen = new Uint8Array(2 * rows.length);
    const seen = this.#seen.fill(0, 0, rows.length);
    const total = { ulps: 0, exact: true };
    for (const other of target.parts) {
      const key = this.#keys.of(scale);
      const sameKey = key >= 0 && key === this.#keys.of(other.scale);
      if (!sameKey) total.exact = false;
      const relative = sameKey ? 0 : (scale.roundings + other.scale.roundings + 2) * unit;
      let step: number;
      if (other.kind === 'value') {
        const at = this.#position(this.#table.column(other.value, other.shift));
        if (at === missing || seen[at] !== 0) return null;
        seen[at] = 1;
        step = this.#ulps(rows.weights[start + at] * scale.mid, other.scale.mid, relative);
      } else {
        const places = this.#places(rows, group, other.rows, other.row);
        if (places === null) return null;
        for (const at of places) {
          if (at < 0) continue;
          if (seen[at] !== 0) return null;
          seen[at] = 1;
        }
        const pair = { rows, start, scale: scale.mid, places };
        step = this.#compareRow(pair, other.rows, other.row, other.scale, relative);
      }
      if (!(step <= this.#maxUlps)) return null;
      if (step > 0) total.exact = false;
      total.ulps = Math.max(total.ulps, step);
    }
    const { weights, columns } = rows;
    const from = group * rows.length;
    for (let k = 0; k < rows.length; k++) {
      if (seen[k] === 0 && weights[start + k] !== 0 && columns[from + k] >= 0) return null;
    }
    return total;
  }

  #ulps(a: number, b: number, relative: number): number {
    const magnitude = Math.max(Math.abs(a), Math.abs(b));
    const distance = Math.abs(a - b) + relative * magnitude;
    return distance === 0 ? 0 : distance / ulpOf(magnitude);
  }

  /** Largest rounding between the two rows, ∞ as soon as it is too large. */
  #compareRow(
    form: { rows: Rows; start: number; scale: number; places: Int32Array },
    other: Rows,
    row: number,
    scale: Scale,
    relative: number,
  ): number {
    const { weights } = form.rows;
    const { places, start, scale: own } = form;
    const theirs = other.weights;
    const offset = row * other.length;
    const factor = scale.mid;
    // Float64 alone may be off by this much, an ulp of m being at least 2⁻²⁴ m.
    let worst = relative * 2 ** 24;
    for (let k = 0; k < places.length; k++) {
      const at = places[k];
      if (at === nowhere) continue;
      const a = at === missing ? 0 : weights[start + at] * own;
      const b = theirs[offset + k] * factor;
      const difference = a - b;
      if (difference === 0) continue;
      const magnitude = Math.max(Math.abs(a), Math.abs(b));
      const distance = Math.abs(difference) + (relative + 2 * unit) * magnitude;
      if (distance * 2 ** 24 <= worst * magnitude) continue;
      const ulps = distance / ulpOf(magnitude);
      if (!(ulps <= this.#maxUlps)) return Infinity;
      if (ulps > worst) worst = ulps;
    }
    return worst;
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

  #places(rows: Rows, group: number, other: Rows, row: number): Positions {
    const theirs = rowStart(other, row).group;
    if (other.scales !== null) return null;
    let byOther = this.#positions.get(rows);
    if (byOther === undefined) {
      byOther = new WeakMap();
      this.#positions.set(rows, byOther);
    }
    let lists = byOther.get(other);
    if (lists === undefined) {
      lists = [];
      byOther.set(other, lists);
    }
    const groups = other.columns.length / other.length;
    const slot = group * groups + theirs;
    if (lists[slot] !== undefined) return lists[slot];
    const places = groupColumns(other, theirs).map((column) =>
      column < 0 ? nowhere : this.#position(column),
    );
    lists[slot] = places;
    return places;
  }
}

function groupColumns(rows: Rows, group: number): Int32Array {
  return rows.columns.subarray(group * rows.length, (group + 1) * rows.length);
}
