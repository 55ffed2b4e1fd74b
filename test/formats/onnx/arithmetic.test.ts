/** Elementwise operators, activations and constant expressions, against onnxruntime. */
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/blocks/random.ts';
import { encode, f32, float, raw, scalar, type Graph, type Node, type Tensor } from './encoder.ts';
import { faithful, kinds, readBytes } from './oracle.ts';

const random = new Random(11);
const values = (count: number): readonly number[] =>
  Array.from({ length: count }, () => random.between(-2, 2));

const constants: readonly [string, Tensor][] = [
  ['a scalar', scalar('c', 1.7)],
  ['[1]', f32('c', [1], [-0.3])],
  ['[C,1,1]', f32('c', [3, 1, 1], values(3))],
  ['[1,C,1,1]', f32('c', [1, 3, 1, 1], values(3))],
];

function graph(
  nodes: readonly Node[],
  initializers: readonly Tensor[],
  dims = [1, 3, 4, 5],
): Graph {
  return { nodes, initializers, inputs: [{ name: 'x', dims }], outputs: ['y'] };
}

async function refusal(wrong: Graph): Promise<string> {
  const read = await readBytes(encode(wrong));
  return read.ok ? 'read' : read.failure.code;
}

describe.each([
  ['Add', ['translate'], ['translate']],
  ['Sub', ['translate'], ['scale', 'translate']],
  ['Mul', ['scale'], ['scale']],
  ['Div', ['scale'], null],
  ['Min', ['clip'], ['clip']],
  ['Max', ['clip'], ['clip']],
  ['Sum', ['translate'], ['translate']],
])('%s', (operator, after, before) => {
  test.each(constants)('of a tensor and %s', async (_, constant) => {
    const node = { operator, outputs: ['y'] };
    const model = await faithful(graph([{ ...node, inputs: ['x', 'c'] }], [constant]));
    expect(kinds(model)).toEqual(after);
    const swapped = graph([{ ...node, inputs: ['c', 'x'] }], [constant]);
    if (before === null) expect(await refusal(swapped)).toBe('unsupported-operator');
    else expect(kinds(await faithful(swapped))).toEqual(before);
  });

  test('of a vector and its features', async () => {
    const node = { operator, inputs: ['x', 'c'], outputs: ['y'] };
    const model = await faithful(graph([node], [f32('c', [3], [0.5, -2, 3])], [1, 3]));
    expect(kinds(model)).toEqual(after);
    expect(model.outputs[0].layout).toBe('vector');
  });

  test('a constant that varies over pixels or enlarges the tensor is refused', async () => {
    const node = { operator, inputs: ['x', 'c'], outputs: ['y'] };
    for (const [dims, count] of [
      [[4, 5], 20],
      [[5], 5],
      [[1, 3, 4, 5], 60],
      [[2, 1, 1, 1], 2],
    ] as const) {
      expect(await refusal(graph([node], [f32('c', dims, values(count))]))).toBe(
        'unsupported-operator',
      );
    }
    const enlarging = graph([node], [f32('c', [6, 1, 1], values(6))], [1, 1, 4, 5]);
    expect(await refusal(enlarging)).toBe('unsupported-operator');
  });
});

