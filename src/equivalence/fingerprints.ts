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

/**
 * Images up to this size are no longer than kernels may be: of what is read there, some is read outside of the image
 * at every pixel, and what a value is made of counts as far as the image goes.
 */
const kernelSize = 7;

function isSmall({ height, width }: Domain): boolean {
  return Math.min(height, width) <= kernelSize;
}

export class Fingerprints {
  readonly #table: Table;
  readonly #random: Fingerprinter;
  readonly #known: Fingerprint[] = [];
  readonly #columns = new WeakMap<Rows, ColumnPrints>();
  /** Of values on small images, by how they are read. */
  readonly #through = new Map<string, Complex>();

  constructor(table: Table, seed: number) {
    this.#table = table;
    this.#random = new Fingerprinter(seed);
  }

  of(value: ValueId): Fingerprint {
    while (this.#known.length <= value) this.#known.push(this.#make(this.#known.length));
    return this.#known[value];
  }

  #make(id: ValueId): Fingerprint {
    const { definition, stride, domain } = this.#table.get(id);
    if (definition.kind === 'linear' && definition.meanOf !== null) {
      const whole = this.#table.get(definition.meanOf);
      if (isSmall(whole.domain)) return this.form(definition.form(), domain);
      const area = whole.domain.height * whole.domain.width;
      const own = this.of(definition.meanOf);
      const { real, imaginary } = multiply(own, this.#random.window(stride, whole.domain));
      return { real: real / area, imaginary: imaginary / area, magnitude: own.magnitude };
    }
    if (definition.kind === 'linear' || definition.kind === 'kinks') {
      return this.form(definition.form(), domain);
    }
    return this.#random.atom();
  }

  /** Of a value read at a shift into a result on `to`. */
  #reading(value: ValueId, shift: ShiftId, to: Domain): Complex {
    const { stride, domain } = this.#table.get(value);
    const form = shift === 0 || !isSmall(domain) ? null : this.#formWithin(value);
    if (form !== null) return this.#within(form, { value, shift, to });
    return multiply(this.of(value), this.#random.phase(this.#table.shifts.get(shift), stride));
  }

  /** The form of a value that is more than values at the same pixel. */
  #formWithin(value: ValueId): Form | null {
    const { definition } = this.#table.get(value);
    const isMoved =
      definition.kind === 'linear' || (definition.kind === 'kinks' && definition.slope.mid !== 0);
    return isMoved ? definition.form() : null;
  }

  /**
   * Of a value on a small image, by what is read through it: of its terms, those that the image still has at the
   * pixels read.
   */
  #within(
    form: Form,
    { value, shift, to }: { value: ValueId; shift: ShiftId; to: Domain },
  ): Complex {
    const key = `${value} ${shift} ${to.height}×${to.width}`;
    const known = this.#through.get(key);
    if (known !== undefined) return known;
    const { shifts } = this.#table;
    const middle = this.#table.get(value).domain;
    let real = 0;
    let imaginary = 0;
    const add = (inner: ValueId, at: ShiftId, scale: number): void => {
      const from = this.#table.get(inner).domain;
      const composed = shifts.compose(shift, at, { from, middle, to });
      if (composed < 0) return;
      const read = this.#reading(inner, composed, to);
      real += scale * read.real;
      imaginary += scale * read.imaginary;
    };
    for (const part of form.parts) {
      if (part.kind === 'value') {
        add(part.value, part.shift, part.scale.mid);
        continue;
      }
      const { weights, columns, scales, length } = part.rows;
      const start = rowStart(part.rows, part.row);
      for (let k = 0; k < length; k++) {
        const column = columns[start.columns + k];
        const weight = weights[start.weights + k];
        if (column < 0 || weight === 0) continue;
        const own = scales === null ? 1 : scales[start.columns + k].mid;
        const scale = part.scale.mid * weight * own;
        add(this.#table.columnValue(column), this.#table.columnShift(column), scale);
      }
    }
    const made = { real, imaginary };
    this.#through.set(key, made);
    return made;
  }

  #columnsOf(rows: Rows, to: Domain): ColumnPrints {
    const known = this.#columns.get(rows);
    if (known !== undefined) return known;
    const { columns, scales } = rows;
    const real = new Float64Array(columns.length);
    const imaginary = new Float64Array(columns.length);
    let largest = 0;
    for (let k = 0; k < columns.length; k++) {
      const column = columns[k];
      if (column < 0) continue;
      const value = this.#table.columnValue(column);
      const at = this.#reading(value, this.#table.columnShift(column), to);
      const scale = scales === null ? 1 : scales[k].mid;
      real[k] = scale * at.real;
      imaginary[k] = scale * at.imaginary;
      largest = Math.max(largest, Math.abs(real[k]) + Math.abs(imaginary[k]));
    }
    const made = { real, imaginary, largest };
    this.#columns.set(rows, made);
    return made;
  }

  #row(rows: Rows, row: number, to: Domain): Fingerprint {
    const { real: re, imaginary: im, largest } = this.#columnsOf(rows, to);
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
   * Of a form on `to` without its constant and its patches: where a value is read at a shift, what stood in its border
   * stands elsewhere.
   */
  form(form: Form, to: Domain): Fingerprint {
    let real = 0;
    let imaginary = 0;
    let magnitude = 0;
    for (const part of form.parts) {
      const scale = part.scale.mid;
      if (part.kind === 'value') {
        const at = this.#reading(part.value, part.shift, to);
        real += scale * at.real;
        imaginary += scale * at.imaginary;
        magnitude += Math.abs(scale) * (Math.abs(at.real) + Math.abs(at.imaginary));
      } else {
        const row = this.#row(part.rows, part.row, to);
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
