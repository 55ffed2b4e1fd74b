/**
 * What average pooling divides by: all taps of the window, those inside the domain, or all pixels.
 *
 * `rows` × `columns` taps are inside; at least one.
 */
import { fun, int, operation, sum, type Term } from '../../logic/term.ts';
import { emptySum, induction, instance, nextSum } from '../../logic/theorem.ts';
import type { Entry, Sizes } from '../entry.ts';
import { add, and, atMost, equal, one, over, times } from '../notation.ts';
import { averagePool, globalAveragePool } from '../pools.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { inside, type Tensor } from '../tensors.ts';
import { averageOf, someTaps, thereAreTaps, undilated } from './average-pool.ts';
import { number } from './direct.ts';
import {
  assumption,
  H,
  i,
  integer,
  interior,
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
} from './letters.ts';
import { quotient } from './nested.ts';
import { withQuotients } from './quotients.ts';

const [rows, columns, n, m] = ['rows', 'columns', 'n', 'm'].map(integer);
const [v, w] = ['v', 'w'].map(number);
const [r, s, t, u] = ['r', 's', 't', 'u'].map(number);
const x: Tensor = fun('x');
const counted = { first: [int(0), int(0)], count: [rows, columns] } as const;
const sizes: Sizes = { ...smallSizes, kh: 2, kw: 2, dy: 1, dx: 1 };
const all = averageOf(x);

const counting = averagePool({ input: x, window: undilated, divisor: counted })(o, p, q);

export const averagePoolDivisors: Entry = {
  name: 'average-pool-divisors',
  says: 'Where every tap is inside the domain it makes no difference whether padding counts.',
  source: 'ONNX AveragePool, count_include_pad',
  statement: {
    hypotheses: [
      someTaps,
      assumption({
        label: 'all-inside',
        meaning: 'as many taps are inside the domain as there are',
        term: and(equal(rows, kh), equal(columns, kw)),
        breaksAt: { ...sizes, W: 3, p: 0, rows: 1, columns: 2 },
      }),
    ],
    conclusion: equal(counting, all),
  },
  prove: (proof) => {
    const { hypotheses, conclusion } = averagePoolDivisors.statement;
    return proof.show('pool', { hypotheses: termsOf({ hypotheses }), conclusion });
  },
  sizes: [{ ...sizes, rows: 2, columns: 2 }],
};

export const averagePoolAtTheBorder: Entry = {
  name: 'average-pool-at-the-border',
  says: 'An average that does not count padding is one that does, times kh·kw/(rows·columns).',
  source: 'ONNX AveragePool, count_include_pad',
  statement: {
    hypotheses: [someTaps, typing(and(atMost(int(1), rows), atMost(int(1), columns)))],
    conclusion: equal(counting, times(all, over(quotient(all).by, quotient(counting).by))),
  },
  prove: async (proof) => {
    const { hypotheses, conclusion } = averagePoolAtTheBorder.statement;
    const terms = termsOf({ hypotheses });
    const cancelled = await withQuotients(proof, {
      step: 'cancelled',
      quotients: [
        { name: 'r', dividend: v, divisor: w },
        { name: 's', dividend: t, divisor: v },
        { name: 'u', dividend: t, divisor: w },
      ],
      conclusion: equal(u, times(s, r)),
    });
    const inside = await proof.show('there are taps inside', {
      hypotheses: terms,
      conclusion: atMost(one, quotient(counting).by),
    });
    const { sum, by } = quotient(all);
    return proof.show('pool', { hypotheses: terms, conclusion }, [
      inside,
      await thereAreTaps(proof),
      instance(cancelled, { t: sum, v: by, w: quotient(counting).by }),
    ]);
  },
  sizes: [{ ...sizes, rows: 1, columns: 2 }],
};

const repeated = (count: Term): Term => sum(count, () => v);
const multiple = (count: Term): Term => times(operation('to_real', count), v);

