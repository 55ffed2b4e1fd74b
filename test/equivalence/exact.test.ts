/**
 * `exact` decided on rationals: coefficients that float64 cannot tell apart, equal as real numbers or not.
 */
import { describe, expect, test } from 'vitest';
import { allEqual, mostQuestions, questionOf, type Question } from '../../src/equivalence/exact.ts';
import { dyadic } from '../../src/equivalence/dyadic.ts';
import {
  batchNormScale,
  exactly,
  inverse,
  one,
  reciprocal,
  times,
  type Scale,
} from '../../src/equivalence/scale.ts';
import { verify } from '../../src/verify.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import type { Norm } from '../../src/networks/norm.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';

async function areEqual(a: Scale, b: Scale): Promise<boolean> {
  const question = questionOf(a, b);
  return question !== null && allEqual([question]);
}

/** The float64 next to x, away from zero. */
const nextTo = (x: number): number => x * (1 + 2 ** -52);

describe('dyadic', () => {
  test.each([
    [0, 0n, 1n],
    [-0, 0n, 1n],
    [1, 1n, 1n],
    [-0.375, -3n, 8n],
    [Math.fround(0.1), 13421773n, 134217728n],
    [2 ** -1074, 1n, 2n ** 1074n],
    [2 ** 80 * 3, 3n * 2n ** 80n, 1n],
  ])('%d is %d / %d', (x, numerator, denominator) => {
    expect(dyadic(x)).toEqual({ numerator, denominator });
  });

  test('what is no number is refused', () => {
    expect(() => dyadic(Infinity)).toThrow(RangeError);
  });
});

describe('scales', () => {
  test('3/√2 however it is written', async () => {
    const scale = batchNormScale(3, 1.75, 0.25);
    expect(await areEqual(scale, batchNormScale(9, 17.5, 0.5))).toBe(true);
    expect(await areEqual(scale, batchNormScale(6, 7, 1))).toBe(true);
    expect(await areEqual(scale, times(batchNormScale(-1, 2, 0), exactly(-3)))).toBe(true);
    expect(await areEqual(scale, batchNormScale(-9, 17.5, 0.5))).toBe(false);
  });

  test('one part in 2⁵² of the variance is not forgiven', async () => {
    const scale = batchNormScale(3, 1.75, 0.25);
    const other = times(exactly(9), inverse(inverse(batchNormScale(1, nextTo(18), 0))));
    expect(Math.abs(scale.mid - other.mid)).toBeLessThan(1e-14);
    expect(questionOf(scale, other)).not.toBeNull();
    expect(await areEqual(scale, other)).toBe(false);
  });

  test('√2 is no rational number', async () => {
    expect(await areEqual(batchNormScale(2, 2, 0), exactly(Math.SQRT2))).toBe(false);
  });

  test('a radicand whose sum float64 does not hold', async () => {
    // 1 + 2⁻⁶⁰ and 9 · (1 + 2⁻⁶⁰): the same after taking out 3.
    const scale = batchNormScale(1, 1, 2 ** -60);
    expect(await areEqual(scale, batchNormScale(3, 9, 9 * 2 ** -60))).toBe(true);
    expect(await areEqual(scale, batchNormScale(3, 9, 2 ** -60))).toBe(false);
  });

  test('what is divided out and multiplied in is one', async () => {
    const scale = batchNormScale(3, 4, 1);
    expect(await areEqual(times(scale, inverse(scale)), one)).toBe(true);
    expect(await areEqual(times(reciprocal(3), exactly(3)), one)).toBe(true);
    const nested = inverse(times(inverse(scale), reciprocal(7)));
    expect(await areEqual(nested, times(scale, exactly(7)))).toBe(true);
  });

  test('numbers that float64 tells apart are no question', () => {
    expect(questionOf(reciprocal(3), exactly(Math.fround(1 / 3)))).toBeNull();
  });

  test('more questions than can be afforded are not answered yes', async () => {
    const question = questionOf(batchNormScale(1, 2, 0), batchNormScale(3, 18, 0));
    if (question === null) throw new Error('no question');
    const many = (count: number): Question[] => new Array<Question>(count).fill(question);
    expect(await allEqual(many(mostQuestions))).toBe(true);
    expect(await allEqual(many(mostQuestions + 1))).toBe(false);
  });
});

const random = new Random(77, 'coarse');
const conv = random.filter(2, 3, 3);
const head = random.filter(3, 2, 3, { bias: true });

/** conv, batch norm, ReLU, conv; or with something else for the batch norm. */
function network(filter: typeof conv, middle: (s: Sketch, x: TensorId) => TensorId): Model {
  const s = new Sketch();
  const x = middle(s, s.conv('conv', s.input(2, 5, 6), filter));
  return s.finish(s.conv('head', s.relu('relu', x), head));
}

function normed(norm: Norm, filter = conv): Model {
  return network(filter, (s, x) => s.norm('bn', x, norm));
}

function grade(verdict: Verdict): string {
  return verdict.verdict === 'proved' ? verdict.grade : verdict.verdict;
}

const norm: Norm = {
  scale: [3, -1, 5],
  offset: [0.5, 0, -0.25],
  mean: [1, -0.5, 0],
  variance: [1.75, 2.75, 6.75],
  epsilon: 0.25,
};

describe('models', () => {
  test('another γ, σ² and ε with the same quotient', async () => {
    const other: Norm = {
      ...norm,
      scale: norm.scale.map((g) => 3 * g),
      variance: norm.variance.map((v) => 9 * (v + 0.25) - 0.5),
      epsilon: 0.5,
    };
    expect(await verify(normed(norm), normed(other))).toMatchObject({
      verdict: 'proved',
      grade: 'exact',
      maxUlps: 0,
      largestRounding: null,
    });
  });

  test('a factor moved from the batch norm to the weights', async () => {
    const tripled = filterFrom(conv, (o, i, y, x) => {
      return 3 * conv.weight[((o * 2 + i) * 3 + y) * 3 + x];
    });
    const other = {
      ...norm,
      mean: norm.mean.map((m) => 3 * m),
      variance: norm.variance.map((v) => 9 * (v + 0.25) - 0.25),
    };
    expect(grade(await verify(normed(norm), normed(other, tripled)))).toBe('exact');
  });

  test('divided by three and multiplied by three', async () => {
    const there = network(conv, (s, x) => s.scale('times', s.scale('by', x, [3], true), [3]));
    expect(
      grade(
        await verify(
          network(conv, (_, x) => x),
          there,
        ),
      ),
    ).toBe('exact');
  });

  test('the last bit of a γ makes it rounded', async () => {
    const scale = norm.scale.map((g) => 3 * g);
    scale[0] = Math.fround(9 * (1 + 2 ** -23));
    const variance = norm.variance.map((v) => 9 * (v + 0.25) - 0.25);
    const verdict = await verify(normed(norm), normed({ ...norm, scale, variance }));
    expect(grade(verdict)).toBe('rounded');
    if (verdict.verdict === 'proved') expect(verdict.maxUlps).toBeGreaterThan(0.5);
  });
});
