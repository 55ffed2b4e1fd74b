import { describe, expect, test } from 'vitest';
import { mobilenetV2 } from '../../src/blocks/mobilenet-v2.ts';
import { cifarResnet, preActivationResnet } from '../../src/blocks/cifar-resnet.ts';
import { Random } from '../../src/blocks/random.ts';
import { repVgg } from '../../src/blocks/rep-vgg.ts';
import { resnet } from '../../src/blocks/resnet.ts';
import { randomStatistics } from '../../src/blocks/statistics.ts';
import type { Model } from '../../src/model/model.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { built, randomInputs, trainable } from './support.ts';

const small = { height: 32, width: 32 };

describe('parameters (weights, biases, γ and β), as published for the architectures', () => {
  test.each([
    [18, 11_689_512],
    [34, 21_797_672],
    [50, 25_557_032],
  ] as const)('ResNet-%i', (depth, expected) => {
    expect(trainable(built(resnet(depth, { seed: 1, image: small })))).toBe(expected);
  });

  test('MobileNetV2', () => {
    expect(trainable(built(mobilenetV2({ seed: 1, image: small })))).toBe(3_504_872);
  });

  test('RepVGG beside ResNet-18: its 3×3, and a 1×1 and three batch norms, two where a stage begins', () => {
    const model = built(repVgg(18, { seed: 1, image: small }));
    const widths = [64, 128, 256, 512];
    const stem = 3 * 49 * 64 + 2 * 64;
    const blocks = widths.map((c, stage) => {
      const first = stage === 0 ? 10 * c * c + 6 * c : 10 * c * (c / 2) + 4 * c;
      return first + 3 * (10 * c * c + 6 * c);
    });
    const classifier = 1000 * 512 + 1000;
    expect(trainable(model)).toBe(blocks.reduce((sum, n) => sum + n, stem + classifier));
  });

  test('RM-RepVGG at r = 3/4 convolves to a quarter of the channels, but where the shape changes', () => {
    const model = built(repVgg(18, { seed: 1, image: small, reserve: 0.75 }));
    const widths = model.layers.flatMap((layer) =>
      layer.kind === 'conv' && layer.name.includes('rbr_dense') ? [layer.outChannels] : [],
    );
    const stage = (c: number): number[] => [c, c / 4, c / 4, c / 4];
    expect(widths).toEqual([16, 16, 16, 16, ...[128, 256, 512].flatMap(stage)]);
  });

  test('the first stage of ResNet-50 has three bottlenecks', () => {
    const model = built(resnet(50, { seed: 1, image: small, stages: 1, classes: 7 }));
    expect(model.layers.filter((layer) => layer.kind === 'add')).toHaveLength(3);
    expect(model.tensors[model.outputs[0].tensor].shape.channels).toBe(7);
  });

  test('a CIFAR ResNet of depth 6n+2 has that many weighted layers off the shortcuts', () => {
    const model = built(cifarResnet({ depth: 20, seed: 3 }));
    const weighted = model.layers.filter(
      (l) => (l.kind === 'conv' || l.kind === 'dense') && !l.name.includes('downsample'),
    );
    expect(weighted).toHaveLength(20);
  });
});

describe('requests that name no network are failures, not exceptions', () => {
  test.each([
    ['depth not 6n+2', cifarResnet({ depth: 21, seed: 0 })],
    ['depth of a block-free network', cifarResnet({ depth: 2, seed: 0 })],
    ['five stages', resnet(18, { seed: 0, image: small, stages: 5 })],
    ['every channel passing', repVgg(18, { seed: 0, image: small, reserve: 1 })],
    ['zero width', mobilenetV2({ seed: 0, image: small, width: 0 })],
    ['empty image', resnet(18, { seed: 0, image: { height: 0, width: 5 }, stages: 1 })],
  ])('%s', (_, result) => {
    expect(result.ok).toBe(false);
  });
});

test('a seed determines every weight, and another seed changes them', () => {
  const first = built(cifarResnet({ depth: 8, seed: 5 }));
  expect(built(cifarResnet({ depth: 8, seed: 5 }))).toEqual(first);
  expect(built(cifarResnet({ depth: 8, seed: 6 }))).not.toEqual(first);
});

test('batch norm statistics include negative and zero scales and both usual epsilons', () => {
  const random = new Random(1);
  const drawn = Array.from({ length: 16 }, () => randomStatistics(random, 64, 1));
  const scales = drawn.flatMap((s) => [...s.scale]);
  expect(scales.filter((v) => v === 0).length).toBeGreaterThan(8);
  expect(scales.filter((v) => v < 0).length).toBeGreaterThan(100);
  expect(new Set(drawn.map((s) => s.epsilon)).size).toBe(2);
});

/** Root mean square of the model's output on a random image. */
function outputSize(model: Model): number {
  const { values } = evaluate(model, randomInputs(model, 9, 1));
  const output = values.get(model.outputs[0].tensor) ?? new Float64Array(1);
  return Math.sqrt(output.reduce((sum, v) => sum + v * v, 0) / output.length);
}

describe('activations neither vanish nor explode', () => {
  test.each([
    [
      'CIFAR ResNet, 1,202 layers',
      () => cifarResnet({ depth: 1202, seed: 1, image: { height: 8, width: 8 } }),
    ],
    [
      'pre-activation, 1,202 layers',
      () => preActivationResnet({ depth: 1202, seed: 1, image: { height: 8, width: 8 } }),
    ],
    ['ResNet-18', () => resnet(18, { seed: 1, image: small })],
    ['ResNet-50', () => resnet(50, { seed: 1, image: small })],
    ['MobileNetV2', () => mobilenetV2({ seed: 1, image: small })],
    ['RepVGG', () => repVgg(18, { seed: 1, image: small })],
    ['RM-RepVGG', () => repVgg(34, { seed: 1, image: small, reserve: 0.75 })],
  ])('%s', (_, make) => {
    const size = outputSize(built(make()));
    expect(size).toBeGreaterThan(0.01);
    expect(size).toBeLessThan(100);
  });
});
