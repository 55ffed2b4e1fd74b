/** A grouped convolution is a dense one whose weights are zero outside the blocks of the groups. */
import { fun, int, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, and, atMost, equal, minus, not, times, where, within, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, tap, type Kernel, type Tensor } from '../tensors.ts';
import { between, embedded } from './embedded-sum.ts';
import {
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

/** Groups, inputs of each, and the group of output o. */
const [g, w, a] = ['g', 'w', 'a'].map(integer);
const K = kernel('K');
const x: Tensor = fun('x');
const start = times(a, w);
const all = times(g, w);

const grouped = convolution({
  weights: K,
  input: x,
  channels: w,
  window,
  channel: (_, input) => add(start, input),
});
const blocks: Kernel = (output, input, row, column) =>
  where(between(input, start, w), K(output, minus(input, start), row, column));
const dense = convolution({ weights: blocks, input: x, channels: all, window });

export const groupedConvolution: Entry = {
  name: 'grouped-convolution-dense',
  says: 'A grouped convolution is a dense one with block-diagonal weights.',
  source: 'rm-blocks, RMNeXt and Bottleneck; converter bug 12',
  statement: {
    hypotheses: [typing(notNegative(w, kh, kw)), typing(within(a, g))],
    conclusion: equal(dense(o, p, q), grouped(o, p, q)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const shorter = await library.theorem('embedded-sum');
    const { hypotheses, conclusion } = groupedConvolution.statement;
    const terms = termsOf({ hypotheses });
    const isOwn = between(c, start, w);
    const pixel = (channel: Term, ii: Term, jj: Term): Term =>
      x(channel, ...tap(window, [p, q], [ii, jj]));
    const own = (input: Term): Term =>
      sum(kh, (ii) =>
        sum(kw, (jj) => times(K(o, input, ii, jj), pixel(add(start, input), ii, jj))),
      );
    const inner = minus(c, start);
    const term = times(blocks(o, c, i, j), pixel(c, i, j));
    const here = await proof.show('own group, term', {
      hypotheses: [isOwn],
      conclusion: equal(term, times(K(o, inner, i, j), pixel(add(start, inner), i, j))),
    });
    const elsewhere = await proof.show('other group, term', {
      hypotheses: [not(isOwn)],
      conclusion: equal(term, zero),
    });
    const inTaps = (of: Theorem): Theorem => congruent(sums, congruent(sums, of, j, kw), i, kh);
    const channel = await proof.show(
      'channel',
      {
        hypotheses: [...terms, ...range(c, all)],
        conclusion: equal(
          sum(kh, (ii) => sum(kw, (jj) => times(blocks(o, c, ii, jj), pixel(c, ii, jj)))),
          embedded(c, { from: start, count: w }, own),
        ),
      },
      [
        inTaps(here),
        inTaps(elsewhere),
        congruent(sums, instance(sums.zero, { n: kw }), i, kh),
        instance(sums.zero, { n: kh }),
      ],
    );
    const fits = await proof.show('the group is one of them', {
      hypotheses: terms,
      conclusion: and(atMost(int(0), start), atMost(add(start, w), all)),
    });
    return proof.show('convolution', { hypotheses: terms, conclusion }, [
      congruent(sums, channel, c, all),
      instance(shorter, { n: all, a: start, k: w, h: ofIndex(own) }),
      fits,
    ]);
  },
  sizes: [{ ...smallSizes, g: 2, w: 2, a: 1 }],
};
