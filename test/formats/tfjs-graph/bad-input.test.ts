/** What is wrong with a graph ends as one failure that names the node; nothing throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGraphModel } from '../../../src/formats/tfjs-graph/read.ts';
import { withFiles } from '../keras/saved-model.ts';
import { failureOf, GraphWriter, type GraphFile } from './graph-file.ts';

function good(): GraphFile {
  const g = new GraphWriter();
  const x = g.placeholder('x', [-1, 5, 4, 2]);
  const conv = { strides: [1, 1, 1, 1], padding: 'SAME', data_format: 'NHWC' };
  const fused = { ...conv, fused_ops: ['BiasAdd', 'Relu'], num_args: 1 };
  const c = g.node(
    'c',
    '_FusedConv2D',
    [x, g.floats('k', [3, 3, 2, 2]), g.floats('b', [2])],
    fused,
  );
  const statistics = [
    g.floats('s', [2]),
    g.floats('o', [2]),
    g.floats('m', [2]),
    g.floats('v', [2], [1, 2]),
  ];
  const norm = { is_training: false, epsilon: { f: 0.001 }, data_format: 'NHWC' };
  const n = g.node('n', 'FusedBatchNormV3', [c, ...statistics], norm);
  const sum = g.node('sum', 'AddV2', [n, x]);
  const r = g.node('r', 'Reshape', [sum, g.integers('shape', [-1, 40])]);
  const p = g.node('p', 'MatMul', [r, g.floats('w', [40, 3])], {
    transpose_a: false,
    transpose_b: false,
  });
  g.node('y', 'Softmax', [p]);
  return g.file();
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The good file with one replacement in its text, which must be there. */
function edited(from: string, to: string): GraphFile {
  const { json, shard } = good();
  const text = JSON.stringify(json);
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return { json: JSON.parse(text.replace(from, to)), shard };
}

