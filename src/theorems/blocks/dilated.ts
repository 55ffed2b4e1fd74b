/**
 * Kernels of a larger dilation inside one of a smaller: with taps that are f times as far from one another, each in
 * the tap of the large kernel that reads the same pixel, and zeros between.
 */
import { fun, int, lambda, sum, type Lambda, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, and, atMost, equal, ite, less, minus, one, times, where, zero } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, tap, type Kernel, type Window } from '../tensors.ts';
import {
  at,
  C,
  centreOf,
  ci,
  cj,
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
  terms,
  typing,
  window,
  type Body,
  type Three,
} from './frame.ts';
import type { Sized } from './kernels.ts';
import { keepingCentre, type Centre } from './stacking.ts';

const [o, n, e, k, gap, u, v] = ['o', 'n', 'e', 'k', 'gap', 'u', 'v'].map(integer);
const [eh, ew, ei, ej, fy, fx] = ['eh', 'ew', 'ei', 'ej', 'fy', 'fx'].map(integer);
const [h, V, t] = [fun('h'), fun('V'), fun('t')];

/** How many times as far from one another its taps are, by rows and by columns. */
export type Spacing = readonly [Term, Term];

/** A kernel with a centre of its own and taps apart. */
export interface Spaced extends Sized {
  readonly spacing: Spacing;
}

/** Where the first tap of the small kernel is in the large one, along an axis. */
function offsetOf(large: Term, centre: Term, spacing: Term): Term {
  return minus(large, times(spacing, centre));
}

/** Where each is. */
function placeOf(large: Term, centre: Term, spacing: Term): (tap: Term) => Term {
  const offset = offsetOf(large, centre, spacing);
  return (index) => add(offset, times(spacing, index));
}

/** A kernel of a larger dilation in one of a smaller such that their centres meet; zero at all other taps. */
export function spread(large: Centre, { size, centre, spacing }: Spaced, weights: Kernel): Kernel {
  const [row, column] = [0, 1].map((axis) => placeOf(large[axis], centre[axis], spacing[axis]));
  return (out, c, i, j) =>
    sum(size[0], (y) =>
      where(
        equal(i, row(y)),
        sum(size[1], (x) => where(equal(j, column(x)), weights(out, c, y, x))),
      ),
    );
}

/** That all taps of the small kernel are taps of the large one, along an axis. */
function placedAlong(
  offset: Term,
  of: { readonly count: Term; readonly spacing: Term; readonly whole: Term },
): readonly Term[] {
  const last = add(offset, times(of.spacing, minus(of.count, int(1))));
  return [notNegative(offset), less(last, of.whole)];
}

/** That it lies within the large one, centre on centre. */
export function spreadIn({ size, centre, spacing }: Spaced): readonly Term[] {
  const along = (axis: 0 | 1, whole: Term): Term =>
    and(
      ...placedAlong(offsetOf(centreOf[axis], centre[axis], spacing[axis]), {
        count: size[axis],
        spacing: spacing[axis],
        whole,
      }),
    );
  return [...size.map(notNegative), ...spacing.map(notNegative), along(0, kh), along(1, kw)];
}

const spaced = (index: Term): Term => add(k, times(gap, index));
const chosen = (index: Term, i: Term): Term => where(equal(i, spaced(index)), h(index, i));
const ofTwo = (body: (first: Term, second: Term) => Term): Lambda => lambda(['Int', 'Int'], body);

