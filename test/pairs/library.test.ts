/**
 * Is the library honest? Correct pairs agree and wrong ones differ, judged by the reference evaluator.
 *
 * An `exact` pair may differ by what float64 evaluation loses, a `rounded` one also by one rounding – half
 * a unit in the last place – of every converted parameter. A wrong pair must differ by more than that.
 */
import { describe, expect, test } from 'vitest';
import { gap, inputsOf, type Gap } from './gap.ts';
import { correctPairs, hardPairs, selfPairs, wrongPairs } from './library.ts';
import type { Pair } from './pair.ts';
import { Random } from '../../src/networks/random.ts';
import { wasRounded } from '../../src/networks/sketch.ts';

function gaps(pair: Pair): Gap[] {
  const rounds = wasRounded(pair.original) || wasRounded(pair.converted);
  const forgiven = { original: 0, converted: rounds ? 0.5 : 0 };
  return inputsOf(pair, new Random(31)).map((inputs) => gap(pair, inputs, forgiven));
}

describe('correct pairs', () => {
  test.each([...correctPairs(), ...hardPairs()].map((pair) => [pair.name, pair] as const))(
    '%s',
    (_, pair) => {
      expect(pair.expected).not.toBe('different');
      expect(wasRounded(pair.original)).toBe(false);
      expect(wasRounded(pair.converted)).toBe(pair.expected === 'rounded');
      const found = gaps(pair);
      for (const { excess } of found) expect(excess).toBeLessThanOrEqual(0);
      // A function that ignores its input would agree with anything.
      expect(new Set(found.map(({ size }) => size)).size).toBeGreaterThan(1);
    },
  );
});

describe('wrong pairs', () => {
  test.each(wrongPairs().map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    expect(pair.expected).toBe('different');
    expect(Math.max(...gaps(pair).map(({ excess }) => excess))).toBeGreaterThan(0);
  });
});

test('names are unique, wrong ones say so', () => {
  const all = [...correctPairs(), ...hardPairs(), ...selfPairs(), ...wrongPairs()];
  expect(new Set(all.map((pair) => pair.name)).size).toBe(all.length);
  for (const pair of all) {
    expect(pair.name.startsWith('wrong-')).toBe(pair.expected === 'different');
  }
});
