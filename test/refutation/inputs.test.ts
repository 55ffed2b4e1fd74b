/** Candidate inputs: float32, inside the range as stated, and of the kinds that are promised. */
import { describe, expect, test } from 'vitest';
import { candidateInputs, type InputRange } from '../../src/refutation/inputs.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function model() {
  const sketch = new Sketch();
  return sketch.finish(sketch.relu('relu', sketch.input(2, 5, 7)));
}

function inputs(range: InputRange | null): number[][] {
  return Array.from(candidateInputs(model(), range), ([values]) => [...values]);
}

describe('inside the range', () => {
  // 0.1 is above the nearest float32 below it, and below the nearest above: ends must be rounded inward.
  test.each([
    { lower: 0.1, upper: 0.7 },
    { lower: -0.7, upper: -0.1 },
    { lower: 0, upper: 1 },
    { lower: 2, upper: 2 },
    { lower: -1e-50, upper: 3 },
    { lower: 0, upper: Infinity },
    { lower: -Infinity, upper: 5000 },
  ])('[$lower, $upper]', ({ lower, upper }) => {
    const all = inputs({ lower, upper });
    expect(all.length).toBeGreaterThan(0);
    for (const x of all.flat()) {
      expect(x).toBeGreaterThanOrEqual(lower);
      expect(x).toBeLessThanOrEqual(upper);
      expect(Number.isFinite(x)).toBe(true);
      expect(Math.fround(x)).toBe(x);
    }
  });

  test('a range without a float32 in it has no inputs', () => {
    expect(inputs({ lower: 0.1, upper: 0.1 })).toEqual([]);
  });
});

test('both ends everywhere, a border and a single pixel are among them', () => {
  const all = inputs({ lower: -1, upper: 3 });
  const constant = (value: number): number[] => new Array<number>(70).fill(value);
  expect(all).toContainEqual(constant(-1));
  expect(all).toContainEqual(constant(3));
  const inside = (k: number): boolean =>
    k % 7 > 0 && k % 7 < 6 && Math.floor(k / 7) % 5 > 0 && Math.floor(k / 7) % 5 < 4;
  expect(all.some((x) => x.every((value, k) => (value === 0) === inside(k)))).toBe(true);
  const bright = constant(0).map((_, k) => (k % 35 === 17 ? 3 : 0));
  expect(all).toContainEqual(bright);
});

test('they are the same every time', () => {
  expect(inputs(null)).toEqual(inputs(null));
});