const spacedTaps: Entry = {
  name: 'spaced-taps',
  says: 'A sum over all taps of which only evenly spaced ones count is a sum over these.',
  source: 'finite sums',
  statement: {
    hypotheses: [
      ...[n, e, gap].map(notNegative),
      ...placedAlong(k, { count: e, spacing: gap, whole: n }),
    ].map(typing),
    conclusion: equal(
      sum(n, (i) => sum(e, (index) => chosen(index, i))),
      sum(e, (index) => h(index, spaced(index))),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const below = await proof.show('tap, place', {
      hypotheses: [notNegative(gap), less(u, e)],
      conclusion: atMost(times(gap, u), times(gap, minus(e, int(1)))),
    });
    const above = await proof.show('tap, sign', {
      hypotheses: [notNegative(gap), notNegative(u)],
      conclusion: atMost(int(0), times(gap, u)),
    });
    const single = await proof.show(
      'tap',
      {
        hypotheses: [...terms(spacedTaps), ...range(u, e)],
        conclusion: equal(
          sum(n, (i) => chosen(u, i)),
          h(u, spaced(u)),
        ),
      },
      [below, above, instance(sums.dirac, { n, j: spaced(u), h: ofIndex((i) => h(u, i)) })],
    );
    return conclude(spacedTaps, { proof, library }, [
      instance(sums.swap, { n, l: e, f: ofTwo((i, index) => chosen(index, i)) }),
      congruent(sums, single, u, e),
    ]);
  },
  sizes: [{ n: 3, e: 2, k: 0, gap: 2 }],
};

const smaller = { size: [eh, ew], centre: [ei, ej], spacing: [fy, fx] } as const;
const apart: Window = keepingCentre(
  {
    ...window,
    size: smaller.size,
    dilation: [times(fy, window.dilation[0]), times(fx, window.dilation[1])],
  },
  smaller.centre,
);

export const spreadKernel: Entry = {
  name: 'dilated-kernel-in-a-kernel',
  says: 'A kernel whose taps are further apart, in a large one, centre on centre, is its own convolution.',
  source: 'arXiv 2311.15599',
  statement: {
    hypotheses: [...[C, kh, kw].map(notNegative), ...spreadIn(smaller)].map(typing),
    conclusion: equal(
      conv(spread(centreOf, smaller, V), t, C, o),
      convolution({ weights: V, input: t, channels: C, window: apart })(o, p, q),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const sums = await library.sums();
    const taps = await library.theorem(spacedTaps.name);
    const given = terms(spreadKernel);
    const [c, i, j] = at;
    const [row, column] = [placeOf(ci, ei, fy), placeOf(cj, ej, fx)];
    const read: Body = (...place) => t(place[0], ...tap(window, [p, q], [place[1], place[2]]));
    // What tap (y, x) of the small kernel makes of what the large one reads at (c, i, j), and sums of it.
    const weighted = (y: Term, x: Term, place: Three): Term =>
      times(V(o, place[0], y, x), read(...place));
    const lineOf = (y: Term, [cc, ii, jj]: Three): Term =>
      sum(ew, (x) => where(equal(jj, column(x)), weighted(y, x, [cc, ii, jj])));
    const spacedLine = (y: Term, cc: Term, ii: Term): Term =>
      sum(ew, (x) => weighted(y, x, [cc, ii, column(x)]));
    const own: Body = (cc, y, x) => weighted(y, x, [cc, row(y), column(x)]);

    const entry = (x: Term): Term => where(equal(j, column(x)), V(o, c, u, x));
    const entries = await proof.show('entry', {
      hypotheses: [],
      conclusion: equal(
        times(read(...at), entry(v)),
        where(equal(j, column(v)), weighted(u, v, at)),
      ),
    });
    const line = (y: Term): Term =>
      where(
        equal(i, row(y)),
        sum(ew, (x) => where(equal(j, column(x)), V(o, c, y, x))),
      );
    const lines = await proof.show(
      'line',
      {
        hypotheses: [notNegative(ew)],
        conclusion: equal(times(read(...at), line(u)), where(equal(i, row(u)), lineOf(u, at))),
      },
      [
        congruent(sums, entries, v, ew),
        instance(sums.scale, { a: read(...at), n: ew, h: ofIndex(entry) }),
      ],
    );
    const large = await equalSums(context, 'large, term', {
      counts: [C, kh, kw],
      left: product(spread(centreOf, smaller, V), t, o),
      right: (...place) => sum(eh, (y) => where(equal(place[1], row(y)), lineOf(y, place))),
      hypotheses: [eh, ew].map(notNegative),
      lemmas: [
        congruent(sums, lines, u, eh),
        instance(sums.scale, { a: read(...at), n: eh, h: ofIndex(line) }),
      ],
    });
    const isRow = ite(equal(i, row(u)), one, zero);
    const pulled = await proof.show('row, term', {
      hypotheses: [],
      conclusion: equal(where(equal(i, row(u)), lineOf(u, at)), times(isRow, lineOf(u, at))),
    });
    const ownRow = await proof.show(
      'row',
      {
        hypotheses: given,
        conclusion: equal(
          sum(kw, (jj) => where(equal(i, row(u)), lineOf(u, [c, i, jj]))),
          where(equal(i, row(u)), spacedLine(u, c, i)),
        ),
      },
      [
        congruent(sums, pulled, j, kw),
        instance(sums.scale, { a: isRow, n: kw, h: ofIndex((jj) => lineOf(u, [c, i, jj])) }),
        instance(taps, {
          ...{ n: kw, e: ew, gap: fx, k: offsetOf(cj, ej, fx) },
          h: ofTwo((x, jj) => weighted(u, x, [c, i, jj])),
        }),
      ],
    );
    const rows = await proof.show(
      'rows',
      {
        hypotheses: given,
        conclusion: equal(
          sum(kw, (jj) => sum(eh, (y) => where(equal(i, row(y)), lineOf(y, [c, i, jj])))),
          sum(eh, (y) => where(equal(i, row(y)), spacedLine(y, c, i))),
        ),
      },
      [
        congruent(sums, ownRow, u, eh),
        instance(sums.swap, {
          ...{ n: kw, l: eh },
          f: ofTwo((jj, y) => where(equal(i, row(y)), lineOf(y, [c, i, jj]))),
        }),
      ],
    );
    const plane = await proof.show(
      'plane',
      {
        hypotheses: given,
        conclusion: equal(
          sum(kh, (ii) =>
            sum(kw, (jj) => sum(eh, (y) => where(equal(ii, row(y)), lineOf(y, [c, ii, jj])))),
          ),
          sum(eh, (y) => sum(ew, (x) => own(c, y, x))),
        ),
      },
      [
        congruent(sums, rows, i, kh),
        instance(taps, {
          ...{ n: kh, e: eh, gap: fy, k: offsetOf(ci, ei, fy) },
          h: ofTwo((y, ii) => spacedLine(y, c, ii)),
        }),
      ],
    );
    const little = await equalSums(context, 'small, term', {
      counts: [C, eh, ew],
      left: own,
      right: (cc, y, x) => times(V(o, cc, y, x), t(cc, ...tap(apart, [p, q], [y, x]))),
    });
    return conclude(spreadKernel, context, [large, congruent(sums, plane, c, C), little]);
  },
  sizes: [{ C: 1, o: 0, ...small, kh: 3, eh: 2, ei: 1, ew: 1, ej: 0, ci: 2, fy: 2, fx: 1 }],
};

export const dilatedTheorems: readonly Entry[] = [spacedTaps, spreadKernel];
