/** Shortcuts around GELU and its like: the halves f(x) and f(−x) differ by x, once. */
import { describe, expect, test } from 'vitest';
import { convert, type Conversion } from '../../src/convert/convert.ts';
import type { Strategy } from '../../src/convert/strategy.ts';
import type { OpaqueFunction, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built, disagreement, randomInputs, Sketch, tampered } from './support.ts';

function smooth(s: Sketch, name: string, x: TensorId, of: OpaqueFunction): TensorId {
  const [alpha, beta] = of === 'hardSwish' ? [1 / 6, 0.5] : [0, 0];
  return s.builder.add({ kind: 'opaque', name, inputs: [x], function: of, alpha, beta });
}

/** A ConvNeXt block with batch norms, `inner` in place of its activation. */
function mixer(inner: (s: Sketch, x: TensorId) => TensorId): Model {
  const s = new Sketch(3);
  const x = s.input({ channels: 4, height: 5, width: 4 });
  const mixed = s.batchNorm('bn', s.conv('dw', x, 4, { kernel: 3, groups: 4 }));
  const bent = inner(s, s.conv('pw', mixed, 6, { bias: true }));
  return s.done(s.add('add', x, s.conv('out', bent, 4, { kernel: 3, bias: true })));
}

function converted(model: Model, strategy: Strategy, fuse = false): Conversion {
  const inputRange = { lower: -3, upper: 3 };
  return built(convert(model, { strategy, inputRange, foldBatchNorm: fuse, fuse }));
}

describe.each(['gelu', 'geluTanh', 'silu', 'hardSwish'] as const)('%s', (of) => {
  const model = mixer((s, x) => smooth(s, 'act', x, of));

  test.each(['auto', 'split'] as const)('goes by halves under %s', (strategy) => {
    for (const fuse of [false, true]) {
      const conversion = converted(model, strategy, fuse);
      expect(conversion.kept).toEqual([]);
      expect(conversion.removed).toMatchObject([{ strategy: 'split', reserved: 8 }]);
      for (const seed of [1, 2, 3]) {
        const inputs = randomInputs(model, seed, 20);
        expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
      }
    }
  });

  test.each([
    ['nonnegative', /nothing that all activations leave as it is/],
    ['shift', /nothing that all activations leave as it is/],
    ['prelu', new RegExp(`no kernel has act \\(${of}\\) on some channels only`)],
  ] as const)('%s does not apply', (strategy, reason) => {
    const { kept } = converted(model, strategy);
    expect(kept.map(({ reason: said }) => said)).toEqual([expect.stringMatching(reason)]);
  });

  test('one half alone would be seen', () => {
    const { model: plain } = converted(model, 'split');
    const wrong = tampered(plain, 'out', (weight) => weight.fill(0, 4 * 9, 8 * 9));
    expect(disagreement(model, wrong, randomInputs(model, 1, 3))).toBeGreaterThan(1);
  });
});

test.each([
  ['a second one', 'silu', /halves of act \(silu\) are bent again by a second activation/],
  ['a ReLU behind it', 'relu', /bent again by a second activation/],
] as const)('%s stays', (_, second, reason) => {
  const model = mixer((s, x) => {
    const first = s.conv('mid', smooth(s, 'act', x, 'silu'), 6);
    return second === 'relu' ? s.relu('second', first) : smooth(s, 'second', first, second);
  });
  expect(converted(model, 'auto').kept[0].reason).toMatch(reason);
});

test('one behind a ReLU stays', () => {
  const model = mixer((s, x) => smooth(s, 'act', s.conv('mid', s.relu('first', x), 6), 'gelu'));
  const { kept } = converted(model, 'auto');
  expect(kept[0].reason).toMatch(/halves of act \(gelu\) are no longer what they were/);
});

test('tanh has no such halves', () => {
  const { kept } = converted(
    mixer((s, x) => smooth(s, 'act', x, 'tanh')),
    'auto',
  );
  expect(kept[0].reason).toMatch(/act \(opaque\) on the branch cannot pass the input on/);
});
