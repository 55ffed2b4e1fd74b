/**
 * Channels in another order, with the weights that read them in the same order, come to the same.
 *
 * A permutation takes each channel exactly once. A tensor with channels so gathered is written as a product with
 * the 0/1 matrix [d = pi(c)]; for pi(c) below C that is x(pi(c)), by `dirac` of the finite sums.
 */
import { fun, lambda, sum, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { equal, one, times, where } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, tap, tripleSum, type Kernel, type Tensor } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import { allBelow, eachBelow } from './all-below.ts';
import {
  assumption,
  C,
  c,
  counts,
  countTyping,
  i,
  integer,
  j,
  kernel,
  kh,
  kw,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  window,
} from './letters.ts';

const d = integer('d');
const K = kernel('K');
const x: Tensor = fun('x');
const pi = fun('pi', 'Int');

/** What is at pi(channel): Σ_d [d = pi(channel)]·of(d). */
function gathered(channel: Term, of: (d: Term) => Term): Term {
  return sum(C, (dd) => where(equal(dd, pi(channel)), of(dd)));
}

const permuted: Tensor = (channel, row, column) => gathered(channel, (dd) => x(dd, row, column));
const permutedWeights: Kernel = (output, input, row, column) =>
  gathered(input, (dd) => K(output, dd, row, column));

function at(weights: Kernel, input: Tensor): Term {
  return convolution({ weights, input, channels: C, window })(o, p, q);
}

/** How often pi takes a channel. */
const taken = (channel: Term): Term => sum(C, (cc) => where(equal(channel, pi(cc)), one));
const takenOnce = (channel: Term): Term => equal(taken(channel), one);

export const channelPermutation: Entry = {
  name: 'channel-permutation',
  says: 'A convolution of permuted channels with its weights permuted alike is the convolution.',
  source: 'arXiv 2111.00687; formal-core, alignment of columns',
  statement: {
    hypotheses: [
      countTyping,
      assumption({
        label: 'permutation',
        meaning: 'each channel is taken exactly once',
        term: allBelow(C, takenOnce),
        breaksAt: { ...smallSizes, q: 0, py: 0, px: 0, kh: 1 },
      }),
    ],
    conclusion: equal(at(permutedWeights, permuted), at(K, x)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const [each, planes, swapped] = [
      await library.theorem('all-below'),
      await library.theorem('swapped-plane-sums'),
      await library.theorem('swapped-triple-sums'),
    ];
    const { hypotheses, conclusion } = channelPermutation.statement;
    const terms = termsOf({ hypotheses });
    const place = (ii: Term, jj: Term): readonly [Term, Term] => tap(window, [p, q], [ii, jj]);
    const value = (dd: Term, ii: Term, jj: Term): Term =>
      times(K(o, dd, ii, jj), x(dd, ...place(ii, jj)));
    const chosen = (cc: Term, dd: Term, ii: Term, jj: Term): Term =>
      where(equal(dd, pi(cc)), value(dd, ii, jj));
    const diracOf = (h: (dd: Term) => Term) =>
      instance(sums.dirac, { n: C, j: pi(c), h: ofIndex(h) });
    // A product of what two gatherings find is what one gathering of products finds.
    const term = await proof.show(
      'term',
      {
        hypotheses: [...terms, ...range(c, C), ...range(i, kh), ...range(j, kw)],
        conclusion: equal(
          times(permutedWeights(o, c, i, j), permuted(c, ...place(i, j))),
          sum(C, (dd) => chosen(c, dd, i, j)),
        ),
      },
      [
        diracOf((dd) => x(dd, ...place(i, j))),
        diracOf((dd) => K(o, dd, i, j)),
        diracOf((dd) => value(dd, i, j)),
      ],
    );
    const product = await proof.show('choice as a factor', {
      hypotheses: range(c, C),
      conclusion: equal(chosen(c, d, i, j), times(value(d, i, j), where(equal(d, pi(c)), one))),
    });
    const once = await proof.show(
      'once',
      {
        hypotheses: [...terms, ...range(d, C), ...range(i, kh), ...range(j, kw)],
        conclusion: equal(
          sum(C, (cc) => chosen(cc, d, i, j)),
          value(d, i, j),
        ),
      },
      [
        congruent(sums, product, c, C),
        instance(sums.scale, {
          n: C,
          a: value(d, i, j),
          h: ofIndex((cc) => where(equal(d, pi(cc)), one)),
        }),
        eachBelow(each, { count: C, at: d, holds: takenOnce }),
      ],
    );
    const channel = await proof.show(
      'channel',
      {
        hypotheses: [...terms, ...range(d, C)],
        conclusion: equal(
          tripleSum(counts, (cc, ii, jj) => chosen(cc, d, ii, jj)),
          sum(kh, (ii) => sum(kw, (jj) => value(d, ii, jj))),
        ),
      },
      [
        instance(planes, { M: C, g: ofTriple((cc, ii, jj) => chosen(cc, d, ii, jj)) }),
        congruent(sums, congruent(sums, once, j, kw), i, kh),
      ],
    );
    return proof.show('convolution', { hypotheses: terms, conclusion }, [
      tripleCongruent(sums, term, [c, i, j], counts),
      instance(swapped, {
        M: C,
        f: lambda(['Int', 'Int', 'Int', 'Int'], (dd, cc, ii, jj) => chosen(cc, dd, ii, jj)),
      }),
      congruent(sums, channel, d, C),
    ]);
  },
  sizes: [{ ...smallSizes, kh: 1 }],
};
