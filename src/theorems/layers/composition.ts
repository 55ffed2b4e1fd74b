/**
 * Two convolutions in a row, one of them 1×1, as one.
 *
 * k×k then 1×1 always; 1×1 then k×k where nothing is added in between, for a constant ends at the border (how
 * one folds in is `affine-before-convolution`, `padding-with-the-bias`).
 */
import { fun, int, lambda, sum, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, and, equal, not, times, within, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import {
  convolution,
  inside,
  tap,
  tensor,
  tripleSum,
  type Tensor,
  type Window,
} from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import {
  C,
  c,
  counts,
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

/** Channels in between, and one of them. */
const [M, m] = [integer('M'), integer('m')];
const K = kernel('K');
const V = fun('V');
const [b, d] = [fun('b'), fun('d')];
const x = tensor('x', H, W);

/** The size of what is in between, and the stride of the 1×1 convolution. */
const [P, Q, ty, tx] = ['P', 'Q', 'ty', 'tx'].map(integer);
const between: Tensor = inside(
  (channel, row, column) =>
    add(
      convolution({ weights: K, input: x, channels: C, window })(channel, row, column),
      b(channel),
    ),
  P,
  Q,
);
const strided: Window = {
  ...window,
  stride: [times(ty, window.stride[0]), times(tx, window.stride[1])],
};
const after = pointwise({ weights: V, input: between, channels: M, stride: [ty, tx] });
const afterFused = convolution({
  weights: (output, ...place) => sum(M, (mm) => times(V(output, mm), K(mm, ...place))),
  input: x,
  channels: C,
  window: strided,
});

export const pointwiseAfterConvolution: Entry = {
  name: 'pointwise-after-convolution',
  says: 'A convolution and a 1×1 convolution of what it writes are one convolution.',
  source: 'Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual',
  statement: {
    hypotheses: [
      typing(notNegative(M, ...counts)),
      typing(and(within(times(p, ty), P), within(times(q, tx), Q))),
    ],
    conclusion: equal(
      add(after(o, p, q), d(o)),
      add(
        afterFused(o, p, q),
        add(
          sum(M, (mm) => times(V(o, mm), b(mm))),
          d(o),
        ),
      ),
    ),
  },
  prove: async (proof, library) => {
    const [sums, triples] = [await library.sums(), await library.triples()];
    const swapped = await library.theorem('swapped-triple-sums');
    const { hypotheses, conclusion } = pointwiseAfterConvolution.statement;
    const terms = termsOf({ hypotheses });
    const at = [times(p, ty), times(q, tx)] as const;
    const value =
      (mm: Term) =>
      (cc: Term, ii: Term, jj: Term): Term =>
        times(K(mm, cc, ii, jj), x(cc, ...tap(window, at, [ii, jj])));
    const weighed = (mm: Term, ...place: readonly [Term, Term, Term]): Term =>
      times(V(o, mm), value(mm)(...place));
    const constants = (mm: Term): Term => times(V(o, mm), b(mm));
    const sumOf = (mm: Term): Term => tripleSum(counts, (...place) => weighed(mm, ...place));
    const channel = await proof.show(
      'channel between',
      {
        hypotheses: [...terms, ...range(m, M)],
        conclusion: equal(times(V(o, m), between(m, ...at)), add(sumOf(m), constants(m))),
      },
      [instance(triples.scale, { a: V(o, m), f: ofTriple(value(m)) })],
    );
    const pixel = x(c, ...tap(window, at, [i, j]));
    const weights = (mm: Term): Term => times(V(o, mm), K(mm, c, i, j));
    const flipped = await proof.show('product', {
      hypotheses: range(m, M),
      conclusion: equal(weighed(m, c, i, j), times(pixel, weights(m))),
    });
    const tapSum = await proof.show(
      'tap',
      {
        hypotheses: [...terms, ...range(c, C), ...range(i, kh), ...range(j, kw)],
        conclusion: equal(
          sum(M, (mm) => weighed(mm, c, i, j)),
          times(sum(M, weights), x(c, ...tap(strided, [p, q], [i, j]))),
        ),
      },
      [
        congruent(sums, flipped, m, M),
        instance(sums.scale, { n: M, a: pixel, h: ofIndex(weights) }),
      ],
    );
    return proof.show('convolution', { hypotheses: terms, conclusion }, [
      congruent(sums, channel, m, M),
      instance(sums.add, { n: M, h: ofIndex(sumOf), g: ofIndex(constants) }),
      instance(swapped, { f: lambda(['Int', 'Int', 'Int', 'Int'], weighed) }),
      tripleCongruent(sums, tapSum, [c, i, j], counts),
    ]);
  },
  sizes: [{ ...smallSizes, M: 2, P: 4, Q: 4, p: 1, q: 0, ty: 2, tx: 1, dy: 1, py: 1, px: 0 }],
};

const first = inside(pointwise({ weights: V, input: x, channels: C }), H, W);
const before = convolution({ weights: K, input: first, channels: M, window });
const beforeFused = convolution({
  weights: (output, input, row, column) =>
    sum(M, (mm) => times(K(output, mm, row, column), V(mm, input))),
  input: x,
  channels: C,
  window,
});

export const convolutionAfterPointwise: Entry = {
  name: 'convolution-after-pointwise',
  says: 'A 1×1 convolution without bias and a convolution of what it writes are one convolution.',
  source: 'Diverse Branch Block, arXiv 2103.13425, transform III; rm-blocks, InvertedResidual',
  statement: {
    hypotheses: [typing(notNegative(M, ...counts))],
    conclusion: equal(before(o, p, q), beforeFused(o, p, q)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const [planes, swapped] = [
      await library.theorem('swapped-plane-sums'),
      await library.theorem('swapped-triple-sums'),
    ];
    const { hypotheses, conclusion } = convolutionAfterPointwise.statement;
    const terms = termsOf({ hypotheses });
    const place = (ii: Term, jj: Term): readonly [Term, Term] => tap(window, [p, q], [ii, jj]);
    const [row, column] = place(i, j);
    // Where the 1×1 convolution reads zeros, it writes zero: its domain does not matter.
    const read = (cc: Term, ii: Term, jj: Term): Term => x(cc, ...place(ii, jj));
    const outside = await proof.show('outside, term', {
      hypotheses: [not(and(within(row, H), within(column, W)))],
      conclusion: equal(times(V(m, c), read(c, i, j)), zero),
    });
    const value = (mm: Term, cc: Term, ii: Term, jj: Term): Term =>
      times(K(o, mm, ii, jj), times(V(mm, cc), read(cc, ii, jj)));
    const same = await proof.show('a stride of one', {
      hypotheses: [],
      conclusion: equal(
        times(V(m, c), x(c, times(row, int(1)), times(column, int(1)))),
        times(V(m, c), read(c, i, j)),
      ),
    });
    const valueBetween = await proof.show(
      'value between',
      {
        hypotheses: [...terms, ...range(m, M), ...range(i, kh), ...range(j, kw)],
        conclusion: equal(
          times(K(o, m, i, j), first(m, row, column)),
          sum(C, (cc) => value(m, cc, i, j)),
        ),
      },
      [
        congruent(sums, outside, c, C),
        congruent(sums, same, c, C),
        instance(sums.zero, { n: C }),
        instance(sums.scale, {
          n: C,
          a: K(o, m, i, j),
          h: ofIndex((cc) => times(V(m, cc), read(cc, i, j))),
        }),
      ],
    );
    const pixel = read(c, i, j);
    const weights = (mm: Term): Term => times(K(o, mm, i, j), V(mm, c));
    const flipped = await proof.show('product', {
      hypotheses: range(m, M),
      conclusion: equal(value(m, c, i, j), times(pixel, weights(m))),
    });
    const tapSum = await proof.show(
      'tap',
      {
        hypotheses: [...terms, ...range(i, kh), ...range(j, kw)],
        conclusion: equal(
          sum(M, (mm) => value(mm, c, i, j)),
          times(sum(M, weights), pixel),
        ),
      },
      [
        congruent(sums, flipped, m, M),
        instance(sums.scale, { n: M, a: pixel, h: ofIndex(weights) }),
      ],
    );
    // Σ_m Σ_i Σ_j Σ_c becomes Σ_c Σ_m Σ_i Σ_j, and that Σ_c Σ_i Σ_j Σ_m.
    const channel = await proof.show(
      'channel',
      {
        hypotheses: terms,
        conclusion: equal(
          tripleSum([M, kh, kw], (mm, ii, jj) => value(mm, c, ii, jj)),
          sum(kh, (ii) =>
            sum(kw, (jj) =>
              times(
                sum(M, (mm) => times(K(o, mm, ii, jj), V(mm, c))),
                read(c, ii, jj),
              ),
            ),
          ),
        ),
      },
      [
        instance(planes, { g: ofTriple((mm, ii, jj) => value(mm, c, ii, jj)) }),
        congruent(sums, congruent(sums, tapSum, j, kw), i, kh),
      ],
    );
    return proof.show('convolution', { hypotheses: terms, conclusion }, [
      tripleCongruent(sums, valueBetween, [m, i, j], [M, kh, kw]),
      instance(swapped, {
        M: C,
        C: M,
        f: lambda(['Int', 'Int', 'Int', 'Int'], (cc, mm, ii, jj) => value(mm, cc, ii, jj)),
      }),
      congruent(sums, channel, c, C),
    ]);
  },
  sizes: [{ ...smallSizes, M: 2 }],
};