const constantSum: Entry = {
  name: 'constant-sum',
  says: 'A sum of n equal terms is n times the term.',
  source: 'induction on the number of terms',
  statement: {
    hypotheses: [typing(atMost(int(0), n))],
    conclusion: equal(repeated(n), multiple(n)),
  },
  prove: async (proof) => {
    const claim = (count: Term): Term => equal(repeated(count), multiple(count));
    const by = { h: ofIndex(() => v) };
    const base = await proof.show('base', { hypotheses: [], conclusion: claim(int(0)) }, [
      instance(emptySum(), by),
    ]);
    const step = await proof.show(
      'step',
      { hypotheses: [atMost(int(0), m), claim(m)], conclusion: claim(add(m, int(1))) },
      [instance(nextSum(), { ...by, n: m })],
    );
    return induction({ variable: 'm', claim: claim(m), bound: n, base, step });
  },
  sizes: [{ n: 3 }],
};

const constant = inside(() => v, H, W);
const ofConstant = averageOf(constant);

export const averagePoolOfConstant: Entry = {
  name: 'average-pool-of-constant',
  says: 'The average of a constant is the constant, where the window lies inside the image.',
  source: 'the definition of average pooling',
  statement: {
    hypotheses: [
      someTaps,
      assumption({
        label: 'interior',
        meaning: 'the window lies inside the image',
        term: interior(undilated),
        breaksAt: { ...sizes, H: 3, W: 3, sx: 1, p: 0 },
      }),
    ],
    conclusion: equal(ofConstant, v),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const constants = await library.theorem('constant-sum');
    const { hypotheses, conclusion } = averagePoolOfConstant.statement;
    const terms = termsOf({ hypotheses });
    const { taps, sum: total, by } = quotient(ofConstant);
    const tap = await proof.show('tap', {
      hypotheses: [...terms, ...range(i, kh), ...range(j, kw)],
      conclusion: equal(taps.at(i, j), v),
    });
    const row = times(operation('to_real', kw), v);
    const inRow = await proof.show(
      'row',
      { hypotheses: [...terms, ...range(i, kh)], conclusion: equal(taps.row(i), row) },
      [congruent(sums, tap, j, kw), instance(constants, { n: kw })],
    );
    const plane = await proof.show(
      'plane',
      { hypotheses: terms, conclusion: equal(total, times(by, v)) },
      [congruent(sums, inRow, i, kh), instance(constants, { n: kh, v: row })],
    );
    const divided = await withQuotients(proof, {
      step: 'cancelled',
      quotients: [{ name: 'r', dividend: times(w, t), divisor: w }],
      conclusion: equal(r, t),
    });
    return proof.show('pool', { hypotheses: terms, conclusion }, [
      plane,
      await thereAreTaps(proof),
      instance(divided, { w: by, t: v }),
    ]);
  },
  sizes: [{ ...sizes, py: 0, px: 0, sx: 1, H: 3, W: 3 }],
};

const whole = { ...undilated, size: [H, W], padding: [int(0), int(0)] } as const;
const average = averagePool({ input: x, window: whole, divisor: 'all' })(o, int(0), int(0));

export const globalAsAveragePool: Entry = {
  name: 'global-average-pool',
  says: 'Global average pooling is average pooling over the whole image.',
  source: 'ONNX GlobalAveragePool',
  statement: {
    hypotheses: [typing(and(atMost(int(1), H), atMost(int(1), W)))],
    conclusion: equal(globalAveragePool(x, H, W)(o), average),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const { hypotheses, conclusion } = globalAsAveragePool.statement;
    const taps = await proof.show('tap', {
      hypotheses: [],
      conclusion: equal(
        quotient(globalAveragePool(x, H, W)(o)).taps.at(i, j),
        quotient(average).taps.at(i, j),
      ),
    });
    return proof.show('pool', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      congruent(sums, congruent(sums, taps, j, W), i, H),
    ]);
  },
  sizes: [{ ...sizes, H: 2, W: 3 }],
};

export const averageDivisorTheorems: readonly Entry[] = [
  averagePoolDivisors,
  averagePoolAtTheBorder,
  constantSum,
  averagePoolOfConstant,
  globalAsAveragePool,
];
