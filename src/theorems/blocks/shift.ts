/**
 * What a shift does to one value: carried as a·t + b where the activation is the identity, restored as e times
 * that less e·b, with e·a = 1; and where a kernel's centre is not the pixel itself, that this needs the domain.
 *
 * Products are led through equations between single letters, which a solver substitutes, so that no step asks it
 * for more than linear arithmetic.
 */
import { symbol, type Term } from '../../logic/term.ts';
import { cut, instance, type Theorem } from '../../logic/theorem.ts';
import { clip, relu } from '../activations.ts';
import type { Assumption, Entry } from '../entry.ts';
import { add, and, atMost, equal, minus, one, times, within, zero } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { convolution, inside, tap, tensor, type Window } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import {
  C,
  centreOf,
  conclude,
  integer,
  kernelRange,
  p,
  q,
  small,
  terms,
  typing,
  window,
} from './frame.ts';
import { dirac } from './stacking.ts';

const [a, b, e, t, n, m, y, z, top] = ['a', 'b', 'e', 't', 'n', 'm', 'y', 'z', 'top'].map((name) =>
  symbol('Real', name),
);

/** From Γ ⊢ value = carried: Γ ⊢ factor·value = factor·carried. */
export async function scaledBoth(
  proof: Proof,
  premise: Theorem,
  of: { readonly factor: Term; readonly value: Term; readonly carried: Term },
): Promise<Theorem> {
  const both = await proof.show('scaled', {
    hypotheses: [equal(y, z)],
    conclusion: equal(times(n, y), times(n, z)),
  });
  return cut(premise, instance(both, { n: of.factor, y: of.value, z: of.carried }));
}

/** What restoring is where only e·a = 1 is known: of a value, and of its multiple by s·w. */
export interface Restored {
  /** e·(a·t + b) = (e·a)·t + e·b; for e = (s·w)·e' see `weighted`. */
  readonly expanded: Theorem;
  /** ((s·w)·e)·(a·t + b) = s·(w·((e·a)·t)) + ((s·w)·e)·b */
  readonly weighted: Theorem;
  /** e·a = 1 ⊢ (e·a)·t = t */
  readonly single: Theorem;
  /** e·a = 1 ⊢ s·(w·((e·a)·t)) = s·(w·t) */
  readonly singleWeighted: Theorem;
}

export async function restoring(proof: Proof): Promise<Restored> {
  const [s, w] = [symbol('Real', 's'), symbol('Real', 'w')];
  const value = add(times(a, t), b);
  const product = times(e, a);
  const whole = times(times(s, w), e);
  const expanded = await proof.show('expanded', {
    hypotheses: [],
    conclusion: equal(times(e, value), add(times(product, t), times(e, b))),
  });
  const weighted = await proof.show('expanded, weighted', {
    hypotheses: [],
    conclusion: equal(
      times(whole, value),
      add(times(s, times(w, times(product, t))), times(whole, b)),
    ),
  });
  const single = await proof.show('one', {
    hypotheses: [equal(m, one)],
    conclusion: equal(times(m, t), t),
  });
  const singleWeighted = await proof.show('one, weighted', {
    hypotheses: [equal(m, one)],
    conclusion: equal(times(s, times(w, times(m, t))), times(s, times(w, t))),
  });
  return {
    expanded,
    weighted,
    single: instance(single, { m: product }),
    singleWeighted: instance(singleWeighted, { m: product }),
  };
}

const inverse = equal(times(e, a), one);
const carried = add(times(a, t), b);

function inRange(term: Term): Assumption {
  return {
    kind: 'assumption',
    label: 'in-range',
    meaning: 'the shifted value is where the activation is the identity',
    term,
  };
}

