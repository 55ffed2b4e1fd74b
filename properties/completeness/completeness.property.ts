/**
 * Claims: a random network, converted correctly in a random style, is proved with the default options, but
 * for the gaps that known-gaps.ts names; and in those it is never refuted. Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verify } from '../../src/verify.ts';
import { arbitraryConversion, drawConversion } from '../arbitraries/conversion.ts';
import { families } from '../../src/networks/choice.ts';
import { hold, patience } from '../runs.ts';
import { knownGap } from './known-gaps.ts';
import { saveFailure } from './saved-failure.ts';

const options = { timeout: patience(120_000) };

test.each(families)(
  'a network of %s blocks, converted in any style, is proved',
  options,
  async (family) => {
    await hold(
      fc.asyncProperty(arbitraryConversion([family]), async (recipe) => {
        const { original, converted } = drawConversion(recipe);
        fc.pre(knownGap(recipe, original) === null);
        expect((await verify(original, converted)).verdict).toBe('proved');
      }),
      { runs: 12, describe: ([recipe]) => saveFailure(recipe) },
    );
  },
);

test('a network of any blocks, converted in any style, is proved', options, async () => {
  await hold(
    fc.asyncProperty(arbitraryConversion(), async (recipe) => {
      const { original, converted } = drawConversion(recipe);
      fc.pre(knownGap(recipe, original) === null);
      expect((await verify(original, converted)).verdict).toBe('proved');
    }),
    { runs: 50, describe: ([recipe]) => saveFailure(recipe) },
  );
});

test('a correct conversion that falls into a known gap is not refuted', options, async () => {
  await hold(
    fc.asyncProperty(arbitraryConversion(), async (recipe) => {
      const { original, converted } = drawConversion(recipe);
      fc.pre(knownGap(recipe, original) !== null);
      expect((await verify(original, converted)).verdict).not.toBe('refuted');
    }),
    { runs: 20, describe: ([recipe]) => saveFailure(recipe) },
  );
});
