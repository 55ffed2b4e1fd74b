/**
 * The merge of a projection that is a convolution of any kernel: its kernel in the reserved columns, beside the
 * branch's own, both within one window around the pixel that both of them are centred on.
 *
 * `r` is what the reserved channels hold, `a` the branch's last hidden tensor; both stand for anything.
 */
import { fun, symbol, type Lambda, type Substitution, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { add, equal, ite, less as below, minus, times } from '../notation.ts';
import { convolution, tap, type Kernel, type Tensor, type Window } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import {
  C,
  centreOf,
  conclude,
  conv,
  equalSums,
  integer,
  kernelOf,
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
} from './frame.ts';
import { embedded, embeddedKernel, placedIn, type Sized } from './kernels.ts';
import { foldedMerge } from './merge.ts';
import { halvedColumns } from './split-merge.ts';
import { chosenSums } from './core.ts';
import { choose, columns, concat, keepingCentre, rows } from './stacking.ts';

const [R, M, o] = ['R', 'M', 'o'].map(integer);
const [V, P] = [fun('V'), fun('P')];
const [r, a] = [fun('r'), fun('a')];
const scale = symbol('Real', 's');

/** The projection's kernel and the branch's, each with the tap that reads the pixel itself. */
const [ph, pw, pi, pj] = ['ph', 'pw', 'pi', 'pj'].map(integer);
const [eh, ew, ei, ej] = ['eh', 'ew', 'ei', 'ej'].map(integer);
export const projected: Sized = { size: [ph, pw], centre: [pi, pj] };
const own: Sized = { size: [eh, ew], centre: [ei, ej] };

const around = ({ size, centre }: Sized): Window => keepingCentre({ ...window, size }, centre);

function convolved(weights: Kernel, input: Tensor, channels: Term, sized: Sized): Term {
  return convolution({ weights, input, channels, window: around(sized) })(o, p, q);
}

const opposite: Kernel = (...at) => minus(P(...at));
const within: Kernel = (...at) => times(scale, embedded(centreOf, own, V)(...at));
const [plus, less] = [P, opposite].map((kernel) => embedded(centreOf, projected, kernel));
const branch = times(scale, convolved(V, a, M, own));

const sizes = {
  ...{ R: 1, C: 1, M: 1, o: 0, ...small, kw: 2 },
  ...{ ph: 2, pw: 1, pi: 1, pj: 0, eh: 1, ew: 2, ei: 0, ej: 0 },
};

/** What kernel-in-a-kernel says of one of the two. */
function ofSized(
  lemma: Theorem,
  { size, centre }: Sized,
  of: { readonly C: Term; readonly V: Kernel; readonly t: Lambda },
): Theorem {
  const place: Substitution = { eh: size[0], ew: size[1], ei: centre[0], ej: centre[1] };
  return instance(lemma, { ...place, C: of.C, V: kernelOf(of.V), t: of.t });
}

export const placedEach = [kh, kw].map(notNegative).concat(placedIn(projected), placedIn(own));

export const wideMerge: Entry = {
  name: 'merged-wide-projection',
  says: "A projection's kernel within the reserved columns is added to the branch's output.",
  source: 'arXiv 2111.00687, merge; a projection of any kernel',
  statement: {
    hypotheses: [...[R, M].map(notNegative), ...placedEach].map(typing),
    conclusion: equal(
      conv(columns(R, plus, within), concat(R, r, a), add(R, M), o),
      add(convolved(P, r, R, projected), branch),
    ),
  },
  prove: async (proof, library) => {
    const inner = await library.theorem(embeddedKernel.name);
    return conclude(wideMerge, { proof, library }, [
      instance(await library.theorem(foldedMerge.name), {
        A: kernelOf(plus),
        V: kernelOf(embedded(centreOf, own, V)),
      }),
      ofSized(inner, projected, { C: R, V: P, t: ofTriple(r) }),
      ofSized(inner, own, { C: M, V, t: ofTriple(a) }),
    ]);
  },
  sizes: [sizes],
};

const doubled = add(C, C);
const later: Tensor = (c, ...at) => r(add(C, c), ...at);
const difference: Tensor = (c, ...at) => minus(r(c, ...at), later(c, ...at));

export const wideSplit: Entry = {
  name: 'split-wide-projection',
  says: "A projection's kernel and its negative project the difference of reserved channels.",
  source: 'relu(x) − relu(−x) = x; CReLU, arXiv 1603.05201; a projection of any kernel',
  statement: {
    hypotheses: [...[C, M].map(notNegative), ...placedEach].map(typing),
    conclusion: equal(
      conv(
        columns(doubled, columns(C, plus, less), within),
        concat(doubled, r, a),
        add(doubled, M),
        o,
      ),
      add(convolved(P, difference, C, projected), branch),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const { add: added } = await library.triples();
    const inner = await library.theorem(embeddedKernel.name);
    const term =
      (kernel: Kernel, input: Tensor): Body =>
      (c, i, j) =>
        times(kernel(o, c, i, j), input(c, ...tap(around(projected), [p, q], [i, j])));
    const [first, second] = [term(P, r), term(opposite, later)];
    const joined = await equalSums(context, 'joined, term', {
      counts: [C, ph, pw],
      left: term(P, difference),
      right: (...at) => add(first(...at), second(...at)),
    });
    return conclude(wideSplit, context, [
      instance(await library.theorem(foldedMerge.name), {
        R: doubled,
        A: kernelOf(columns(C, plus, less)),
        V: kernelOf(embedded(centreOf, own, V)),
      }),
      instance(await library.theorem(halvedColumns.name), {
        A: kernelOf(plus),
        V: kernelOf(less),
      }),
      ofSized(inner, projected, { C, V: P, t: ofTriple(r) }),
      ofSized(inner, projected, { C, V: opposite, t: ofTriple(later) }),
      ofSized(inner, own, { C: M, V, t: ofTriple(a) }),
      joined,
      instance(added, { kh: ph, kw: pw, f: ofTriple(first), g: ofTriple(second) }),
    ]);
  },
  sizes: [sizes],
};

const k = integer('k');
const t = fun('t');

export const wideRows: Entry = {
  name: 'reserved-wide-rows',
  says: "A projection's kernel in rows above the branch's own makes both of one input.",
  source: 'arXiv 2111.00687, reserve; a projection of any kernel',
  statement: {
    hypotheses: [notNegative(C), ...placedEach].map(typing),
    conclusion: equal(
      conv(rows(R, plus, embedded(centreOf, own, V)), t, C, k),
      choose(
        R,
        k,
        convolution({ weights: P, input: t, channels: C, window: around(projected) })(k, p, q),
        (other) =>
          convolution({ weights: V, input: t, channels: C, window: around(own) })(other, p, q),
      ),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const inner = await library.theorem(embeddedKernel.name);
    const other = minus(k, R);
    const kernels = [plus, embedded(centreOf, own, V)] as const;
    const [first, second] = [product(kernels[0], t, k), product(kernels[1], t, other)];
    const sums = await equalSums(context, 'term', {
      counts: [C, kh, kw],
      left: product(rows(R, ...kernels), t, k),
      right: (...at) => ite(below(k, R), first(...at), second(...at)),
    });
    return conclude(wideRows, context, [
      sums,
      instance(await library.theorem(chosenSums.name), {
        P: below(k, R),
        f: ofTriple(first),
        g: ofTriple(second),
      }),
      instance(ofSized(inner, projected, { C, V: P, t: ofTriple(t) }), { o: k }),
      instance(ofSized(inner, own, { C, V, t: ofTriple(t) }), { o: other }),
    ]);
  },
  sizes: [
    { ...sizes, k: 0 },
    { ...sizes, k: 1 },
  ],
};

export const wideMergeTheorems: readonly Entry[] = [wideMerge, wideSplit, wideRows];