function undone(of: {
  readonly name: string;
  readonly words: string;
  readonly bent: Term;
  readonly range: Term;
}): Entry {
  const entry: Entry = {
    name: of.name,
    says: `A value shifted into the range of ${of.words} is restored behind it.`,
    source: 'arXiv 1801.04381 (ReLU6); interval arithmetic gives the range',
    statement: {
      hypotheses: [typing(inverse), inRange(of.range)],
      conclusion: equal(minus(times(e, of.bent), times(e, b)), t),
    },
    prove: async (proof, library) => {
      const { expanded, single } = await restoring(proof);
      const premise = await proof.show('identity', {
        hypotheses: [of.range],
        conclusion: equal(of.bent, carried),
      });
      const scaled = await scaledBoth(proof, premise, { factor: e, value: of.bent, carried });
      return conclude(entry, { proof, library }, [scaled, expanded, single]);
    },
    sizes: [],
  };
  return entry;
}

const zeroTo = (bound: Term): Term => and(atMost(zero, carried), atMost(carried, bound));

const shiftThroughRelu = undone({
  name: 'shift-through-relu',
  words: 'ReLU',
  bent: relu(carried),
  range: atMost(zero, carried),
});

const shiftThroughClip = undone({
  name: 'shift-through-clip',
  words: 'a clip such as ReLU6',
  bent: clip(carried, zero, top),
  range: zeroTo(top),
});

const [H, W, src, o, py, px] = ['H', 'W', 'src', 'o', 'py', 'px'].map(integer);
const x = tensor('x', H, W);
/** The layer writes a·x + b in its domain, and nothing outside. */
const shifted = inside((c, ...at) => relu(add(times(a, x(c, ...at)), b)), H, W);
/** A kernel's entry need not read the pixel itself: padding is anything. */
const anywhere: Window = { ...window, padding: [py, px] };
const place = tap(anywhere, [p, q], centreOf);
const oneEntry = dirac(centreOf, () => src);

const shiftInsideDomain: Entry = {
  name: 'shift-inside-domain',
  says: 'A shifted channel is restored by the bias wherever its one entry reads inside the domain.',
  source: 'zero padding holds 0, and not the b that a shift makes of 0',
  statement: {
    hypotheses: [
      typing(inverse),
      typing(within(src, C)),
      ...kernelRange.map(typing),
      {
        ...inRange(atMost(zero, add(times(a, x(src, ...place)), b))),
        breaksAt: { ...small, C: 1, src: 0, o: 0, H: 1, W: 1, kh: 1, ci: 0, py: 0, px: 0, q: 0 },
      },
      {
        kind: 'assumption',
        label: 'inside',
        meaning: 'the entry reads a pixel of the domain, as a centre tap does',
        term: and(within(place[0], H), within(place[1], W)),
        breaksAt: { ...small, C: 1, src: 0, o: 0, H: 1, W: 1, kh: 1, ci: 0, py: 1, px: 0, q: 0 },
      },
    ],
    conclusion: equal(
      minus(
        times(
          e,
          convolution({ weights: oneEntry, input: shifted, channels: C, window: anywhere })(
            o,
            p,
            q,
          ),
        ),
        times(e, b),
      ),
      x(src, ...place),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const { expanded, single } = await restoring(proof);
    const { dirac: triple } = await library.triples();
    const value = shifted(src, ...place);
    const pixel = x(src, ...place);
    const line = add(times(a, pixel), b);
    const identity = await proof.show('identity', {
      hypotheses: terms(shiftInsideDomain).slice(-2),
      conclusion: equal(value, line),
    });
    return conclude(shiftInsideDomain, context, [
      instance(triple, {
        f: ofTriple((c, i, j) => shifted(c, ...tap(anywhere, [p, q], [i, j]))),
        c0: src,
        i0: centreOf[0],
        j0: centreOf[1],
      }),
      await scaledBoth(proof, identity, { factor: e, value, carried: line }),
      instance(expanded, { t: pixel }),
      instance(single, { t: pixel }),
    ]);
  },
  sizes: [{ ...small, C: 2, src: 1, o: 0, H: 2, W: 2, py: 1, px: 0 }],
};

export const shiftTheorems: readonly Entry[] = [
  shiftThroughRelu,
  shiftThroughClip,
  shiftInsideDomain,
];
