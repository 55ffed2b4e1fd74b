/**
 * Fingerprints: the transfer function of a form at one random point of the unit torus.
 *
 * By Schwartz–Zippel two forms with equal fingerprints are almost surely equal, and unequal forms with
 * close fingerprints are rare. Nothing rests on that: a fingerprint only names a candidate, which is then
 * compared coefficient by coefficient (comparison.ts). The seed is fixed, so runs are reproducible.
 */
import type { Pair } from '../model/shape.ts';
import type { Form } from './form.ts';
import { rowStart } from './form.ts';
import { holdsMiddle, type Rect, type Shift } from './shift.ts';
import type { Value } from './value.ts';

export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

/** A complex number with the sum of the magnitudes that were added into it. */
export interface Fingerprint extends Complex {
  readonly magnitude: number;
}

function multiply(a: Complex, b: Complex): Complex {
  return {
    real: a.real * b.real - a.imaginary * b.imaginary,
    imaginary: a.real * b.imaginary + a.imaginary * b.real,
  };
}

function onUnitCircle(angle: number): Complex {
  return { real: Math.cos(angle), imaginary: Math.sin(angle) };
}

export class Fingerprinter {
  #state = 0x9e3779b9;
  readonly #angle: Pair;
  readonly #phases = new Map<string, Complex>();
  readonly #rectangles = new WeakMap<Rect, Complex>();

  constructor() {
    this.#angle = { y: 2 * Math.PI * this.#uniform(), x: 2 * Math.PI * this.#uniform() };
  }

  /** xorshift32: any generator without structure in common with weights will do. */
  #uniform(): number {
    let s = this.#state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.#state = s;
    return (s >>> 0) / 2 ** 32;
  }

  /** A fresh random number for an atom; magnitudes stay near 1 so that no atom drowns another. */
  atom(): Fingerprint {
    const radius = 0.5 + this.#uniform();
    const { real, imaginary } = onUnitCircle(2 * Math.PI * this.#uniform());
    return { real: radius * real, imaginary: radius * imaginary, magnitude: radius };
  }

  /** u^(s·Dy) · v^(s·Dx) for a reading at offset D of a value whose pixels are s input pixels apart. */
  phase(shift: Shift, stride: Pair): Complex {
    const y = stride.y * shift.offset.y;
    const x = stride.x * shift.offset.x;
    if (y === 0 && x === 0) return { real: 1, imaginary: 0 };
    const key = `${y},${x}`;
    const known = this.#phases.get(key);
    if (known !== undefined) return known;
    const phase = onUnitCircle(this.#angle.y * y + this.#angle.x * x);
    this.#phases.set(key, phase);
    return phase;
  }

  /** Σ of the phases over all pixels of a domain: a product of two geometric sums, added up plainly. */
  window(stride: Pair, domain: { readonly height: number; readonly width: number }): Complex {
    const along = (count: number, angle: number): Complex => {
      let real = 0;
      let imaginary = 0;
      for (let n = 0; n < count; n++) {
        real += Math.cos(angle * n);
        imaginary += Math.sin(angle * n);
      }
      return { real, imaginary };
    };
    return multiply(
      along(domain.height, this.#angle.y * stride.y),
      along(domain.width, this.#angle.x * stride.x),
    );
  }

  /** Fingerprint of a value read at a shift. */
  reading(value: Value, shift: Shift): Fingerprint {
    const { magnitude } = value;
    return { ...multiply(value, this.phase(shift, value.stride)), magnitude };
  }

  /** Additive over disjoint unions of rectangles, so it does not depend on how patches are cut. */
  rectangle(rect: Rect): Complex {
    // Rectangles are shared by all channels of a layer, so each is worked out once.
    const known = this.#rectangles.get(rect);
    if (known !== undefined) return known;
    const edge = (n: number, angle: number): Complex => onUnitCircle(angle * (n + 1) * 1.7 + n * n);
    const between = (from: number, to: number, angle: number): Complex => {
      const a = edge(from, angle);
      const b = edge(to, angle);
      return { real: b.real - a.real, imaginary: b.imaginary - a.imaginary };
    };
    const area = multiply(between(rect.top, rect.bottom, 0.3), between(rect.left, rect.right, 0.7));
    this.#rectangles.set(rect, area);
    return area;
  }

  /** Fingerprint of a form without its constant. `read` gives the fingerprint of a value at a shift. */
  form(form: Form, whole: Rect, read: (value: number, shift: number) => Complex): Fingerprint {
    let real = 0;
    let imaginary = 0;
    let magnitude = 0;
    for (const part of form.parts) {
      const scale = part.scale.mid;
      if (part.kind === 'value') {
        const at = read(part.value, part.shift);
        real += scale * at.real;
        imaginary += scale * at.imaginary;
        magnitude += Math.abs(scale) * (Math.abs(at.real) + Math.abs(at.imaginary));
        continue;
      }
      const { rows } = part;
      const { weights, real: re, imaginary: im, length } = rows;
      const start = rowStart(rows, part.row);
      let r = 0;
      let i = 0;
      let m = 0;
      for (let k = 0; k < length; k++) {
        const w = weights[start.weights + k];
        r += w * re[start.columns + k];
        i += w * im[start.columns + k];
        m += Math.abs(w);
      }
      real += scale * r;
      imaginary += scale * i;
      magnitude += Math.abs(scale) * m * rows.largest;
    }
    let atMiddle = 0;
    for (const { rect, constant } of form.patches) {
      const area = this.rectangle(rect);
      real += constant.mid * area.real;
      imaginary += constant.mid * area.imaginary;
      magnitude += 4 * constant.magnitude;
      if (holdsMiddle(rect, whole)) atMiddle += constant.mid;
    }
    if (atMiddle !== 0) {
      const area = this.rectangle(whole);
      real -= atMiddle * area.real;
      imaginary -= atMiddle * area.imaginary;
    }
    return { real, imaginary, magnitude };
  }
}
