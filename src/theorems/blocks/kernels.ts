/**
 * Kernels inside larger ones, scaled ones, and 1×1 convolutions as sums over channels.
 */
import { fun, int, sum, symbol, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import {
  add,
  and,
  atMost,
  equal,
  less,
  minus,
  not,
  times,
  where,
  within,
  zero,
} from '../notation.ts';
import { congruent, ofIndex } from '../sums.ts';
import { convolution, tap, tripleSum, type Kernel, type Window } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { centreTap } from './core.ts';
import {
  at,
  C,
  centreOf,
  conclude,
  conv,
  equalSums,
  integer,
  kh,
  kw,
  lettersOf,
  notNegative,
  p,
  product,
  q,
  small,
  typing,
  window,
  type Body,
  type Context,
} from './frame.ts';
import { centred, keepingCentre, origin, pointwise, type Centre } from './stacking.ts';

const [o, oi, oj, eh, ew, ei, ej] = ['o', 'oi', 'oj', 'eh', 'ew', 'ei', 'ej'].map(integer);
const [t, V] = [fun('t'), fun('V')];
const g = fun('g');
const scale = symbol('Real', 's');

/** A kernel with a centre of its own. */
export interface Sized {
  readonly size: readonly [Term, Term];
  readonly centre: Centre;
}

/** A small kernel in a large one such that their centres meet; zero around it. */
export function embedded(large: Centre, { size, centre }: Sized, weights: Kernel): Kernel {
  const rowOffset = minus(large[0], centre[0]);
  const columnOffset = minus(large[1], centre[1]);
  return (out, c, i, j) => {
    const [row, column] = [minus(i, rowOffset), minus(j, columnOffset)];
    return where(and(within(row, size[0]), within(column, size[1])), weights(out, c, row, column));
  };
}

/** That a kernel of that size lies within the large one, centre on centre. */
export function placedIn({ size, centre }: Sized): readonly Term[] {
  const axis = (at: 0 | 1, whole: Term): Term => {
    const before = minus(centreOf[at], centre[at]);
    return and(atMost(centre[at], centreOf[at]), atMost(add(before, size[at]), whole));
  };
  return [...size.map(notNegative), axis(0, kh), axis(1, kw)];
}

const inRow = (i: Term): Term => within(minus(i, oi), eh);
const inColumn = (j: Term): Term => within(minus(j, oj), ew);
/** [offset ≤ i < offset + length] · value(offset + (i − offset)), as the lemma on sums has it. */
const ranged = ([i, offset, length]: readonly [Term, Term, Term], value: (k: Term) => Term): Term =>
  where(and(atMost(offset, i), less(i, add(offset, length))), value(add(offset, minus(i, offset))));
const places = [
  [notNegative(oi), notNegative(eh), atMost(add(oi, eh), kh)],
  [notNegative(oj), notNegative(ew), atMost(add(oj, ew), kw)],
];

const embeddedTaps: Entry = {
  name: 'embedded-taps',
  says: 'A convolution whose weights vanish outside a rectangle of taps is one over the rectangle.',
  source: 'arXiv 2101.03697',
  statement: {
    hypotheses: [notNegative(C), notNegative(kh), notNegative(kw), ...places.flat()].map(typing),
    conclusion: equal(
      tripleSum([C, kh, kw], (c, i, j) => where(and(inRow(i), inColumn(j)), g(c, i, j))),
      tripleSum([C, eh, ew], (c, i, j) => g(c, add(oi, i), add(oj, j))),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const narrowed = await library.theorem('embedded-sum');
    const [c, i, j] = at;
    const body = (jj: Term): Term => where(and(inRow(i), inColumn(jj)), g(c, i, jj));
    const yes = await proof.show('row inside, term', {
      hypotheses: [inRow(i)],
      conclusion: equal(
        body(j),
        ranged([j, oj, ew], (k) => g(c, i, k)),
      ),
    });
    const no = await proof.show('row outside, term', {
      hypotheses: [not(inRow(i))],
      conclusion: equal(body(j), zero),
    });
    const row = (ii: Term): Term => sum(ew, (jj) => g(c, ii, add(oj, jj)));
    const rowSum = await proof.show(
      'row',
      {
        hypotheses: [notNegative(kw), ...places[1]],
        conclusion: equal(sum(kw, body), ranged([i, oi, eh], row)),
      },
      [
        congruent(sums, yes, j, kw),
        congruent(sums, no, j, kw),
        instance(sums.zero, { n: kw }),
        instance(narrowed, { n: kw, a: oj, k: ew, h: ofIndex((k) => g(c, i, add(oj, k))) }),
      ],
    );
    const plane = await proof.show(
      'plane',
      {
        hypotheses: [notNegative(kh), notNegative(kw), ...places.flat()],
        conclusion: equal(
          sum(kh, (ii) => sum(kw, (jj) => where(and(inRow(ii), inColumn(jj)), g(c, ii, jj)))),
          sum(eh, (ii) => row(add(oi, ii))),
        ),
      },
      [
        congruent(sums, rowSum, i, kh),
        instance(narrowed, { n: kh, a: oi, k: eh, h: ofIndex((k) => row(add(oi, k))) }),
      ],
    );
    return conclude(embeddedTaps, { proof, library }, [congruent(sums, plane, c, C)]);
  },
  sizes: [{ C: 1, kh: 2, kw: 3, oi: 1, eh: 1, oj: 1, ew: 1 }],
};

const smaller: Sized = { size: [eh, ew], centre: [ei, ej] };
const smallWindow: Window = keepingCentre({ ...window, size: smaller.size }, smaller.centre);

export const embeddedKernel: Entry = {
  name: 'kernel-in-a-kernel',
  says: 'A small kernel in a large one, centre on centre, is the small convolution.',
  source: 'arXiv 2101.03697',
  statement: {
    hypotheses: [...[C, kh, kw].map(notNegative), ...placedIn(smaller)].map(typing),
    conclusion: equal(
      conv(embedded(centreOf, smaller, V), t, C, o),
      convolution({ weights: V, input: t, channels: C, window: smallWindow })(o, p, q),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const [rowOffset, columnOffset] = [minus(centreOf[0], ei), minus(centreOf[1], ej)];
    const shifted: Body = (c, i, j) =>
      times(
        V(o, c, minus(i, rowOffset), minus(j, columnOffset)),
        t(c, ...tap(window, [p, q], [i, j])),
      );
    const large = await equalSums(context, 'large, term', {
      counts: [C, kh, kw],
      left: product(embedded(centreOf, smaller, V), t, o),
      right: (c, i, j) =>
        where(
          and(within(minus(i, rowOffset), eh), within(minus(j, columnOffset), ew)),
          shifted(c, i, j),
        ),
    });
    const little = await equalSums(context, 'small, term', {
      counts: [C, eh, ew],
      left: (c, i, j) => shifted(c, add(rowOffset, i), add(columnOffset, j)),
      right: (c, i, j) => times(V(o, c, i, j), t(c, ...tap(smallWindow, [p, q], [i, j]))),
    });
    return conclude(embeddedKernel, context, [
      large,
      little,
      instance(await library.theorem(embeddedTaps.name), {
        oi: rowOffset,
        oj: columnOffset,
        g: ofTriple(shifted),
      }),
    ]);
  },
  sizes: [{ C: 1, o: 0, ...small, kh: 3, eh: 2, ei: 1, ew: 1, ej: 0, ci: 1 }],
};

export const scaledKernel: Entry = {
  name: 'scaled-kernel',
  says: 'A factor of a whole output channel may stand before the convolution or in its kernel.',
  source: 'folding a batch norm',
  statement: {
    hypotheses: [C, kh, kw].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv((...k) => times(scale, V(...k)), t, C, o),
      times(scale, conv(V, t, C, o)),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const triples = await library.triples();
    const own = product(V, t, o);
    const regrouped = await equalSums(context, 'term', {
      counts: [C, kh, kw],
      left: product((...k) => times(scale, V(...k)), t, o),
      right: (...k) => times(scale, own(...k)),
    });
    return conclude(scaledKernel, context, [
      regrouped,
      instance(triples.scale, { a: scale, f: ofTriple(own) }),
    ]);
  },
  sizes: [{ C: 1, o: 0, ...small }],
};

const strides = [integer('sy'), integer('sx')] as const;

export const pointwiseSum: Entry = {
  name: 'pointwise-sum',
  says: 'A 1×1 convolution is a sum over channels at each pixel.',
  source: 'the definition of a convolution',
  statement: {
    hypotheses: [typing(notNegative(C))],
    conclusion: equal(
      convolution({ weights: V, input: t, channels: C, window: pointwise(strides) })(o, p, q),
      sum(C, (c) =>
        times(V(o, c, int(0), int(0)), t(c, times(p, strides[0]), times(q, strides[1]))),
      ),
    ),
  },
  prove: async (proof, library) => {
    const context: Context = { proof, library };
    const own = pointwise(strides);
    const alone = (_: Term, c: Term): Term => V(o, c, int(0), int(0));
    const term =
      (kernel: Kernel): Body =>
      (c, i, j) =>
        times(kernel(o, c, i, j), t(c, ...tap(own, [p, q], [i, j])));
    const single = await equalSums(context, 'term', {
      counts: [C, int(1), int(1)],
      left: term(V),
      right: term(centred(origin, alone)),
    });
    return conclude(pointwiseSum, context, [
      single,
      instance(await library.theorem(centreTap.name), {
        ...lettersOf({ window: own, centre: origin }, [p, q]),
        P: ofIndex((c) => alone(o, c)),
      }),
    ]);
  },
  sizes: [{ C: 2, o: 0, p: 1, q: 0, sy: 2, sx: 1 }],
};

export const kernelTheorems: readonly Entry[] = [
  embeddedTaps,
  embeddedKernel,
  scaledKernel,
  pointwiseSum,
];
