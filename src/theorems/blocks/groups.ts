/**
 * Groups of w channels: whole groups put in front of others leave those their own channels, and carry a tensor.
 *
 * Which group a channel is in is a division by w; what is needed of it are three facts about integers.
 */
import { fun, int, operation, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, and, atMost, equal, ite, less, minus, one, times, within } from '../notation.ts';
import { convolution, tap, type Kernel, type Tensor } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { groupWidth, inGroup } from './branch.ts';
import { chosenSums, diracChannel } from './core.ts';
import {
  centre,
  centreOf,
  conclude,
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
  type Context,
  type Three,
} from './frame.ts';
import { choose, concat, dirac, rows } from './stacking.ts';

const w = groupWidth;
const [R, k, u] = ['R', 'k', 'u'].map(integer);
const V = fun('V');
const [r, a] = [fun('r'), fun('a')];
const div = (n: Term): Term => operation('div', n, w);
const mod = (n: Term): Term => operation('mod', n, w);
const own = minus(k, R);
const reserved = less(k, R);
const atLeastOne = atMost(int(1), w);

const grouped = (weights: Kernel, input: Tensor, out: Term): Term =>
  convolution({ weights, input, channels: w, window, channel: inGroup })(out, p, q);
const diracs = dirac(centreOf, mod);

const [d, e, n, m, c, t, T] = ['d', 'e', 'n', 'm', 'c', 't', 'T'].map(integer);

const orderedProducts: Entry = {
  name: 'ordered-products',
  says: 'More groups are no fewer channels.',
  source: 'arithmetic',
  statement: {
    hypotheses: [notNegative(w), atMost(d, e)].map(typing),
    conclusion: atMost(times(d, w), times(e, w)),
  },
  prove: async (proof, library) => {
    const sign = await proof.show('sign', {
      hypotheses: [notNegative(w), notNegative(n)],
      conclusion: notNegative(times(n, w)),
    });
    const difference = await proof.show('difference', {
      hypotheses: [],
      conclusion: equal(times(minus(e, d), w), minus(times(e, w), times(d, w))),
    });
    return conclude(orderedProducts, { proof, library }, [
      instance(sign, { n: minus(e, d) }),
      difference,
    ]);
  },
  sizes: [],
};

/** For whole numbers in either order: what first < second and second < first say of their products with w. */
async function compared({
  proof,
  library,
}: Context): Promise<(a: Term, b: Term) => readonly Theorem[]> {
  const next = (value: Term): Term => add(value, int(1));
  const ordered = await library.theorem(orderedProducts.name);
  const successor = await proof.show('one more group', {
    hypotheses: [],
    conclusion: equal(times(next(d), w), add(times(d, w), w)),
  });
  return (first, second) => [
    instance(ordered, { d: first, e: second }),
    instance(ordered, { d: next(first), e: second }),
    instance(ordered, { d: next(second), e: first }),
    instance(successor, { d: first }),
    instance(successor, { d: second }),
  ];
}

export const wholeGroups: Entry = {
  name: 'whole-groups',
  says: "A channel's group lies within any number of whole groups that the channel lies in.",
  source: 'arithmetic',
  statement: {
    hypotheses: [
      typing(atLeastOne),
      typing(within(k, T)),
      typing(within(c, w)),
      {
        kind: 'assumption',
        label: 'whole-groups',
        meaning: 'the channels are whole groups',
        term: equal(T, times(t, w)),
        breaksAt: { T: 1, t: 1, w: 2, k: 0, c: 1 },
      },
    ],
    conclusion: within(inGroup(k, c), T),
  },
  prove: async (proof, library) => {
    const order = await compared({ proof, library });
    return conclude(wholeGroups, { proof, library }, [
      ...order(t, div(k)),
      ...order(int(0), div(k)),
    ]);
  },
  sizes: [{ T: 4, t: 2, w: 2, k: 3, c: 1 }],
};

