/**
 * Max pooling: what may be done before or after it, and that padding is ignored.
 *
 * The taps inside the domain are a run along each axis, `rows` from `top` on and `columns` from `left` on;
 * any runs that are not empty, unless a theorem says more of them.
 */
import { fun, int, type Term } from '../../logic/term.ts';
import { firstMax, instance } from '../../logic/theorem.ts';
import { relu } from '../activations.ts';
import type { Entry, Sizes, Statement } from '../entry.ts';
import { add, and, atMost, equal, times } from '../notation.ts';
import { maxPool, type Taps } from '../pools.ts';
import { ofIndex, range } from '../sums.ts';
import { type Tensor, type Window } from '../tensors.ts';
import { allBelow, eachBelow } from './all-below.ts';
import { nonNegative, number } from './direct.ts';
import { equalLargest } from './largest.ts';
import {
  assumption,
  i,
  integer,
  j,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  typing,
  window,
} from './letters.ts';
import { belowPool, boundedPool } from './max-pool-bounds.ts';
import { nested } from './nested.ts';

const [top, left, rows, columns] = ['top', 'left', 'rows', 'columns'].map(integer);
const [factor, b] = ['factor', 'b'].map(number);
const taps: Taps = { first: [top, left], count: [rows, columns] };
const x = fun('x');
const y = fun('y');

function pool(input: Tensor, over: Taps = taps): Term {
  return maxPool({ input, window, taps: over })(o, p, q);
}

const someTaps = typing(and(atMost(int(1), rows), atMost(int(1), columns)));
/** A window of 2×2 taps, all inside. */
const sizes: Sizes = { ...smallSizes, W: 3, kw: 2, top: 0, left: 0, rows: 2, columns: 2 };

/** A function of one value that may be applied before pooling or after it, since it may to any largest. */
function commuting(of: {
  readonly name: string;
  readonly says: string;
  readonly source: string;
  readonly hypotheses: Statement['hypotheses'];
  readonly map: (t: Term) => Term;
  /** The theorem about the largest of terms. */
  readonly lemma: string;
}): Entry {
  const { map, lemma, hypotheses, ...words } = of;
  const before = pool((...at) => map(x(...at)));
  const after = pool(x);
  const entry: Entry = {
    ...words,
    statement: { hypotheses: [someTaps, ...hypotheses], conclusion: equal(before, map(after)) },
    prove: async (proof, library) => {
      const theorem = await library.theorem(lemma);
      const { counts, row, at } = nested(after);
      const inRow = instance(theorem, { n: counts[1], h: ofIndex((tapped) => at(i, tapped)) });
      const { conclusion } = entry.statement;
      return proof.show('pool', { hypotheses: termsOf(entry.statement), conclusion }, [
        await equalLargest(proof, library, { premise: inRow, index: i, count: counts[0] }),
        instance(theorem, { n: counts[0], h: ofIndex(row) }),
      ]);
    },
    sizes: [sizes],
  };
  return entry;
}

export const maxPoolHomogeneous = commuting({
  name: 'max-pool-homogeneous',
  says: 'A factor that is not negative may be taken before max pooling or after it.',
  source: 'positive homogeneity',
  hypotheses: [nonNegative(factor, 'the factor')],
  map: (t) => times(factor, t),
  lemma: 'largest-scaled',
});

export const maxPoolTranslation = commuting({
  name: 'max-pool-translation',
  says: 'A constant may be added before max pooling or after it: padding is ignored, not read as zero.',
  source: 'max-plus algebra',
  hypotheses: [],
  map: (t) => add(t, b),
  lemma: 'largest-translated',
});

export const reluOfMaxPool = commuting({
  name: 'relu-of-max-pool',
  says: 'ReLU may be taken before max pooling or after it.',
  source: 'ReLU is monotone',
  hypotheses: [],
  map: relu,
  lemma: 'largest-relu',
});

const above = (row: Term, column: Term): Term =>
  atMost(nested(pool(x)).at(row, column), nested(pool(y)).at(row, column));
const aboveInRow = (row: Term): Term => allBelow(columns, (column) => above(row, column));

const maxPoolMonotone: Entry = {
  name: 'max-pool-monotone',
  says: 'Larger values have a larger largest.',
  source: 'the definition of max pooling',
  statement: {
    hypotheses: [
      someTaps,
      assumption({
        label: 'above',
        meaning: 'at every tap the second tensor is at least the first',
        term: allBelow(rows, aboveInRow),
      }),
    ],
    conclusion: atMost(pool(x), pool(y)),
  },
  prove: async (proof, library) => {
    const each = await library.theorem('all-below');
    const hypotheses = termsOf(maxPoolMonotone.statement);
    const premise = await proof.show(
      'tap',
      {
        hypotheses: [...hypotheses, ...range(i, rows), ...range(j, columns)],
        conclusion: atMost(nested(pool(x)).at(i, j), pool(y)),
      },
      [
        eachBelow(each, { count: rows, at: i, holds: aboveInRow }),
        eachBelow(each, { count: columns, at: j, holds: (column) => above(i, column) }),
        ...(await belowPool(library, pool(y), [i, j])),
      ],
    );
    const { conclusion } = maxPoolMonotone.statement;
    return proof.show('pool', { hypotheses, conclusion }, [
      await boundedPool(proof, library, { step: 'bound', from: pool(x), premise }),
    ]);
  },
  sizes: [sizes],
};

const single: Window = { ...window, size: [int(1), int(1)], padding: [int(0), int(0)] };
const onlyTap: Taps = { first: [int(0), int(0)], count: [int(1), int(1)] };
const singlePool = maxPool({ input: x, window: single, taps: onlyTap })(o, p, q);

export const maxPoolOfOne: Entry = {
  name: 'max-pool-of-one',
  says: 'Max pooling with a window of one pixel is the identity, subsampled by its stride.',
  source: 'the definition of max pooling',
  statement: {
    hypotheses: [],
    conclusion: equal(singlePool, x(o, times(p, window.stride[0]), times(q, window.stride[1]))),
  },
  prove: async (proof) => {
    const { row, at } = nested(singlePool);
    return proof.show('pool', { hypotheses: [], conclusion: maxPoolOfOne.statement.conclusion }, [
      instance(firstMax(), { h: ofIndex(row) }),
      instance(firstMax(), { h: ofIndex((tapped) => at(int(0), tapped)) }),
    ]);
  },
  sizes: [smallSizes],
};

export const maxPoolTheorems: readonly Entry[] = [
  maxPoolHomogeneous,
  maxPoolTranslation,
  reluOfMaxPool,
  maxPoolMonotone,
  maxPoolOfOne,
];
