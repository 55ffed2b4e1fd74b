/**
 * Units in the last place of float32: the yardstick of the `rounded` grade.
 *
 * A difference is measured in ulps of the sum of magnitudes of the terms that made the coefficient,
 * never of the coefficient itself, so cancellation does not count as a bug (docs/trust.md).
 */

/** One float64 rounding, relative, with room for the products of roundings that first-order bounds leave out. */
export const roundoff = 2 ** -53 * (1 + 2 ** -10);

const smallest = 2 ** -149;

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

/** Which of the two words holds sign and exponent: the second one on a little-endian machine. */
const high = ((): number => {
  scratch[0] = 1;
  return words[1] === 0 ? 0 : 1;
})();

/** ulp for each of the 2048 exponents of a float64. */
const ulps = Float64Array.from({ length: 2048 }, (_, exponent) =>
  Math.max(smallest, 2 ** (exponent - 1023 - 23)),
);

/** Spacing of float32 numbers at |x|, x > 0: 2^(⌊log₂x⌋−23), and 2⁻¹⁴⁹ for subnormal numbers. */
export function ulpOf(x: number): number {
  scratch[0] = x;
  return ulps[(words[high] >>> 20) & 2047];
}

/** |difference| plus what float64 may have lost, in ulps of `magnitude`; ∞ where nothing was added up. */
export function ulpsBetween(difference: number, magnitude: number, error: number): number {
  const distance = Math.abs(difference) + error;
  if (distance === 0) return 0;
  return magnitude === 0 ? Infinity : distance / ulpOf(magnitude);
}
