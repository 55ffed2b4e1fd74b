/**
 * Adds up a form column by column: coefficient, sum of magnitudes, and whether the coefficient is exact.
 *
 * Dense arrays over all columns with a list of those touched, so that a row costs one multiply-add and
 * one add for each of its weights and clearing costs what was touched.
 */
import { rowStart, type ColumnId, type Form, type Part, type Rows } from './form.ts';
import { addsExactly, exactly, one, times, type Scale } from './scale.ts';
import type { ShiftId } from './shift.ts';
import { cellsOf, type Cell, type Reading } from './cells.ts';
import type { KeyTable } from './key-table.ts';
import type { Table } from './table.ts';
import { roundoff, ulpsBetween } from './ulps.ts';

/** A row of a layer, times a factor. */
export interface WeightedRow {
  readonly row: number;
  readonly scale: Scale;
}

export class Accumulator {
  mid = new Float64Array(1024);
  magnitude = new Float64Array(1024);
  /** Rigorous bound on what float64 lost in each column. */
  error = new Float64Array(1024);
  key = new Int32Array(1024);
  touched: ColumnId[] = [];
  cells: Cell[] = [];
  work = 0;
  /** False once a coefficient that cancelled to within rounding was dropped; the largest such, in ulps. */
  lossless = true;
  dropped = 0;
  readonly #table: Table;
  readonly #keys: KeyTable;
  readonly #moved = new WeakMap<Rows, Map<string, Int32Array>>();

  constructor(table: Table, keys: KeyTable) {
    this.#table = table;
    this.#keys = keys;
  }

