/**
 * The library of pairs through `verify`: proved with the grade deserved, or refuted with an input on which
 * the two really part – recomputed here, beyond the float64 error of both evaluations, and beyond what
 * rounded parameters do on that input. What is correct is never refuted, provable or not.
 */
import { describe, expect, test } from 'vitest';
import { verify } from '../../src/verify.ts';
import type { Refuted, Verdict } from '../../src/verdict/verdict.ts';
import { gap, gapOverNoise, inputsOf } from '../pairs/gap.ts';
import { correctPairs, hardPairs, wrongPairs } from '../pairs/library.ts';
import { gradeOf, type Pair } from '../pairs/pair.ts';
import { Random } from '../../src/networks/random.ts';

function judge(pair: Pair): Promise<Verdict> {
  return verify(pair.original, pair.converted, { inputRange: pair.inputRange });
}

const named = (pairs: readonly Pair[]): (readonly [string, Pair])[] =>
  pairs.map((pair) => [pair.name, pair]);

/** Whether some input tells the two apart from rounding; else nobody can be asked for one. */
function isVisible(pair: Pair): boolean {
  return inputsOf(pair, new Random(43)).some((inputs) => gapOverNoise(pair, inputs) > 1);
}

/** The counterexample lies in the range, shows a difference that is real, and says what the outputs are. */
function checkCounterexample(pair: Pair, { counterexample }: Refuted): void {
  const inputs = counterexample.inputs.map((values) => Float64Array.from(values));
  for (const values of inputs) {
    for (const value of values) {
      expect(Number.isFinite(value)).toBe(true);
      if (pair.inputRange === null) continue;
      expect(value).toBeGreaterThanOrEqual(pair.inputRange.lower);
      expect(value).toBeLessThanOrEqual(pair.inputRange.upper);
    }
  }
  expect(gap(pair, inputs, { original: 0, converted: 0 }).excess).toBeGreaterThan(0);
  if (isVisible(pair)) expect(gapOverNoise(pair, inputs)).toBeGreaterThan(1);
  const { originalOutput, convertedOutput, index } = counterexample;
  expect(counterexample.gap).toBe(Math.abs(originalOutput[index] - convertedOutput[index]));
  expect(counterexample.gap).toBeGreaterThan(counterexample.bound);
  // Every refutation is replayed on at least one real kernel.
  expect(counterexample.replays.length).toBeGreaterThan(0);
}

describe('correct pairs are proved', () => {
  test.each(named(correctPairs()))('%s', async (_, pair) => {
    expect(await judge(pair)).toMatchObject({ verdict: 'proved', grade: gradeOf(pair) });
  });
});

describe('correct pairs beyond the normal form are not refuted', () => {
  test.each(named(hardPairs()))('%s', async (_, pair) => {
    expect((await judge(pair)).verdict).not.toBe('refuted');
  });
});

describe('wrong pairs are refuted', () => {
  test.each(named(wrongPairs()))('%s', async (_, pair) => {
    const verdict = await judge(pair);
    if (verdict.verdict === 'refuted') checkCounterexample(pair, verdict);
    else expect(verdict.verdict).toBe(isVisible(pair) ? 'refuted' : 'undecided');
  });
});
