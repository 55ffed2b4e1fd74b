/** Wrong statements about batch norms: folding them, copying them, taking them for the identity. */
import { fun, int, sum } from '../../logic/term.ts';
import { batchNorm, relu } from '../activations.ts';
import { everywhere, falsehood, type Falsehood } from '../falsehood.ts';
import {
  add,
  and,
  atMost,
  equal,
  less,
  minus,
  not,
  one,
  over,
  times,
  where,
  zero,
} from '../notation.ts';
import { b, C, conv1, K, number, o, p, q, t, typing, V, x } from './letters.ts';

const [gamma, beta, mu] = ['gamma', 'beta', 'mu'].map(number);
/** √(σ²+ε) in two models. */
const [r, s] = [number('r'), number('s')];
const epsilon = number('eps');
const scalar = [{}];
const onePixel = { H: 1, W: 1 } as const;

/** What ε the copy has, if r and s are roots over one variance: s² − σ² with σ² = r² − ε. */
const copied = add(minus(times(s, s), times(r, r)), epsilon);

export const copiedEpsilon: Falsehood = falsehood({
  name: 'epsilon-copied-wrongly',
  says: 'A batch norm may be copied with another ε.',
  source: 'RMNet converters; YOLOv6 and YOLOv7 have ε = 10⁻³',
  bug: 3,
  statement: {
    // Variances that are not negative, ε that are positive.
    hypotheses: [
      ...[r, s, epsilon, copied].map((positive) => typing(less(zero, positive))),
      typing(atMost(epsilon, times(r, r))),
    ],
    conclusion: equal(
      batchNorm({ gamma, beta, mean: mu, inverseRoot: over(one, r) }, t),
      batchNorm({ gamma, beta, mean: mu, inverseRoot: over(one, s) }, t),
    ),
  },
  sizes: {},
  places: scalar,
  missing: { label: 'same-epsilon', meaning: 'both have the same ε', term: equal(copied, epsilon) },
});

export const defaultBatchNorm: Falsehood = falsehood({
  name: 'default-batch-norm',
  says: 'A batch norm with γ = σ² = 1 and μ = β = 0 is the identity.',
  source: 'RMNet, the variant with squeeze and excitation',
  bug: 4,
  statement: {
    // r = √(1+ε)
    hypotheses: [less(zero, r), atMost(one, times(r, r))].map(typing),
    conclusion: equal(
      t,
      batchNorm({ gamma: one, beta: zero, mean: zero, inverseRoot: over(one, r) }, t),
    ),
  },
  sizes: {},
  places: scalar,
  missing: { label: 'no-epsilon', meaning: 'ε is zero', term: equal(times(r, r), one) },
});

export const deviationForRoot: Falsehood = falsehood({
  name: 'scale-of-deviation',
  says: 'A batch norm with γ = σ and β = μ is the identity.',
  source: 'γ has to be √(σ²+ε)',
  statement: {
    // With s = 1/√(γ²+ε), γ·s is at most 1.
    hypotheses: [less(zero, s), less(zero, gamma), atMost(times(gamma, s), one)].map(typing),
    conclusion: equal(t, batchNorm({ gamma, beta: mu, mean: mu, inverseRoot: s }, t)),
  },
  sizes: {},
  places: scalar,
  missing: { label: 'no-epsilon', meaning: 'ε is zero', term: equal(times(gamma, s), one) },
});

export const meanNotScaled: Falsehood = falsehood({
  name: 'mean-not-scaled',
  says: 'Folding a batch norm adds β − μ to what is scaled.',
  source: 'it adds β − μ·γ/√(σ²+ε)',
  statement: {
    hypotheses: [],
    conclusion: equal(
      batchNorm({ gamma: one, beta, mean: mu, inverseRoot: s }, t),
      add(times(s, t), minus(beta, mu)),
    ),
  },
  sizes: {},
  places: scalar,
  missing: { label: 'no-mean', meaning: 'the running mean is zero', term: equal(mu, zero) },
});

export const trainingStatistics: Falsehood = falsehood({
  name: 'training-statistics',
  says: 'A batch norm computes the same in training and at inference.',
  source: 'RepVGG issues 9 and 19, MobileOne issue 8',
  bug: 14,
  statement: {
    hypotheses: [less(zero, r), less(zero, s)].map(typing),
    conclusion: equal(
      batchNorm({ gamma, beta, mean: number('mean'), inverseRoot: over(one, r) }, t),
      batchNorm({ gamma, beta, mean: mu, inverseRoot: over(one, s) }, t),
    ),
  },
  sizes: {},
  places: scalar,
  sides: ['in training the result', 'at inference'],
  missing: {
    label: 'same-statistics',
    meaning: 'the batch has the running mean and variance',
    term: and(equal(number('mean'), mu), equal(r, s)),
  },
});

const scale = fun('s')(o);
const shift = fun('t')(o);
const folded = conv1((out, c, i, j) => times(fun('s')(out), K(out, c, i, j)), x);
const original = add(times(scale, add(conv1(K, x)(o, p, q), b(o))), shift);

export const biasNotScaled: Falsehood = falsehood({
  name: 'bias-not-scaled',
  says: 'Folding a batch norm into a convolution leaves its bias as it is.',
  source: 'yolov3 issues 807 and 818',
  bug: 11,
  statement: {
    hypotheses: [],
    conclusion: equal(original, add(folded(o, p, q), b(o), shift)),
  },
  sizes: { ...onePixel, C: 1 },
  places: everywhere({ o: 1, p: 1, q: 1 }),
  missing: { label: 'no-bias', meaning: 'the convolution has no bias', term: equal(b(o), zero) },
});

export const biasDropped: Falsehood = falsehood({
  name: 'bias-dropped',
  says: 'Folding a batch norm into a convolution needs no look at its bias.',
  source: 'ACNet issue 43',
  bug: 11,
  statement: {
    hypotheses: [],
    conclusion: equal(original, add(folded(o, p, q), shift)),
  },
  sizes: { ...onePixel, C: 1 },
  places: everywhere({ o: 1, p: 1, q: 1 }),
  missing: { label: 'no-bias', meaning: 'the convolution has no bias', term: equal(b(o), zero) },
});

const hidden = (c: typeof o) => relu(add(times(fun('gamma')(c), fun('n')(c)), fun('beta')(c)));
const dead = int(1);

export const deadChannel: Falsehood = falsehood({
  name: 'dead-channel-dropped',
  says: 'A channel whose batch norm has γ = 0 may be pruned.',
  source: 'RMNet pruning; its β goes on',
  bug: 10,
  statement: {
    hypotheses: [typing(equal(fun('gamma')(dead), zero))],
    conclusion: equal(
      sum(C, (c) => times(V(o, c), hidden(c))),
      sum(C, (c) => where(not(equal(c, dead)), times(V(o, c), hidden(c)))),
    ),
  },
  sizes: { C: 2 },
  places: [{ o: 0 }],
  missing: {
    label: 'no-constant',
    meaning: 'β is not positive, so that the channel holds zero',
    term: atMost(fun('beta')(dead), zero),
  },
});
