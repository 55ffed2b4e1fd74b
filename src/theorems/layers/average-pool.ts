/**
 * Average pooling is linear: a depthwise convolution whose weights are all one over the number of taps.
 */
import { fun, int, type Term } from '../../logic/term.ts';
import { emptySum, instance, nextSum, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Library, Sizes } from '../entry.ts';
import { add, and, atMost, equal, one, over, times } from '../notation.ts';
import { averagePool } from '../pools.ts';
import type { Proof } from '../proof.ts';
import { congruent, ofIndex } from '../sums.ts';
import { convolution, type Tensor, type Window } from '../tensors.ts';
import { ofTriple, tripleCongruent } from '../triple-sums.ts';
import { number } from './direct.ts';
import { c, i, j, kh, kw, o, p, q, smallSizes, termsOf, typing, window } from './letters.ts';
import { nested, quotient } from './nested.ts';
import { withQuotients } from './quotients.ts';

const [a, b, v, u, w] = ['a', 'b', 'v', 'u', 'w'].map(number);
const [r, s, t] = ['r', 's', 't'].map(number);
const x: Tensor = fun('x');
const y: Tensor = fun('y');
export const undilated: Window = { ...window, dilation: [int(1), int(1)] };

/** Over all taps of the window. */
export function averageOf(input: Tensor): Term {
  return averagePool({ input, window: undilated, divisor: 'all' })(o, p, q);
}

export const someTaps = typing(and(atMost(int(1), kh), atMost(int(1), kw)));
const notEmpty = termsOf({ hypotheses: [someTaps] });
const sizes: Sizes = { ...smallSizes, kh: 2, kw: 2, dy: 1, dx: 1 };

/** 1 ≤ kh, 1 ≤ kw ⊢ 1 ≤ kh·kw */
export function thereAreTaps(proof: Proof): Promise<Theorem> {
  return proof.show('there are taps', {
    hypotheses: notEmpty,
    conclusion: atMost(one, quotient(averageOf(x)).by),
  });
}

const weight = over(one, quotient(averageOf(x)).by);
const asConvolution = convolution({
  weights: () => weight,
  input: x,
  channels: int(1),
  window: undilated,
  channel: (out) => out,
})(o, p, q);

export const averagePoolAsConvolution: Entry = {
  name: 'average-pool-as-convolution',
  says: 'Average pooling that counts padding is a depthwise convolution with weights 1/(kh·kw).',
  source: 'arXiv 2103.13425, average pooling as convolution',
  statement: { hypotheses: [someTaps], conclusion: equal(asConvolution, averageOf(x)) },
  prove: async (proof, library) => {
    const { sum, taps, by } = quotient(averageOf(x));
    const { scale } = await library.triples();
    const terms = await proof.show('tap', {
      hypotheses: [],
      conclusion: equal(
        nested(nested(asConvolution).row(c)).at(i, j),
        times(weight, taps.at(i, j)),
      ),
    });
    const counts = [int(1), kh, kw] as const;
    const plane = { h: ofIndex(() => sum) };
    const known = await proof.show(
      'the weight comes out',
      { hypotheses: notEmpty, conclusion: equal(asConvolution, times(weight, sum)) },
      [
        tripleCongruent(await library.sums(), terms, [c, i, j], counts),
        instance(scale, {
          C: int(1),
          a: weight,
          f: ofTriple((_, row, column) => taps.at(row, column)),
        }),
        instance(nextSum(), { ...plane, n: int(0) }),
        instance(emptySum(), plane),
      ],
    );
    const reciprocal = await withQuotients(proof, {
      step: 'reciprocal',
      quotients: [
        { name: 'r', dividend: one, divisor: v },
        { name: 's', dividend: t, divisor: v },
      ],
      conclusion: equal(times(r, t), s),
    });
    const { conclusion } = averagePoolAsConvolution.statement;
    return proof.show('pool', { hypotheses: notEmpty, conclusion }, [
      known,
      await thereAreTaps(proof),
      instance(reciprocal, { v: by, t: sum }),
    ]);
  },
  sizes: [sizes],
};

const mixed: Tensor = (...at) => add(times(a, x(...at)), times(b, y(...at)));

/** From Σ over one axis to Σ over both: Σ(a·f + b·g) = a·Σf + b·Σg for rows, then for the plane. */
async function mixedSums(proof: Proof, library: Library): Promise<Theorem> {
  const sums = await library.sums();
  const [of, ofX, ofY] = [mixed, x, y].map((tensor) => quotient(averageOf(tensor)));
  const linear = (count: Term, f: (k: Term) => Term, g: (k: Term) => Term): readonly Theorem[] => [
    instance(sums.add, {
      n: count,
      h: ofIndex((k) => times(a, f(k))),
      g: ofIndex((k) => times(b, g(k))),
    }),
    instance(sums.scale, { n: count, a, h: ofIndex(f) }),
    instance(sums.scale, { n: count, a: b, h: ofIndex(g) }),
  ];
  const row = await proof.show(
    'row',
    {
      hypotheses: notEmpty,
      conclusion: equal(of.taps.row(i), add(times(a, ofX.taps.row(i)), times(b, ofY.taps.row(i)))),
    },
    linear(
      kw,
      (k) => ofX.taps.at(i, k),
      (k) => ofY.taps.at(i, k),
    ),
  );
  return proof.show(
    'plane',
    {
      hypotheses: notEmpty,
      conclusion: equal(of.sum, add(times(a, ofX.sum), times(b, ofY.sum))),
    },
    [congruent(sums, row, i, kh), ...linear(kh, ofX.taps.row, ofY.taps.row)],
  );
}

export const averagePoolLinear: Entry = {
  name: 'average-pool-linear',
  says: 'The average of a·x + b·y is a times that of x plus b times that of y.',
  source: 'linearity',
  statement: {
    hypotheses: [someTaps],
    conclusion: equal(averageOf(mixed), add(times(a, averageOf(x)), times(b, averageOf(y)))),
  },
  prove: async (proof, library) => {
    const known = await mixedSums(proof, library);
    const [ofX, ofY] = [x, y].map((tensor) => quotient(averageOf(tensor)));
    const divided = await withQuotients(proof, {
      step: 'linear',
      quotients: [
        { name: 'r', dividend: u, divisor: v },
        { name: 's', dividend: w, divisor: v },
        { name: 't', dividend: add(times(a, u), times(b, w)), divisor: v },
      ],
      conclusion: equal(t, add(times(a, r), times(b, s))),
    });
    const { conclusion } = averagePoolLinear.statement;
    return proof.show('pool', { hypotheses: notEmpty, conclusion }, [
      known,
      await thereAreTaps(proof),
      instance(divided, { u: ofX.sum, w: ofY.sum, v: ofX.by }),
    ]);
  },
  sizes: [sizes],
};

export const averagePoolTheorems: readonly Entry[] = [averagePoolAsConvolution, averagePoolLinear];
