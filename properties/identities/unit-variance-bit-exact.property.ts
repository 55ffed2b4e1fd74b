/**
 * Claim: fl(fl(1 − ε) + ε) is 1 for every float32 ε from 0 to 1.
 * Source: theorem unit-variance-bit-exact. Expected: holds; and for some ε beyond either end it does not.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hold } from '../runs.ts';

function sum(epsilon: number): number {
  return Math.fround(Math.fround(1 - epsilon) + epsilon);
}

test('the sum under the root is one', async () => {
  await hold(
    fc.property(fc.float({ min: 0, max: 1, noNaN: true }), (epsilon) => {
      expect(sum(epsilon)).toBe(1);
    }),
    { runs: 10_000 },
  );
});

test('not below zero, nor far above one', () => {
  const below = Array.from({ length: 100 }, (_, k) => Math.fround(-0.3 - k / 1000));
  expect(below.map(sum).filter((value) => value !== 1).length).toBeGreaterThan(0);
  expect(sum(2 ** 30)).toBe(0);
});
