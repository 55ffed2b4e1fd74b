/**
 * Batch norm with the statistics of inference, one value at a time: γ·(t − μ)·r + β with r = 1/√(σ²+ε).
 *
 * The inverse root is a letter of its own, positive, with r²·(σ²+ε) = 1: what is left are polynomials, which
 * every solver can do.
 */
import { fun, symbol, type Term } from '../../logic/term.ts';
import type { Proof } from '../proof.ts';
import type { Entry, Statement } from '../entry.ts';
import { batchNorm, type Statistics } from '../activations.ts';
import { add, and, equal, less, minus, not, one, times, zero } from '../notation.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { assumption, termsOf, typing } from './letters.ts';

/** γ·r, which is γ/√(σ²+ε) */
export function scaleOf({ gamma, inverseRoot }: Statistics): Term {
  return times(gamma, inverseRoot);
}

/** What is added once the scale is taken: β − γ·r·μ */
export function offsetOf(of: Statistics): Term {
  return minus(of.beta, times(scaleOf(of), of.mean));
}

/** Statistics of every channel, as functions of it. */
export function statisticsOf(channel: Term): Statistics {
  const [gamma, beta, mean, r] = ['gamma', 'beta', 'mean', 'r'].map((name) => fun(name));
  return {
    gamma: gamma(channel),
    beta: beta(channel),
    mean: mean(channel),
    inverseRoot: r(channel),
  };
}

const letter = (name: string): Term => symbol('Real', name);
const [t, gamma, beta, mean, r] = ['t', 'gamma', 'beta', 'mean', 'r'].map(letter);
const [variance, epsilon, b] = ['variance', 'epsilon', 'b'].map(letter);
const statistics: Statistics = { gamma, beta, mean, inverseRoot: r };
const spread = add(variance, epsilon);
const inverse = typing(and(less(zero, r), equal(times(r, r, spread), one)));

function direct(proof: Proof, statement: Statement): Promise<Theorem> {
  const { conclusion } = statement;
  return proof.show('value', { hypotheses: termsOf(statement), conclusion });
}

export const batchNormAffine: Entry = {
  name: 'batch-norm-affine',
  says: 'Batch norm is γ/√(σ²+ε) times the value, plus β − γ/√(σ²+ε)·μ.',
  source: 'arXiv 1502.03167, inference',
  statement: {
    hypotheses: [],
    conclusion: equal(
      batchNorm(statistics, t),
      add(times(scaleOf(statistics), t), offsetOf(statistics)),
    ),
  },
  prove: (proof) => direct(proof, batchNormAffine.statement),
  sizes: [],
};

export const unitBatchNorm: Entry = {
  name: 'unit-batch-norm',
  says: 'Batch norm with γ = √(σ²+ε) and β = μ is the identity.',
  source: 'rm-blocks, unit batch norm',
  statement: {
    hypotheses: [
      inverse,
      assumption({
        label: 'square',
        meaning: 'γ² is σ²+ε',
        term: equal(times(gamma, gamma), spread),
      }),
      assumption({ label: 'positive', meaning: 'γ is positive', term: less(zero, gamma) }),
      assumption({ label: 'centred', meaning: 'β is μ', term: equal(beta, mean) }),
    ],
    conclusion: equal(batchNorm(statistics, t), t),
  },
  prove: async (proof) => {
    const { hypotheses, conclusion } = unitBatchNorm.statement;
    const terms = termsOf({ hypotheses });
    // (γ·r)² = 1 and γ·r is positive.
    const unit = await proof.show('γ·r is one', {
      hypotheses: terms.slice(0, 3),
      conclusion: equal(scaleOf(statistics), one),
    });
    return proof.show('value', { hypotheses: terms, conclusion }, [unit]);
  },
  sizes: [],
};

const [t1, t2] = ['t1', 't2'].map(letter);

export const unitBatchNormOnly: Entry = {
  name: 'unit-batch-norm-only',
  says: 'A batch norm that leaves two values as they are has γ = √(σ²+ε) and β = μ.',
  source: 'rm-blocks, unit batch norm: the other direction',
  statement: {
    hypotheses: [
      inverse,
      assumption({
        label: 'two-values',
        meaning: 'the two values differ',
        term: not(equal(t1, t2)),
      }),
      assumption({
        label: 'first-kept',
        meaning: 'the first is left as it is',
        term: equal(batchNorm(statistics, t1), t1),
      }),
      assumption({
        label: 'second-kept',
        meaning: 'the second is left as it is',
        term: equal(batchNorm(statistics, t2), t2),
      }),
    ],
    conclusion: and(less(zero, gamma), equal(times(gamma, gamma), spread), equal(beta, mean)),
  },
  prove: async (proof) => {
    const { hypotheses, conclusion } = unitBatchNormOnly.statement;
    const terms = termsOf({ hypotheses });
    const scale = scaleOf(statistics);
    // With k = γ·r it is a line through two points of the diagonal: k·(t1 − t2) = t1 − t2.
    const line = await proof.show('the scale is one', {
      hypotheses: terms.slice(1),
      conclusion: equal(scale, one),
    });
    const shift = await proof.show(
      'β is μ',
      { hypotheses: terms.slice(1), conclusion: equal(beta, mean) },
      [line],
    );
    const positive = await proof.show(
      'γ is positive',
      { hypotheses: [...terms], conclusion: less(zero, gamma) },
      [line],
    );
    // γ² = γ²·(r²·(σ²+ε)) = (γ·r)²·(σ²+ε), one factor that is 1 at a time.
    const [u, v] = ['u', 'v'].map(letter);
    const unit = await proof.show('a factor of one', {
      hypotheses: [equal(u, one)],
      conclusion: equal(times(v, u), v),
    });
    const square = await proof.show(
      'γ² is σ²+ε',
      { hypotheses: terms, conclusion: equal(times(gamma, gamma), spread) },
      [
        line,
        instance(unit, { u: times(r, r, spread), v: times(gamma, gamma) }),
        instance(unit, { u: scale, v: times(scale, spread) }),
        instance(unit, { u: scale, v: spread }),
      ],
    );
    return proof.show('together', { hypotheses: terms, conclusion }, [shift, positive, square]);
  },
  sizes: [],
};

export const movedBias: Entry = {
  name: 'bias-into-mean',
  says: 'A bias before a batch norm can be taken from its mean instead.',
  source: 'rm-blocks, biases in unfolded batch norms',
  statement: {
    hypotheses: [],
    conclusion: equal(
      batchNorm(statistics, add(t, b)),
      batchNorm({ ...statistics, mean: minus(mean, b) }, t),
    ),
  },
  prove: (proof) => direct(proof, movedBias.statement),
  sizes: [],
};

export const deadChannel: Entry = {
  name: 'dead-channel',
  says: 'A channel whose γ is zero is β everywhere.',
  source: 'converter bug 10: pruned channels with β ≠ 0',
  statement: {
    hypotheses: [assumption({ label: 'dead', meaning: 'γ is zero', term: equal(gamma, zero) })],
    conclusion: equal(batchNorm(statistics, t), beta),
  },
  prove: (proof) => direct(proof, deadChannel.statement),
  sizes: [],
};