/** k = quotient·w + rest with 0 ≤ rest < w; behind u groups the quotient is u less, and before them less than u. */
async function division(context: Context): Promise<readonly Theorem[]> {
  const { proof } = context;
  const order = await compared(context);
  const whole = await proof.show('rest', {
    hypotheses: [atLeastOne],
    conclusion: and(
      equal(add(times(div(k), w), mod(k)), k),
      atMost(int(0), mod(k)),
      less(mod(k), w),
    ),
  });
  const unique = await proof.show(
    'quotient',
    {
      hypotheses: [atLeastOne, atMost(int(0), m), less(m, w), equal(n, add(times(d, w), m))],
      conclusion: equal(div(n), d),
    },
    [instance(whole, { k: n }), ...order(d, div(n))],
  );
  const size = equal(R, times(u, w));
  const expanded = await proof.show('groups behind, expanded', {
    hypotheses: [],
    conclusion: equal(times(minus(div(k), u), w), minus(times(div(k), w), times(u, w))),
  });
  const behind = await proof.show(
    'groups behind',
    {
      hypotheses: [atLeastOne, size],
      conclusion: equal(times(div(own), w), minus(times(div(k), w), R)),
    },
    [instance(unique, { n: own, d: minus(div(k), u), m: mod(k) }), whole, expanded],
  );
  const side = await proof.show(
    'side',
    {
      hypotheses: [atLeastOne, size],
      conclusion: ite(reserved, atMost(add(times(div(k), w), w), R), atMost(R, times(div(k), w))),
    },
    [whole, ...order(u, div(k))],
  );
  return [whole, behind, side];
}

export const reservedGroups: Entry = {
  name: 'reserved-groups',
  says: 'Whole groups of Dirac kernels in front of a grouped convolution carry the reserved channels on.',
  source: 'arXiv 2111.00687, RMNeXt',
  statement: {
    hypotheses: [
      typing(notNegative(k)),
      typing(atLeastOne),
      ...kernelRange.map(typing),
      {
        kind: 'assumption',
        label: 'whole-groups',
        meaning: 'the reserved channels fill whole groups',
        term: equal(R, times(u, w)),
        breaksAt: { R: 1, u: 1, w: 2, k: 1, ...small },
      },
    ],
    conclusion: equal(
      grouped(rows(R, diracs, V), concat(R, r, a), k),
      choose(R, k, r(k, ...centre), (other) => grouped(V, a, other)),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const facts = await division(context);
    const counts: Three = [w, kh, kw];
    const term =
      (weights: Kernel, input: Tensor, out: Term): Body =>
      (c, i, j) =>
        times(weights(out, c, i, j), input(inGroup(out, c), ...tap(window, [p, q], [i, j])));
    const first = term(
      dirac(centreOf, mod, () => one),
      r,
      k,
    );
    const second = term(V, a, own);
    const sums = await equalSums(context, 'term', {
      counts,
      left: term(rows(R, diracs, V), concat(R, r, a), k),
      right: (...i) => ite(reserved, first(...i), second(...i)),
      hypotheses: [atLeastOne, equal(R, times(u, w))],
      lemmas: facts,
    });
    return conclude(reservedGroups, context, [
      ...facts,
      sums,
      instance(await library.theorem(chosenSums.name), {
        C: w,
        P: reserved,
        f: ofTriple(first),
        g: ofTriple(second),
      }),
      instance(await library.theorem(diracChannel.name), {
        C: w,
        src: mod(k),
        factor: one,
        t: ofTriple((c, i, j) => r(inGroup(k, c), i, j)),
        o: k,
      }),
    ]);
  },
  sizes: [
    { R: 2, u: 1, w: 2, k: 1, ...small },
    { R: 2, u: 1, w: 2, k: 3, ...small },
  ],
};

export const groupTheorems: readonly Entry[] = [orderedProducts, wholeGroups, reservedGroups];
