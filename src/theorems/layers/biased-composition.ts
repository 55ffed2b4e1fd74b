/**
 * A 1×1 convolution with a bias, and a k×k one of what it writes.
 *
 * The bias ends at the border, where padding is zero: the two are one convolution where no window reaches there,
 * where the bias is zero, or where the padding holds it.
 */
import { fun, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Library, Statement } from '../entry.ts';
import { add, and, equal, ite, or, times, within, zero } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { range } from '../sums.ts';
import { convolution, inside, tap, tensor, tripleSum, type Tensor } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import { allBelow, eachBelow } from './all-below.ts';
import {
  assumption,
  C,
  counts,
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
import { pointwise } from './pointwise-convolution.ts';

/** Channels in between, and one of them. */
const [M, m] = [integer('M'), integer('m')];
const K = kernel('K');
const [V, b] = [fun('V'), fun('b')];
const x = tensor('x', H, W);
const plain = pointwise({ weights: V, input: x, channels: C });
const biased: Tensor = (channel, row, column) => add(plain(channel, row, column), b(channel));
/** With the bias outside the domain as well. */
const continued: Tensor = (channel, row, column) =>
  ite(and(within(row, H), within(column, W)), biased(channel, row, column), b(channel));

const after = (input: Tensor): Term =>
  convolution({ weights: K, input, channels: M, window })(o, p, q);
const fused = convolution({
  weights: (output, input, row, column) =>
    sum(M, (mm) => times(K(output, mm, row, column), V(mm, input))),
  input: x,
  channels: C,
  window,
})(o, p, q);
const middle = [M, kh, kw] as const;
const moved = (mm: Term, ii: Term, jj: Term): Term => times(K(o, mm, ii, jj), b(mm));
const conclusion = (input: Tensor): Term =>
  equal(after(input), add(fused, tripleSum(middle, moved)));
const typed = typing(notNegative(M, ...counts));

/** The bias leaves the sum of each tap; what stays is the composition without it. */
async function withoutBias(
  proof: Proof,
  library: Library,
  of: {
    readonly input: Tensor;
    readonly statement: Statement;
    readonly lemmas: readonly Theorem[];
  },
): Promise<Theorem> {
  const [sums, { add: added }] = [await library.sums(), await library.triples()];
  const value =
    (input: Tensor) =>
    (mm: Term, ii: Term, jj: Term): Term =>
      times(K(o, mm, ii, jj), input(mm, ...tap(window, [p, q], [ii, jj])));
  const rest = value(inside(plain, H, W));
  const hypotheses = termsOf(of.statement);
  const ranges = [...range(m, M), ...range(i, kh), ...range(j, kw)];
  // What the 1×1 convolution writes outside its domain is zero, as in `convolution-after-pointwise`.
  const term = await proof.show(
    'term',
    {
      hypotheses: [...hypotheses, ...ranges],
      conclusion: equal(value(of.input)(m, i, j), add(rest(m, i, j), moved(m, i, j))),
    },
    of.lemmas,
  );
  return proof.show('convolution', { hypotheses, conclusion: of.statement.conclusion }, [
    tripleCongruent(sums, term, [m, i, j], middle),
    instance(added, { C: M, f: ofTriple(rest), g: ofTriple(moved) }),
    await library.theorem('convolution-after-pointwise'),
  ]);
}

const noBias = (channel: Term): Term => equal(b(channel), zero);
const sizes = { ...smallSizes, C: 1, M: 2, o: 0, q: 0, sx: 1, dy: 1, px: 0, py: 0 };

export const biasedComposition: Entry = {
  name: 'convolution-after-biased-pointwise',
  says: 'A 1×1 convolution and one of what it writes are one, away from the border or without bias.',
  source: 'converter bugs 7 and 13; Diverse Branch Block, arXiv 2103.13425',
  statement: {
    hypotheses: [
      typed,
      typing(notNegative(...window.dilation)),
      assumption({
        label: 'interior-or-no-bias',
        meaning: 'the window lies inside the image, or the bias in between is zero',
        term: or(interior(window), allBelow(M, noBias)),
        breaksAt: { ...sizes, M: 1, p: 0, py: 1 },
      }),
    ],
    conclusion: conclusion(inside(biased, H, W)),
  },
  prove: async (proof, library) => {
    const each = await library.theorem('all-below');
    return withoutBias(proof, library, {
      input: inside(biased, H, W),
      statement: biasedComposition.statement,
      lemmas: [eachBelow(each, { count: M, at: m, holds: noBias })],
    });
  },
  sizes: [sizes],
};

export const paddedComposition: Entry = {
  name: 'convolution-after-padded-pointwise',
  says: 'A 1×1 convolution and one of what it writes are one where the padding holds the bias.',
  source: 'Diverse Branch Block, arXiv 2103.13425, section 3.3',
  statement: { hypotheses: [typed], conclusion: conclusion(continued) },
  prove: (proof, library) =>
    withoutBias(proof, library, {
      input: continued,
      statement: paddedComposition.statement,
      lemmas: [],
    }),
  sizes: [{ ...sizes, p: 0, py: 1 }],
};