describe('a failure names code and node', () => {
  const cases: readonly [string, string, string, string, string][] = [
    ['an unknown operator', '"op":"Softmax"', '"op":"ArgMax"', 'unsupported-operator', 'y'],
    ['an image of unknown size', '{"size":"5"}', '{"size":"-1"}', 'bad-shape', 'x'],
    ['an input of unknown rank', '{"dim":', '{"unknownRank":true,"dim":', 'bad-shape', 'x'],
    ['an integer input', 'DT_FLOAT', 'DT_INT32', 'bad-shape', 'x'],
    ['too large an input', '{"size":"5"}', '{"size":"9007199254740991"}', 'too-large', 'x'],
    ['an input of no pixels', '{"size":"5"}', '{"size":"0"}', 'bad-shape', 'x'],
    ['an unknown fused operator', base64('Relu'), base64('Sinh'), 'unsupported-operator', 'c'],
    ['a lone fused activation', `"${base64('BiasAdd')}",`, '', 'unsupported-operator', 'c'],
    ['text that is not base64 of a mode', base64('SAME'), 'SAME', 'unsupported-operator', 'c'],
    [
      'explicit padding without numbers',
      base64('SAME'),
      base64('EXPLICIT'),
      'unsupported-operator',
      'c',
    ],
    [
      'a stride over the batch',
      '{"i":["1","1","1","1"]}',
      '{"i":["2","1","1","1"]}',
      'unsupported-operator',
      'c',
    ],
    [
      'a stride of zero',
      '{"i":["1","1","1","1"]}',
      '{"i":["1","0","1","1"]}',
      'bad-attribute',
      'c',
    ],
    ['missing strides', '"strides"', '"stride"', 'bad-attribute', 'c'],
    ['two orders of axes', base64('NHWC'), base64('NCHW'), 'unsupported-operator', 'n'],
    ['a batch norm in training', '"b":false', '"b":true', 'unsupported-operator', 'n'],
    ['a batch norm without epsilon', '"epsilon"', '"delta"', 'bad-attribute', 'n'],
    ['a kernel of another shape', '"shape":[3,3,2,2]', '"shape":[3,3,4,1]', 'bad-shape', 'c'],
    [
      'a bias of another shape',
      '"name":"b","shape":[2]',
      '"name":"b","shape":[2,1]',
      'bad-shape',
      'c',
    ],
    ['a missing weight', '{"name":"k","shape"', '{"name":"kk","shape"', 'missing-data', 'k'],
    ['a node that is not there', '"input":["n","x"]', '"input":["n","z"]', 'missing-tensor', 'z'],
    [
      'a result that is not there',
      '"input":["n","x"]',
      '"input":["n:1","x"]',
      'missing-tensor',
      'n',
    ],
    [
      'a result of another name',
      '"input":["n","x"]',
      '"input":["n:batch_mean:0","x"]',
      'missing-tensor',
      'n',
    ],
    ['a cycle', '"input":["x","k","b"]', '"input":["sum","k","b"]', 'cycle', 'c'],
    ['a missing operand', '"input":["n","x"]', '"input":["n"]', 'bad-shape', 'sum'],
    ['two nodes of one name', '"name":"sum"', '"name":"n"', 'not-a-model', 'n'],
    ['an input that is no text', '"input":["n","x"]', '"input":["n",7]', 'not-a-model', 'sum'],
    [
      'a transposed matrix that does not fit',
      '"transpose_b":{"b":false}',
      '"transpose_b":{"b":true}',
      'bad-shape',
      'p',
    ],
    [
      'a weights path above the folder',
      'weights.bin',
      '../weights.bin',
      'unsafe-path',
      '../weights.bin',
    ],
    ['a missing shard', 'weights.bin', 'elsewhere.bin', 'missing-data', 'elsewhere.bin'],
  ];

  test.each(cases)('%s', async (_, from, to, code, node) => {
    const failure = await failureOf(edited(from, to));
    expect({ code: failure.code, node: failure.node }).toEqual({ code, node });
    expect(failure.reason).not.toMatch(/\n|undefined|\[object/);
  });

  const oneNode: Readonly<Record<string, (g: GraphWriter, x: string) => void>> = {
    'a constant that differs from pixel to pixel': (g, x) =>
      g.node('y', 'Add', [x, g.floats('c', [4, 1])]),
    'a constant that adds an axis': (g, x) =>
      g.node('y', 'Add', [x, g.floats('c', [1, 1, 1, 1, 2])]),
    'a constant over a tensor': (g, x) => g.node('y', 'RealDiv', [g.floats('c', [2]), x]),
    'a quotient of tensors': (g, x) => g.node('y', 'RealDiv', [x, x]),
    'a reshape that mixes pixels': (g, x) =>
      g.node('y', 'Reshape', [x, g.integers('s', [-1, 4, 5, 2])]),
    'a reshape of the batch': (g, x) => g.node('y', 'Reshape', [x, g.integers('s', [-1, 20])]),
    'a mean over one axis': (g, x) => g.node('y', 'Mean', [x, g.integers('a', [1])]),
    'a concatenation of rows': (g, x) => g.node('y', 'ConcatV2', [x, x, g.integers('a', 1)]),
    'a split of columns': (g, x) => g.node('y', 'Split', [g.integers('a', 2), x], { num_split: 2 }),
    'padding of channels': (g, x) =>
      g.node('y', 'Pad', [
        x,
        g.integers2('p', [
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 1],
        ]),
      ]),
    'a slice of rows': (g, x) =>
      g.node('y', 'Slice', [x, g.integers('b', [0, 1, 0, 0]), g.integers('n', [-1, -1, -1, -1])]),
    'a transpose': (g, x) => g.node('y', 'Transpose', [x, g.integers('o', [0, 3, 1, 2])]),
    'a squeeze of everything': (g, x) => g.node('y', 'Squeeze', [x]),
    'a matrix product of an image': (g, x) => g.node('y', 'MatMul', [x, g.floats('w', [2, 2])]),
    'slopes from a tensor': (g, x) => g.node('y', 'Prelu', [x, x]),
  };

  test.each(Object.keys(oneNode))('%s is not supported', async (name) => {
    const g = new GraphWriter();
    oneNode[name](g, g.placeholder('x', [-1, 5, 4, 2]));
    expect(await failureOf(g.file())).toMatchObject({ code: 'unsupported-operator', node: 'y' });
  });

  test.each([null, [], {}, { modelTopology: {} }, { modelTopology: { node: [3] } }])(
    '%j',
    async (json) => {
      const read = await readGraphModel('model.json', json);
      expect(read.ok ? '' : read.failure.code).toBe('not-a-model');
    },
  );

  test('an empty graph', async () => {
    expect((await failureOf(new GraphWriter().file())).code).toBe('not-a-model');
  });
});

test('property: no edit of the JSON makes the reader throw', async () => {
  const { json, shard } = good();
  const text = JSON.stringify(json);
  const junk = fc.oneof(
    fc.constantFrom(
      'null',
      '-1',
      '1e999',
      '[]',
      '{}',
      '""',
      '[[[]]]',
      '9007199254740993',
      'true',
      '"x:1:2:3"',
    ),
    fc.json({ maxDepth: 2 }),
  );
  const values = [...text.matchAll(/[:[,]("[^"]*"|[-\w.]+|\[[^[\]{}]*\])(?=[,\]}])/g)];
  await withFiles({ 'model.json': text, 'weights.bin': shard }, async (path) => {
    const property = fc.asyncProperty(
      fc.nat(values.length - 1),
      junk,
      async (index, replacement) => {
        const at = (values[index].index ?? 0) + 1;
        const rest = text.slice(at + values[index][1].length);
        const read = await readGraphModel(path, JSON.parse(text.slice(0, at) + replacement + rest));
        if (!read.ok) expect(read.failure.reason.length).toBeLessThan(200);
      },
    );
    await fc.assert(property, { numRuns: 1000, seed: 21 });
  });
});
