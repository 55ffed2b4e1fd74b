/** Max pooling of max pooling with stride 1 is one max pooling, over a window as large as both together. */
import { fun, int, type Term } from '../../logic/term.ts';
import type { Theorem } from '../../logic/theorem.ts';
import type { Entry, Library } from '../entry.ts';
import { add, and, atMost, equal, ite, less, minus } from '../notation.ts';
import { maxPool } from '../pools.ts';
import type { Proof } from '../proof.ts';
import { range } from '../sums.ts';
import type { Tensor } from '../tensors.ts';
import { i, integer, j, kh, kw, o, p, q, smallSizes, termsOf, typing, window } from './letters.ts';
import { belowPool, boundedPool } from './max-pool-bounds.ts';
import { nested } from './nested.ts';

const [lh, lw, m, n] = ['lh', 'lw', 'm', 'n'].map(integer);
const zeros = [int(0), int(0)] as const;
const ones = [int(1), int(1)] as const;
const x: Tensor = fun('x');

/** Without padding: every tap is inside. */
function poolOf(input: Tensor, size: readonly [Term, Term], stride: readonly [Term, Term]): Tensor {
  return maxPool({
    input,
    window: { size, stride, dilation: ones, padding: zeros },
    taps: { first: zeros, count: size },
  });
}

const both = [minus(add(kh, lh), int(1)), minus(add(kw, lw), int(1))] as const;
const twice = poolOf(poolOf(x, [kh, kw], ones), [lh, lw], window.stride)(o, p, q);
const once = poolOf(x, both, window.stride)(o, p, q);

/** The second pool's entry at a tap: the first pool there. */
const first = (row: Term, column: Term): Term => nested(twice).at(row, column);

/** Γ ⊢ no tap of the two pools is above the largest of the one: tap (m + i, n + j) is among its own. */
async function notAbove(
  proof: Proof,
  library: Library,
  hypotheses: readonly Term[],
): Promise<Theorem> {
  const premise = await proof.show(
    'a tap of two is one of one',
    {
      hypotheses: [
        ...hypotheses,
        ...range(m, lh),
        ...range(n, lw),
        ...range(i, kh),
        ...range(j, kw),
      ],
      conclusion: atMost(nested(first(m, n)).at(i, j), once),
    },
    await belowPool(library, once, [add(m, i), add(n, j)]),
  );
  const inner = await boundedPool(proof, library, {
    step: 'the first pool',
    from: first(m, n),
    premise,
  });
  const there = await proof.show(
    'the first pool is below',
    {
      hypotheses: [...hypotheses, ...range(m, lh), ...range(n, lw)],
      conclusion: atMost(first(m, n), once),
    },
    [inner],
  );
  const indices = [m, n] as const;
  return boundedPool(proof, library, { step: 'both pools', from: twice, premise: there, indices });
}

/** Γ ⊢ no tap of the one pool is above the largest of the two: it is split as late as the second allows. */
async function notBelow(
  proof: Proof,
  library: Library,
  hypotheses: readonly Term[],
): Promise<Theorem> {
  const split = (tap: Term, count: Term): readonly [Term, Term] => {
    const second = ite(less(tap, count), tap, minus(count, int(1)));
    return [second, minus(tap, second)];
  };
  const [row, innerRow] = split(i, lh);
  const [column, innerColumn] = split(j, lw);
  const premise = await proof.show(
    'a tap of one is one of two',
    {
      hypotheses: [...hypotheses, ...range(i, both[0]), ...range(j, both[1])],
      conclusion: atMost(nested(once).at(i, j), twice),
    },
    [
      ...(await belowPool(library, first(row, column), [innerRow, innerColumn])),
      ...(await belowPool(library, twice, [row, column])),
    ],
  );
  return boundedPool(proof, library, { step: 'one pool', from: once, premise });
}

export const maxPoolNested: Entry = {
  name: 'max-pool-nested',
  says: 'Max pooling of k×k, stride 1, and then of l×l is max pooling of k + l − 1, with the stride of the second.',
  source: 'SPPF, a chain of pools for one',
  statement: {
    hypotheses: [typing(and(...[kh, kw, lh, lw].map((count) => atMost(int(1), count))))],
    conclusion: equal(twice, once),
  },
  prove: async (proof, library) => {
    const { hypotheses, conclusion } = maxPoolNested.statement;
    const terms = termsOf({ hypotheses });
    return proof.show('pool', { hypotheses: terms, conclusion }, [
      await notAbove(proof, library, terms),
      await notBelow(proof, library, terms),
    ]);
  },
  sizes: [{ ...smallSizes, kh: 2, kw: 1, lh: 2, lw: 2 }],
};

export const maxPoolNestedTheorems: readonly Entry[] = [maxPoolNested];
