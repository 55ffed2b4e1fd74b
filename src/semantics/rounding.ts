/**
 * The standard model of floating-point arithmetic, as data: fl(a ∘ b) = (a ∘ b)(1 + δ) + η with
 * |δ| ≤ unitRoundoff and |η| ≤ underflow (Higham, Accuracy and Stability of Numerical Algorithms, §2–3).
 *
 * One set of bounds serves two purposes. In `float64` it bounds the error of this folder's own
 * evaluation; in `float32` it says how far a correct kernel may be from the real-number meaning,
 * whatever order it sums in and whether it fuses multiply and add. Overflow is not modelled: a value
 * that overflows has a bound that is infinite or NaN, and no comparison with such a bound succeeds.
 */
export interface Arithmetic {
  readonly unitRoundoff: number;
  /** Largest absolute error of one operation, or of one operand, near zero. */
  readonly underflow: number;
}

export const float64: Arithmetic = { unitRoundoff: 2 ** -53, underflow: 2 ** -1074 };

/** Kernels may flush subnormal operands and results to zero, hence the smallest *normal* number. */
export const float32: Arithmetic = { unitRoundoff: 2 ** -24, underflow: 2 ** -126 };

/** γ_n = n·u / (1 − n·u): the relative error of n roundings in a row; infinite when n·u ≥ 1. */
export function gamma(roundings: number, arithmetic: Arithmetic): number {
  const product = roundings * arithmetic.unitRoundoff;
  return product < 1 ? product / (1 - product) : Infinity;
}

/**
 * Bounds are themselves computed in float64. A sum of non-negative terms obtained with n roundings is at
 * least (1 − u)ⁿ of the exact one, so this factor, with room for its own rounding, makes it an upper bound.
 */
export function outward(roundings: number): number {
  return 1 + 2 * gamma(roundings + 2, float64);
}
