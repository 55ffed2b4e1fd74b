/**
 * Two rows of weights, each times a factor, weight by weight: the loop that a proof spends its time in.
 */
import { roundoff, ulpOf } from './ulps.ts';

/** A column that the row compared with does not have; one that reads only padding, its weight being free. */
export const missing = -1;
export const nowhere = -2;

/** Units in the last place of float32 that float64 alone may be off by. */
export const indistinct = 2 ** -16;

/** What float64 alone may be off by in products that agree up to `relative`: an ulp of m is at least 2⁻²⁴ m. */
export function blurOf(relative: number): number {
  return (relative + 2 * roundoff) * 2 ** 24;
}

/** 0 for equal numbers; else how far apart they may be, each being known up to `relative`. */
export function ulpsApart(a: number, b: number, relative: number): number {
  if (a === b) return 0;
  const magnitude = Math.max(Math.abs(a), Math.abs(b));
  return (Math.abs(a - b) + relative * magnitude) / ulpOf(magnitude);
}

/** How far two forms agree. */
export interface Agreement {
  readonly ulps: number;
  readonly exact: boolean;
}

interface Row {
  readonly weights: Float32Array;
  readonly start: number;
  readonly factor: number;
}

/** A row whose weight for the other's k-th stands at run + k, or at places[k] where there is no run. */
interface PlacedRow extends Row {
  readonly places: Int32Array | null;
  readonly run: number | null;
}

/**
 * Largest rounding between `length` weights, in units in the last place: 0 where all products are equal, ∞ as soon
 * as it is above `maxUlps`. Each factor is known up to `relative`, both together.
 */
export function rowsApart(
  ours: PlacedRow,
  theirs: Row,
  limits: { readonly relative: number; readonly length: number; readonly maxUlps: number },
): number {
  const { weights, start, factor: own, places, run } = ours;
  const { weights: others, start: offset, factor } = theirs;
  const { relative, length, maxUlps } = limits;
  const shift = run === null ? 0 : start + run - offset;
  let worst = 0;
  let correctlyRounded = false;
  for (let k = offset, end = offset + length; k < end; k++) {
    let a = 0;
    if (run !== null || places === null) a = weights[k + shift] * own;
    else {
      const at = places[k - offset];
      if (at === nowhere) continue;
      if (at !== missing) a = weights[start + at] * own;
    }
    const b = others[k] * factor;
    if (a === b) continue;
    // The float32 nearest to b is within half a unit of it, which settles nearly every folded weight.
    if (a === Math.fround(b)) {
      correctlyRounded = true;
      continue;
    }
    const ulps = ulpsApart(a, b, relative + 2 * roundoff);
    if (!(ulps <= maxUlps)) return Infinity;
    if (ulps > worst) worst = ulps;
  }
  return correctlyRounded ? Math.max(worst, 0.5 + blurOf(relative)) : worst;
}
