/**
 * The batch norm that returns its input to the bit: γ = 1, σ² = fl(1 − ε), μ = β = 0.
 *
 * fl(fl(1 − ε) + ε) is 1: for ε ≥ ½ the difference is exact, and below it errs by at most half of the distance
 * of 1 from the next smaller number, which the sum rounds away. Then the root is 1, and its inverse; and
 * however a runtime arranges what is left (centre, divide or scale, shift; fold into x·s + t; fused or not),
 * each operation is one of those below: it returns its operand c, which so far is x, or a zero z. Two theorems,
 * because only the first has anything to assume.
 */
import type { FloatSort } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { equal } from '../notation.ts';
import { ofEveryFormat, type Said } from './conjunction.ts';
import {
  atMost,
  by,
  fused,
  isZero,
  less,
  oneOf,
  over,
  plus,
  root,
  same,
  value,
  zeroOf,
} from './format.ts';

function variance(format: FloatSort): Said {
  const epsilon = value(format, 'eps');
  const one = oneOf(format);
  return {
    typing: [],
    assumptions: [
      {
        label: 'epsilon-not-negative',
        meaning: 'ε is not negative',
        term: atMost(zeroOf(format), epsilon),
      },
      {
        label: 'epsilon-at-most-one',
        meaning: 'ε is at most 1, so that fl(1 − ε) is a variance',
        term: atMost(epsilon, one),
      },
    ],
    facts: [{ name: 'under the root', term: equal(plus(less(one, epsilon), epsilon), one) }],
  };
}

function batchNorm(format: FloatSort): Said {
  const letter = (name: string) => value(format, name);
  const [x, c, z] = [letter('x'), letter('c'), letter('z')];
  const [one, zero] = [oneOf(format), zeroOf(format)];
  return {
    typing: [same(c, x), isZero(z)],
    assumptions: [],
    facts: [
      { name: 'root', term: equal(root(one), one) },
      { name: 'inverse of the root', term: equal(over(one, one), one) },
      { name: 'centred', term: same(less(c, z), x) },
      { name: 'divided', term: same(over(c, one), x) },
      { name: 'scaled', term: same(by(c, one), x) },
      { name: 'shifted', term: same(plus(c, z), x) },
      { name: 'scaled and shifted at once', term: same(fused(c, one, z), x) },
      { name: 'folded shift', term: isZero(less(zero, by(zero, one))) },
    ],
  };
}

export const unitVarianceBitExact: Entry = {
  name: 'unit-variance-bit-exact',
  says: 'The variance σ² = fl(1 − ε) makes fl(σ² + ε) exactly 1, for every ε from 0 to 1, in float16, bfloat16 and float32.',
  source: 'IEEE 754-2019, section 5.4; Sterbenz, Floating-Point Computation, 1974',
  ...ofEveryFormat(variance),
  sizes: [],
};

export const unitBatchNormBitExact: Entry = {
  name: 'unit-batch-norm-bit-exact',
  says: 'A batch norm with γ = 1, fl(σ² + ε) = 1 and μ = β = 0 returns the bits it is given, but for the sign of zero, in float16, bfloat16 and float32.',
  source: 'IEEE 754-2019, section 5.4; unit-variance-bit-exact says which σ² do',
  ...ofEveryFormat(batchNorm),
  sizes: [],
};
