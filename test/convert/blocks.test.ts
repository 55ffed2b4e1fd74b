import { describe, expect, test } from 'vitest';
import { convert } from '../../src/convert/convert.ts';
import { blockCases, type Explicit } from './cases.ts';
import { built, disagreement, randomInputs, tampered } from './support.ts';

const inputRange = { lower: -3, upper: 3 };
const explicit: readonly Explicit[] = ['nonnegative', 'prelu', 'split', 'shift'];
const passes = [
  { foldBatchNorm: false, fuse: false },
  { foldBatchNorm: true, fuse: false },
  { foldBatchNorm: false, fuse: true },
  { foldBatchNorm: true, fuse: true },
];

describe.each(blockCases)('$name', ({ model, removedBy }) => {
  describe.each(['auto' as const, ...explicit])('%s', (strategy) => {
    test.each(passes)('fold $foldBatchNorm, fuse $fuse', (pass) => {
      const conversion = built(convert(model, { strategy, inputRange, ...pass }));
      const applies = strategy === 'auto' || removedBy.includes(strategy);
      const names = model.layers.flatMap(({ kind, name }) => (kind === 'add' ? [name] : []));
      const left = conversion.model.layers.filter((layer) => layer.kind === 'add').length;
      if (applies) {
        expect(conversion.kept).toEqual([]);
        expect(left).toBe(0);
        const gone = conversion.merged.flatMap(({ layers }) => layers);
        const merged = names.filter((name) => gone.includes(name));
        expect([...merged, ...conversion.removed.map(({ add }) => add)].sort()).toEqual(
          names.sort(),
        );
      } else {
        expect(conversion.kept.length).toBeGreaterThan(0);
        expect(left).toBe(conversion.kept.length);
      }
      for (const seed of [1, 2, 3]) {
        const inputs = randomInputs(model, seed, 3);
        expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
      }
      const again = built(convert(conversion.model, { strategy, inputRange, ...pass }));
      expect(again.model).toBe(conversion.model);
      expect(again.merged).toEqual([]);
      expect(again.removed).toEqual([]);
    });
  });

  test('prelu and split hold for inputs of any size', () => {
    for (const strategy of ['prelu', 'split'] as const) {
      const options = { strategy, inputRange: null, foldBatchNorm: false, fuse: false };
      const conversion = built(convert(model, options));
      expect(conversion.kept).toEqual([]);
      const inputs = randomInputs(model, 4, 1000);
      expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
    }
  });
});

describe('the comparison itself', () => {
  const [{ model }] = blockCases;
  const options = { inputRange: null, foldBatchNorm: false, fuse: false };
  const { model: converted } = built(convert(model, { strategy: 'nonnegative', ...options }));

  test.each(['b.conv1', 'b.conv2'])('sees one weight of %s off by a thousandth', (name) => {
    const wrong = tampered(converted, name, (weight) => {
      weight[weight.length - 5] *= 1.001;
    });
    const gaps = [1, 2, 3].map((seed) => disagreement(model, wrong, randomInputs(model, seed, 3)));
    expect(Math.max(...gaps)).toBeGreaterThan(1);
  });

  test('sees a reserved channel that reads a neighbouring pixel', () => {
    const wrong = tampered(converted, 'b.conv1', (weight) => {
      const at = weight.indexOf(1);
      [weight[at], weight[at + 1]] = [weight[at + 1], weight[at]];
    });
    expect(disagreement(model, wrong, randomInputs(model, 1, 3))).toBeGreaterThan(1);
  });
});
