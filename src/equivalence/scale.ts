/**
 * Exact multipliers: the real numbers γ/√(σ²+ε) and their products that batch norms put on a row.
 *
 * A scale is kept twice: as a float64 with a counted number of roundings, which is what coefficients
 * are compared with, and as its exact factors, which is what `exact` is decided on.
 *
 * Not a general field: sums of unlike radicals have no exact description here and are marked inexact.
 */
import { Factors, joinFactors, sameFactors, sumOfFactors, type Key } from './factors.ts';

/** A real number ± 2ᵏ · Π factors. */
export interface Scale {
  /** Float64 approximation, off by at most `roundings` · 2⁻⁵³ of itself. */
  readonly mid: number;
  readonly roundings: number;
  /**
   * '' where `mid` is the exact value; else its exact factors, power of two and sign left to `mid`; null when
   * no exact form is known.
   */
  readonly key: Key;
}

const bits = new DataView(new ArrayBuffer(8));

/** Whether x is ± a power of two that is a normal float64. */
export function isPowerOfTwo(x: number): boolean {
  bits.setFloat64(0, x);
  const exponent = (bits.getUint16(0) >> 4) & 2047;
  const low = bits.getUint32(0) & 0xfffff;
  return low === 0 && bits.getUint32(4) === 0 && exponent > 0 && exponent < 2047;
}

export const one: Scale = { mid: 1, roundings: 0, key: '' };
export const minusOne: Scale = { mid: -1, roundings: 0, key: '' };
export const zero: Scale = { mid: 0, roundings: 0, key: '' };

/** The exact factors, for products that float64 does not carry. */
export function factors({ mid, key }: Pick<Scale, 'mid' | 'key'>): Key {
  if (key !== '') return key;
  return isPowerOfTwo(mid) ? '' : new Factors({ kind: 'number', value: mid });
}

/** The scale that is exactly the float64 number x. */
export function exactly(x: number): Scale {
  if (x === 1) return one;
  if (x === 0) return zero;
  return { mid: x, roundings: 0, key: '' };
}

/** 1/x for a number x that is exactly known. */
export function reciprocal(x: number): Scale {
  if (isPowerOfTwo(x)) return exactly(1 / x);
  const own = new Factors({ kind: 'number', value: x });
  return { mid: 1 / x, roundings: 1, key: new Factors({ kind: 'inverse', of: own }) };
}

/** 1/scale, for a scale that is not zero. */
export function inverse(scale: Scale): Scale {
  if (scale.key === '') return reciprocal(scale.mid);
  const { key } = scale;
  const inverted = key === null ? null : new Factors({ kind: 'inverse', of: key });
  return { mid: 1 / scale.mid, roundings: scale.roundings + 1, key: inverted };
}

/** a / b where b is not zero; an exact power of two where both have the same factors. */
export function quotient(a: Scale, b: Scale): Scale {
  if (a.mid === 0) return zero;
  if (!sameFactors(factors(a), factors(b))) return times(a, inverse(b));
  const ratio = a.mid / b.mid;
  return exactly(Math.sign(ratio) * 2 ** Math.round(Math.log2(Math.abs(ratio))));
}

/** A number known only up to float64 rounding. */
function approximately(x: number, roundings: number): Scale {
  return { mid: x, roundings, key: null };
}

/** True when a + b has no rounding error (Knuth's two-sum). */
export function addsExactly(a: number, b: number): boolean {
  const sum = a + b;
  const bb = sum - a;
  return a - (sum - bb) === 0 && b - bb === 0;
}

