/** The reference evaluator on cases worked out by hand, and against convolution's definition. */
import { describe, expect, test } from 'vitest';
import { ModelBuilder } from '../../src/model/builder.ts';
import type { LayerSpec } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { noPadding, type Shape } from '../../src/model/shape.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';

const one = { y: 1, x: 1 };

function single(shape: Shape, layer: LayerSpec): Model {
  const builder = new ModelBuilder();
  builder.input('x', shape);
  builder.output('y', builder.add(layer));
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

function run(shape: Shape, layer: LayerSpec, x: readonly number[]): number[] {
  const model = single(shape, layer);
  const { values } = evaluate(model, [Float64Array.from(x)]);
  return [...(values.get(model.outputs[0].tensor) ?? [])];
}

describe('layers worked out by hand', () => {
  const row: Shape = { channels: 1, height: 1, width: 3 };
  const pair: Shape = { channels: 2, height: 1, width: 2 };
  const wiring = { name: 'layer', inputs: [0] };

  test('batch norm uses its own epsilon and the real square root', () => {
    const layer: LayerSpec = {
      ...wiring,
      kind: 'batchNorm',
      scale: Float32Array.of(3, -1),
      offset: Float32Array.of(1, 0),
      mean: Float32Array.of(2, 0),
      variance: Float32Array.of(3, 0),
      epsilon: 0.25,
    };
    const s = 3 / Math.sqrt(3.25);
    expect(run(pair, layer, [2, 3, -1, 0.5])).toEqual([1, 1 + s, 2, -1]);
  });

  test('max pooling ignores the padding, so a negative border stays negative', () => {
    const pool = { kernel: { y: 1, x: 2 }, strides: one, dilations: one };
    const pads = { ...noPadding, left: 1, right: 1 };
    const layer: LayerSpec = { ...wiring, kind: 'maxPool', ...pool, pads };
    expect(run(row, layer, [-3, -5, -2])).toEqual([-3, -3, -2, -2]);
  });

  test.each([
    [true, [1.5, 4, 5.5, 3]],
    [false, [3, 4, 5.5, 6]],
  ])('average pooling counts the padding: %s', (countIncludePad, expected) => {
    const pads = { ...noPadding, left: 1, right: 1 };
    const pool = { kernel: { y: 1, x: 2 }, strides: one, pads, countIncludePad };
    expect(run(row, { ...wiring, kind: 'averagePool', ...pool }, [3, 5, 6])).toEqual(expected);
  });

  test('clip with an infinite bound bounds one side only', () => {
    const bounds = { lower: Float32Array.of(-Infinity), upper: Float32Array.of(2, 6) };
    const result = run(pair, { ...wiring, kind: 'clip', ...bounds }, [-9, 9, 5, 7]);
    expect(result).toEqual([-9, 2, 5, 6]);
  });

  test('prelu has a slope for each channel', () => {
    const layer: LayerSpec = { ...wiring, kind: 'prelu', slopes: Float32Array.of(1, 0.5) };
    expect(run(pair, layer, [-2, 2, -2, 2])).toEqual([-2, 2, -1, 2]);
  });

  test('flatten by pixels interleaves the channels', () => {
    const layer: LayerSpec = { ...wiring, kind: 'flatten', order: 'hwc' };
    expect(run(pair, layer, [1, 2, 3, 4])).toEqual([1, 3, 2, 4]);
  });

  test('negative padding crops', () => {
    const pads = { ...noPadding, left: -1, right: 2 };
    const layer: LayerSpec = { ...wiring, kind: 'pad', pads, value: 7 };
    expect(run(row, layer, [1, 2, 3])).toEqual([2, 3, 7, 7]);
  });

  test('softmax of equal arguments is even, however large they are', () => {
    const layer: LayerSpec = { ...wiring, kind: 'opaque', function: 'softmax', alpha: 0, beta: 0 };
    expect(run(pair, layer, [1000, -1000, 1000, -1000])).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  test('gelu agrees with tabulated values of the normal distribution', () => {
    const layer: LayerSpec = { ...wiring, kind: 'opaque', function: 'gelu', alpha: 0, beta: 0 };
    const [a, b, c] = run(row, layer, [1, -1, 2]);
    expect(a).toBeCloseTo(0.841344746068543, 14);
    expect(b).toBeCloseTo(-0.158655253931457, 14);
    expect(c).toBeCloseTo(2 * 0.977249868051821, 14);
  });
});

test('a tensor is added to one of another extent along the axes of extent 1', () => {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: 2, height: 1, width: 2 });
  const gate = builder.input('gate', { channels: 2, height: 1, width: 1 });
  builder.output('y', builder.add({ name: 'scale', kind: 'multiply', inputs: [x, gate] }));
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  const inputs = [Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 100)];
  const { values } = evaluate(model.value, inputs);
  expect([...(values.get(model.value.outputs[0].tensor) ?? [])]).toEqual([10, 20, 300, 400]);
});

test('only outputs and kept tensors come back', () => {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: 1, height: 1, width: 1 });
  const a = builder.add({ name: 'a', kind: 'relu', inputs: [x] });
  const b = builder.add({ name: 'b', kind: 'add', inputs: [a, x] });
  const c = builder.add({ name: 'c', kind: 'add', inputs: [b, a] });
  builder.output('y', c);
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  const plain = evaluate(model.value, [Float64Array.of(3)]);
  expect([...plain.values.keys()]).toEqual([c]);
  expect(plain.errors).toBeNull();
  const more = evaluate(model.value, [Float64Array.of(3)], { keep: [x, a], bound: true });
  expect(new Set(more.values.keys())).toEqual(new Set([x, a, c]));
  expect(more.errors?.get(a)).toEqual(Float64Array.of(0));
  expect(more.errors?.get(c)?.[0]).toBeGreaterThan(0);
});
