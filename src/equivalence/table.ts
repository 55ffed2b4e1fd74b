/**
 * The one table of values for both models, with the columns (a value read at a shift) and an index by
 * fingerprint that ignores scale: forms that differ by a factor have the same phase modulo π.
 */
import { sameShape, type Pair } from '../model/shape.ts';
import type { ColumnId, ValueId } from './form.ts';
import { Fingerprinter, type Complex, type Fingerprint } from './fingerprint.ts';
import { ShiftTable, type Domain, type ShiftId } from './shift.ts';
import type { Origin, Value, ValueDefinition } from './value.ts';

/** Where a new value lives and who made it. */
export interface Place {
  readonly domain: Domain;
  readonly stride: Pair;
  readonly origin: Origin;
}

/** Phases are sorted into bins this wide; a look-up reads three of them. */
const binWidth = 2 ** -11;
const bins = Math.ceil(Math.PI / binWidth);

function phaseOf(c: Complex): number {
  const angle = Math.atan2(c.imaginary, c.real);
  return angle < 0 ? angle + Math.PI : angle;
}

export class Table {
  readonly shifts = new ShiftTable();
  readonly fingerprinter = new Fingerprinter();
  readonly #values: Value[] = [];
  readonly #bins = new Map<number, ValueId[]>();
  /** For each shift, the column of each value read there. */
  readonly #columns: (Map<ValueId, ColumnId> | undefined)[] = [];
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

  /** Adds a value; an atom gets a random fingerprint, a named form brings its own. */
  add(definition: ValueDefinition, place: Place, fingerprint?: Fingerprint): ValueId {
    const { real, imaginary, magnitude } = fingerprint ?? this.fingerprinter.atom();
    const id = this.#values.length;
    this.#values.push({ ...place, definition, real, imaginary, magnitude });
    const bin = Math.min(bins - 1, Math.floor(phaseOf({ real, imaginary }) / binWidth));
    const members = this.#bins.get(bin);
    if (members === undefined) this.#bins.set(bin, [id]);
    else members.push(id);
    return id;
  }

  column(value: ValueId, shift: ShiftId): ColumnId {
    let columns = this.#columns[shift];
    if (columns === undefined) {
      columns = new Map();
      this.#columns[shift] = columns;
    }
    const known = columns.get(value);
    if (known !== undefined) return known;
    const id = this.#columnCount++;
    if (id === this.#columnValues.length) {
      this.#columnValues = grown(this.#columnValues);
      this.#columnShifts = grown(this.#columnShifts);
    }
    this.#columnValues[id] = value;
    this.#columnShifts[id] = shift;
    columns.set(value, id);
    return id;
  }

  /**
   * A value that is another one moved, cropped or subsampled, as that reading; null for any other value.
   * Columns are always those of the value read, so that a reading of a reading has one name.
   */
  reading(id: ValueId): { readonly value: ValueId; readonly shift: ShiftId } | null {
    const { definition } = this.#values[id];
    return definition.kind === 'linear' ? definition.reading : null;
  }

  columnValue(column: ColumnId): ValueId {
    return this.#columnValues[column];
  }

  columnShift(column: ColumnId): ShiftId {
    return this.#columnShifts[column];
  }

  /** Values on the same pixels whose fingerprint is a real multiple of this one, closest first. */
  candidates(fingerprint: Fingerprint, place: Place, tolerance: number): readonly ValueId[] {
    const phase = phaseOf(fingerprint);
    const length = Math.hypot(fingerprint.real, fingerprint.imaginary);
    if (length === 0) return [];
    const own = fingerprint.magnitude / length;
    const middle = Math.min(bins - 1, Math.floor(phase / binWidth));
    const found: { readonly id: ValueId; readonly distance: number }[] = [];
    for (const bin of [middle - 1, middle, middle + 1]) {
      for (const id of this.#bins.get((bin + bins) % bins) ?? []) {
        const value = this.#values[id];
        let distance = Math.abs(phaseOf(value) - phase);
        distance = Math.min(distance, Math.PI - distance);
        const size = Math.hypot(value.real, value.imaginary);
        if (distance > tolerance * (own + value.magnitude / size)) continue;
        if (!sameShape(value.domain, place.domain)) continue;
        if (!sameSpacing(value, place)) continue;
        found.push({ id, distance });
      }
    }
    return found.sort((a, b) => a.distance - b.distance || a.id - b.id).map((f) => f.id);
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Whether pixels are equally far apart; along an axis of one pixel there is no distance. */
function sameSpacing(a: Omit<Place, 'origin'>, b: Omit<Place, 'origin'>): boolean {
  const { height, width } = a.domain;
  return (height === 1 || a.stride.y === b.stride.y) && (width === 1 || a.stride.x === b.stride.x);
}
