/**
 * The merge of a split: the reserved channels hold a positive and a negative part, and their difference is added.
 */
import { fun, lambda, sum, symbol, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, minus, one, times, within } from '../notation.ts';
import { type Kernel } from '../tensors.ts';
import { congruent, ofIndex } from '../sums.ts';
import { ofTriple } from '../triple-sums.ts';
import { centreTap, diracChannel } from './core.ts';
import {
  C,
  centre,
  centreOf,
  conclude,
  conv,
  equalSums,
  integer,
  kernelOf,
  kernelRange,
  kh,
  kw,
  notNegative,
  product,
  small,
  typing,
} from './frame.ts';
import { centred, columns, concat, dirac } from './stacking.ts';

import { foldedMerge, mergedColumns } from './merge.ts';

const [M, o] = ['M', 'o'].map(integer);
const [V, A, P] = [fun('V'), fun('A'), fun('P')];
const [r, a] = [fun('r'), fun('a')];
const scale = symbol('Real', 's');
const folded: Kernel = (...k) => times(scale, V(...k));

/** What stands for x once for its positive and once for its negative part. */
const doubled = add(C, C);
const later = (c: Term, i: Term, j: Term): Term => r(add(C, c), i, j);

export const halvedColumns: Entry = {
  name: 'halved-columns',
  says: 'A convolution over twice the channels is one over the first half and one over the second.',
  source: 'algebra',
  statement: {
    hypotheses: [C, kh, kw].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv(columns(C, A, V), r, doubled, o),
      add(conv(A, r, C, o), conv(V, later, C, o)),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const halves = await equalSums(context, 'term', {
      counts: [doubled, kh, kw],
      left: product(columns(C, A, V), r, o),
      right: product(columns(C, A, V), concat(C, r, later), o),
      hypotheses: [notNegative(C)],
    });
    const by = { R: C, M: C, a: ofTriple(later) };
    return conclude(halvedColumns, context, [
      halves,
      instance(await library.theorem(mergedColumns.name), by),
    ]);
  },
  sizes: [{ C: 1, o: 0, ...small }],
};

const positive = dirac(centreOf);
const negative = dirac(centreOf, undefined, () => minus(one));

export const splitMerge: Entry = {
  name: 'split-merge',
  says: 'Dirac columns with +1 and −1 add the difference of two reserved channels.',
  source: 'relu(x) − relu(−x) = x; CReLU, arXiv 1603.05201',
  statement: {
    hypotheses: [within(o, C), notNegative(M), ...kernelRange].map(typing),
    conclusion: equal(
      conv(
        columns(doubled, columns(C, positive, negative), folded),
        concat(doubled, r, a),
        add(doubled, M),
        o,
      ),
      add(minus(r(o, ...centre), r(add(C, o), ...centre)), times(scale, conv(V, a, M, o))),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const unit = await equalSums(context, 'unit, term', {
      counts: [C, kh, kw],
      left: product(positive, r, o),
      right: product(
        dirac(centreOf, undefined, () => one),
        r,
        o,
      ),
    });
    const channel = await library.theorem(diracChannel.name);
    const signs = columns(C, positive, negative);
    return conclude(splitMerge, context, [
      instance(await library.theorem(foldedMerge.name), { R: doubled, A: kernelOf(signs) }),
      instance(await library.theorem(halvedColumns.name), {
        A: kernelOf(positive),
        V: kernelOf(negative),
      }),
      unit,
      instance(channel, { src: o, factor: one, t: ofTriple(r) }),
      instance(channel, { src: o, factor: minus(one), t: ofTriple(later) }),
    ]);
  },
  sizes: [{ C: 1, M: 1, o: 0, ...small }],
};

const opposite = (out: Term, c: Term): Term => minus(P(out, c));

export const splitProjection: Entry = {
  name: 'split-projection',
  says: 'A projection and its negative in the centre taps project the difference of reserved channels.',
  source: 'relu(x) − relu(−x) = x; CReLU, arXiv 1603.05201',
  statement: {
    hypotheses: [C, M].map(notNegative).concat(kernelRange).map(typing),
    conclusion: equal(
      conv(
        columns(doubled, columns(C, centred(centreOf, P), centred(centreOf, opposite)), folded),
        concat(doubled, r, a),
        add(doubled, M),
        o,
      ),
      add(
        sum(C, (c) => times(P(o, c), minus(r(c, ...centre), r(add(C, c), ...centre)))),
        times(scale, conv(V, a, M, o)),
      ),
    ),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const [plus, less] = [centred(centreOf, P), centred(centreOf, opposite)];
    const tapped = await library.theorem(centreTap.name);
    const first = (c: Term): Term => times(P(o, c), r(c, ...centre));
    const second = (c: Term): Term => times(opposite(o, c), r(add(C, c), ...centre));
    const c = integer('c');
    const joined = await proof.show('joined, term', {
      hypotheses: [],
      conclusion: equal(
        times(P(o, c), minus(r(c, ...centre), r(add(C, c), ...centre))),
        add(first(c), second(c)),
      ),
    });
    return conclude(splitProjection, { proof, library }, [
      instance(await library.theorem(foldedMerge.name), {
        R: doubled,
        A: kernelOf(columns(C, plus, less)),
      }),
      instance(await library.theorem(halvedColumns.name), {
        A: kernelOf(plus),
        V: kernelOf(less),
      }),
      instance(tapped, { P: lambda(['Int'], (k) => P(o, k)), t: ofTriple(r) }),
      instance(tapped, { P: lambda(['Int'], (k) => opposite(o, k)), t: ofTriple(later) }),
      congruent(sums, joined, c, C),
      instance(sums.add, { n: C, h: ofIndex(first), g: ofIndex(second) }),
    ]);
  },
  sizes: [{ C: 1, M: 1, o: 0, ...small }],
};

export const splitTheorems: readonly Entry[] = [halvedColumns, splitMerge, splitProjection];
