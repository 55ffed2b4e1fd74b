/** ReLUs with a slope below zero: PReLU, with one a channel, and leaky ReLU, with one for all. */
import type { Entry } from '../entry.ts';
import { add, equal, minus, one, times, zero } from '../notation.ts';
import { leakyRelu, prelu, relu } from '../activations.ts';
import { direct, nonNegative, number } from './direct.ts';
import { assumption } from './letters.ts';

const [t, a, factor] = ['t', 'a', 'factor'].map(number);

const slopeOne = assumption({
  label: 'slope-one',
  meaning: 'the slope is one',
  term: equal(a, one),
});

export const preluSlopeOne = direct({
  name: 'prelu-slope-one',
  says: 'PReLU with slope 1 is the identity.',
  source: 'arXiv 2111.00687, MobileNetV2',
  statement: { hypotheses: [slopeOne], conclusion: equal(prelu(t, a), t) },
});

export const preluSlopeZero = direct({
  name: 'prelu-slope-zero',
  says: 'PReLU with slope 0 is ReLU.',
  source: 'arXiv 2111.00687, MobileNetV2',
  statement: {
    hypotheses: [
      assumption({ label: 'slope-zero', meaning: 'the slope is zero', term: equal(a, zero) }),
    ],
    conclusion: equal(prelu(t, a), relu(t)),
  },
});

export const preluNonNegative = direct({
  name: 'prelu-nonnegative',
  says: 'PReLU is the identity on values that are not negative, whatever its slope.',
  source: 'arXiv 1502.01852',
  statement: { hypotheses: [nonNegative(t, 'the value')], conclusion: equal(prelu(t, a), t) },
});

/** a·t + (1 − a)·relu(t) */
const mixture = add(times(a, t), times(minus(one, a), relu(t)));

export const preluAsRelu = direct({
  name: 'prelu-as-relu',
  says: 'PReLU with slope a is a·t + (1 − a)·relu(t).',
  source: 'formal-core, canonical atoms',
  statement: { hypotheses: [], conclusion: equal(prelu(t, a), mixture) },
});

export const leakyAsRelu = direct({
  name: 'leaky-as-relu',
  says: 'Leaky ReLU with slope a is a·t + (1 − a)·relu(t).',
  source: 'formal-core, canonical atoms',
  statement: { hypotheses: [], conclusion: equal(leakyRelu(t, a), mixture) },
});

export const preluHomogeneous = direct({
  name: 'prelu-homogeneous',
  says: 'A factor that is not negative may be taken before PReLU or after it.',
  source: 'positive homogeneity',
  statement: {
    hypotheses: [nonNegative(factor, 'the factor')],
    conclusion: equal(prelu(times(factor, t), a), times(factor, prelu(t, a))),
  },
});

export const preluTheorems: readonly Entry[] = [
  preluSlopeOne,
  preluSlopeZero,
  preluNonNegative,
  preluAsRelu,
  leakyAsRelu,
  preluHomogeneous,
];
