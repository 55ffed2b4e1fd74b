/**
 * A Dirac channel is exact to the bit, whatever the order in which a kernel adds its products.
 *
 * A kernel that multiplies and adds computes an output as a reduction tree. Its leaves are products fl(w·y) and
 * zeros: the bias, an accumulator at the start, what is read from the padding. Its nodes are sums fl(a + b),
 * or products and sums fused, fma(w, y, a). In a Dirac channel one weight is 1, that of the reserved value x, and
 * all others are zeros. Claim: every partial result is a zero where x is not among its leaves, and x, up to
 * the sign of zero, where it is. By induction over the tree, and this theorem has one conjunct for each case:
 *
 * - a leaf without x: w·y is a zero, since w is and y is finite; a leaf with x: 1·x is x;
 * - a node over two trees without x: zero and zero make zero;
 * - a node over one tree with x and one without, on either side: x stays;
 * - a fused node whose product is without x: a zero stays a zero and x stays x; whose product is 1·x: it
 *   becomes x.
 *
 * No tree has x on both sides, for x is read once. So the claim holds for the root, in every order, with and
 * without fused multiply-add, for any number of channels and taps. A kernel that transforms its input (Winograd,
 * FFT) has other nodes and is not covered; reports/multiply-add.md says which kernels are.
 */
import type { FloatSort } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { ofEveryFormat, type Said } from './conjunction.ts';
import { by, finite, fused, isZero, oneOf, plus, same, value } from './format.ts';

function said(format: FloatSort): Said {
  const letter = (name: string) => value(format, name);
  /** The reserved value, another value that is read, and a zero weight. */
  const [x, y, w] = [letter('x'), letter('y'), letter('w')];
  /** Results of two trees without x, and of one with it. */
  const [u, v, a] = [letter('u'), letter('v'), letter('a')];
  const one = oneOf(format);
  return {
    typing: [isZero(w), isZero(u), isZero(v), same(a, x)],
    assumptions: [
      {
        label: 'finite',
        meaning: 'every other value in the window is finite',
        term: finite(y),
      },
    ],
    facts: [
      { name: 'leaf without the value', term: isZero(by(w, y)) },
      { name: 'leaf with the value', term: same(by(one, x), x) },
      { name: 'node of zeros', term: isZero(plus(u, v)) },
      { name: 'node with the value on the left', term: same(plus(a, u), x) },
      { name: 'node with the value on the right', term: same(plus(u, a), x) },
      { name: 'fused node of zeros', term: isZero(fused(w, y, u)) },
      { name: 'fused node that keeps the value', term: same(fused(w, y, a), x) },
      { name: 'fused node that brings the value', term: same(fused(one, x, u), x) },
    ],
  };
}

export const diracBitExact: Entry = {
  name: 'dirac-bit-exact',
  says: 'A Dirac channel holds the bits of what it reserves, but for the sign of zero, in every order of summation, fused or not, in float16, bfloat16 and float32.',
  source: 'IEEE 754-2019, sections 5.4 and 6.3; induction over the reduction tree',
  ...ofEveryFormat(said),
  sizes: [],
};
