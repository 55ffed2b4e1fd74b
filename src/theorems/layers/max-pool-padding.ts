/**
 * Max pooling that reads zeros outside the domain is max pooling that ignores what is outside, where no value is
 * negative: what a converter may rely on that has no padding without zeros.
 */
import { int, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Hypothesis, Library, Sizes } from '../entry.ts';
import { add, and, atMost, equal, less, minus, or, times, zero } from '../notation.ts';
import { maxPool, type Taps } from '../pools.ts';
import type { Proof } from '../proof.ts';
import { range } from '../sums.ts';
import { tensor } from '../tensors.ts';
import { allBelow, eachBelow } from './all-below.ts';
import {
  assumption,
  H,
  i,
  integer,
  j,
  kh,
  kw,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  typing,
  W,
  window,
} from './letters.ts';
import { belowPool, boundedPool } from './max-pool-bounds.ts';
import { nested } from './nested.ts';

const [top, left, rows, columns] = ['top', 'left', 'rows', 'columns'].map(integer);
const [u, v] = ['u', 'v'].map(integer);
const x = tensor('x', H, W);
const inside: Taps = { first: [top, left], count: [rows, columns] };
/** Every tap, as if all were inside: zeros are read where they are not. */
const every: Taps = { first: [int(0), int(0)], count: [kh, kw] };
const withZeros = maxPool({ input: x, window, taps: every })(o, p, q);
const ignoring = maxPool({ input: x, window, taps: inside })(o, p, q);

/** Along an axis, the taps inside the domain are those of the run. */
function runTyping(axis: 0 | 1, place: Term, extent: Term): Hypothesis {
  const [first, count, taps] = [inside.first[axis], inside.count[axis], window.size[axis]];
  const position = (tap: Term): Term =>
    minus(
      add(times(place, window.stride[axis]), times(tap, window.dilation[axis])),
      window.padding[axis],
    );
  const end = add(first, count);
  return typing(
    and(
      atMost(int(1), window.dilation[axis]),
      atMost(int(0), first),
      atMost(int(1), count),
      atMost(end, taps),
      atMost(int(0), position(first)),
      less(position(minus(end, int(1))), extent),
      or(equal(first, int(0)), less(position(minus(first, int(1))), int(0))),
      or(equal(end, taps), atMost(extent, position(end))),
    ),
  );
}

const holds = (row: Term, column: Term): Term => atMost(zero, nested(withZeros).at(row, column));
const holdsInRow = (row: Term): Term => allBelow(kw, (column) => holds(row, column));

const sizes: Sizes = {
  ...smallSizes,
  ...{ H: 2, W: 2, kh: 3, kw: 2, p: 0, q: 0, sy: 1, sx: 1, dy: 1, dx: 1, py: 1, px: 1 },
  ...{ top: 1, rows: 2, left: 1, columns: 1 },
};

/** From the first of two products' factors being in order: 0 ≤ u, 0 ≤ v ⊢ 0 ≤ u·v */
function product(proof: Proof): Promise<Theorem> {
  const conclusion = atMost(int(0), times(u, v));
  return proof.show('product', {
    hypotheses: [atMost(int(0), u), atMost(int(0), v)],
    conclusion,
  });
}

/** Γ, the tap in range ⊢ it is inside the run, or reads zero: positions grow with taps. */
function outsideReadsZero(proof: Proof, sign: Theorem): Promise<Theorem> {
  const before = (axis: 0 | 1, tap: Term): Theorem =>
    instance(sign, {
      u: minus(minus(inside.first[axis], int(1)), tap),
      v: window.dilation[axis],
    });
  const after = (axis: 0 | 1, tap: Term): Theorem =>
    instance(sign, {
      u: minus(tap, add(inside.first[axis], inside.count[axis])),
      v: window.dilation[axis],
    });
  const inRun = (axis: 0 | 1, tap: Term): Term =>
    and(atMost(inside.first[axis], tap), less(tap, add(inside.first[axis], inside.count[axis])));
  return proof.show(
    'outside',
    {
      hypotheses: [...typings(), ...range(i, kh), ...range(j, kw)],
      conclusion: or(and(inRun(0, i), inRun(1, j)), equal(nested(withZeros).at(i, j), zero)),
    },
    [before(0, i), after(0, i), before(1, j), after(1, j)],
  );
}

function typings(): readonly Term[] {
  return maxPoolZeroPadding.statement.hypotheses.flatMap(({ kind, term }) =>
    kind === 'typing' ? [term] : [],
  );
}

/** Γ ⊢ no tap, zeros included, is above the largest inside. */
async function notAbove(proof: Proof, library: Library): Promise<Theorem> {
  const each = await library.theorem('all-below');
  const hypotheses = termsOf(maxPoolZeroPadding.statement);
  const first = await proof.show(
    'a tap inside is not negative',
    { hypotheses, conclusion: atMost(zero, ignoring) },
    [
      eachBelow(each, { count: kh, at: top, holds: holdsInRow }),
      eachBelow(each, { count: kw, at: left, holds: (column) => holds(top, column) }),
      ...(await belowPool(library, ignoring, [int(0), int(0)])),
    ],
  );
  const premise = await proof.show(
    'no tap is above',
    {
      hypotheses: [...hypotheses, ...range(i, kh), ...range(j, kw)],
      conclusion: atMost(nested(withZeros).at(i, j), ignoring),
    },
    [
      first,
      await outsideReadsZero(proof, await product(proof)),
      ...(await belowPool(library, ignoring, [minus(i, top), minus(j, left)])),
    ],
  );
  return boundedPool(proof, library, { step: 'above', from: withZeros, premise });
}

/** Γ ⊢ no tap inside is above the largest of all. */
async function notBelow(proof: Proof, library: Library): Promise<Theorem> {
  const premise = await proof.show(
    'a tap inside is a tap',
    {
      hypotheses: [...typings(), ...range(i, rows), ...range(j, columns)],
      conclusion: atMost(nested(ignoring).at(i, j), withZeros),
    },
    await belowPool(library, withZeros, [add(top, i), add(left, j)]),
  );
  return boundedPool(proof, library, { step: 'below', from: ignoring, premise });
}

export const maxPoolZeroPadding: Entry = {
  name: 'max-pool-zero-padding',
  says: 'Of values that are not negative, max pooling may read zeros outside the domain.',
  source: 'formal-core, semantics: max pooling ignores what lies outside',
  statement: {
    hypotheses: [
      runTyping(0, p, H),
      runTyping(1, q, W),
      assumption({
        label: 'non-negative',
        meaning: 'no tap reads a negative value',
        term: allBelow(kh, holdsInRow),
      }),
    ],
    conclusion: equal(withZeros, ignoring),
  },
  prove: async (proof, library) => {
    const { hypotheses, conclusion } = maxPoolZeroPadding.statement;
    return proof.show('pool', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      await notAbove(proof, library),
      await notBelow(proof, library),
    ]);
  },
  sizes: [sizes],
};

export const maxPoolPaddingTheorems: readonly Entry[] = [maxPoolZeroPadding];
