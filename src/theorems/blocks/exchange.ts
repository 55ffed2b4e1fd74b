/**
 * Sums of convolutions, and convolutions of 1×1 convolutions: what changing the order of summation gives.
 */
import { fun, lambda, sum, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, times } from '../notation.ts';
import { congruent, ofIndex } from '../sums.ts';
import { tap, tripleSum, type Tensor } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import {
  at,
  C,
  conclude,
  conv,
  equalSums,
  integer,
  kh,
  kw,
  notNegative,
  p,
  product,
  q,
  small,
  typing,
  window,
} from './frame.ts';

const [n, M, o, b, m] = ['n', 'M', 'o', 'b', 'm'].map(integer);
const [F, V, U, t] = [fun('F'), fun('V'), fun('U'), fun('t')];
const ofTwo = (body: (first: Term, second: Term) => Term): ReturnType<typeof lambda> =>
  lambda(['Int', 'Int'], body);
const ofFour = (body: (...args: readonly Term[]) => Term): ReturnType<typeof lambda> =>
  lambda(['Int', 'Int', 'Int', 'Int'], body);

const innerSum: Entry = {
  name: 'inner-sum',
  says: 'A sum inside a convolution may stand outside.',
  source: 'finite sums',
  statement: {
    hypotheses: [C, kh, kw, n].map((count) => typing(notNegative(count))),
    conclusion: equal(
      tripleSum([C, kh, kw], (...k) => sum(n, (bb) => F(bb, ...k))),
      sum(n, (bb) => tripleSum([C, kh, kw], (...k) => F(bb, ...k))),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const [ci, i] = at;
    const columns = instance(sums.swap, { n: kw, l: n, f: ofTwo((jj, bb) => F(bb, ci, i, jj)) });
    const rows = instance(sums.swap, {
      n: kh,
      l: n,
      f: ofTwo((ii, bb) => sum(kw, (jj) => F(bb, ci, ii, jj))),
    });
    const planes = instance(sums.swap, {
      n: C,
      l: n,
      f: ofTwo((cc, bb) => sum(kh, (ii) => sum(kw, (jj) => F(bb, cc, ii, jj)))),
    });
    return conclude(innerSum, { proof, library }, [
      congruent(sums, congruent(sums, columns, i, kh), ci, C),
      congruent(sums, rows, ci, C),
      planes,
    ]);
  },
  sizes: [{ C: 2, kh: 1, kw: 2, n: 2 }],
};

export const summedKernels: Entry = {
  name: 'summed-kernels',
  says: 'Any number of convolutions add up to one whose kernel is the sum.',
  source: 'arXiv 2206.04040',
  statement: {
    hypotheses: [C, kh, kw, n].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv((...k) => sum(n, (bb) => V(bb, ...k)), t, C, o),
      sum(n, (bb) => conv((...k) => V(bb, ...k), t, C, o)),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const context = { proof, library };
    const term = (bb: Term): ReturnType<typeof product> => product((...k) => V(bb, ...k), t, o);
    const [ci, i, j] = at;
    const read = t(ci, ...tap(window, [p, q], [i, j]));
    const regrouped = await proof.show('regrouped, term', {
      hypotheses: [],
      conclusion: equal(term(b)(ci, i, j), times(read, V(b, o, ci, i, j))),
    });
    const distributed = await equalSums(context, 'term', {
      counts: [C, kh, kw],
      left: product((...k) => sum(n, (bb) => V(bb, ...k)), t, o),
      right: (...k) => sum(n, (bb) => term(bb)(...k)),
      hypotheses: [notNegative(n)],
      lemmas: [
        congruent(sums, regrouped, b, n),
        instance(sums.scale, { a: read, n, h: ofIndex((bb) => V(bb, o, ci, i, j)) }),
      ],
    });
    return conclude(summedKernels, context, [
      distributed,
      instance(await library.theorem(innerSum.name), {
        F: ofFour((bb, ...k) => term(bb)(k[0], k[1], k[2])),
      }),
    ]);
  },
  sizes: [{ C: 1, n: 2, o: 0, ...small }],
};

/** V over U: what two layers in a row amount to, the first of them 1×1. */
export const composed =
  (outer: (...k: readonly Term[]) => Term, inner: (m: Term, c: Term) => Term, width: Term) =>
  (out: Term, cc: Term, i: Term, j: Term): Term =>
    sum(width, (mm) => times(outer(out, mm, i, j), inner(mm, cc)));

const throughPointwise: Entry = {
  name: 'through-pointwise',
  says: 'A convolution of a 1×1 convolution is one convolution, read the same way at the border.',
  source: 'arXiv 2103.13425',
  statement: {
    hypotheses: [C, M, kh, kw].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv(V, (mm, u, v) => sum(C, (cc) => times(U(mm, cc), t(cc, u, v))), M, o),
      conv(composed(V, U, M), t, C, o),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const context = { proof, library };
    const inner = await library.theorem(innerSum.name);
    const [ci, i, j] = at;
    const read = (cc: Term, ii: Term, jj: Term): Term => t(cc, ...tap(window, [p, q], [ii, jj]));
    const term = (mm: Term, cc: Term, ii: Term, jj: Term): Term =>
      times(V(o, mm, ii, jj), times(U(mm, cc), read(cc, ii, jj)));
    const left = await equalSums(context, 'before, term', {
      counts: [M, kh, kw],
      left: product(V, (mm, u, v) => sum(C, (cc) => times(U(mm, cc), t(cc, u, v))), o),
      right: (mm, ii, jj) => sum(C, (cc) => term(mm, cc, ii, jj)),
      hypotheses: [notNegative(C)],
      lemmas: [
        instance(sums.scale, {
          a: V(o, ci, i, j),
          n: C,
          h: ofIndex((cc) => times(U(ci, cc), read(cc, i, j))),
        }),
      ],
    });
    const regrouped = await proof.show('regrouped, term', {
      hypotheses: [],
      conclusion: equal(term(m, ci, i, j), times(read(ci, i, j), times(V(o, m, i, j), U(m, ci)))),
    });
    const right = await equalSums(context, 'after, term', {
      counts: [C, kh, kw],
      left: product(composed(V, U, M), t, o),
      right: (cc, ii, jj) => sum(M, (mm) => term(mm, cc, ii, jj)),
      hypotheses: [notNegative(M)],
      lemmas: [
        congruent(sums, regrouped, m, M),
        instance(sums.scale, {
          a: read(ci, i, j),
          n: M,
          h: ofIndex((mm) => times(V(o, mm, i, j), U(mm, ci))),
        }),
      ],
    });
    const plane = (mm: Term, cc: Term): Term =>
      sum(kh, (ii) => sum(kw, (jj) => term(mm, cc, ii, jj)));
    return conclude(throughPointwise, context, [
      left,
      right,
      instance(inner, { C: M, n: C, F: ofFour((cc, mm, ii, jj) => term(mm, cc, ii, jj)) }),
      instance(inner, { n: M, F: ofFour((mm, cc, ii, jj) => term(mm, cc, ii, jj)) }),
      instance(sums.swap, { n: M, l: C, f: ofTwo(plane) }),
    ]);
  },
  sizes: [{ C: 2, M: 2, o: 0, ...small }],
};
/** A 1×1 convolution with its bias, at every position, in the domain or not. */
export const biased =
  (inner: (m: Term, c: Term) => Term, bias: (m: Term) => Term, input: Tensor): Tensor =>
  (mm, u, v) =>
    add(
      sum(C, (cc) => times(inner(mm, cc), input(cc, u, v))),
      bias(mm),
    );

const e = fun('e');
const biases = product(V, (mm) => e(mm), o);

export const throughBiasedPointwise: Entry = {
  name: 'through-biased-pointwise',
  says: 'A bias behind a 1×1 convolution, if it is there at the border too, adds a constant to the next.',
  source: 'arXiv 2103.13425, transform III',
  statement: {
    hypotheses: [C, M, kh, kw].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv(V, biased(U, e, t), M, o),
      add(conv(composed(V, U, M), t, C, o), tripleSum([M, kh, kw], biases)),
    ),
  },
  prove: async (proof, library) => {
    const triples = await library.triples();
    const context = { proof, library };
    const linear = product(V, (mm, u, v) => sum(C, (cc) => times(U(mm, cc), t(cc, u, v))), o);
    const distributed = await equalSums(context, 'term', {
      counts: [M, kh, kw],
      left: product(V, biased(U, e, t), o),
      right: (...k) => add(linear(...k), biases(...k)),
    });
    return conclude(throughBiasedPointwise, context, [
      distributed,
      instance(triples.add, { C: M, f: ofTriple(linear), g: ofTriple(biases) }),
      await library.theorem(throughPointwise.name),
    ]);
  },
  sizes: [{ C: 2, M: 1, o: 0, ...small }],
};

export const exchangeTheorems: readonly Entry[] = [
  innerSum,
  summedKernels,
  throughPointwise,
  throughBiasedPointwise,
];
