/** A 1×1 convolution and its batch norm before a k×k convolution: a branch of the Diverse Branch Block. */
import { fun, largest, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, atMost, equal, max, minus, zero } from '../notation.ts';
import { ofIndex, range } from '../sums.ts';
import { tap, tripleSum, type Kernel } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { biased, composed, throughBiasedPointwise } from './exchange.ts';
import {
  asMatrix,
  at,
  conv,
  C,
  conclude,
  equalSums,
  integer,
  kernelOf,
  kernelRange,
  kh,
  kw,
  notNegative,
  p,
  product,
  q,
  terms,
  typing,
  window,
} from './frame.ts';
import { x } from './parallel.ts';

import { b1, everywhere, first, held, pad, pairSizes, weight } from './padded-pointwise.ts';

const [M, o, m] = ['M', 'o', 'm'].map(integer);
const outer = fun('V2');

const difference = (mm: Term): Term => minus(pad(mm), b1(mm));
const distance = (mm: Term): Term => max(difference(mm), minus(difference(mm)));
export const sequenceBias = tripleSum(
  [M, kh, kw],
  product(outer, (mm) => b1(mm), o),
);
export const sequenceKernel: Kernel = composed(outer, weight, M);

export const sequence = conv(outer, first, M, o);

export const diverseSequence: Entry = {
  name: 'diverse-branch-sequence',
  says: 'A 1×1 convolution, its batch norm, and a k×k convolution are one k×k convolution and a bias.',
  source: 'arXiv 2103.13425, transform III',
  statement: {
    hypotheses: [
      ...[C, M].map((count) => typing(notNegative(count))),
      ...kernelRange.map(typing),
      held(atMost(largest(M, distance), zero), pairSizes),
    ],
    conclusion: equal(sequence, add(conv(sequenceKernel, x, C, o), sequenceBias)),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const given = terms(diverseSequence);
    const member = instance(await library.theorem('below-largest'), {
      n: M,
      j: m,
      h: ofIndex(distance),
    });
    const known = await everywhere(context, m, {
      hypotheses: [...given, ...range(m, M)],
      lemmas: [member],
    });
    const [c, i, j] = at;
    const [row, column] = tap(window, [p, q], [i, j]);
    const replaced = await equalSums(context, 'second layer, term', {
      counts: [M, kh, kw],
      left: product(outer, first, o),
      right: product(outer, biased(weight, b1, x), o),
      hypotheses: given,
      lemmas: [instance(known, { m: c, u: row, v: column })],
    });
    return conclude(diverseSequence, context, [
      replaced,
      instance(await library.theorem(throughBiasedPointwise.name), {
        V: kernelOf(outer),
        U: asMatrix(weight),
        e: ofIndex(b1),
        t: ofTriple(x),
      }),
    ]);
  },
  sizes: [pairSizes],
};
