/** ReLU, value by value: when it does nothing, when nothing is left, and what can be written with it. */
import type { Entry } from '../entry.ts';
import { add, atMost, equal, ite, less, max, min, minus, times, zero } from '../notation.ts';
import { relu } from '../activations.ts';
import { direct, nonNegative, number } from './direct.ts';
import { assumption } from './letters.ts';

const [t, a, b, factor] = ['t', 'a', 'b', 'factor'].map(number);

export const reluNonNegative = direct({
  name: 'relu-nonnegative',
  says: 'ReLU is the identity on values that are not negative.',
  source: 'arXiv 2111.00687, reserve',
  statement: { hypotheses: [nonNegative(t, 'the value')], conclusion: equal(relu(t), t) },
});

export const deadRelu = direct({
  name: 'dead-relu',
  says: 'ReLU of a value that is not positive is zero.',
  source: 'the definition of ReLU',
  statement: {
    hypotheses: [
      assumption({
        label: 'non-positive',
        meaning: 'the value is not positive',
        term: atMost(t, zero),
      }),
    ],
    conclusion: equal(relu(t), zero),
  },
});

export const reluIdempotent = direct({
  name: 'relu-idempotent',
  says: 'ReLU of ReLU is ReLU.',
  source: 'the definition of ReLU',
  statement: { hypotheses: [], conclusion: equal(relu(relu(t)), relu(t)) },
});

export const reluDifference = direct({
  name: 'relu-difference',
  says: 'relu(t) − relu(−t) = t: two channels carry a value of any sign.',
  source: 'CReLU, arXiv 1603.05201',
  statement: { hypotheses: [], conclusion: equal(minus(relu(t), relu(minus(t))), t) },
});

export const reluNegated = direct({
  name: 'relu-negated',
  says: 'relu(−t) = relu(t) − t.',
  source: 'formal-core, canonical atoms',
  statement: { hypotheses: [], conclusion: equal(relu(minus(t)), minus(relu(t), t)) },
});

export const reluHomogeneous = direct({
  name: 'relu-homogeneous',
  says: 'A factor that is not negative may be taken before ReLU or after it.',
  source: 'positive homogeneity',
  statement: {
    hypotheses: [nonNegative(factor, 'the factor')],
    conclusion: equal(relu(times(factor, t)), times(factor, relu(t))),
  },
});

export const absoluteAsRelus = direct({
  name: 'absolute-as-relus',
  says: '|t| = relu(t) + relu(−t).',
  source: 'formal-core, canonical atoms',
  statement: {
    hypotheses: [],
    conclusion: equal(ite(less(t, zero), minus(t), t), add(relu(t), relu(minus(t)))),
  },
});

export const largerAsRelu = direct({
  name: 'larger-as-relu',
  says: 'max(a, b) = a + relu(b − a).',
  source: 'formal-core, canonical atoms',
  statement: { hypotheses: [], conclusion: equal(max(a, b), add(a, relu(minus(b, a)))) },
});

export const smallerAsRelu = direct({
  name: 'smaller-as-relu',
  says: 'min(a, b) = a − relu(a − b).',
  source: 'formal-core, canonical atoms',
  statement: { hypotheses: [], conclusion: equal(min(a, b), minus(a, relu(minus(a, b)))) },
});

export const reluTheorems: readonly Entry[] = [
  reluNonNegative,
  deadRelu,
  reluIdempotent,
  reluDifference,
  reluNegated,
  reluHomogeneous,
  absoluteAsRelus,
  largerAsRelu,
  smallerAsRelu,
];