describe('two tensors', () => {
  const two = (operator: string, dims: readonly number[]): Graph => ({
    nodes: [{ operator, inputs: ['x', 'z'], outputs: ['y'] }],
    inputs: [
      { name: 'x', dims: [1, 3, 4, 5] },
      { name: 'z', dims },
    ],
    outputs: ['y'],
  });

  test.each([
    ['Add', 'add'],
    ['Sub', 'subtract'],
    ['Mul', 'multiply'],
  ])('%s', async (operator, kind) => {
    for (const dims of [
      [1, 3, 4, 5],
      [1, 3, 1, 1],
      [1, 1, 4, 5],
      [1, 3, 4, 1],
    ]) {
      expect(kinds(await faithful(two(operator, dims)))).toEqual([kind]);
    }
  });

  test('squeeze and excite', async () => {
    const weights = f32('w', [3, 3, 1, 1], values(9));
    const model = await faithful(
      graph(
        [
          { operator: 'GlobalAveragePool', inputs: ['x'], outputs: ['p'] },
          { operator: 'Conv', inputs: ['p', 'w'], outputs: ['q'] },
          { operator: 'HardSigmoid', inputs: ['q'], outputs: ['g'] },
          { operator: 'Mul', inputs: ['g', 'x'], outputs: ['y'] },
        ],
        [weights],
      ),
    );
    expect(kinds(model)).toEqual(['globalAveragePool', 'conv', 'opaque', 'multiply']);
  });

  test('a quotient, and tensors that lie differently, are refused', async () => {
    expect(await refusal(two('Div', [1, 3, 4, 5]))).toBe('unsupported-operator');
    const turned = two('Add', [1, 3, 4, 5]);
    const nodes = [
      { operator: 'Transpose', inputs: ['z'], outputs: ['t'], attributes: { perm: [0, 1, 3, 2] } },
      { operator: 'Add', inputs: ['x', 't'], outputs: ['y'] },
    ];
    const inputs = [turned.inputs[0], { name: 'z', dims: [1, 3, 5, 4] }];
    expect(await refusal({ ...turned, nodes, inputs })).toBe('unsupported-operator');
  });
});