  clear(): void {
    const { mid, magnitude } = this;
    for (const column of this.touched) {
      mid[column] = 0;
      magnitude[column] = 0;
    }
    this.touched = [];
    this.cells = [];
    this.work = 0;
    this.lossless = true;
    this.dropped = 0;
    if (this.#table.columnCount > mid.length) this.#grow();
  }

  #grow(): void {
    this.reserve(2 ** Math.ceil(Math.log2(this.#table.columnCount + 1)));
  }

  /** Room for `size` columns; what was added stays. */
  reserve(size: number): void {
    if (size <= this.mid.length) return;
    const enlarge = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(size);
      next.set(old);
      return next;
    };
    this.mid = enlarge(this.mid);
    this.magnitude = enlarge(this.magnitude);
    this.error = enlarge(this.error);
    const keys = new Int32Array(size);
    keys.set(this.key);
    this.key = keys;
  }

  /** Adds factor · form, read as `reading` says. */
  add(form: Form, factor: Scale, reading: Reading): void {
    for (const part of form.parts) this.#addPart(part, factor, reading);
    for (const cell of cellsOf(form, factor, reading, this.#table)) this.cells.push(cell);
  }

  #addPart(part: Part, factor: Scale, reading: Reading): void {
    const scale = times(factor, part.scale);
    if (scale.mid === 0) return;
    this.work += 1;
    if (part.kind === 'value') {
      const shift = this.#compose(part.value, part.shift, reading);
      if (shift < 0) return;
      const key = scale.key === '' ? 0 : this.#keys.of(scale);
      this.addColumn(this.#table.column(part.value, shift), scale.mid, key, scale.roundings);
      return;
    }
    this.#addRow(part.rows, part.row, scale, this.#columnsOf(part.rows, reading));
  }

  /** Adds one coefficient to one column; `roundings` is how often float64 rounded in making it. */
  addColumn(column: ColumnId, value: number, key: number, roundings: number): void {
    if (column >= this.mid.length) this.#grow();
    if (value === 0) return;
    const size = Math.abs(value);
    if (this.magnitude[column] === 0) {
      this.touched.push(column);
      this.mid[column] = value;
      this.magnitude[column] = size;
      this.error[column] = roundings * roundoff * size;
      this.key[column] = key;
      return;
    }
    const exact = key === 0 && this.key[column] === 0 && addsExactly(this.mid[column], value);
    this.key[column] = exact ? 0 : -1;
    this.mid[column] += value;
    this.magnitude[column] += size;
    this.error[column] += roundoff * (roundings * size + (exact ? 0 : Math.abs(this.mid[column])));
  }

  /** Takes a column out and returns what it multiplied; null where it cancelled. The caller unlists it. */
  take(column: ColumnId): Scale | null {
    const mid = this.mid[column];
    const key = this.key[column];
    const magnitude = this.magnitude[column];
    this.mid[column] = 0;
    this.magnitude[column] = 0;
    if (magnitude === 0) return null;
    if (mid === 0 && key === 0) return null;
    if (Math.abs(mid) <= magnitude * 2 ** -24) {
      // Cancelled to within rounding: taken for zero, and booked as the rounding it is.
      const ulps = ulpsBetween(mid, magnitude, this.error[column]);
      this.dropped = Math.max(this.dropped, ulps);
      this.lossless = false;
      return null;
    }
    if (key === 0) return exactly(mid);
    // The error already made is carried on, counted in roundings of what is left.
    const roundings = Math.ceil(this.error[column] / (roundoff * Math.abs(mid)));
    return { mid, roundings, key: null };
  }

  #addRow(rows: Rows, row: number, scale: Scale, columns: Int32Array): void {
    if (this.#table.columnCount > this.mid.length) this.#grow();
    const { weights, length, scales } = rows;
    const start = rowStart(rows, row);
    const { mid, magnitude, error, key, touched } = this;
    const factor = scale.mid;
    const rowKey = this.#keys.of(scale);
    const rowError = roundoff * (scale.roundings + 1);
    this.work += length;
    for (let k = 0; k < length; k++) {
      const weight = weights[start.weights + k];
      if (weight === 0) continue;
      const column = columns[start.columns + k];
      if (column < 0) continue;
      let value = weight * factor;
      let termKey = rowKey;
      let termError = rowError;
      if (scales !== null) {
        const own = scales[start.columns + k];
        value *= own.mid;
        if (own !== one) termKey = this.#keys.of(times(scale, own));
        termError += roundoff * (own.roundings + 1);
      }
      if (magnitude[column] === 0) {
        touched.push(column);
        mid[column] = value;
        magnitude[column] = Math.abs(value);
        error[column] = termError * Math.abs(value);
        key[column] = termKey;
      } else this.addColumn(column, value, termKey, termError / roundoff);
    }
  }

  /**
   * Adds factor · row for many rows of one layer at once: first all rows into one dense row, then that into
   * the columns. Rows whose factor is exact, or badly known, go one by one, so that exactness and errors stay
   * those of their own.
   */
  addMany(rows: Rows, members: readonly WeightedRow[], reading: Reading): void {
    const plain = rows.columns.length === rows.length;
    const many = plain ? members.filter((m) => m.scale.key !== '' && m.scale.roundings < 64) : [];
    const single = many.length < 4 ? members : members.filter((m) => !many.includes(m));
    const columns = this.#columnsOf(rows, reading);
    for (const { row, scale } of single) {
      this.#addRow(rows, row, scale, columns);
    }
    if (single === members) return;
    const { weights, length, scales } = rows;
    const mid = new Float64Array(length);
    const magnitude = new Float64Array(length);
    for (const { row, scale } of many) {
      const factor = scale.mid;
      const start = row * length;
      for (let k = 0; k < length; k++) {
        const term = factor * weights[start + k];
        mid[k] += term;
        magnitude[k] += Math.abs(term);
      }
    }
    this.work += many.length * length;
    const roundings = many.reduce((most, m) => Math.max(most, m.scale.roundings), 0);
    for (let k = 0; k < length; k++) {
      const column = columns[k];
      if (column < 0 || magnitude[k] === 0) continue;
      const own = scales === null ? one : scales[k];
      const size = magnitude[k] * Math.abs(own.mid);
      const error = roundoff * size * (roundings + own.roundings + many.length + 2);
      this.#merge(column, mid[k] * own.mid, size, error);
    }
  }

  #merge(column: ColumnId, value: number, size: number, error: number): void {
    if (column >= this.mid.length) this.#grow();
    if (this.magnitude[column] === 0) {
      this.touched.push(column);
      this.mid[column] = 0;
      this.error[column] = 0;
    }
    this.mid[column] += value;
    this.magnitude[column] += size;
    this.error[column] += error + roundoff * Math.abs(this.mid[column]);
    this.key[column] = -1;
  }

  #compose(value: number, inner: ShiftId, reading: Reading): ShiftId {
    const from = this.#table.get(value).domain;
    return this.#table.shifts.compose(reading.shift, inner, {
      from,
      middle: reading.middle,
      to: reading.to,
    });
  }

  #moveColumn(column: ColumnId, reading: Reading): ColumnId {
    if (reading.shift === 0) return column;
    const value = this.#table.columnValue(column);
    const shift = this.#compose(value, this.#table.columnShift(column), reading);
    return shift < 0 ? -1 : this.#table.column(value, shift);
  }

  #columnsOf(rows: Rows, reading: Reading): Int32Array {
    if (reading.shift === 0) return rows.columns;
    let moved = this.#moved.get(rows);
    if (moved === undefined) {
      moved = new Map();
      this.#moved.set(rows, moved);
    }
    const { middle, to } = reading;
    const key = `${reading.shift},${middle.height},${middle.width},${to.height},${to.width}`;
    const known = moved.get(key);
    if (known !== undefined) return known;
    const columns = rows.columns.map((column) =>
      column < 0 ? -1 : this.#moveColumn(column, reading),
    );
    moved.set(key, columns);
    return columns;
  }
}
