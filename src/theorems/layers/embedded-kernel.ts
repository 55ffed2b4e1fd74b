/**
 * A kernel with zeros around it is the kernel, where the padding grows with it: 1×1 branches and projections in
 * the centre tap of a 3×3, k×1 and 1×k in k×k.
 */
import { fun, sum, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, and, atMost, equal, minus, not, times, where, within, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, tap, tensor, type Kernel, type Window } from '../tensors.ts';
import { diracAt } from '../triple-sums.ts';
import { between, embedded } from './embedded-sum.ts';
import {
  assumption,
  C,
  c,
  H,
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
  W,
  window,
} from './letters.ts';
import { pointwise } from './pointwise-convolution.ts';

/** Rows and columns before the kernel, size of the kernel around it, and its padding. */
const [a, b, Kh, Kw, ey, ex] = ['a', 'b', 'Kh', 'Kw', 'ey', 'ex'].map(integer);
const x = tensor('x', H, W);
const K = kernel('K');
const larger: Window = { ...window, size: [Kh, Kw], padding: [ey, ex] };

/** The weights with zeros around them. */
function surrounded(weights: Kernel): Kernel {
  return (output, input, row, column) =>
    where(
      and(between(row, a, kh), between(column, b, kw)),
      weights(output, input, minus(row, a), minus(column, b)),
    );
}

const inner = convolution({ weights: K, input: x, channels: C, window });
const outer = convolution({ weights: surrounded(K), input: x, channels: C, window: larger });
/** A tap row before the kernel. */
const sizes = { ...smallSizes, Kh: 3, Kw: 2, a: 1, b: 1, ey: 3, ex: 2 };

export const embeddedKernel: Entry = {
  name: 'embedded-kernel',
  says: 'A kernel with zeros around it is the kernel, where the padding grows by as many taps.',
  source: 'rm-blocks, RepVGG, ACNet, RepLKNet',
  statement: {
    hypotheses: [
      typing(notNegative(C, kh, kw, a, b)),
      typing(and(atMost(add(a, kh), Kh), atMost(add(b, kw), Kw))),
      assumption({
        label: 'padding-grown',
        meaning: 'the padding is larger by the taps before the kernel',
        term: and(
          equal(ey, add(window.padding[0], times(a, window.dilation[0]))),
          equal(ex, add(window.padding[1], times(b, window.dilation[1]))),
        ),
        breaksAt: {
          ...sizes,
          C: 1,
          kh: 1,
          Kh: 2,
          Kw: 1,
          b: 0,
          o: 0,
          q: 0,
          dy: 1,
          py: 0,
          px: 0,
          ey: 0,
          ex: 0,
        },
      }),
    ],
    conclusion: equal(outer(o, p, q), inner(o, p, q)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const shorter = await library.theorem('embedded-sum');
    const { hypotheses, conclusion } = embeddedKernel.statement;
    const [, , padding] = hypotheses.map(({ term }) => term);
    const value = (row: Term, column: Term): Term =>
      times(K(o, c, row, column), x(c, ...tap(window, [p, q], [row, column])));
    // Columns outside, so that their sum can be shortened first.
    const rows = { from: a, count: kh };
    const columns = { from: b, count: kw };
    const inRow = (row: Term, column: Term): Term =>
      embedded(row, rows, (inside) => value(inside, column));
    const [row, column] = tap(larger, [p, q], [i, j]);
    const term = await proof.show('term', {
      hypotheses: [padding],
      conclusion: equal(
        times(surrounded(K)(o, c, i, j), x(c, row, column)),
        embedded(j, columns, (inside) => inRow(i, inside)),
      ),
    });
    const isInside = between(i, a, kh);
    const rowSum = (at: Term): Term => sum(kw, (jj) => value(at, jj));
    const within1 = await proof.show('row of the kernel, term', {
      hypotheses: [isInside],
      conclusion: equal(inRow(i, j), value(minus(i, a), j)),
    });
    const without = await proof.show('row of zeros, term', {
      hypotheses: [not(isInside)],
      conclusion: equal(inRow(i, j), zero),
    });
    const oneRow = await proof.show(
      'row',
      {
        hypotheses: termsOf({ hypotheses }),
        conclusion: equal(
          sum(Kw, (jj) =>
            times(surrounded(K)(o, c, i, jj), x(c, row, tap(larger, [p, q], [i, jj])[1])),
          ),
          embedded(i, rows, rowSum),
        ),
      },
      [
        congruent(sums, term, j, Kw),
        instance(shorter, { n: Kw, a: b, k: kw, h: ofIndex((jj) => inRow(i, jj)) }),
        congruent(sums, within1, j, kw),
        congruent(sums, without, j, kw),
        instance(sums.zero, { n: kw }),
      ],
    );
    const channel = await proof.show(
      'channel',
      {
        hypotheses: [...termsOf({ hypotheses }), ...range(c, C)],
        conclusion: equal(
          sum(Kh, (ii) =>
            sum(Kw, (jj) =>
              times(surrounded(K)(o, c, ii, jj), x(c, ...tap(larger, [p, q], [ii, jj]))),
            ),
          ),
          sum(kh, rowSum),
        ),
      },
      [congruent(sums, oneRow, i, Kh), instance(shorter, { n: Kh, a, k: kh, h: ofIndex(rowSum) })],
    );
    return proof.show('convolution', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      congruent(sums, channel, c, C),
    ]);
  },
  sizes: [sizes],
};

