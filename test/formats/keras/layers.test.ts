import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectSameFunction } from './saved-model.ts';

const { layers } = tf;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Stack = readonly tf.layers.Layer[];

function sequential(stack: Stack): tf.LayersModel {
  return tf.sequential({ layers: [...stack] });
}

/** Small, non-square, with strides that do not divide the sides: borders count. */
const inputShape = [7, 6, 3];

const single: Readonly<Record<string, () => Stack>> = {
  'Conv2D valid, no bias': () => [
    layers.conv2d({ inputShape, filters: 4, kernelSize: [3, 2], useBias: false }),
  ],
  'Conv2D same, even kernel, stride 2': () => [
    layers.conv2d({ inputShape, filters: 4, kernelSize: 4, strides: 2, padding: 'same' }),
  ],
  'Conv2D same, stride [2,1]': () => [
    layers.conv2d({ inputShape, filters: 2, kernelSize: 3, strides: [2, 1], padding: 'same' }),
  ],
  'Conv2D dilated': () => [
    layers.conv2d({ inputShape, filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same' }),
  ],
  'Conv2D with a fused activation': () => [
    layers.conv2d({ inputShape, filters: 4, kernelSize: 1, activation: 'relu' }),
  ],
  DepthwiseConv2D: () => [
    layers.depthwiseConv2d({ inputShape, kernelSize: 3, strides: 2, padding: 'same' }),
  ],
  'DepthwiseConv2D, depth multiplier 3': () => [
    layers.depthwiseConv2d({
      inputShape,
      kernelSize: [2, 3],
      depthMultiplier: 3,
      activation: 'relu6',
    }),
  ],
  SeparableConv2D: () => [
    layers.separableConv2d({ inputShape, filters: 5, kernelSize: 3, padding: 'same' }),
  ],
  BatchNormalization: () => [layers.batchNormalization({ inputShape, epsilon: 0.01 })],
  'BatchNormalization without scale': () => [
    layers.batchNormalization({ inputShape, scale: false }),
  ],
  'BatchNormalization without center': () => [
    layers.batchNormalization({ inputShape, center: false, axis: 3 }),
  ],
  ZeroPadding2D: () => [
    layers.zeroPadding2d({
      inputShape,
      padding: [
        [0, 2],
        [1, 3],
      ],
    }),
  ],
  'MaxPooling2D same': () => [
    layers.maxPooling2d({ inputShape, poolSize: 3, strides: 2, padding: 'same' }),
  ],
  'MaxPooling2D default strides': () => [layers.maxPooling2d({ inputShape, poolSize: [3, 2] })],
  'AveragePooling2D same leaves the padding out': () => [
    layers.averagePooling2d({ inputShape, poolSize: 3, strides: 2, padding: 'same' }),
  ],
  GlobalAveragePooling2D: () => [layers.globalAveragePooling2d({ inputShape })],
  GlobalMaxPooling2D: () => [layers.globalMaxPooling2d({ inputShape })],
  ReLU: () => [layers.reLU({ inputShape })],
  'ReLU with a maximum': () => [layers.reLU({ inputShape, maxValue: 1.7 })],
  LeakyReLU: () => [layers.leakyReLU({ inputShape, alpha: 0.2 })],
  ELU: () => [layers.elu({ inputShape })],
  'PReLU shared over space': () => [layers.prelu({ inputShape, sharedAxes: [1, 2] })],
  'PReLU shared over everything': () => [layers.prelu({ inputShape, sharedAxes: [1, 2, 3] })],
  'Softmax over channels': () => [layers.softmax({ inputShape, axis: 3 })],
  'Dropout, SpatialDropout and noise': () => [
    layers.dropout({ inputShape, rate: 0.5 }),
    layers.gaussianNoise({ stddev: 2 }),
    layers.gaussianDropout({ rate: 0.5 }),
    layers.alphaDropout({ rate: 0.5 }),
  ],
  'Flatten and Dense': () => [layers.flatten({ inputShape }), layers.dense({ units: 3 })],
  'Dense on a vector': () => [layers.dense({ inputShape: [5], units: 3, activation: 'softmax' })],
  'Dense on an image': () => [layers.dense({ inputShape, units: 4 })],
  'Reshape to a pixel and back': () => [
    layers.dense({ inputShape: [4], units: 6 }),
    layers.reshape({ targetShape: [1, 1, 6] }),
    layers.conv2d({ filters: 3, kernelSize: 1 }),
    layers.reshape({ targetShape: [-1] }),
  ],
  'Reshape to a vector': () => [layers.reshape({ inputShape, targetShape: [-1] })],
};

describe('a layer means what tfjs computes', () => {
  test.each(Object.keys(single))('%s', async (name) => {
    await expectSameFunction(sequential(single[name]()), 3);
  });

  const activations = [
    'linear',
    'relu',
    'relu6',
    'softmax',
    'sigmoid',
    'tanh',
    'hardSigmoid',
  ] as const;
  const more = ['swish', 'elu', 'gelu', 'gelu_new'] as const;
  test.each([...activations, ...more])('Activation %s', async (activation) => {
    await expectSameFunction(sequential([layers.activation({ inputShape, activation })]), 5);
  });

  test('SeparableConv2D, depth multiplier 2, which tfjs forgets to write', async () => {
    const layer = layers.separableConv2d({
      inputShape,
      filters: 5,
      kernelSize: 3,
      depthMultiplier: 2,
      activation: 'relu',
    });
    await expectSameFunction(sequential([layer]), 3, (json) =>
      json.replace('"filters":5', '"filters":5,"depth_multiplier":2'),
    );
  });

  test('Add of three, Multiply, Concatenate', async () => {
    const x = tf.input({ shape: [4, 5, 2] });
    const conv = (): tf.SymbolicTensor => {
      const layer = layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same' });
      return layer.apply(x) as tf.SymbolicTensor;
    };
    const sum = layers.add().apply([conv(), x, conv()]) as tf.SymbolicTensor;
    const product = layers.multiply().apply([sum, conv()]) as tf.SymbolicTensor;
    const joined = layers.concatenate().apply([product, x, sum]) as tf.SymbolicTensor;
    const read = await expectSameFunction(tf.model({ inputs: x, outputs: joined }), 7);
    expect(read.layers.filter((layer) => layer.kind === 'add').length).toBe(2);
  });

  test('several inputs and outputs, in their order', async () => {
    const a = tf.input({ shape: [3, 3, 2], name: 'a' });
    const b = tf.input({ shape: [4], name: 'b' });
    const left = layers.conv2d({ filters: 1, kernelSize: 2 }).apply(a) as tf.SymbolicTensor;
    const right = layers.dense({ units: 2 }).apply(b) as tf.SymbolicTensor;
    const read = await expectSameFunction(tf.model({ inputs: [b, a], outputs: [left, right] }), 9);
    expect(read.inputs.map((port) => port.name)).toEqual(['b', 'a']);
    expect(read.outputs.map((port) => port.layout)).toEqual(['nhwc', 'vector']);
  });

  test('a shared layer is added once for every call', async () => {
    const x = tf.input({ shape: [5, 5, 2] });
    const shared = layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', name: 'shared' });
    const once = shared.apply(x) as tf.SymbolicTensor;
    const twice = shared.apply(layers.reLU().apply(once)) as tf.SymbolicTensor;
    const read = await expectSameFunction(tf.model({ inputs: x, outputs: [twice, once] }), 11);
    const convs = read.layers.filter((layer) => layer.kind === 'conv');
    expect(convs.map((layer) => layer.name)).toEqual(['shared', 'shared#2']);
    expect(convs[0].weight).toBe(convs[1].weight);
  });

  test('a model inside a model inside a model', async () => {
    const inner = sequential([
      layers.conv2d({ inputShape: [6, 5, 2], filters: 2, kernelSize: 3, padding: 'same' }),
      layers.batchNormalization({}),
    ]);
    const middle = tf.sequential({ layers: [inner, layers.reLU()] });
    const x = tf.input({ shape: [6, 5, 2] });
    const y = layers.add().apply([middle.apply(x) as tf.SymbolicTensor, x]) as tf.SymbolicTensor;
    const read = await expectSameFunction(tf.model({ inputs: x, outputs: y }), 13);
    expect(read.layers.map((layer) => layer.kind)).toEqual(['conv', 'batchNorm', 'relu', 'add']);
  });

  test('a model called twice', async () => {
    const inner = sequential([layers.conv2d({ inputShape: [6, 5, 2], filters: 2, kernelSize: 1 })]);
    const x = tf.input({ shape: [6, 5, 2] });
    const once = inner.apply(x) as tf.SymbolicTensor;
    const twice = inner.apply(layers.reLU().apply(once)) as tf.SymbolicTensor;
    await expectSameFunction(tf.model({ inputs: x, outputs: [twice, once] }), 15);
  });
});
