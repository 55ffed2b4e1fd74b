/**
 * What all blocks share: sums under a choice, a Dirac kernel's one reading, a 1×1 kernel in a centre tap, and
 * the split of a convolution over input channels that stand side by side.
 *
 * Tensors are arbitrary functions here, zero outside a domain or not, so that layers can take their place.
 */
import { fun, sum, symbol, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { equal, ite, not, times, where, within, zero } from '../notation.ts';
import { congruent, ofIndex } from '../sums.ts';
import { tap, tripleSum } from '../tensors.ts';
import { diracAt, ofTriple } from '../triple-sums.ts';
import {
  at,
  C,
  centre,
  centreOf,
  ci,
  cj,
  conclude,
  conv,
  equalSums,
  integer,
  kernelRange,
  kh,
  kw,
  notNegative,
  p,
  q,
  small,
  typing,
  window,
  type Body,
  type Three,
} from './frame.ts';
import { centred, dirac } from './stacking.ts';

const counts: Three = [C, kh, kw];
const sizes = counts.map(notNegative);
const f = fun('f');
const g = fun('g');

export const nothing: Entry = {
  name: 'empty-weights',
  says: 'A convolution whose weights are zero is zero.',
  source: 'algebra',
  statement: {
    hypotheses: sizes.map(typing),
    conclusion: equal(
      tripleSum(counts, () => zero),
      zero,
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const none = (count: Term): Theorem => instance(sums.zero, { n: count });
    const columnSums = none(kw);
    const inRows = congruent(sums, columnSums, at[1], kh);
    const rowSums = await proof.show(
      'rows',
      {
        hypotheses: sizes.slice(1),
        conclusion: equal(
          sum(kh, () => sum(kw, () => zero)),
          zero,
        ),
      },
      [inRows, none(kh)],
    );
    const inChannels = congruent(sums, rowSums, at[0], C);
    return conclude(nothing, { proof, library }, [inChannels, none(C)]);
  },
  sizes: [{ C: 2, kh: 1, kw: 2 }],
};

const choice = symbol('Bool', 'P');

export const chosenSums: Entry = {
  name: 'chosen-channel',
  says: 'A channel that is one thing or another, whatever the tap, is the one convolution or the other.',
  source: 'algebra',
  statement: {
    hypotheses: sizes.map(typing),
    conclusion: equal(
      tripleSum(counts, (...i) => ite(choice, f(...i), g(...i))),
      ite(choice, tripleSum(counts, f), tripleSum(counts, g)),
    ),
  },
  prove: async (proof, library) => {
    const left: Body = (...i) => ite(choice, f(...i), g(...i));
    const yes = await equalSums({ proof, library }, 'the one, term', {
      counts,
      left,
      right: f,
      hypotheses: [choice],
    });
    const no = await equalSums({ proof, library }, 'the other, term', {
      counts,
      left,
      right: g,
      hypotheses: [not(choice)],
    });
    return conclude(chosenSums, { proof, library }, [yes, no]);
  },
  sizes: [{ C: 2, kh: 1, kw: 2 }],
};

const [src, o] = ['src', 'o'].map(integer);
const factor = symbol('Real', 'factor');
const t = fun('t');
const read: Body = (c, i, j) => t(c, ...tap(window, [p, q], [i, j]));

const oneEntry = dirac(
  centreOf,
  () => src,
  () => factor,
);

export const diracChannel: Entry = {
  name: 'reserved-channel',
  says: 'A kernel with one entry, at the tap that reads the pixel itself, is a multiple of one channel.',
  source: 'arXiv 2111.00687, reserve',
  statement: {
    hypotheses: [within(src, C), ...kernelRange].map(typing),
    conclusion: equal(conv(oneEntry, t, C, o), times(factor, t(src, ...centre))),
  },
  prove: async (proof, library) => {
    const triples = await library.triples();
    const entry: Body = (c, i, j) =>
      diracAt([
        [c, src],
        [i, ci],
        [j, cj],
      ]);
    const unscaled: Body = (...i) => times(entry(...i), read(...i));
    const regrouped = await equalSums({ proof, library }, 'term', {
      counts,
      left: (...i) => times(times(factor, entry(...i)), read(...i)),
      right: (...i) => times(factor, unscaled(...i)),
    });
    return conclude(diracChannel, { proof, library }, [
      regrouped,
      instance(triples.scale, { a: factor, f: ofTriple(unscaled) }),
      instance(triples.dirac, { f: ofTriple(read), c0: src, i0: ci, j0: cj }),
    ]);
  },
  sizes: [{ C: 2, src: 1, o: 0, ...small }],
};

const weight = fun('P');

export const centreTap: Entry = {
  name: 'centre-tap',
  says: 'A 1×1 kernel in the centre tap of a larger one reads what the 1×1 convolution reads.',
  source: 'arXiv 2111.00687, merging a projection',
  statement: {
    hypotheses: [notNegative(C), ...kernelRange].map(typing),
    conclusion: equal(
      conv(
        centred(centreOf, (_, c) => weight(c)),
        t,
        C,
        o,
      ),
      sum(C, (c) => times(weight(c), t(c, ...centre))),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const [c, i, j] = at;
    const product: Body = (cc, ii, jj) => times(weight(cc), read(cc, ii, jj));
    const plane = (body: Body): Term => sum(kh, (ii) => sum(kw, (jj) => body(c, ii, jj)));
    const entry: Body = (_, ii, jj) =>
      diracAt([
        [ii, ci],
        [jj, cj],
      ]);
    // One channel: first the columns of the tap's row, then the rows.
    const body: Body = (cc, ii, jj) =>
      times(times(entry(cc, ii, jj), weight(cc)), read(cc, ii, jj));
    const columnTerm = await proof.show('columns, term', {
      hypotheses: [],
      conclusion: equal(body(c, i, j), where(equal(j, cj), where(equal(i, ci), product(c, i, j)))),
    });
    const columnSum = await proof.show(
      'columns',
      {
        hypotheses: [notNegative(kw), within(cj, kw)],
        conclusion: equal(
          sum(kw, (jj) => body(c, i, jj)),
          where(equal(i, ci), product(c, i, cj)),
        ),
      },
      [
        congruent(sums, columnTerm, j, kw),
        instance(sums.dirac, {
          n: kw,
          j: cj,
          h: ofIndex((jj) => where(equal(i, ci), product(c, i, jj))),
        }),
      ],
    );
    const rowSum = await proof.show(
      'rows',
      {
        hypotheses: [notNegative(kh), notNegative(kw), ...kernelRange],
        conclusion: equal(plane(body), times(weight(c), t(c, ...centre))),
      },
      [
        congruent(sums, columnSum, i, kh),
        instance(sums.dirac, { n: kh, j: ci, h: ofIndex((ii) => product(c, ii, cj)) }),
      ],
    );
    return conclude(centreTap, { proof, library }, [congruent(sums, rowSum, c, C)]);
  },
  sizes: [{ C: 2, o: 0, ...small }],
};

export const coreTheorems: readonly Entry[] = [nothing, chosenSums, diracChannel, centreTap];
