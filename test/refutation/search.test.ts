/** What the search finds, what it must not find, and what it says when it finds nothing. */
import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { verify } from '../../src/verify.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';

/** Reaches the upper bound only near the corner whose signs are those of the weights. */
function clipped(upper: number, inputs: 1 | 2 = 1): Model {
  const random = new Random(5);
  const sign = Array.from({ length: 36 }, () => (random.integer(2) === 0 ? 1 : -1));
  const size = { inChannels: 4, outChannels: 1, height: 3, width: 3 };
  const conv = filterFrom(size, (_, i, y, x) => sign[i * 9 + y * 3 + x]);
  const s = new Sketch();
  const x =
    inputs === 1
      ? s.input(4, 5, 7)
      : s.concat('join', [s.input(2, 5, 7, 'first'), s.input(2, 5, 7, 'second')]);
  return s.finish(s.clip('act', s.conv('conv', x, conv), 0, upper));
}

describe('a clip that only one corner of the input box reaches', () => {
  const inputRange = { lower: -1, upper: 1 };

  test.each([1, 2] as const)('is reached, with %i inputs', async (inputs) => {
    const verdict = await verify(clipped(32, inputs), clipped(Infinity, inputs), { inputRange });
    if (verdict.verdict !== 'refuted') throw new Error(verdict.verdict);
    const { gap, bound, roundingNoise } = verdict.counterexample;
    // The sum is 36 there, in exact arithmetic.
    expect(gap).toBe(4);
    expect(gap).toBeGreaterThan(bound);
    expect(gap).toBeGreaterThan(4 * roundingNoise);
  });

  test('and where no corner reaches it, nothing is found', async () => {
    const verdict = await verify(clipped(36), clipped(37), { inputRange });
    expect(verdict.verdict).not.toBe('refuted');
  });
});

describe('undecided says why', () => {
  test('when the models differ by what rounding does', async () => {
    const network = (slip: number): Model => {
      const random = new Random(9);
      const one = random.filter(3, 4, 3, { bias: true });
      const other = random.filter(4, 3, 3, { bias: true });
      const weight = one.weight.map((w, k) => (k === 0 ? w + slip : w));
      const s = new Sketch();
      const x = s.relu('relu', s.conv('first', s.input(3, 6, 6), { ...one, weight }));
      return s.finish(s.conv('second', x, other));
    };
    const verdict = await verify(network(0), network(2 ** -22), { maxUlps: 0 });
    if (verdict.verdict !== 'undecided') throw new Error(verdict.verdict);
    expect(verdict.reason).toContain('no more than rounding their parameters would');
  });

  const identity = (...shapes: readonly (readonly [number, number, number])[]): Model => {
    const s = new Sketch();
    return s.finish(...shapes.map((shape, k) => s.relu(`r${k}`, s.input(...shape, `x${k}`))));
  };

  test.each([
    ['2 inputs where the original has 1', identity([1, 2, 2]), identity([1, 2, 2], [1, 2, 2])],
    ['input of 1×2×3 where the original has 1×2×2', identity([1, 2, 2]), identity([1, 2, 3])],
  ])('when there are %s', async (reason, original, converted) => {
    const verdict = await verify(original, converted);
    if (verdict.verdict !== 'undecided') throw new Error(verdict.verdict);
    expect(verdict.reason).toContain('cannot be compared');
    expect(verdict.reason).toContain(reason);
    expect(verdict.firstDifference).toBeNull();
  });

  test('when an output has another shape', async () => {
    const sum = (pools: boolean): Model => {
      const s = new Sketch();
      const x = s.input(2, 4, 4);
      return s.finish(pools ? s.globalAveragePool('pool', x) : s.relu('relu', x));
    };
    const verdict = await verify(sum(true), sum(false));
    if (verdict.verdict !== 'undecided') throw new Error(verdict.verdict);
    expect(verdict.reason).toContain('output of 2×4×4 where the original has 2×1×1');
  });
});
