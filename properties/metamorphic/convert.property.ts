/**
 * Claims: convert is a function of the model alone, leaves it as it was, and is the identity on what it
 * made. Expected: holds, for every family of the catalogue and every choice of options.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert, type ConvertOptions } from '../../src/convert/convert.ts';
import { strategies } from '../../src/convert/strategy.ts';
import { built } from '../../test/blocks/support.ts';
import { arbitraryNetwork, drawNetwork } from '../../src/networks/network.ts';
import { hold } from '../runs.ts';

const arbitraryOptions: fc.Arbitrary<ConvertOptions> = fc.record({
  strategy: fc.constantFrom(...strategies),
  inputRange: fc.constantFrom(null, { lower: -1, upper: 2 }),
  foldBatchNorm: fc.boolean(),
  fuse: fc.boolean(),
});

test('convert is deterministic, leaves its input alone, and is the identity on its output', async () => {
  await hold(
    fc.property(arbitraryNetwork(), arbitraryOptions, (recipe, options) => {
      const model = drawNetwork(recipe).original;
      const first = built(convert(model, options));
      expect(model).toEqual(drawNetwork(recipe).original);
      expect(built(convert(drawNetwork(recipe).original, options))).toEqual(first);
      const again = built(convert(first.model, options));
      expect(again.model).toBe(first.model);
      expect(again.removed).toEqual([]);
    }),
    { runs: 100 },
  );
});
