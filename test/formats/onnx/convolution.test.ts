/** Conv and BatchNormalization as files state them, against onnxruntime. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/blocks/random.ts';
import { encode, f32, float, i64, type Node, type Tensor } from './encoder.ts';
import { faithful, kinds, readBytes } from './oracle.ts';

const random = new Random(7);
const weights = (name: string, ...dims: readonly number[]): Tensor =>
  f32(
    name,
    dims,
    Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random.normal()),
  );
const positive = (name: string, count: number): Tensor =>
  f32(
    name,
    [count],
    Array.from({ length: count }, () => random.between(0.01, 2)),
  );

type Attributes = NonNullable<Node['attributes']>;

function conv(dims: readonly number[], attributes: Attributes, input = [1, 4, 7, 6], bias = true) {
  return {
    nodes: [
      { operator: 'Conv', inputs: ['x', 'w', ...(bias ? ['b'] : [])], outputs: ['y'], attributes },
    ],
    initializers: [weights('w', ...dims), weights('b', dims[0])],
    inputs: [{ name: 'x', dims: input }],
    outputs: ['y'],
  };
}

describe('Conv', () => {
  test.each<[string, readonly number[], Attributes]>([
    ['without attributes', [3, 4, 3, 2], {}],
    ['with asymmetric pads', [3, 4, 3, 3], { pads: [2, 0, 1, 3], kernel_shape: [3, 3] }],
    [
      'strided and dilated',
      [2, 4, 3, 2],
      { strides: [2, 1], dilations: [1, 3], pads: [1, 1, 1, 1] },
    ],
    ['in groups', [6, 2, 3, 3], { group: 2, pads: [1, 1, 1, 1] }],
    ['depthwise', [8, 1, 3, 3], { group: 4, strides: [2, 2], pads: [1, 1, 1, 1] }],
    ['SAME_UPPER', [3, 4, 4, 3], { auto_pad: 'SAME_UPPER', strides: [2, 2] }],
    ['SAME_LOWER', [3, 4, 4, 3], { auto_pad: 'SAME_LOWER', strides: [2, 2] }],
    [
      'SAME_UPPER with stride beyond the kernel',
      [3, 4, 1, 1],
      { auto_pad: 'SAME_UPPER', strides: [3, 3] },
    ],
    ['VALID', [3, 4, 3, 3], { auto_pad: 'VALID', strides: [2, 1] }],
    ['NOTSET', [3, 4, 3, 3], { auto_pad: 'NOTSET', pads: [0, 1, 0, 1] }],
  ])('%s', async (_, dims, attributes) => {
    expect(kinds(await faithful(conv(dims, attributes)))).toEqual(['conv']);
    await faithful(conv(dims, attributes, [1, 4, 5, 9], false));
  });

  // Defined by the standard, not implemented by onnxruntime: the arithmetic is checked by hand.
  test('SAME_LOWER dilated', async () => {
    const attributes = { auto_pad: 'SAME_LOWER', dilations: [2, 3] };
    const read = await readBytes(encode(conv([3, 4, 3, 2], attributes)));
    expect(read.ok ? read.value.model.layers[0] : null).toMatchObject({
      pads: { top: 2, bottom: 2, left: 2, right: 1 },
    });
  });

  test('a free batch stays free, a fixed one fixed', async () => {
    const graph = conv([2, 4, 1, 1], {});
    const free = await faithful({ ...graph, inputs: [{ name: 'x', dims: ['N', 4, 3, 3] }] });
    expect([free.inputs[0].batch, free.outputs[0].batch]).toEqual([null, null]);
    const fixed = await readBytes(
      encode({ ...graph, inputs: [{ name: 'x', dims: [5, 4, 3, 3] }] }),
    );
    expect(
      fixed.ok && [fixed.value.model.inputs[0].batch, fixed.value.model.outputs[0].batch],
    ).toEqual([5, 5]);
  });

  test.each<[string, readonly number[], Attributes, string]>([
    ['one spatial axis', [3, 4, 3], {}, 'unsupported-operator'],
    ['pads that are negative', [3, 4, 3, 3], { pads: [-1, 0, 0, 0] }, 'bad-attribute'],
    [
      'pads beside auto_pad',
      [3, 4, 3, 3],
      { pads: [1, 0, 0, 0], auto_pad: 'VALID' },
      'bad-attribute',
    ],
    ['a stride of 0', [3, 4, 3, 3], { strides: [0, 1] }, 'bad-attribute'],
    ['another kernel_shape', [3, 4, 3, 3], { kernel_shape: [3, 2] }, 'bad-attribute'],
    ['groups that do not divide', [3, 4, 3, 3], { group: 2 }, 'bad-shape'],
    ['negative groups', [3, 4, 3, 3], { group: -1 }, 'bad-shape'],
    ['a kernel larger than the image', [3, 4, 9, 9], {}, 'bad-shape'],
    ['an attribute nobody knows', [3, 4, 3, 3], { flip: 1 }, 'bad-attribute'],
    ['an attribute of another type', [3, 4, 3, 3], { group: float(1) }, 'bad-attribute'],
  ])('%s is refused', async (_, dims, attributes, code) => {
    const read = await readBytes(encode(conv(dims, attributes)));
    expect(read.ok ? 'read' : read.failure.code).toBe(code);
  });
});

describe('BatchNormalization', () => {
  const norm = (attributes: Attributes, dims: readonly number[], outputs = ['y'], opset = 17) => ({
    opset,
    nodes: [
      {
        operator: 'BatchNormalization',
        inputs: ['x', 's', 'b', 'm', 'v'],
        outputs,
        attributes,
      },
    ],
    initializers: [weights('s', 3), weights('b', 3), weights('m', 3), positive('v', 3)],
    inputs: [{ name: 'x', dims }],
    outputs: ['y'],
  });

  test.each([7, 9, 14, 15])('opset %i', async (opset) => {
    const model = await faithful(norm({ epsilon: float(0.001) }, [1, 3, 2, 4], ['y'], opset));
    expect(model.layers[0]).toMatchObject({ kind: 'batchNorm', epsilon: Math.fround(0.001) });
  });

  test('default epsilon, on a vector', async () => {
    const model = await faithful(norm({ momentum: float(0.5) }, [1, 3]));
    expect(model.layers[0]).toMatchObject({ epsilon: Math.fround(1e-5) });
    expect(model.outputs[0].layout).toBe('vector');
  });

  test.each<[string, Attributes, readonly string[], number]>([
    ['training_mode', { training_mode: 1 }, ['y'], 15],
    ['statistics as outputs', {}, ['y', 'mean', 'var', 'sm', 'sv'], 9],
    ['spatial = 0', { spatial: 0 }, ['y'], 7],
  ])('%s is refused', async (_, attributes, outputs, opset) => {
    const read = await readBytes(encode(norm(attributes, [1, 3, 2, 2], [...outputs], opset)));
    expect(read.ok ? null : read.failure).toMatchObject({
      code: 'unsupported-operator',
      node: 'y',
      reason: expect.stringContaining('BatchNormalization'),
    });
  });

  test('a negative variance and one that is not finite are refused', async () => {
    for (const bad of [-1, NaN, Infinity]) {
      const graph = norm({}, [1, 3, 2, 2]);
      const initializers = [...graph.initializers.slice(0, 3), f32('v', [3], [1, bad, 1])];
      const read = await readBytes(encode({ ...graph, initializers }));
      expect(read.ok ? 'read' : read.failure.code).toBe('bad-value');
    }
  });
});

test('weights that are computed at run time are refused', async () => {
  const read = await readBytes(
    encode({
      nodes: [{ operator: 'Conv', inputs: ['x', 'x'], outputs: ['y'] }],
      initializers: [i64('unused', 1)],
      inputs: [{ name: 'x', dims: [1, 3, 3, 3] }],
      outputs: ['y'],
    }),
  );
  expect(read.ok ? 'read' : read.failure.code).toBe('unsupported-operator');
});
