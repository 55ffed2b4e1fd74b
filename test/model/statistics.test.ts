import { expect, test } from 'vitest';
import { ModelBuilder } from '../../src/model/builder.ts';
import type { LayerSpec, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { noPadding } from '../../src/model/shape.ts';
import { statistics } from '../../src/model/statistics.ts';

const one = { y: 1, x: 1 };

function conv(input: TensorId, weight: Float32Array, groups: number): LayerSpec {
  return {
    kind: 'conv',
    name: 'conv',
    inputs: [input],
    weight,
    bias: null,
    outChannels: 4,
    kernel: { y: 3, x: 3 },
    groups,
    strides: { y: 2, x: 2 },
    dilations: one,
    pads: { top: 1, left: 1, bottom: 1, right: 1 },
  };
}

function finish(builder: ModelBuilder): Model {
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

test('a grouped, strided, padded convolution', () => {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: 4, height: 5, width: 7 });
  builder.output('y', builder.add(conv(x, new Float32Array(4 * 2 * 9), 2)));
  const { parameters, macs, peakActivationBytes } = statistics(finish(builder));
  expect(parameters).toBe(72);
  // 3×4 pixels of 4 channels, each a sum over 2 channels of 9 taps.
  expect(macs).toBe(3 * 4 * 4 * 2 * 9);
  expect(peakActivationBytes).toBe(4 * (4 * 5 * 7 + 4 * 3 * 4));
});

test('batch norm counts four a channel, a dense layer its weights and biases, shared arrays once', () => {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: 3, height: 1, width: 1 }, 'vector');
  const ones = (): Float32Array => new Float32Array(3).fill(1);
  const norm = builder.add({
    kind: 'batchNorm',
    name: 'norm',
    inputs: [x],
    scale: ones(),
    offset: ones(),
    mean: ones(),
    variance: ones(),
    epsilon: 0,
  });
  const shared = new Float32Array(9);
  const dense = (input: TensorId): TensorId =>
    builder.add({
      kind: 'dense',
      name: 'dense',
      inputs: [input],
      weight: shared,
      bias: new Float32Array(3),
      outChannels: 3,
    });
  builder.output('y', dense(dense(norm)), 'vector');
  const found = statistics(finish(builder));
  expect(found.parameters).toBe(12 + 9 + 3 + 3);
  expect(found.layers.map((layer) => layer.parameters)).toEqual([12, 12, 12]);
  expect(found.macs).toBe(18);
});

test('a shortcut keeps its tensor alive to the addition', () => {
  const shape = { channels: 2, height: 3, width: 3 };
  const size = 4 * 18;
  const build = (residual: boolean): Model => {
    const builder = new ModelBuilder();
    const x = builder.input('x', shape);
    const relu = (input: TensorId): TensorId =>
      builder.add({ kind: 'relu', name: 'relu', inputs: [input] });
    const end = relu(relu(relu(x)));
    const last = { kind: 'add', name: 'sum', inputs: [end, x] } as const;
    builder.output('y', residual ? builder.add(last) : relu(end));
    return finish(builder);
  };
  expect(statistics(build(false)).peakActivationBytes).toBe(2 * size);
  expect(statistics(build(true)).peakActivationBytes).toBe(3 * size);
});

test('outputs stay, results nobody reads go, a tensor read twice is freed once', () => {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: 1, height: 1, width: 1 });
  const relu = (input: TensorId): TensorId =>
    builder.add({ kind: 'relu', name: 'relu', inputs: [input] });
  const early = relu(x);
  builder.output('early', early);
  relu(early);
  const twice = builder.add({ kind: 'add', name: 'twice', inputs: [early, early] });
  const pool = {
    kind: 'maxPool',
    kernel: one,
    strides: one,
    dilations: one,
    pads: noPadding,
  } as const;
  builder.output('late', builder.add({ ...pool, name: 'pool', inputs: [twice] }));
  // Alive while the pool runs: early, twice, late.
  expect(statistics(finish(builder)).peakActivationBytes).toBe(3 * 4);
});
