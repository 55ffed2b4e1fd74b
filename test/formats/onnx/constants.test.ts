/** Weights in every storage, and expressions of weights, against onnxruntime. */
import { describe, expect, test } from 'vitest';
import {
  encode,
  f32,
  float,
  floats,
  i64,
  raw,
  scalar,
  typed,
  type Graph,
  type Node,
  type Tensor,
} from './encoder.ts';
import { faithful, readBytes, value } from './oracle.ts';

/** y = x · c for whatever `c` the nodes and initializers make. */
function scaled(nodes: readonly Node[], initializers: readonly Tensor[], opset = 17): Graph {
  return {
    opset,
    nodes: [...nodes, { operator: 'Mul', inputs: ['x', 'c'], outputs: ['y'] }],
    initializers,
    inputs: [{ name: 'x', dims: [1, 3, 2, 2] }],
    outputs: ['y'],
  };
}

async function factorOf(graph: Graph): Promise<readonly number[]> {
  const [layer] = (await faithful(graph)).layers;
  return layer.kind === 'scale' ? [...layer.factor] : [];
}

async function refusal(graph: Graph): Promise<string> {
  const read = await readBytes(encode(graph));
  return read.ok ? 'read' : read.failure.code;
}

const three = [1.5, -0.1, 3e-39];
const exactly = three.map(Math.fround);

describe('storage', () => {
  test.each<[string, Tensor]>([
    ['raw', f32('c', [3, 1, 1], three)],
    ['float_data, packed', typed('c', [3, 1, 1], 1, three)],
    ['float_data, unpacked', typed('c', [3, 1, 1], 1, three, false)],
  ])('%s', async (_, tensor) => {
    expect(await factorOf(scaled([], [tensor]))).toEqual(exactly);
  });

  test('raw weights at every byte, large enough to be moved in place', async () => {
    const weights = Float32Array.from({ length: 3 * 3 * 25 }, (_, i) => Math.sin(i));
    for (const pad of ['', 'a', 'ab', 'abc']) {
      const graph: Graph = {
        nodes: [{ operator: 'Conv', inputs: ['x', `w${pad}`], outputs: ['y'] }],
        initializers: [f32(`w${pad}`, [3, 3, 5, 5], weights)],
        inputs: [{ name: 'x', dims: [1, 3, 6, 6] }],
        outputs: ['y'],
      };
      const [layer] = (await faithful(graph)).layers;
      expect(layer.kind === 'conv' && layer.weight).toEqual(weights);
    }
  });

  test('half precision is widened exactly, subnormals, zeros and all', async () => {
    const bits = [0x3c00, 0x0001, 0x83ff, 0x8000, 0x7bff, 0x3555];
    const exact = [1, 2 ** -24, -1023 * 2 ** -24, -0, 65504, 1365 * 2 ** -12];
    const channels = { name: 'x', dims: [1, 6, 2, 2] };
    for (const half of [
      raw('h', [6, 1, 1], 10, Uint16Array.from(bits)),
      typed('h', [6, 1, 1], 10, bits),
    ]) {
      const cast = { operator: 'Cast', inputs: ['h'], outputs: ['c'], attributes: { to: 1 } };
      const graph = { ...scaled([cast], [half]), inputs: [channels] };
      expect(await factorOf(graph)).toEqual(exact);
    }
    const brain = raw('c', [1], 16, Uint16Array.of(0x3f9d));
    const read = value(await readBytes(encode(scaled([], [brain]))));
    expect(read.model.layers[0]).toMatchObject({ factor: Float32Array.of(1.2265625) });
    const infinite = raw('c', [1], 10, Uint16Array.of(0x7c00));
    expect(await refusal(scaled([], [infinite]))).toBe('bad-value');
  });

  test.each<[string, Tensor, string]>([
    ['too few bytes', raw('c', [3, 1, 1], 1, Float32Array.of(1, 2)), 'missing-data'],
    ['2⁴⁰ elements', raw('c', [2 ** 20, 2 ** 20], 1, Float32Array.of(1)), 'missing-data'],
    [
      'more elements than numbers count',
      raw('c', [2 ** 40, 2 ** 40], 1, Float32Array.of(1)),
      'bad-shape',
    ],
    ['a negative dimension', raw('c', [-3, -1], 1, Float32Array.of(1, 2, 3)), 'bad-shape'],
    ['no element', raw('c', [0], 1, new Float32Array(0)), 'unsupported-operator'],
    ['NaN', f32('c', [1], [NaN]), 'bad-value'],
    ['infinity', f32('c', [1], [Infinity]), 'bad-value'],
    ['strings', raw('c', [1], 8, Uint8Array.of(1)), 'unsupported-operator'],
    ['integers', i64('c', 2), 'bad-value'],
  ])('%s: refused', async (_, tensor, code) => {
    expect(await refusal(scaled([], [tensor]))).toBe(code);
  });
});

