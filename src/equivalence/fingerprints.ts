/**
 * Fingerprints of values and forms, worked out only when somebody looks something up.
 *
 * A conversion in the usual order is matched without a single one. Values are done in the order of their
 * numbers, so that the random numbers of atoms do not depend on who asked first.
 */
import { spelledOut } from './border.ts';
import { Fingerprinter, multiply, type Complex, type Fingerprint } from './fingerprint.ts';
import { rowStart, type Form, type Rows, type ValueId } from './form.ts';
import { holdsMiddle, wholeOf, type Domain, type Rect, type ShiftId } from './shift.ts';
import type { Table } from './table.ts';

/** Fingerprints of a layer's columns, each times its scale. */
interface ColumnPrints {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
  /** Largest |real| + |imaginary| of any column. */
  readonly largest: number;
}

export class Fingerprints {
  readonly #table: Table;
  readonly #random: Fingerprinter;
  readonly #known: Fingerprint[] = [];
  readonly #columns = new WeakMap<Rows, ColumnPrints>();

  constructor(table: Table, seed: number) {
    this.#table = table;
    this.#random = new Fingerprinter(seed);
  }

  of(value: ValueId): Fingerprint {
    while (this.#known.length <= value) this.#known.push(this.#make(this.#known.length));
    return this.#known[value];
  }

  #make(id: ValueId): Fingerprint {
    const { definition, stride } = this.#table.get(id);
    if (definition.kind === 'linear' && definition.meanOf !== null) {
      const whole = this.#table.get(definition.meanOf);
      const area = whole.domain.height * whole.domain.width;
      const own = this.of(definition.meanOf);
      const { real, imaginary } = multiply(own, this.#random.window(stride, whole.domain));
      return { real: real / area, imaginary: imaginary / area, magnitude: own.magnitude };
    }
    if (definition.kind === 'linear' || definition.kind === 'kinks') {
      return this.form(definition.form());
    }
    return this.#random.atom();
  }

  /** Of a value read at a shift. */
  #reading(value: ValueId, shift: ShiftId): Complex {
    const { stride } = this.#table.get(value);
    return multiply(this.of(value), this.#random.phase(this.#table.shifts.get(shift), stride));
  }

  #columnsOf(rows: Rows): ColumnPrints {
    const known = this.#columns.get(rows);
    if (known !== undefined) return known;
    const { columns, scales } = rows;
    const real = new Float64Array(columns.length);
    const imaginary = new Float64Array(columns.length);
    let largest = 0;
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k];
      if (column < 0) continue;
      const at = this.#reading(this.#table.columnValue(column), this.#table.columnShift(column));
      const scale = scales === null ? 1 : scales[k].mid;
      real[k] = scale * at.real;
      imaginary[k] = scale * at.imaginary;
      largest = Math.max(largest, Math.abs(real[k]) + Math.abs(imaginary[k]));
    }
    const made = { real, imaginary, largest };
    this.#columns.set(rows, made);
    return made;
  }

  #row(rows: Rows, row: number): Fingerprint {
    const { real: re, imaginary: im, largest } = this.#columnsOf(rows);
    const { weights, length } = rows;
    const start = rowStart(rows, row);
    let real = 0;
    let imaginary = 0;
    let size = 0;
    for (let k = 0; k < length; k++) {
      const weight = weights[start.weights + k];
      real += weight * re[start.columns + k];
      imaginary += weight * im[start.columns + k];
      size += Math.abs(weight);
    }
    return { real, imaginary, magnitude: size * largest };
  }

  /**
   * Of a form without its constant and its patches: where a value is read at a shift, what stood in its border
   * stands elsewhere.
   */
  form(form: Form): Fingerprint {
    let real = 0;
    let imaginary = 0;
    let magnitude = 0;
    for (const part of form.parts) {
      const scale = part.scale.mid;
      if (part.kind === 'value') {
        const at = this.#reading(part.value, part.shift);
        real += scale * at.real;
        imaginary += scale * at.imaginary;
        magnitude += Math.abs(scale) * (Math.abs(at.real) + Math.abs(at.imaginary));
      } else {
        const row = this.#row(part.rows, part.row);
        real += scale * row.real;
        imaginary += scale * row.imaginary;
        magnitude += Math.abs(scale) * row.magnitude;
      }
    }
    return { real, imaginary, magnitude };
  }

  /** Of what a form is in its border, for a form that is nothing else. */
  border(form: Form, domain: Domain): Fingerprint {
    let real = 0;
    let imaginary = 0;
    let magnitude = 0;
    let atMiddle = 0;
    const add = (rect: Rect, value: number): void => {
      const area = this.#random.rectangle(rect);
      real += value * area.real;
      imaginary += value * area.imaginary;
    };
    const whole = wholeOf(domain);
    for (const { rect, constant } of spelledOut(form.patches)) {
      add(rect, constant.mid);
      magnitude += 4 * constant.magnitude;
      if (holdsMiddle(rect, whole)) atMiddle += constant.mid;
    }
    if (atMiddle !== 0) add(whole, -atMiddle);
    return { real, imaginary, magnitude };
  }
}