describe('activations', () => {
  const one = (operator: string, attributes: Node['attributes'] = {}, opset = 17): Graph => ({
    ...graph([{ operator, inputs: ['x'], outputs: ['y'], attributes }], []),
    opset,
  });

  test.each<[string, NonNullable<Node['attributes']>, number, object]>([
    ['Relu', {}, 7, { kind: 'relu' }],
    ['LeakyRelu', {}, 7, { kind: 'leakyRelu', slope: Math.fround(0.01) }],
    ['LeakyRelu', { alpha: float(0.3) }, 16, { kind: 'leakyRelu', slope: Math.fround(0.3) }],
    ['Clip', { min: float(0), max: float(6) }, 7, { kind: 'clip' }],
    ['Clip', { max: float(1.5) }, 10, { kind: 'clip', lower: Float32Array.of(-Infinity) }],
    ['Sigmoid', {}, 13, { function: 'sigmoid' }],
    ['Tanh', {}, 13, { function: 'tanh' }],
    ['Elu', { alpha: float(0.7) }, 7, { function: 'elu', alpha: Math.fround(0.7) }],
    ['HardSigmoid', {}, 7, { function: 'hardSigmoid', alpha: Math.fround(0.2), beta: 0.5 }],
    ['HardSwish', {}, 14, { function: 'hardSwish', alpha: 1 / 6, beta: 0.5 }],
    ['Gelu', {}, 20, { function: 'gelu' }],
    ['Gelu', { approximate: 'tanh' }, 20, { function: 'geluTanh' }],
    ['Softmax', { axis: 1 }, 13, { function: 'softmax' }],
    ['Softmax', { axis: -3 }, 17, { function: 'softmax' }],
    ['Neg', {}, 13, { kind: 'scale', operation: 'multiply' }],
  ])('%s %j at opset %i', async (operator, attributes, opset, expected) => {
    const model = await faithful(one(operator, attributes, opset));
    expect(model.layers).toHaveLength(1);
    expect(model.layers[0]).toMatchObject(expected);
  });

  test.each<[string, readonly string[], object]>([
    ['both bounds', ['x', 'low', 'high'], { lower: [-1], upper: [2] }],
    ['no lower bound', ['x', '', 'high'], { lower: [-Infinity], upper: [2] }],
    ['no upper bound', ['x', 'low'], { lower: [-1], upper: [Infinity] }],
    ['no bound', ['x'], { lower: [-Infinity], upper: [Infinity] }],
  ])('Clip with %s', async (_, inputs, bounds) => {
    const initializers = [scalar('low', -1), scalar('high', 2)];
    const model = await faithful(
      graph([{ operator: 'Clip', inputs, outputs: ['y'] }], initializers),
    );
    const [layer] = model.layers;
    expect(layer.kind === 'clip' && { lower: [...layer.lower], upper: [...layer.upper] }).toEqual(
      bounds,
    );
  });

  test('Min of Max with constants is one clip, unless somebody reads what is between', async () => {
    const nodes = [
      { operator: 'Max', inputs: ['low', 'x'], outputs: ['m'] },
      { operator: 'Min', inputs: ['m', 'high'], outputs: ['y'] },
    ];
    const bounds = [f32('low', [3, 1, 1], [-1, 0, 1]), scalar('high', 2)];
    expect(kinds(await faithful(graph(nodes, bounds)))).toEqual(['clip']);
    const read = await faithful({ ...graph(nodes, bounds), outputs: ['y', 'm'] });
    expect(kinds(read)).toEqual(['clip', 'clip']);
    // Where the bounds cross, the outer one wins.
    const crossed = [f32('low', [3, 1, 1], [-1, 3, 1]), scalar('high', 2)];
    expect(await refusal(graph(nodes, crossed))).toBe('read');
  });

  test.each<[string, readonly number[], readonly number[]]>([
    ['[C,1,1]', [3, 1, 1], [1, 3, 4, 5]],
    ['[1,C,1,1]', [1, 3, 1, 1], [1, 3, 4, 5]],
    ['[1]', [1], [1, 3, 4, 5]],
    ['[C] on a vector', [3], [1, 3]],
  ])('PRelu with slopes of %s', async (_, dims, input) => {
    const node = { operator: 'PRelu', inputs: ['x', 's'], outputs: ['y'] };
    const slopes = f32('s', dims, values(Math.max(...dims)));
    expect(kinds(await faithful(graph([node], [slopes], [...input])))).toEqual(['prelu']);
  });

  test('Softmax before opset 13 takes the rest of the axes as one', async () => {
    const vector = (axis: number): Graph => ({
      ...graph(
        [{ operator: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: { axis } }],
        [],
        [1, 5],
      ),
      opset: 11,
    });
    expect(kinds(await faithful(vector(1)))).toEqual(['opaque']);
    expect(await refusal(one('Softmax', { axis: 1 }, 11))).toBe('unsupported-operator');
    expect(await refusal(one('Softmax', {}, 13))).toBe('unsupported-operator');
  });

  test('x · Sigmoid(x) is silu; with another factor it is a product', async () => {
    const gated = (factor: string): Graph =>
      graph(
        [
          { operator: 'Sigmoid', inputs: ['x'], outputs: ['s'], name: 'gate' },
          { operator: 'Relu', inputs: ['x'], outputs: ['r'] },
          { operator: 'Mul', inputs: [factor, 's'], outputs: ['y'], name: 'silu' },
        ],
        [],
      );
    const silu = await faithful(gated('x'));
    expect(silu.layers).toMatchObject([{ name: 'silu', kind: 'opaque', function: 'silu' }]);
    expect(kinds(await faithful(gated('r')))).toEqual(['opaque', 'relu', 'multiply']);
  });

  test('Swish is silu for alpha = 1 only', async () => {
    const read = await readBytes(encode(one('Swish', {}, 24)));
    expect(read.ok && read.value.model.layers[0]).toMatchObject({ function: 'silu' });
    expect(await refusal(one('Swish', { alpha: float(2) }, 24))).toBe('unsupported-operator');
  });

  test('Identity, Dropout at inference and Cast between floats leave no layer', async () => {
    const passing = graph(
      [
        { operator: 'Identity', inputs: ['x'], outputs: ['a'] },
        { operator: 'Dropout', inputs: ['a', 'ratio'], outputs: ['b', 'mask'] },
        { operator: 'Cast', inputs: ['b'], outputs: ['c'], attributes: { to: 1 } },
        { operator: 'Relu', inputs: ['c'], outputs: ['y'] },
      ],
      [scalar('ratio', 0.5)],
    );
    expect(kinds(await faithful(passing))).toEqual(['relu']);
    const training = [scalar('ratio', 0.5), raw('t', [], 9, Uint8Array.of(1))];
    const nodes = [{ operator: 'Dropout', inputs: ['x', 'ratio', 't'], outputs: ['y'] }];
    expect(await refusal(graph(nodes, training))).toBe('unsupported-operator');
  });
});