describe('expressions', () => {
  const [a, b] = [f32('a', [3], [0.1, 2, -3]), f32('b', [3], [0.7, 0.3, 5])];
  const reshape: Node = { operator: 'Unsqueeze', inputs: ['r', 'axes'], outputs: ['c'] };
  const axes = i64('axes', 1, 2);

  test.each<[string, (x: number, y: number) => number]>([
    ['Add', (x, y) => x + y],
    ['Sub', (x, y) => x - y],
    ['Mul', (x, y) => x * y],
    ['Div', (x, y) => x / y],
  ])('%s is float32 arithmetic', async (operator, apply) => {
    const node = { operator, inputs: ['a', 'b'], outputs: ['r'] };
    const x = [0.1, 2, -3].map(Math.fround);
    const y = [0.7, 0.3, 5].map(Math.fround);
    const expected = x.map((v, i) => Math.fround(apply(v, y[i])));
    expect(await factorOf(scaled([node, reshape], [a, b, axes]))).toEqual(expected);
  });

  test('a batch norm folded by hand', async () => {
    const nodes: readonly Node[] = [
      { operator: 'Identity', inputs: ['b'], outputs: ['b2'] },
      { operator: 'Sqrt', inputs: ['b2'], outputs: ['root'] },
      { operator: 'Div', inputs: ['a', 'root'], outputs: ['q'] },
      { operator: 'Neg', inputs: ['q'], outputs: ['r'] },
      reshape,
    ];
    await faithful(scaled(nodes, [a, b, axes]));
  });

  test('Constant in every spelling, ConstantOfShape', async () => {
    const constant = (attributes: Node['attributes']): Node => ({
      operator: 'Constant',
      inputs: [],
      outputs: ['c'],
      ...(attributes === undefined ? {} : { attributes }),
    });
    expect(
      await factorOf(scaled([constant({ value: { tensor: f32('', [1], [2.5]) } })], [])),
    ).toEqual([2.5]);
    expect(await factorOf(scaled([constant({ value_float: float(2.5) })], []))).toEqual([2.5]);
    expect(await factorOf(scaled([constant({ value_floats: floats(2.5) })], []))).toEqual([2.5]);
    const filled: Node = {
      operator: 'ConstantOfShape',
      inputs: ['s'],
      outputs: ['c'],
      attributes: { value: { tensor: f32('', [1], [7]) } },
    };
    expect(await factorOf(scaled([filled], [i64('s', 3, 1, 1)]))).toEqual([7, 7, 7]);
    expect(await refusal(scaled([filled], [i64('s', 2 ** 20, 2 ** 20)]))).toBe('too-large');
    expect(await refusal(scaled([filled], [i64('s', 2 ** 40, 2 ** 40)]))).toBe('bad-shape');
  });

  test('Transpose, Concat, Slice, Gather, Reshape, Cast of weights', async () => {
    const m = f32('m', [2, 3], [1, 2, 3, 4, 5, 6]);
    const nodes: readonly Node[] = [
      { operator: 'Transpose', inputs: ['m'], outputs: ['t'], attributes: { perm: [1, 0] } },
      { operator: 'Concat', inputs: ['t', 't'], outputs: ['w'], attributes: { axis: 1 } },
      { operator: 'Slice', inputs: ['w', 'one', 'four', 'one'], outputs: ['s'] },
      { operator: 'Gather', inputs: ['s', 'one'], outputs: ['g'], attributes: { axis: 1 } },
      { operator: 'Cast', inputs: ['g'], outputs: ['f'], attributes: { to: 1 } },
      { operator: 'Reshape', inputs: ['f', 'shape'], outputs: ['c'] },
    ];
    const more = [m, i64('one', 1), i64('four', 4), i64('shape', -1, 1, 1)];
    expect(await factorOf(scaled(nodes, more))).toEqual([1, 2, 3]);
  });

  test('a file that doubles a constant forty times is refused', async () => {
    const nodes: Node[] = [
      { operator: 'Concat', inputs: ['a', 'a'], outputs: ['d0'], attributes: { axis: 0 } },
    ];
    for (let i = 1; i < 40; i++) {
      const [from, to] = [`d${i - 1}`, i === 39 ? 'c' : `d${i}`];
      nodes.push({
        operator: 'Concat',
        inputs: [from, from],
        outputs: [to],
        attributes: { axis: 0 },
      });
    }
    expect(await refusal(scaled(nodes, [a]))).toBe('too-large');
  });

  test('weights that two layers share are stored once', async () => {
    const graph: Graph = {
      nodes: [
        { operator: 'Identity', inputs: ['a'], outputs: ['a2'] },
        { operator: 'PRelu', inputs: ['x', 'a2'], outputs: ['p'] },
        { operator: 'PRelu', inputs: ['p', 'b2'], outputs: ['y'] },
      ],
      initializers: [f32('a', [3, 1, 1], three), f32('b2', [3, 1, 1], three)],
      inputs: [{ name: 'x', dims: [1, 3, 2, 2] }],
      outputs: ['y'],
    };
    await faithful(graph);
    expect(await refusal({ ...graph, initializers: [scalar('unrelated', 1)] })).toBe(
      'missing-tensor',
    );
  });
});
