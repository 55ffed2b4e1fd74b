/**
 * Float64 numbers as the dyadic rationals they are.
 *
 * Read from the bits, because every road through decimal text or a continued fraction approximates.
 */

export interface Dyadic {
  readonly numerator: bigint;
  /** A power of two. */
  readonly denominator: bigint;
}

const bits = new DataView(new ArrayBuffer(8));

/** The exact value of a finite float64, in lowest terms. */
export function dyadic(x: number): Dyadic {
  if (!Number.isFinite(x)) throw new RangeError(`${x} is no rational number`);
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const biased = Number((word >> 52n) & 2047n);
  const fraction = word & (2n ** 52n - 1n);
  const significand = biased === 0 ? fraction : fraction | (2n ** 52n);
  if (significand === 0n) return { numerator: 0n, denominator: 1n };
  const signed = word >> 63n === 1n ? -significand : significand;
  const exponent = Math.max(biased, 1) - 1075;
  if (exponent >= 0) return { numerator: signed << BigInt(exponent), denominator: 1n };
  // Common powers of two go, so that 0.5 is 1/2 in print.
  let numerator = signed;
  let power = -exponent;
  while (power > 0 && (numerator & 1n) === 0n) {
    numerator >>= 1n;
    power -= 1;
  }
  return { numerator, denominator: 1n << BigInt(power) };
}
