/**
 * The Diverse Branch Block: k×k, 1×1, 1×1 before k×k, and 1×1 before an average pool, each with batch norms.
 */
import { fun, int, lambda, substitute } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, times } from '../notation.ts';
import { average, averageKernel, diverseAverage, repeatedTerm } from './diverse-average.ts';
import { diverseSequence, sequence, sequenceBias, sequenceKernel } from './diverse-sequence.ts';
import { integer } from './frame.ts';
import { pairSizes } from './padded-pointwise.ts';
import { small, type Branch } from './branch-part.ts';
import { parallel } from './parallel.ts';
import { origin } from './stacking.ts';

const o = integer('o');
const [plainShift, smallShift, sequenceShift, averageShift] = ['bk', 'bp', 'bo', 'bq'].map((name) =>
  fun(name)(o),
);

/** The average's own letters, for it starts with a 1×1 of its own. */
const kernelLetters = lambda(['Int', 'Int', 'Int', 'Int'], fun('Va'));
const vector = (name: string) => lambda(['Int'], fun(name));
const renamed = { V1: kernelLetters, s1: vector('sa'), b1: vector('ba'), pad: vector('pada') };

const factors = ['sk', 'sp', 'so', 'sq'].map((name) => fun(name));
const branches: readonly Branch[] = [
  { kind: 'full', weights: fun('Vk'), factor: factors[0] },
  small(
    { size: [int(1), int(1)], centre: origin },
    { kind: 'full', weights: fun('Vp'), factor: factors[1] },
  ),
  {
    kind: 'shown',
    weights: sequenceKernel,
    factor: factors[2],
    value: sequence,
    lemmas: async ({ library }) => [await library.theorem(diverseSequence.name)],
    hypotheses: diverseSequence.statement.hypotheses,
  },
  {
    kind: 'shown',
    weights: (...k) => substitute(averageKernel(...k), renamed),
    factor: factors[3],
    value: substitute(average, renamed),
    lemmas: async ({ library }) => [instance(await library.theorem(diverseAverage.name), renamed)],
    hypotheses: diverseAverage.statement.hypotheses.map((hypothesis) => {
      const term = substitute(hypothesis.term, renamed);
      if (hypothesis.kind === 'typing') return { ...hypothesis, term };
      return { ...hypothesis, label: `${hypothesis.label}-of-the-pool`, term };
    }),
  },
];

const diverseBranchBlock: Entry = parallel({
  name: 'diverse-branch-block',
  says: 'A Diverse Branch Block, whose padding holds the first shifts, is one k×k convolution.',
  source: 'arXiv 2103.13425, figure 2',
  branches,
  original: (values) => {
    const shifts = [plainShift, smallShift, sequenceShift, averageShift];
    return add(...values.map((value, k) => add(times(factors[k](o), value), shifts[k])));
  },
  bias: add(
    plainShift,
    smallShift,
    add(times(factors[2](o), sequenceBias), sequenceShift),
    add(times(factors[3](o), fun('ba')(o)), averageShift),
  ),
  strided: true,
  grouped: false,
  sizes: { ...pairSizes, base: 0 },
});

export const diverseTheorems: readonly Entry[] = [
  repeatedTerm,
  diverseSequence,
  diverseAverage,
  diverseBranchBlock,
];
