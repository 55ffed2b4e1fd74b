/** A convolution over channels that stand side by side is the sum of one over each part. */
import { fun, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, ite, less, minus, times } from '../notation.ts';
import { range } from '../sums.ts';
import { convolution, tap, type Kernel, type Tensor } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import {
  C,
  c,
  i,
  integer,
  j,
  kernel,
  kh,
  kw,
  notNegative,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  typing,
  window,
} from './letters.ts';

const a = integer('a');
const K = kernel('K');
const [x, y]: readonly Tensor[] = [fun('x'), fun('y')];
const later: Kernel = (output, input, row, column) => K(output, add(a, input), row, column);

/** Channels of `first` below a, then those of `second`. */
const concatenated: Tensor = (channel, row, column) =>
  ite(less(channel, a), x(channel, row, column), y(minus(channel, a), row, column));

function at(weights: Kernel, input: Tensor, channels: Term): Term {
  return convolution({ weights, input, channels, window })(o, p, q);
}

export const convolutionSplits: Entry = {
  name: 'convolution-splits',
  says: 'A convolution over concatenated channels is the sum of one over each part.',
  source: 'arXiv 2111.00687, merge',
  statement: {
    hypotheses: [typing(notNegative(a, C, kh, kw))],
    conclusion: equal(at(K, concatenated, add(a, C)), add(at(K, x, a), at(later, y, C))),
  },
  prove: async (proof, library) => {
    const [sums, { split }] = [await library.sums(), await library.triples()];
    const value =
      (weights: Kernel, input: Tensor) =>
      (cc: Term, ii: Term, jj: Term): Term =>
        times(weights(o, cc, ii, jj), input(cc, ...tap(window, [p, q], [ii, jj])));
    const all = value(K, concatenated);
    const inFirst = await proof.show('term of the first part', {
      hypotheses: range(c, a),
      conclusion: equal(all(c, i, j), value(K, x)(c, i, j)),
    });
    const inSecond = await proof.show('term of the second part', {
      hypotheses: range(c, C),
      conclusion: equal(all(add(a, c), i, j), value(later, y)(c, i, j)),
    });
    const { statement } = convolutionSplits;
    return proof.show(
      'convolution',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [
        instance(split, { a, C, f: ofTriple(all) }),
        tripleCongruent(sums, inFirst, [c, i, j], [a, kh, kw]),
        tripleCongruent(sums, inSecond, [c, i, j], [C, kh, kw]),
      ],
    );
  },
  sizes: [{ ...smallSizes, a: 1 }],
};
