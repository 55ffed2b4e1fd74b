/** Whole networks: what they become, how much they grow, and that they compute the same function. */
import { describe, expect, test } from 'vitest';
import { cifarResnet, preActivationResnet } from '../../src/blocks/cifar-resnet.ts';
import { mobilenetV2 } from '../../src/blocks/mobilenet-v2.ts';
import { resnet } from '../../src/blocks/resnet.ts';
import { convert, type ConvertOptions } from '../../src/convert/convert.ts';
import type { Model } from '../../src/model/model.ts';
import { besideNoise, built, randomInputs, Sketch, tampered, trainable } from './support.ts';

const image = { height: 24, width: 40 };
const plain: ConvertOptions = {
  strategy: 'auto',
  inputRange: null,
  foldBatchNorm: false,
  fuse: false,
};
const everything: ConvertOptions = { ...plain, foldBatchNorm: true, fuse: true };

function expectSameFunction(model: Model, converted: Model): void {
  const { gap, noise } = besideNoise(model, converted, randomInputs(model, 3, 1));
  expect(noise).toBeGreaterThan(0);
  expect(gap).toBeLessThanOrEqual(noise);
}

describe('parameters grow as the RM operation predicts', () => {
  test.each([
    [18, 20.18],
    [34, 40.38],
  ] as const)('ResNet-%i to %f million', (depth, millions) => {
    const model = built(resnet(depth, { seed: 1, image }));
    const { model: folded, removed } = built(convert(model, { ...plain, foldBatchNorm: true }));
    expect(removed).toHaveLength(depth === 18 ? 8 : 16);
    expect(removed.every((block) => block.strategy === 'nonnegative')).toBe(true);
    expect(Math.round(trainable(folded) / 1e4) / 100).toBeCloseTo(millions, 5);
  });

  test('a block of equal width exactly doubles its convolutions', () => {
    const s = new Sketch(1);
    const x = s.relu('r', s.input({ channels: 8, height: 5, width: 4 }));
    const inner = s.relu('relu', s.conv('a', x, 8, { kernel: 3 }));
    const model = s.done(s.add('add', x, s.conv('b', inner, 8, { kernel: 3 })));
    expect(trainable(built(convert(model, plain)).model)).toBe(2 * trainable(model));
  });

  test('MobileNetV2 to 7.5 million, fused, by prelu', () => {
    const model = built(mobilenetV2({ seed: 1, image }));
    const options: ConvertOptions = { ...everything, strategy: 'prelu' };
    const { model: fused, removed, kept } = built(convert(model, options));
    expect(removed).toHaveLength(10);
    expect(kept).toEqual([]);
    expect(trainable(fused) / 1e6).toBeGreaterThan(7.5);
    expect(trainable(fused) / 1e6).toBeLessThan(7.54);
    // The stem, then depthwise and pointwise in turn up to the head: a MobileNetV1.
    const groups = fused.layers.flatMap((l) => (l.kind === 'conv' ? [l.groups > 1] : []));
    expect(groups).toEqual([false, ...Array.from({ length: 34 }, (_, k) => k % 2 === 0)]);
  });
});

describe('whole networks compute the same function', () => {
  const mobile = built(mobilenetV2({ seed: 2, image, width: 0.35, classes: 10 }));
  const cases: readonly (readonly [string, Model, ConvertOptions])[] = [
    ['ResNet-18, two stages', built(resnet(18, { seed: 2, image, stages: 2 })), plain],
    [
      'ResNet-50, first stage, folded',
      built(resnet(50, { seed: 2, image, stages: 1 })),
      everything,
    ],
    ['MobileNetV2, prelu, fused', mobile, { ...everything, strategy: 'prelu' }],
    ['MobileNetV2, shift, fused', mobile, { ...everything, strategy: 'shift' }],
    ['MobileNetV2, split', mobile, { ...plain, strategy: 'split' }],
    ['CIFAR ResNet-14, folded', built(cifarResnet({ depth: 14, seed: 2, image })), everything],
    ['pre-activation ResNet-14', built(preActivationResnet({ depth: 14, seed: 2, image })), plain],
  ];
  test.each(cases)('%s', (_, model, options) => {
    const { model: converted, kept } = built(convert(model, options));
    expect(kept).toEqual([]);
    expect(converted.layers.some((layer) => layer.kind === 'add')).toBe(false);
    expectSameFunction(model, converted);
  });

  test('1,202 layers convert and stay the same function', () => {
    const size = { height: 4, width: 6 };
    const model = built(cifarResnet({ depth: 1202, seed: 2, image: size }));
    const { model: converted, removed } = built(convert(model, everything));
    expect(removed).toHaveLength(600);
    expect(converted.layers.some((layer) => layer.kind === 'add')).toBe(false);
    expectSameFunction(model, converted);
  });
});

test('one convolution off by a thousandth is more than rounding noise', () => {
  const model = built(cifarResnet({ depth: 14, seed: 2, image }));
  const { model: converted } = built(convert(model, everything));
  const wrong = tampered(converted, 'layer2.0.conv1', (weight) => {
    weight.forEach((w, i) => (weight[i] = w * 1.001));
  });
  const { gap, noise } = besideNoise(model, wrong, randomInputs(model, 3, 1));
  expect(gap).toBeGreaterThan(noise);
});
