/** Wrong statements about activations. */
import { clip, prelu, relu } from '../activations.ts';
import { falsehood, type Falsehood } from '../falsehood.ts';
import { add, and, atMost, equal, minus, times, zero } from '../notation.ts';
import { number, o, p, q, six, t, typing, x } from './letters.ts';

const [a, c, l, h, u] = ['a', 'c', 'l', 'h', 'u'].map(number);
const scalar = [{}];
const sides = ['the left side', 'the right side'] as const;

export const relu6AsRelu: Falsehood = falsehood({
  name: 'relu6-as-relu',
  says: 'A ReLU6 may be replaced by a ReLU.',
  source: 'RMNet, its scripts for MobileNetV2',
  bug: 5,
  statement: {
    hypotheses: [],
    conclusion: equal(clip(x(o, p, q), zero, six), relu(x(o, p, q))),
  },
  sizes: { H: 1, W: 1 },
  places: [{ o: 0, p: 0, q: 0 }],
  missing: {
    label: 'at-most-six',
    meaning: 'no activation exceeds 6',
    term: atMost(x(o, p, q), six),
  },
});

export const reluAdditive: Falsehood = falsehood({
  name: 'relu-additive',
  says: 'The ReLU of a sum is the sum of the ReLUs.',
  source: 'merging branches behind their activations',
  statement: { hypotheses: [], conclusion: equal(relu(add(t, u)), add(relu(t), relu(u))) },
  sizes: {},
  places: scalar,
  sides,
  missing: {
    label: 'non-negative',
    meaning: 'neither summand is negative',
    term: and(atMost(zero, t), atMost(zero, u)),
  },
});

export const reluHomogeneous: Falsehood = falsehood({
  name: 'relu-homogeneous',
  says: 'A factor may be moved through a ReLU.',
  source: 'equalising channels by a negative factor',
  statement: { hypotheses: [], conclusion: equal(relu(times(c, t)), times(c, relu(t))) },
  sizes: {},
  places: scalar,
  sides,
  missing: {
    label: 'non-negative-factor',
    meaning: 'the factor is not negative',
    term: atMost(zero, c),
  },
});

export const shiftThroughRelu: Falsehood = falsehood({
  name: 'shift-through-relu',
  says: 'A bias may be moved through a ReLU.',
  source: 'swapping an activation and a batch norm',
  statement: { hypotheses: [], conclusion: equal(relu(add(t, c)), add(relu(t), c)) },
  sizes: {},
  places: scalar,
  sides,
  missing: {
    label: 'both-active',
    meaning: 'the ReLU is the identity on the value, with and without the bias',
    term: and(atMost(zero, t), atMost(zero, add(t, c))),
  },
});

export const clipWithoutFloor: Falsehood = falsehood({
  name: 'clip-without-floor',
  says: 'A clip from l to h is relu(t − l) − relu(t − h).',
  source: 'it is l more',
  statement: {
    hypotheses: [typing(atMost(l, h))],
    conclusion: equal(clip(t, l, h), minus(relu(minus(t, l)), relu(minus(t, h)))),
  },
  sizes: {},
  places: scalar,
  missing: { label: 'floor-zero', meaning: 'the lower bound is zero', term: equal(l, zero) },
});

export const preluComposition: Falsehood = falsehood({
  name: 'prelu-composition',
  says: 'A PReLU after a PReLU is the PReLU with the product of their slopes.',
  source: 'fusing activations; a negative slope makes the second see the other side',
  statement: { hypotheses: [], conclusion: equal(prelu(prelu(t, c), a), prelu(t, times(a, c))) },
  sizes: {},
  places: scalar,
  missing: {
    label: 'non-negative-slope',
    meaning: 'the slope of the first is not negative',
    term: atMost(zero, c),
  },
});
