/**
 * Channels of one layer that are multiples of one another: told from the weights alone, and so exactly, whatever they
 * are multiplied by.
 */
import { rowStart, type Form, type Part } from './form.ts';
import {
  exactly,
  isPowerOfTwo,
  quotient,
  sameProduct,
  sameScale,
  times,
  type Scale,
} from './scale.ts';

type Row = Extract<Part, { kind: 'row' }>;

/** Which parts have made each of the patches, where they are what rows make of constants; null where they are not. */
function makers({ parts, patches }: Form): readonly number[] | null {
  const found = patches.map(({ border, channel, scale }) =>
    parts.findIndex(
      (part) =>
        part.kind === 'row' &&
        part.rows === border.madeOf &&
        part.row === channel &&
        sameScale(part.scale, scale),
    ),
  );
  return found.includes(-1) || new Set(found).size < found.length ? null : found;
}

/** The factor between two rows of one layer whose weights are the same but for a sign and a power of two. */
function ratioOfRows(a: Row, b: Row): Scale | null {
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
  return isPowerOfTwo(ratio) ? times(exactly(ratio), quotient(a.scale, b.scale)) : null;
}

function ratioOf(a: Part, b: Part): Scale | null {
  if (a.kind === 'row') return b.kind === 'row' && a.rows === b.rows ? ratioOfRows(a, b) : null;
  if (b.kind === 'row' || a.value !== b.value || a.shift !== b.shift) return null;
  return b.scale.mid === 0 ? null : quotient(a.scale, b.scale);
}

/**
 * The factor between two forms that are made of the same parts in the same order, each times that factor; null where
 * that is not seen. It is exact, whatever the parts are multiplied by: batch norms of channels that are copies.
 */
export function exactMultiple(form: Form, target: Form): Scale | null {
  const { parts } = form;
  if (parts.length === 0 || parts.length !== target.parts.length) return null;
  const ratio = ratioOf(parts[0], target.parts[0]);
  if (ratio === null || !Number.isFinite(ratio.mid) || ratio.mid === 0) return null;
  for (let i = 1; i < parts.length; i++) {
    const next = ratioOf(parts[i], target.parts[i]);
    if (next === null || !sameProduct(next, ratio)) return null;
  }
  if (form.patches.length === 0 && target.patches.length === 0) return ratio;
  const [own, other] = [makers(form), makers(target)];
  const isMade = own !== null && own.length === other?.length;
  return isMade && own.every((part) => other.includes(part)) ? ratio : null;
}
