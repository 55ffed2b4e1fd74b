/**
 * Claim: the conversions of arbitraries/ are correct, whatever a verifier says: on inputs of six magnitudes
 * the models differ by no more than the float64 bounds of the reference evaluator and one rounding of every
 * converted parameter explain. Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gap, inputsOf } from '../../test/pairs/gap.ts';
import { Random } from '../../src/networks/random.ts';
import { wasRounded } from '../../src/networks/sketch.ts';
import { hold } from '../runs.ts';
import { arbitraryConversion, drawConversion } from './conversion.ts';

test('a conversion in any style keeps the function', async () => {
  let exact = 0;
  await hold(
    fc.property(arbitraryConversion(), fc.nat(), (recipe, seed) => {
      const pair = drawConversion(recipe);
      expect(wasRounded(pair.original)).toBe(false);
      const rounded = wasRounded(pair.converted);
      if (!rounded) exact += 1;
      for (const inputs of inputsOf({ ...pair, inputRange: null }, new Random(seed))) {
        const forgiven = { original: 0, converted: rounded ? 1 : 0 };
        expect(gap(pair, inputs, forgiven).excess).toBeLessThanOrEqual(0);
      }
    }),
    { runs: 60 },
  );
  expect(exact).toBeGreaterThan(0);
});
