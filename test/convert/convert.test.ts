import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { convert, type ConvertOptions } from '../../src/convert/convert.ts';
import type { Strategy } from '../../src/convert/strategy.ts';
import type { Model } from '../../src/model/model.ts';
import { built, parametersOf, Sketch } from './support.ts';

const plain: ConvertOptions = {
  strategy: 'auto',
  inputRange: null,
  foldBatchNorm: false,
  fuse: false,
};
const everything: ConvertOptions = { ...plain, foldBatchNorm: true, fuse: true };

function digest(model: Model): string {
  const hash = createHash('sha256');
  for (const values of parametersOf(model)) hash.update(values);
  const structure = model.layers.map(({ kind, name, inputs, output }) => [
    kind,
    name,
    inputs,
    output,
  ]);
  return hash.update(JSON.stringify([structure, model.tensors])).digest('hex');
}

describe('laws of the conversion', () => {
  const model = built(cifarResnet({ depth: 14, seed: 4, image: { height: 9, width: 12 } }));
  const strategies: readonly Strategy[] = ['auto', 'nonnegative', 'prelu', 'split', 'shift'];

  test.each(strategies)(
    '%s: the source stays as it was, and the result is determined',
    (strategy) => {
      const before = digest(model);
      const first = built(convert(model, { ...everything, strategy }));
      const second = built(convert(model, { ...everything, strategy }));
      expect(digest(model)).toBe(before);
      expect(digest(second.model)).toBe(digest(first.model));
      expect(second.removed).toEqual(first.removed);
    },
  );

  test('a model without shortcuts comes back as the very same object', () => {
    const s = new Sketch(2);
    const x = s.input({ channels: 2, height: 3, width: 5 });
    const source = s.done(s.relu('r', s.batchNorm('bn', s.conv('c', x, 3, { kernel: 3 }))));
    expect(built(convert(source, plain)).model).toBe(source);
  });

  test('what a fused layer reveals is used: converting stops only where nothing is left to do', () => {
    const s = new Sketch(2);
    const x = s.input({ channels: 1, height: 3, width: 5 });
    const twice = s.conv('a', x, 2);
    const fork = s.conv('b', twice, 1);
    const inner = s.relu('relu', s.conv('c', fork, 2, { kernel: 3 }));
    const drawn = s.done(s.add('add', fork, s.conv('d', inner, 1, { kernel: 3 })));
    // b(a(x)) = 2·x + 1·(−x): of unknown sign layer by layer, and x itself as one layer.
    const weights: Record<string, Float32Array> = {
      a: Float32Array.of(1, -1),
      b: Float32Array.of(2, 1),
    };
    const layers = drawn.layers.map((layer) =>
      layer.kind === 'conv' && layer.name in weights
        ? { ...layer, weight: weights[layer.name] }
        : layer,
    );
    const source = { ...drawn, layers };
    const options: ConvertOptions = {
      ...everything,
      strategy: 'nonnegative',
      inputRange: { lower: 0, upper: 1 },
    };
    expect(built(convert(source, { ...options, fuse: false })).kept).toHaveLength(1);
    const conversion = built(convert(source, options));
    expect(conversion.kept).toEqual([]);
    expect(built(convert(conversion.model, options)).model).toBe(conversion.model);
  });

  test('layers keep their names, and the merged batch norm is gone', () => {
    const { model: converted } = built(convert(model, plain));
    const names = converted.layers.map((layer) => layer.name);
    expect(names).toContain('layer1.0.conv1');
    expect(names).toContain('layer1.0.conv2');
    expect(names).not.toContain('layer1.0.bn2');
    expect(names).not.toContain('layer2.0.downsample.0');
  });
});

describe('options that make no sense are failures, not exceptions', () => {
  const model = built(cifarResnet({ depth: 8, seed: 4 }));
  test.each([
    ['reversed range', { ...plain, inputRange: { lower: 1, upper: 0 } }],
    ['infinite range', { ...plain, inputRange: { lower: 0, upper: Infinity } }],
    ['a range that is no number', { ...plain, inputRange: { lower: NaN, upper: 1 } }],
  ])('%s', (_, options) => {
    const result = convert(model, options);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.failure.code).toBe('bad-attribute');
  });

  test('a strategy that does not exist', () => {
    const options: ConvertOptions = JSON.parse(JSON.stringify({ ...plain, strategy: 'magic' }));
    const result = convert(model, options);
    expect(result.ok ? null : result.failure.code).toBe('bad-attribute');
  });

  test('a folded coefficient that overflows float32', () => {
    const s = new Sketch(2);
    const x = s.conv('c', s.input({ channels: 1, height: 2, width: 2 }), 1);
    const one = Float32Array.of(1);
    const huge = Float32Array.of(3e38);
    const zero = Float32Array.of(0);
    const parameters = { scale: huge, offset: zero, mean: one, variance: one, epsilon: 0 };
    const source = s.done(
      s.builder.add({ kind: 'batchNorm', name: 'bn', inputs: [x], ...parameters }),
    );
    const loud = {
      ...source,
      layers: source.layers.map((l) =>
        l.kind === 'conv' ? { ...l, weight: Float32Array.of(9) } : l,
      ),
    };
    const result = convert(loud, { ...plain, foldBatchNorm: true });
    expect(result.ok ? null : result.failure.code).toBe('bad-value');
  });
});
