/**
 * The converted layers of a branch, one theorem a kind: what their reserved channels hold, and that the others
 * are the original's.
 *
 * `r` is what the reserved channels hold, `a` the branch's own tensor; both stand for anything.
 */
import { fun, int, symbol, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Library } from '../entry.ts';
import {
  add,
  equal,
  implies,
  ite,
  less,
  minus,
  not,
  one,
  times,
  where,
  within,
  zero,
} from '../notation.ts';
import { convolution, tap, type Kernel } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { chosenSums, diracChannel, nothing } from './core.ts';
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
  p,
  product,
  q,
  small,
  typing,
  window,
  type Body,
  type Three,
} from './frame.ts';
import { mergedColumns } from './merge.ts';
import { blockDiagonal, choose, columns, concat, dirac, rows } from './stacking.ts';

const [R, M, k, src] = ['R', 'M', 'k', 'src'].map(integer);
const V = fun('V');
const [r, a, t] = [fun('r'), fun('a'), fun('t')];
const factor = symbol('Real', 'factor');
const reserved = less(k, R);
const own = minus(k, R);

/** ΣΣΣ [condition] · body = [condition] · ΣΣΣ body, in two lemmas. */
async function conditionalSum(
  library: Library,
  condition: Term,
  counts: Three,
  body: Body,
): Promise<readonly Theorem[]> {
  const by = { C: counts[0], kh: counts[1], kw: counts[2] };
  const functions = { f: ofTriple(body), g: ofTriple(() => zero) };
  return [
    instance(await library.theorem(chosenSums.name), { ...by, ...functions, P: condition }),
    instance(await library.theorem(nothing.name), by),
  ];
}

const scaled = dirac(
  centreOf,
  () => src,
  () => factor,
);

export const reservedRows: Entry = {
  name: 'reserved-rows',
  says: 'Dirac rows above a kernel carry channels of its input; the other rows are the convolution.',
  source: 'arXiv 2111.00687, reserve',
  statement: {
    hypotheses: [notNegative(C), implies(reserved, within(src, C)), ...kernelRange].map(typing),
    conclusion: equal(
      conv(rows(R, scaled, V), t, C, k),
      choose(R, k, times(factor, t(src, ...centre)), (other) => conv(V, t, C, other)),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const [first, second] = [product(scaled, t, k), product(V, t, own)];
    const sums = await equalSums(context, 'term', {
      counts: [C, kh, kw],
      left: product(rows(R, scaled, V), t, k),
      right: (...at) => ite(reserved, first(...at), second(...at)),
    });
    return conclude(reservedRows, context, [
      sums,
      instance(await library.theorem(chosenSums.name), {
        P: reserved,
        f: ofTriple(first),
        g: ofTriple(second),
      }),
      instance(await library.theorem(diracChannel.name), { o: k }),
    ]);
  },
  sizes: [
    { C: 2, R: 1, k: 0, src: 1, ...small },
    { C: 2, R: 1, k: 1, src: 1, ...small },
  ],
};

const diagonal = blockDiagonal(R, dirac(centreOf), V);
const upper: Kernel = (out, ...at) => where(less(out, R), dirac(centreOf)(out, ...at));
const lower: Kernel = (out, ...at) => where(not(less(out, R)), V(minus(out, R), ...at));

export const reservedBlock: Entry = {
  name: 'reserved-block',
  says: 'A Dirac kernel beside another on the diagonal carries the reserved channels on.',
  source: 'arXiv 2111.00687, reserve',
  statement: {
    hypotheses: [...[k, R, M].map(notNegative), ...kernelRange].map(typing),
    conclusion: equal(
      conv(diagonal, concat(R, r, a), add(R, M), k),
      choose(R, k, r(k, ...centre), (other) => conv(V, a, M, other)),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const [mine, others]: readonly Three[] = [
      [R, kh, kw],
      [M, kh, kw],
    ];
    const whole = await equalSums(context, 'term', {
      counts: [add(R, M), kh, kw],
      left: product(diagonal, concat(R, r, a), k),
      right: product(columns(R, upper, lower), concat(R, r, a), k),
    });
    const unit = product(
      dirac(centreOf, undefined, () => one),
      r,
      k,
    );
    const branch = product(V, a, own);
    const first = await equalSums(context, 'reserved, term', {
      counts: mine,
      left: product(upper, r, k),
      right: (...at) => where(reserved, unit(...at)),
    });
    const second = await equalSums(context, 'branch, term', {
      counts: others,
      left: product(lower, a, k),
      right: (...at) => where(not(reserved), branch(...at)),
    });
    const kernels = { A: kernelOf(upper), V: kernelOf(lower), o: k };
    return conclude(reservedBlock, context, [
      whole,
      instance(await library.theorem(mergedColumns.name), kernels),
      first,
      second,
      ...(await conditionalSum(library, reserved, mine, unit)),
      ...(await conditionalSum(library, not(reserved), others, branch)),
      instance(await library.theorem(diracChannel.name), {
        C: R,
        src: k,
        factor: one,
        t: ofTriple(r),
        o: k,
      }),
    ]);
  },
  sizes: [
    { R: 1, M: 1, k: 0, ...small },
    { R: 1, M: 1, k: 1, ...small },
  ],
};

/** Every channel its own group. */
const depthwise = (weights: Kernel, input: typeof r, out: Term): Term =>
  convolution({ weights, input, channels: int(1), window, channel: (o) => o })(out, p, q);
/** A group has one channel, number 0. */
const only = (): Term => int(0);

export const reservedDepthwise: Entry = {
  name: 'reserved-depthwise',
  says: 'Depthwise Dirac kernels beside others carry the reserved channels on.',
  source: 'arXiv 2111.00687, reserve',
  statement: {
    hypotheses: kernelRange.map(typing),
    conclusion: equal(
      depthwise(rows(R, dirac(centreOf, only), V), concat(R, r, a), k),
      choose(R, k, r(k, ...centre), (other) => depthwise(V, a, other)),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const counts: Three = [int(1), kh, kw];
    const term =
      (weights: Kernel, input: typeof r, out: Term): Body =>
      (c, i, j) =>
        times(weights(out, c, i, j), input(out, ...tap(window, [p, q], [i, j])));
    const first = term(
      dirac(centreOf, only, () => one),
      r,
      k,
    );
    const second = term(V, a, own);
    const sums = await equalSums(context, 'term', {
      counts,
      left: term(rows(R, dirac(centreOf, only), V), concat(R, r, a), k),
      right: (...at) => ite(reserved, first(...at), second(...at)),
    });
    return conclude(reservedDepthwise, context, [
      sums,
      instance(await library.theorem(chosenSums.name), {
        C: int(1),
        P: reserved,
        f: ofTriple(first),
        g: ofTriple(second),
      }),
      instance(await library.theorem(diracChannel.name), {
        C: int(1),
        src: int(0),
        factor: one,
        t: ofTriple((_, i, j) => r(k, i, j)),
        o: k,
      }),
    ]);
  },
  sizes: [
    { R: 1, k: 0, ...small },
    { R: 1, k: 1, ...small },
  ],
};

export const layerTheorems: readonly Entry[] = [reservedRows, reservedBlock, reservedDepthwise];
