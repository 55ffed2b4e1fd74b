/** A 1×1 convolution and its batch norm before an average pool: a branch of the Diverse Branch Block. */
import { int, operation, sum, symbol, type Term } from '../../logic/term.ts';
import { emptySum, induction, instance, nextSum } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, one, times } from '../notation.ts';
import { ofIndex } from '../sums.ts';
import { convolution, tap, type Kernel, type Tensor } from '../tensors.ts';
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
  typing,
  window,
} from './frame.ts';
import { x } from './parallel.ts';
import { scaledBoth } from './shift.ts';

import { b1, everywhere, first, held, pad, pairSizes, weight } from './padded-pointwise.ts';

const [o, n, m] = ['o', 'n', 'm'].map(integer);

const repeated = symbol('Real', 'a');

export const repeatedTerm: Entry = {
  name: 'repeated-term',
  says: 'A sum of n equal terms is n times the term.',
  source: 'finite sums',
  statement: {
    hypotheses: [typing(notNegative(n))],
    conclusion: equal(
      sum(n, () => repeated),
      times(operation('to_real', n), repeated),
    ),
  },
  prove: async (proof) => {
    const claim = (count: Term): Term =>
      equal(
        sum(count, () => repeated),
        times(operation('to_real', count), repeated),
      );
    const h = ofIndex(() => repeated);
    const base = await proof.show('none', { hypotheses: [], conclusion: claim(int(0)) }, [
      instance(emptySum(), { h }),
    ]);
    const step = await proof.show(
      'one more',
      { hypotheses: [notNegative(m), claim(m)], conclusion: claim(add(m, int(1))) },
      [instance(nextSum(), { n: m, h })],
    );
    return induction({ variable: 'm', claim: claim(m), bound: n, base, step });
  },
  sizes: [{ n: 3 }],
};

/** 1/(kh·kw): an average pool that counts the padding, which holds the shift. */
const share = symbol('Real', 'share');
export const averageKernel: Kernel = (out, c) => times(share, weight(out, c));
export const average = convolution({
  weights: () => share,
  input: first,
  channels: int(1),
  window,
  channel: (out) => out,
})(o, p, q);

export const diverseAverage: Entry = {
  name: 'diverse-branch-average',
  says: 'A 1×1 convolution, its batch norm, and an average pool are one convolution and a bias.',
  source: 'arXiv 2103.13425, transform V',
  statement: {
    hypotheses: [
      typing(notNegative(C)),
      ...kernelRange.map(typing),
      typing(equal(times(share, times(operation('to_real', kh), operation('to_real', kw))), one)),
      held(equal(pad(o), b1(o)), pairSizes),
    ],
    conclusion: equal(average, add(conv(averageKernel, x, C, o), b1(o))),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const known = await everywhere(context, o, { hypotheses: [equal(pad(o), b1(o))], lemmas: [] });
    const [, i, j] = at;
    const [row, column] = tap(window, [p, q], [i, j]);
    const single: Tensor = (_, ...k) => biased(weight, b1, x)(o, ...k);
    const replaced = await equalSums(context, 'pool, term', {
      counts: [int(1), kh, kw],
      left: (_, ii, jj) => times(share, first(o, ...tap(window, [p, q], [ii, jj]))),
      right: (_, ii, jj) => times(share, single(o, ...tap(window, [p, q], [ii, jj]))),
      hypotheses: [notNegative(C), equal(pad(o), b1(o))],
      lemmas: [instance(known, { u: row, v: column })],
    });
    // As a second layer with one input channel.
    const own = composed(
      () => share,
      (_, c) => weight(o, c),
      int(1),
    );
    const only = (c: Term) => ofIndex(() => times(share, weight(o, c)));
    const kernels = await equalSums(context, 'kernel, term', {
      counts: [C, kh, kw],
      left: product(own, x, o),
      right: product(averageKernel, x, o),
      lemmas: [
        instance(nextSum(), { n: int(0), h: only(at[0]) }),
        instance(emptySum(), { h: only(at[0]) }),
      ],
    });
    const many = await library.theorem(repeatedTerm.name);
    const line = sum(kw, () => times(share, b1(o)));
    const plane = sum(kh, () => line);
    const [rows, columns] = [kh, kw].map((count) => operation('to_real', count));
    const unit = await proof.show('one', {
      hypotheses: [equal(repeated, one)],
      conclusion: equal(times(repeated, b1(o)), b1(o)),
    });
    const taps = times(share, times(rows, columns));
    const expanded = await proof.show('taps', {
      hypotheses: [],
      conclusion: equal(times(rows, times(columns, times(share, b1(o)))), times(taps, b1(o))),
    });
    const scaled = await proof.show('rows of taps', {
      hypotheses: [],
      conclusion: equal(times(operation('to_real', int(1)), plane), plane),
    });
    const plain = await proof.show(
      'row of taps',
      {
        hypotheses: [notNegative(kh), notNegative(kw)],
        conclusion: equal(plane, times(rows, times(columns, times(share, b1(o))))),
      },
      [
        instance(many, { n: kw, a: times(share, b1(o)) }),
        instance(many, { n: kh, a: line }),
        await scaledBoth(proof, instance(many, { n: kw, a: times(share, b1(o)) }), {
          factor: rows,
          value: line,
          carried: times(columns, times(share, b1(o))),
        }),
      ],
    );
    return conclude(diverseAverage, context, [
      expanded,
      scaled,
      plain,
      instance(unit, { a: taps }),
      replaced,
      kernels,
      instance(await library.theorem(throughBiasedPointwise.name), {
        M: int(1),
        V: kernelOf(() => share),
        U: asMatrix((_, c) => weight(o, c)),
        e: ofIndex(() => b1(o)),
        t: ofTriple(x),
      }),
      instance(many, { n: int(1), a: plane }),
    ]);
  },
  sizes: [pairSizes],
};