const V = fun('V');
const [ci, cj] = ['ci', 'cj'].map(integer);
const centre: Kernel = (output, input, row, column) =>
  times(
    diracAt([
      [row, ci],
      [column, cj],
    ]),
    V(output, input),
  );
const projected = convolution({ weights: centre, input: x, channels: C, window });
const projection = pointwise({ weights: V, input: x, channels: C, stride: window.stride });
const projectionSizes = { ...smallSizes, kh: 3, kw: 1, ci: 1, cj: 0, py: 2, px: 0, q: 0 };

export const centreTap: Entry = {
  name: 'centre-tap-projection',
  says: 'A kernel with nothing but its centre tap is a 1×1 convolution of the same stride.',
  source: 'rm-blocks, BasicBlock with projection',
  statement: {
    hypotheses: [
      typing(notNegative(C)),
      typing(and(within(ci, kh), within(cj, kw))),
      assumption({
        label: 'centred',
        meaning: 'the padding is what the centre of the kernel reaches back',
        term: and(
          equal(window.padding[0], times(ci, window.dilation[0])),
          equal(window.padding[1], times(cj, window.dilation[1])),
        ),
        breaksAt: { ...projectionSizes, C: 1, kh: 1, o: 0, ci: 0, py: 1 },
      }),
    ],
    conclusion: equal(projected(o, p, q), projection(o, p, q)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const { hypotheses, conclusion } = centreTap.statement;
    const value = (row: Term, column: Term): Term =>
      times(V(o, c), x(c, ...tap(window, [p, q], [row, column])));
    const inRow = (row: Term, column: Term): Term => where(equal(row, ci), value(row, column));
    const term = await proof.show('term', {
      hypotheses: [],
      conclusion: equal(
        times(centre(o, c, i, j), x(c, ...tap(window, [p, q], [i, j]))),
        where(equal(j, cj), inRow(i, j)),
      ),
    });
    const row = await proof.show(
      'row',
      {
        hypotheses: termsOf({ hypotheses }),
        conclusion: equal(
          sum(kw, (jj) => times(centre(o, c, i, jj), x(c, ...tap(window, [p, q], [i, jj])))),
          inRow(i, cj),
        ),
      },
      [
        congruent(sums, term, j, kw),
        instance(sums.dirac, { n: kw, j: cj, h: ofIndex((jj) => inRow(i, jj)) }),
      ],
    );
    const [sy, sx] = window.stride;
    const channel = await proof.show(
      'channel',
      {
        hypotheses: termsOf({ hypotheses }),
        conclusion: equal(
          sum(kh, (ii) =>
            sum(kw, (jj) => times(centre(o, c, ii, jj), x(c, ...tap(window, [p, q], [ii, jj])))),
          ),
          times(V(o, c), x(c, times(p, sy), times(q, sx))),
        ),
      },
      [
        congruent(sums, row, i, kh),
        instance(sums.dirac, { n: kh, j: ci, h: ofIndex((ii) => value(ii, cj)) }),
      ],
    );
    return proof.show('convolution', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      congruent(sums, channel, c, C),
    ]);
  },
  sizes: [projectionSizes],
};
