/**
 * The one table of values for both models, with the columns: a value read at a shift.
 */
import type { Pair } from '../model/shape.ts';
import type { ColumnId, ValueId } from './form.ts';
import { ShiftTable, type Domain, type ShiftId } from './shift.ts';
import type { Origin, Value, ValueDefinition } from './value.ts';

/** Where a new value lives and who made it. */
export interface Place {
  readonly domain: Domain;
  readonly stride: Pair;
  readonly origin: Origin;
}

const pageBits = 7;
const pageSize = 2 ** pageBits;

export class Table {
  readonly shifts = new ShiftTable();
  readonly #values: Value[] = [];
  /** For each shift, in pages of values, one more than the column of the value read there; 0 for none. */
  readonly #columns: ((Int32Array | undefined)[] | undefined)[] = [];
  #columnValues = new Int32Array(1024);
  #columnShifts = new Int32Array(1024);
  #columnCount = 0;

  get(id: ValueId): Value {
    return this.#values[id];
  }

  get size(): number {
    return this.#values.length;
  }

  get columnCount(): number {
    return this.#columnCount;
  }

  add(definition: ValueDefinition, place: Place): ValueId {
    const { domain, stride, origin } = place;
    this.#values.push({ domain, stride, origin, definition });
    return this.#values.length - 1;
  }

  column(value: ValueId, shift: ShiftId): ColumnId {
    const page = this.#page(shift, value >> pageBits);
    const slot = value & (pageSize - 1);
    if (page[slot] !== 0) return page[slot] - 1;
    const id = this.#columnCount++;
    if (id === this.#columnValues.length) {
      this.#columnValues = grown(this.#columnValues);
      this.#columnShifts = grown(this.#columnShifts);
    }
    this.#columnValues[id] = value;
    this.#columnShifts[id] = shift;
    page[slot] = id + 1;
    return id;
  }

  #page(shift: ShiftId, number: number): Int32Array {
    let pages = this.#columns[shift];
    if (pages === undefined) {
      pages = [];
      this.#columns[shift] = pages;
    }
    let page = pages[number];
    if (page === undefined) {
      page = new Int32Array(pageSize);
      pages[number] = page;
    }
    return page;
  }

  /**
   * A value that is another one moved, cropped or subsampled, as that reading; null for any other value.
   * Columns are always those of the value read, so that a reading of a reading has one name.
   */
  reading(id: ValueId): { readonly value: ValueId; readonly shift: ShiftId } | null {
    const { definition } = this.#values[id];
    return definition.kind === 'linear' ? definition.reading : null;
  }

  /**
   * A value on `from` read at a shift, by what it is a reading of where it is one; null where nothing of it is
   * left on `to`.
   */
  through(
    value: ValueId,
    shift: ShiftId,
    { from, to }: { readonly from: Domain; readonly to: Domain },
  ): { readonly value: ValueId; readonly shift: ShiftId } | null {
    const own = this.reading(value);
    if (own === null) return { value, shift };
    const inner = this.get(own.value).domain;
    const composed = this.shifts.compose(shift, own.shift, { from: inner, middle: from, to });
    return composed < 0 ? null : { value: own.value, shift: composed };
  }

  columnValue(column: ColumnId): ValueId {
    return this.#columnValues[column];
  }

  columnShift(column: ColumnId): ShiftId {
    return this.#columnShifts[column];
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
