/**
 * Rows of one layer that are multiples of one another: told from the weights alone, and so exactly, whatever the rows
 * are multiplied by.
 */
import { rowStart, type Form, type Part } from './form.ts';
import { exactly, isPowerOfTwo, quotient, sameScale, times, type Scale } from './scale.ts';

/** Whether a form's patches, if it has any, are what its one row makes of constants: then the row says all. */
function isBorderOf({ patches }: Form, part: Extract<Part, { kind: 'row' }>): boolean {
  if (patches.length === 0) return true;
  const [{ border, channel, scale }] = patches;
  const isOwn = patches.length === 1 && border.madeOf === part.rows && channel === part.row;
  return isOwn && sameScale(scale, part.scale);
}

/**
 * The factor between two rows of one layer whose weights are the same but for a sign and a power of two; null
 * where that is not so. It is exact, whatever the rows are multiplied by: batch norms of channels that are copies.
 */
export function exactMultiple(form: Form, target: Form): Scale | null {
  const [a, b] = [form.parts[0], target.parts[0]];
  if (form.parts.length !== 1 || target.parts.length !== 1) return null;
  if (a.kind !== 'row' || b.kind !== 'row' || a.rows !== b.rows) return null;
  if (!isBorderOf(form, a) || !isBorderOf(target, b)) return null;
  if (form.patches.length !== target.patches.length) return null;
  const { weights, length } = a.rows;
  const [start, other] = [rowStart(a.rows, a.row), rowStart(b.rows, b.row)];
  if (start.group !== other.group) return null;
  let ratio = 0;
  for (let k = 0; k < length; k++) {
    const weight = weights[start.weights + k];
    const answer = weights[other.weights + k];
    if (ratio === 0 && weight !== 0) ratio = weight / answer;
    if (weight !== ratio * answer) return null;
  }
  if (!isPowerOfTwo(ratio)) return null;
  const scale = times(exactly(ratio), quotient(a.scale, b.scale));
  return Number.isNaN(scale.mid) ? null : scale;
}
