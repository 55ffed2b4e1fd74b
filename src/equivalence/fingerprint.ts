/**
 * The random point: what a fingerprint is made of.
 *
 * A fingerprint is the transfer function of a form at one random point of the unit torus.
 *
 * By Schwartz–Zippel two forms with equal fingerprints are almost surely equal, and unequal forms with
 * close fingerprints are rare. Nothing rests on that: a fingerprint only names a candidate, which is then
 * compared coefficient by coefficient (comparison.ts). The seed is fixed, so runs are reproducible.
 */
import type { Pair } from '../model/shape.ts';
import type { Rect, Shift } from './shift.ts';

export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

/** A complex number with the sum of the magnitudes that were added into it. */
export interface Fingerprint extends Complex {
  readonly magnitude: number;
}

export function multiply(a: Complex, b: Complex): Complex {
  return {
    real: a.real * b.real - a.imaginary * b.imaginary,
    imaginary: a.real * b.imaginary + a.imaginary * b.real,
  };
}

function onUnitCircle(angle: number): Complex {
  return { real: Math.cos(angle), imaginary: Math.sin(angle) };
}

export class Fingerprinter {
  #state: number;
  readonly #angle: Pair;
  readonly #phases = new Map<string, Complex>();
  readonly #rectangles = new WeakMap<Rect, Complex>();

  constructor(seed: number) {
    this.#state = seed;
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
}
