/**
 * A channel that is constant (dead before its activation) leaves the convolution that reads it: its weights go,
 * and the constant goes into the bias.
 */
import { fun, symbol, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, ite, not, or, times, where, within, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, inside, tap, tensor, type Kernel, type Tensor } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import {
  assumption,
  C,
  c,
  counts,
  countTyping,
  H,
  i,
  integer,
  interior,
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
  W,
  window,
} from './letters.ts';

const K = kernel('K');
const k = symbol('Real', 'k');
/** The constant channel. */
const d = integer('d');
const anywhere = fun('x');
const x = tensor('x', H, W);
const withConstant: Tensor = inside(
  (channel, row, column) => ite(equal(channel, d), k, anywhere(channel, row, column)),
  H,
  W,
);
const without: Kernel = (output, input, row, column) =>
  ite(equal(input, d), zero, K(output, input, row, column));

function at(weights: Kernel, input: Tensor): Term {
  return convolution({ weights, input, channels: C, window })(o, p, q);
}

const moved = (channel: Term): Term =>
  sum(kh, (ii) => sum(kw, (jj) => times(K(o, channel, ii, jj), k)));
const sizes = { ...smallSizes, d: 0, q: 0, sx: 1, dy: 1, py: 0, px: 0 };

export const constantChannel: Entry = {
  name: 'constant-channel',
  says: 'A constant channel goes into the bias of the convolution that reads it.',
  source: 'converter bug 10; channel pruning',
  statement: {
    hypotheses: [
      countTyping,
      typing(within(d, C)),
      typing(notNegative(...window.dilation)),
      assumption({
        label: 'interior-or-zero',
        meaning: 'the window lies inside the image, or the constant is zero',
        term: or(interior(window), equal(k, zero)),
        breaksAt: { ...sizes, C: 1, o: 0, p: 0, py: 1 },
      }),
    ],
    conclusion: equal(at(K, withConstant), add(at(without, x), moved(d))),
  },
  prove: async (proof, library) => {
    const [sums, { add: added }] = [await library.sums(), await library.triples()];
    const { hypotheses, conclusion } = constantChannel.statement;
    const terms = termsOf({ hypotheses });
    const value =
      (weights: Kernel, input: Tensor) =>
      (cc: Term, ii: Term, jj: Term): Term =>
        times(weights(o, cc, ii, jj), input(cc, ...tap(window, [p, q], [ii, jj])));
    const own = (cc: Term, ii: Term, jj: Term): Term =>
      where(equal(cc, d), times(K(o, cc, ii, jj), k));
    const term = await proof.show('term', {
      hypotheses: [...terms, ...range(c, C), ...range(i, kh), ...range(j, kw)],
      conclusion: equal(
        value(K, withConstant)(c, i, j),
        add(value(without, x)(c, i, j), own(c, i, j)),
      ),
    });
    const isConstant = equal(c, d);
    const here = await proof.show('constant channel, term', {
      hypotheses: [isConstant],
      conclusion: equal(own(c, i, j), times(K(o, c, i, j), k)),
    });
    const elsewhere = await proof.show('other channel, term', {
      hypotheses: [not(isConstant)],
      conclusion: equal(own(c, i, j), zero),
    });
    const inRows = (of: Theorem): Theorem => congruent(sums, congruent(sums, of, j, kw), i, kh);
    const zeros = [
      congruent(sums, instance(sums.zero, { n: kw }), i, kh),
      instance(sums.zero, { n: kh }),
    ];
    const channel = await proof.show(
      'channel',
      {
        hypotheses: [countTyping.term],
        conclusion: equal(
          sum(kh, (ii) => sum(kw, (jj) => own(c, ii, jj))),
          where(isConstant, moved(c)),
        ),
      },
      [inRows(here), inRows(elsewhere), ...zeros],
    );
    return proof.show('convolution', { hypotheses: terms, conclusion }, [
      tripleCongruent(sums, term, [c, i, j], counts),
      instance(added, { f: ofTriple(value(without, x)), g: ofTriple(own) }),
      congruent(sums, channel, c, C),
      instance(sums.dirac, { n: C, j: d, h: ofIndex(moved) }),
    ]);
  },
  sizes: [sizes],
};
