/**
 * The error function to a few units in the last place of float64.
 *
 * erf(x) = 2/√π · e^{−x²} · Σ_{n≥0} 2ⁿ x^{2n+1} / (1·3·…·(2n+1))  (DLMF 7.6.2). Every term has the sign of
 * x, so nothing cancels; |x| < 6 needs at most some hundred terms, and beyond that erf is ±1 to within 2⁻⁵³.
 */
export function erf(x: number): number {
  if (Math.abs(x) >= 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 2 ** -54; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