/** γ/√(σ²+ε); exactly ±1 where γ² = σ²+ε (theorem `unit-batch-norm`). */
export function batchNormScale(gamma: number, variance: number, epsilon: number): Scale {
  if (gamma === 0) return zero;
  const radicand = variance + epsilon;
  const isExact = addsExactly(variance, epsilon);
  if (isExact) {
    // γ is a float32, so γ² is exact in float64.
    if (gamma * gamma === radicand) return gamma > 0 ? one : minusOne;
    const root = Math.sqrt(radicand);
    if (isPowerOfTwo(root) && root * root === radicand)
      return times(exactly(gamma), reciprocal(root));
  }
  const root: Scale = {
    mid: 1 / Math.sqrt(radicand),
    roundings: 3,
    key: new Factors(
      isExact
        ? { kind: 'root', variance: radicand, epsilon: null }
        : { kind: 'root', variance, epsilon },
    ),
  };
  return times(exactly(gamma), root);
}

/** High half of x: 26 significant bits (Veltkamp). */
function high(x: number): number {
  const c = 134217729 * x;
  return c - (c - x);
}

/** True when a · b has no rounding error (Dekker's two-product); false near overflow and underflow. */
export function multipliesExactly(a: number, b: number): boolean {
  if (a === 0 || b === 0) return true;
  const product = a * b;
  if (!(Math.abs(product) > 2 ** -900 && Math.abs(product) < 2 ** 900)) return false;
  if (isPowerOfTwo(a) || isPowerOfTwo(b)) return true;
  if (!(Math.abs(a) < 2 ** 900 && Math.abs(b) < 2 ** 900)) return false;
  const ah = high(a);
  const bh = high(b);
  const al = a - ah;
  const bl = b - bh;
  return ah * bh - product + ah * bl + al * bh + al * bl === 0;
}

/** True when x times any float32 is exact in float64. */
export function isShort(x: number): boolean {
  // 29 significant bits: 24 + 29 = 53.
  const c = 16777217 * x;
  return c - (c - x) === x;
}

export function times(a: Scale, b: Scale): Scale {
  if (a === one) return b;
  if (b === one) return a;
  if (a.mid === 0 || b.mid === 0) return zero;
  const mid = a.mid * b.mid;
  // Beyond this no error bound holds. NaN is close to nothing, so nothing is proved through it.
  if (!(Math.abs(mid) > 2 ** -900 && Math.abs(mid) < 2 ** 900)) return approximately(NaN, 0);
  const exact = multipliesExactly(a.mid, b.mid);
  if (exact && a.key === '' && b.key === '') return exactly(mid);
  const roundings = a.roundings + b.roundings + (exact ? 0 : 1);
  return { mid, roundings, key: joinFactors(factors(a), factors(b)) };
}

/** a + b, or null where cancellation leaves nothing that can be trusted. */
export function plus(a: Scale, b: Scale): Scale | null {
  if (a.mid === 0) return b;
  if (b.mid === 0) return a;
  const sum = a.mid + b.mid;
  if (a.mid === -b.mid && sameFactors(a.key, b.key)) return zero;
  if (a.key === '' && b.key === '' && addsExactly(a.mid, b.mid)) return exactly(sum);
  const size = Math.abs(sum);
  const largest = Math.max(Math.abs(a.mid), Math.abs(b.mid));
  if (!(size >= largest * 2 ** -20)) return null;
  const made = a.roundings * Math.abs(a.mid) + b.roundings * Math.abs(b.mid);
  const roundings = Math.ceil((made / size) * (1 + 2 ** -10)) + 2;
  // The sign of what is left has to be beyond doubt: the exact factors leave it to the float64.
  if (!(roundings < 2 ** 30)) return null;
  return { mid: sum, roundings, key: sumOfFactors(a, b) };
}

/** Whether two scales are known to be the same real number. */
export function sameScale(a: Scale, b: Scale): boolean {
  return a.mid === b.mid && sameFactors(a.key, b.key);
}

/** The same of scales that float64 may have rounded differently. */
export function sameProduct(a: Scale, b: Scale): boolean {
  if (sameScale(a, b)) return true;
  // The same factors and closer than a factor of two: the same power of two, hence the same number.
  const isNear = Math.abs(a.mid - b.mid) <= 2 ** -20 * Math.abs(a.mid);
  return isNear && a.key !== '' && sameFactors(a.key, b.key);
}
