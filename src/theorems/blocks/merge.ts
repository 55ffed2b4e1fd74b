/**
 * The merge: a kernel with reserved columns adds what the reserved channels hold to the branch's own output.
 *
 * `r` is what the reserved channels hold, `a` the branch's last hidden tensor; both stand for anything, so
 * every block is an instance.
 */
import { fun, lambda, sum, symbol } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, one, times, within } from '../notation.ts';
import { type Kernel } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { centreTap, diracChannel } from './core.ts';
import {
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

const [R, M, o] = ['R', 'M', 'o'].map(integer);
const [V, A, P] = [fun('V'), fun('A'), fun('P')];
const [r, a] = [fun('r'), fun('a')];
const scale = symbol('Real', 's');
const folded: Kernel = (...at) => times(scale, V(...at));
const sizes = [{ R: 1, M: 1, o: 0, ...small }];

export const mergedColumns: Entry = {
  name: 'merged-columns',
  says: 'A convolution of tensors side by side is the sum of their convolutions.',
  source: 'arXiv 2111.00687, merge',
  statement: {
    hypotheses: [R, M, kh, kw].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv(columns(R, A, V), concat(R, r, a), add(R, M), o),
      add(conv(A, r, R, o), conv(V, a, M, o)),
    ),
  },
  prove: async (proof, library) => {
    const { split } = await library.triples();
    const context = { proof, library };
    const whole = product(columns(R, A, V), concat(R, r, a), o);
    const first = await equalSums(context, 'first part, term', {
      counts: [R, kh, kw],
      left: whole,
      right: product(A, r, o),
    });
    const second = await equalSums(context, 'second part, term', {
      counts: [M, kh, kw],
      left: (c, i, j) => whole(add(R, c), i, j),
      right: product(V, a, o),
      hypotheses: [notNegative(R)],
    });
    return conclude(mergedColumns, context, [
      instance(split, { a: R, C: M, f: ofTriple(whole) }),
      first,
      second,
    ]);
  },
  sizes,
};

/** What the reserved columns make, and the branch's convolution with its batch norm's scale folded in. */
export const foldedMerge: Entry = {
  name: 'folded-merge',
  says: 'Beside reserved columns the branch is its own convolution, scaled.',
  source: 'arXiv 2111.00687, merge',
  statement: {
    hypotheses: [R, M, kh, kw].map((count) => typing(notNegative(count))),
    conclusion: equal(
      conv(columns(R, A, folded), concat(R, r, a), add(R, M), o),
      add(conv(A, r, R, o), times(scale, conv(V, a, M, o))),
    ),
  },
  prove: async (proof, library) => {
    const triples = await library.triples();
    const context = { proof, library };
    const own = product(V, a, o);
    const regrouped = await equalSums(context, 'scale, term', {
      counts: [M, kh, kw],
      left: product(folded, a, o),
      right: (...at) => times(scale, own(...at)),
    });
    const asKernel = kernelOf(folded);
    return conclude(foldedMerge, context, [
      instance(await library.theorem(mergedColumns.name), { V: asKernel }),
      regrouped,
      instance(triples.scale, { a: scale, C: M, f: ofTriple(own) }),
    ]);
  },
  sizes,
};

export const finalMerge: Entry = {
  name: 'final-merge',
  says: "Dirac columns beside the branch's kernel add a reserved channel to the branch's output.",
  source: 'arXiv 2111.00687, merge',
  statement: {
    hypotheses: [within(o, R), notNegative(M), ...kernelRange].map(typing),
    conclusion: equal(
      conv(columns(R, dirac(centreOf), folded), concat(R, r, a), add(R, M), o),
      add(r(o, ...centre), times(scale, conv(V, a, M, o))),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const unit = await equalSums(context, 'unit, term', {
      counts: [R, kh, kw],
      left: product(dirac(centreOf), r, o),
      right: product(
        dirac(centreOf, undefined, () => one),
        r,
        o,
      ),
    });
    const asKernel = kernelOf(dirac(centreOf));
    const asTensor = ofTriple(r);
    return conclude(finalMerge, context, [
      instance(await library.theorem(foldedMerge.name), { A: asKernel }),
      unit,
      instance(await library.theorem(diracChannel.name), {
        C: R,
        src: o,
        factor: one,
        t: asTensor,
      }),
    ]);
  },
  sizes,
};

export const mergedProjection: Entry = {
  name: 'merged-projection',
  says: "A 1×1 projection in the centre taps of the reserved columns is added to the branch's output.",
  source: 'arXiv 2111.00687, merge',
  statement: {
    hypotheses: [R, M].map(notNegative).concat(kernelRange).map(typing),
    conclusion: equal(
      conv(columns(R, centred(centreOf, P), folded), concat(R, r, a), add(R, M), o),
      add(
        sum(R, (c) => times(P(o, c), r(c, ...centre))),
        times(scale, conv(V, a, M, o)),
      ),
    ),
  },
  prove: async (proof, library) => {
    const asKernel = kernelOf(centred(centreOf, P));
    return conclude(mergedProjection, { proof, library }, [
      instance(await library.theorem(foldedMerge.name), { A: asKernel }),
      instance(await library.theorem(centreTap.name), {
        C: R,
        P: lambda(['Int'], (c) => P(o, c)),
        t: ofTriple(r),
      }),
    ]);
  },
  sizes,
};

export const mergeTheorems: readonly Entry[] = [
  mergedColumns,
  foldedMerge,
  finalMerge,
  mergedProjection,
];
