/**
 * Scales and constants before a convolution.
 *
 * The layer before writes only inside its domain, so its constant ends at the border, where a padded convolution
 * reads zero; folding it into the bias is right where no window reaches the border, or where the border is
 * filled with the constant.
 */
import { fun, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import { batchNorm } from '../activations.ts';
import type { Entry, Hypothesis, Library } from '../entry.ts';
import { add, and, equal, ite, less, times, within, zero } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { ofIndex, range } from '../sums.ts';
import {
  convolution,
  inside,
  tap,
  tensor,
  tripleSum,
  type Kernel,
  type Tensor,
} from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import { allBelow } from './all-below.ts';
import { offsetOf, scaleOf, statisticsOf } from './batch-norm.ts';
import {
  assumption,
  C,
  c,
  counts,
  countTyping,
  H,
  i,
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
const anywhere = fun('x');
const x = tensor('x', H, W);
const [s, e] = [fun('s'), fun('e')];
const forward = typing(notNegative(...window.dilation));

/** Two rows of taps on three rows of pixels: at p = 0 the first tap is above the image. */
const sizes = { ...smallSizes, C: 1, o: 0, q: 0, sx: 1, dy: 1, px: 0, py: 0 };
const border = { ...sizes, p: 0, py: 1 };

const isInterior = {
  label: 'interior',
  meaning: 'the window lies inside the image',
  term: interior(window),
  breaksAt: border,
} as const;

const affine: Tensor = (channel, row, column) =>
  add(times(s(channel), anywhere(channel, row, column)), e(channel));
const scaled: Kernel = (output, input, row, column) =>
  times(K(output, input, row, column), s(input));

function at(weights: Kernel, input: Tensor): Term {
  return convolution({ weights, input, channels: C, window })(o, p, q);
}

/** What the constants e come to behind the convolution. */
const constant = tripleSum(counts, (cc, ii, jj) => times(K(o, cc, ii, jj), e(cc)));

/** Where each term is that of the scaled kernel plus K·e: the convolution is. */
async function folded(
  proof: Proof,
  library: Library,
  of: {
    readonly input: Tensor;
    readonly hypotheses: readonly Hypothesis[];
    readonly conclusion: Term;
    readonly lemmas?: readonly Theorem[];
  },
): Promise<Theorem> {
  const { add: added } = await library.triples();
  const value =
    (weights: Kernel, input: Tensor) =>
    (cc: Term, ii: Term, jj: Term): Term =>
      times(weights(o, cc, ii, jj), input(cc, ...tap(window, [p, q], [ii, jj])));
  const moved = (cc: Term, ii: Term, jj: Term): Term => times(K(o, cc, ii, jj), e(cc));
  const term = await proof.show(
    'term',
    {
      hypotheses: [...termsOf(of), ...range(c, C), ...range(i, kh), ...range(j, kw)],
      conclusion: equal(
        value(K, of.input)(c, i, j),
        add(value(scaled, x)(c, i, j), moved(c, i, j)),
      ),
    },
    of.lemmas,
  );
  return proof.show('convolution', { hypotheses: termsOf(of), conclusion: of.conclusion }, [
    tripleCongruent(await library.sums(), term, [c, i, j], counts),
    instance(added, { f: ofTriple(value(scaled, x)), g: ofTriple(moved) }),
  ]);
}

export const affineBeforeConvolution: Entry = {
  name: 'affine-before-convolution',
  says: 'A scale and a constant of each channel fold into a convolution that does not reach the border.',
  source: 'converter bug 7, Diverse Branch Block; arXiv 2103.13425',
  statement: {
    hypotheses: [countTyping, forward, assumption(isInterior)],
    conclusion: equal(at(K, inside(affine, H, W)), add(at(scaled, x), constant)),
  },
  prove: (proof, library) =>
    folded(proof, library, { ...affineBeforeConvolution.statement, input: inside(affine, H, W) }),
  sizes: [sizes],
};

/** The constant outside the domain as well. */
const continued: Tensor = (channel, row, column) =>
  ite(and(within(row, H), within(column, W)), affine(channel, row, column), e(channel));

export const paddingWithTheBias: Entry = {
  name: 'padding-with-the-bias',
  says: 'A scale and a constant fold into a padded convolution whose padding holds the constant.',
  source: 'Diverse Branch Block, arXiv 2103.13425',
  statement: {
    hypotheses: [countTyping],
    conclusion: equal(at(K, continued), add(at(scaled, x), constant)),
  },
  prove: (proof, library) =>
    folded(proof, library, { ...paddingWithTheBias.statement, input: continued }),
  sizes: [{ ...border, C: 2 }],
};

const norm: Tensor = (channel, row, column) =>
  batchNorm(statisticsOf(channel), anywhere(channel, row, column));
const scaledByNorm: Kernel = (output, input, row, column) =>
  times(K(output, input, row, column), scaleOf(statisticsOf(input)));

const positiveRoots = typing(
  allBelow(C, (channel) => less(zero, statisticsOf(channel).inverseRoot)),
);

export const foldBatchNormBefore: Entry = {
  name: 'fold-batch-norm-before',
  says: 'A batch norm before a convolution folds into it where the window does not reach the border.',
  source: 'converter bug 7; pre-activation blocks',
  statement: {
    hypotheses: [countTyping, forward, positiveRoots, assumption(isInterior)],
    conclusion: equal(
      at(K, inside(norm, H, W)),
      add(
        at(scaledByNorm, x),
        tripleSum(counts, (cc, ii, jj) => times(K(o, cc, ii, jj), offsetOf(statisticsOf(cc)))),
      ),
    ),
  },
  prove: async (proof, library) => {
    const { statement } = foldBatchNormBefore;
    const general = instance(await library.theorem('affine-before-convolution'), {
      s: ofIndex((channel) => scaleOf(statisticsOf(channel))),
      e: ofIndex((channel) => offsetOf(statisticsOf(channel))),
    });
    const value = (input: Tensor): Term =>
      times(K(o, c, i, j), inside(input, H, W)(c, ...tap(window, [p, q], [i, j])));
    const line: Tensor = (channel, row, column) =>
      add(
        times(scaleOf(statisticsOf(channel)), anywhere(channel, row, column)),
        offsetOf(statisticsOf(channel)),
      );
    const term = await proof.show('term', {
      hypotheses: [],
      conclusion: equal(value(norm), value(line)),
    });
    return proof.show(
      'convolution',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [general, tripleCongruent(await library.sums(), term, [c, i, j], counts)],
    );
  },
  sizes: [sizes],
};
