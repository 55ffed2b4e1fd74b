/** Pools and means over space as files state them, against onnxruntime. */
import { describe, expect, test } from 'vitest';
import { encode, i64, type Graph, type Node } from './encoder.ts';
import { faithful, kinds, readBytes } from './oracle.ts';

type Attributes = NonNullable<Node['attributes']>;

function one(
  operator: string,
  attributes: Attributes,
  { dims = [1, 3, 7, 6], opset = 17, outputs = ['y'] } = {},
): Graph {
  const nodes = [{ operator, inputs: ['x'], outputs, attributes }];
  return { opset, nodes, inputs: [{ name: 'x', dims }], outputs: ['y'] };
}

async function refusal(graph: Graph): Promise<string> {
  const read = await readBytes(encode(graph));
  return read.ok ? 'read' : read.failure.code;
}

describe('MaxPool', () => {
  test.each<[string, Attributes]>([
    ['2×2', { kernel_shape: [2, 2], strides: [2, 2] }],
    ['strides of 1 unless told', { kernel_shape: [3, 2] }],
    ['padded unevenly', { kernel_shape: [3, 3], pads: [1, 0, 2, 1], strides: [2, 2] }],
    ['dilated', { kernel_shape: [2, 2], dilations: [2, 3] }],
    ['SAME_UPPER', { kernel_shape: [3, 2], strides: [2, 2], auto_pad: 'SAME_UPPER' }],
    ['SAME_LOWER', { kernel_shape: [3, 2], strides: [2, 2], auto_pad: 'SAME_LOWER' }],
    ['VALID', { kernel_shape: [3, 2], strides: [2, 2], auto_pad: 'VALID' }],
    ['ceil_mode', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }],
    [
      'ceil_mode, padded',
      { kernel_shape: [3, 3], strides: [2, 3], pads: [1, 1, 1, 1], ceil_mode: 1 },
    ],
    [
      'ceil_mode that adds two pixels',
      { kernel_shape: [3, 3], strides: [3, 3], ceil_mode: 1, pads: [1, 1, 0, 0] },
    ],
    ['storage_order', { kernel_shape: [2, 2], storage_order: 1 }],
  ])('%s', async (_, attributes) => {
    for (const dims of [
      [1, 3, 7, 6],
      [1, 2, 6, 9],
      [1, 1, 8, 6],
    ]) {
      expect(kinds(await faithful(one('MaxPool', attributes, { dims })))).toEqual(['maxPool']);
    }
  });

  test('what is not understood is refused', async () => {
    const pool = { kernel_shape: [2, 2] };
    // The last window would start in the end padding: runtimes disagree on whether it exists.
    const doubtful = { kernel_shape: [2, 2], strides: [3, 3], pads: [0, 0, 1, 1], ceil_mode: 1 };
    expect(await refusal(one('MaxPool', doubtful, { dims: [1, 1, 3, 3] }))).toBe(
      'unsupported-operator',
    );
    const same = { kernel_shape: [3, 2], dilations: [2, 3], auto_pad: 'SAME_UPPER' };
    expect(await refusal(one('MaxPool', same))).toBe('unsupported-operator');
    expect(await refusal(one('MaxPool', {}))).toBe('bad-attribute');
    expect(await refusal(one('MaxPool', { ...pool, pads: [2, 2, 2, 2] }))).toBe('bad-shape');
    const indices = one('MaxPool', pool, { outputs: ['y', 'i'] });
    expect(await refusal(indices)).toBe('read');
    expect(await refusal({ ...indices, outputs: ['y', 'i'] })).toBe('unsupported-operator');
  });
});

describe('AveragePool', () => {
  test.each<[string, Attributes, number]>([
    ['2×2', { kernel_shape: [2, 2], strides: [2, 2] }, 7],
    ['padding not counted', { kernel_shape: [3, 3], pads: [1, 2, 0, 1] }, 11],
    ['padding counted', { kernel_shape: [3, 3], pads: [1, 2, 0, 1], count_include_pad: 1 }, 17],
    ['SAME_LOWER', { kernel_shape: [3, 2], strides: [2, 2], auto_pad: 'SAME_LOWER' }, 17],
    [
      'SAME_UPPER counted',
      { kernel_shape: [3, 2], auto_pad: 'SAME_UPPER', count_include_pad: 1 },
      17,
    ],
    ['ceil_mode', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }, 17],
    [
      'ceil_mode, padded',
      { kernel_shape: [3, 3], strides: [2, 3], pads: [1, 1, 1, 1], ceil_mode: 1 },
      19,
    ],
    [
      'ceil_mode that adds nothing, counted',
      { kernel_shape: [2, 2], ceil_mode: 1, pads: [1, 1, 0, 0], count_include_pad: 1 },
      17,
    ],
  ])('%s', async (_, attributes, opset) => {
    for (const dims of [
      [1, 3, 7, 6],
      [1, 2, 6, 9],
    ]) {
      const model = await faithful(one('AveragePool', attributes, { opset, dims }));
      expect(kinds(model)).toEqual(['averagePool']);
    }
  });

  test('what is not understood is refused', async () => {
    const counted = { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1, count_include_pad: 1 };
    expect(await refusal(one('AveragePool', counted))).toBe('unsupported-operator');
    const dilated = { kernel_shape: [2, 2], dilations: [2, 2] };
    expect(await refusal(one('AveragePool', dilated, { opset: 19 }))).toBe('unsupported-operator');
  });
});

test('global pools', async () => {
  expect(kinds(await faithful(one('GlobalAveragePool', {})))).toEqual(['globalAveragePool']);
  const max = await faithful(one('GlobalMaxPool', {}));
  expect(max.layers[0]).toMatchObject({ kind: 'maxPool', kernel: { y: 7, x: 6 } });
});

describe('ReduceMean', () => {
  const mean = (
    opset: number,
    axes: readonly number[] | null,
    attributes: Attributes = {},
  ): Graph => {
    const graph = one('ReduceMean', attributes, { opset });
    if (axes === null) return graph;
    if (opset < 18) return one('ReduceMean', { ...attributes, axes }, { opset });
    const nodes = [{ ...graph.nodes[0], inputs: ['x', 'axes'] }];
    return { ...graph, nodes, initializers: [i64('axes', ...axes)] };
  };

  test.each([
    [7, [2, 3], 1],
    [13, [-1, -2], 0],
    [18, [2, 3], 0],
    [18, [-2, -1], 1],
  ])('opset %i over %j, keepdims %i', async (opset, axes, keepdims) => {
    const model = await faithful(mean(opset, axes, { keepdims }));
    expect(kinds(model)).toEqual(['globalAveragePool']);
    expect(model.outputs[0].layout).toBe(keepdims === 1 ? 'nchw' : 'vector');
  });

  test('over rows alone it is a pool, over nothing it is nothing', async () => {
    const rows = await faithful(mean(13, [2]));
    expect(rows.layers[0]).toMatchObject({ kind: 'averagePool', kernel: { y: 7, x: 1 } });
    const graph = mean(18, null, { noop_with_empty_axes: 1 });
    expect((await faithful(graph)).layers).toEqual([]);
  });

  test('over channels or all axes it is refused', async () => {
    expect(await refusal(mean(13, [1]))).toBe('unsupported-operator');
    expect(await refusal(mean(13, null))).toBe('unsupported-operator');
    expect(await refusal(mean(18, null))).toBe('unsupported-operator');
    expect(await refusal(mean(13, [4]))).toBe('bad-attribute');
  });
});
