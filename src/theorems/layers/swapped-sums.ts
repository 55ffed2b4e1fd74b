/** A sum of the triple sums of convolutions, from outside to inside: what composition of layers is made of. */
import { fun, lambda, sum, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { equal } from '../notation.ts';
import { congruent } from '../sums.ts';
import { tripleSum } from '../tensors.ts';
import { C, c, counts, i, integer, kh, kw, notNegative, termsOf, typing } from './letters.ts';

const M = integer('M');
const f = fun('f');
const g = fun('g');

export const swappedPlanes: Entry = {
  name: 'swapped-plane-sums',
  says: 'A sum of sums over rows and columns is a sum over rows and columns of sums.',
  source: 'lemma of the compositions',
  statement: {
    hypotheses: [typing(notNegative(M, kh, kw))],
    conclusion: equal(
      sum(M, (m) => sum(kh, (i) => sum(kw, (j) => g(m, i, j)))),
      sum(kh, (i) => sum(kw, (j) => sum(M, (m) => g(m, i, j)))),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const inRow = instance(sums.swap, {
      n: M,
      l: kw,
      f: lambda(['Int', 'Int'], (m, j) => g(m, i, j)),
    });
    const { statement } = swappedPlanes;
    return proof.show(
      'rows',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [
        congruent(sums, inRow, i, kh),
        instance(sums.swap, {
          n: M,
          l: kh,
          f: lambda(['Int', 'Int'], (m, row) => sum(kw, (j) => g(m, row, j))),
        }),
      ],
    );
  },
  sizes: [{ M: 2, kh: 2, kw: 2 }],
};

export const swappedTriples: Entry = {
  name: 'swapped-triple-sums',
  says: 'A sum of the sums of convolutions is the sum of a convolution of sums.',
  source: 'lemma of the compositions',
  statement: {
    hypotheses: [typing(notNegative(M, ...counts))],
    conclusion: equal(
      sum(M, (m) => tripleSum(counts, (cc, ii, jj) => f(m, cc, ii, jj))),
      tripleSum(counts, (cc, ii, jj) => sum(M, (m) => f(m, cc, ii, jj))),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const planes = await library.theorem('swapped-plane-sums');
    const plane = (m: Term, cc: Term): Term => sum(kh, (ii) => sum(kw, (jj) => f(m, cc, ii, jj)));
    const inChannel = instance(planes, {
      g: lambda(['Int', 'Int', 'Int'], (m, ii, jj) => f(m, c, ii, jj)),
    });
    const { statement } = swappedTriples;
    return proof.show(
      'channels',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [
        congruent(sums, inChannel, c, C),
        instance(sums.swap, { n: M, l: C, f: lambda(['Int', 'Int'], plane) }),
      ],
    );
  },
  sizes: [{ M: 2, C: 2, kh: 2, kw: 1 }],
};
