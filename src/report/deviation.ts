/**
 * How far one layer was from its meaning on a kernel, against what float32 rounding allows: the two numbers at
 * the value of its result where their ratio is largest, as the tables of a page and of Markdown show them.
 */
import { magnitude, significant } from './number.ts';
import type { LayerErrors } from './record.ts';

export interface LayerDeviation {
  /** What to sort by; infinite or not a number where a result is. */
  readonly ratio: number;
  readonly isAllowed: boolean;
  /** Both numbers briefly: "3.1e-8 of 2.4e-6"; null where a result holds the ratio alone. */
  readonly numbers: string | null;
  /** The ratio, and where it is too large that it is. */
  readonly judgement: string;
}

/** What stands over such a column. */
export function deviationTitle(kernel: string): string {
  return `deviation on ${kernel}: observed of allowed`;
}

/** The ratio beside it is of all digits. */
function brief(x: number): string {
  return Number.isFinite(x) ? magnitude(x) : 'not a number';
}

/** `position`: of the layer in its model. Null where it was not measured. */
export function layerDeviation(errors: LayerErrors, position: number): LayerDeviation | null {
  const ratio = errors.ratios?.at(position);
  if (ratio === undefined) return null;
  const isAllowed = ratio <= 1;
  const size = Number.isFinite(ratio) ? significant(ratio) : 'not finite';
  const judgement = isAllowed ? `ratio ${size}` : `ratio ${size}, more than allowed`;
  const observed = errors.observed?.at(position);
  const allowed = errors.allowed?.at(position);
  const isKnown = observed !== undefined && allowed !== undefined;
  const numbers = isKnown ? `${brief(observed)} of ${brief(allowed)}` : null;
  return { ratio, isAllowed, numbers, judgement };
}
