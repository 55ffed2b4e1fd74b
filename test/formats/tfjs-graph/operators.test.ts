import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectSameFunction, GraphWriter } from './graph-file.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A graph of one input, 1×7×6×3, with `body` behind it. */
function graph(body: (g: GraphWriter, x: string) => void): GraphWriter {
  const g = new GraphWriter();
  body(g, g.placeholder('x', [-1, 7, 6, 3]));
  return g;
}

const unit = { strides: [1, 1, 1, 1], padding: 'VALID', data_format: 'NHWC' };
const conv = {
  strides: [1, 2, 1, 1],
  padding: 'SAME',
  data_format: 'NHWC',
  dilations: [1, 1, 1, 1],
};

const operators: Readonly<Record<string, (g: GraphWriter, x: string) => void>> = {
  'Conv2D SAME': (g, x) => g.node('y', 'Conv2D', [x, g.floats('k', [4, 3, 3, 5])], conv),
  'Conv2D explicit padding, dilated': (g, x) =>
    g.node('y', 'Conv2D', [x, g.floats('k', [2, 2, 3, 4])], {
      ...unit,
      dilations: [1, 2, 3, 1],
      padding: 'EXPLICIT',
      explicit_paddings: [0, 0, 1, 2, 0, 3, 0, 0],
    }),
  DepthwiseConv2dNative: (g, x) =>
    g.node('y', 'DepthwiseConv2dNative', [x, g.floats('k', [3, 3, 3, 2])], {
      ...conv,
      strides: [1, 2, 2, 1],
    }),
  'FusedDepthwiseConv2dNative, Relu6': (g, x) =>
    g.node(
      'y',
      'FusedDepthwiseConv2dNative',
      [x, g.floats('k', [3, 3, 3, 1]), g.floats('b', [3])],
      {
        ...unit,
        fused_ops: ['BiasAdd', 'Relu6'],
        num_args: 1,
      },
    ),
  '_FusedConv2D, bias': (g, x) =>
    g.node('y', '_FusedConv2D', [x, g.floats('k', [1, 1, 3, 4]), g.floats('b', [4])], {
      ...unit,
      fused_ops: ['BiasAdd'],
      num_args: 1,
    }),
  '_FusedConv2D, Relu': (g, x) =>
    g.node('y', '_FusedConv2D', [x, g.floats('k', [3, 3, 3, 4]), g.floats('b', [4])], {
      ...conv,
      fused_ops: ['BiasAdd', 'Relu'],
      num_args: 1,
    }),
  '_FusedConv2D, Elu': (g, x) =>
    g.node('y', '_FusedConv2D', [x, g.floats('k', [3, 3, 3, 4]), g.floats('b', [4])], {
      ...conv,
      fused_ops: ['BiasAdd', 'Elu'],
      num_args: 1,
    }),
  '_FusedConv2D, LeakyRelu': (g, x) =>
    g.node('y', '_FusedConv2D', [x, g.floats('k', [3, 3, 3, 4]), g.floats('b', [4])], {
      ...conv,
      fused_ops: ['BiasAdd', 'LeakyRelu'],
      leakyrelu_alpha: { f: 0.3 },
      num_args: 1,
    }),
  '_FusedConv2D, Prelu': (g, x) => {
    const inputs = [x, g.floats('k', [3, 3, 3, 4]), g.floats('b', [4]), g.floats('a', [1, 1, 4])];
    g.node('y', '_FusedConv2D', inputs, { ...conv, fused_ops: ['BiasAdd', 'Prelu'], num_args: 2 });
  },
  'MatMul behind Mean': (g, x) => {
    const mean = g.node('m', 'Mean', [x, g.integers('axes', [1, 2])], { keep_dims: false });
    const product = g.node('p', 'MatMul', [mean, g.floats('w', [3, 4])], { transpose_b: false });
    g.node('y', 'BiasAdd', [product, g.floats('b', [4])]);
  },
  '_FusedMatMul with transpose_b': (g, x) => {
    const mean = g.node('m', 'Mean', [x, g.integers('axes', [2, 1])]);
    g.node('y', '_FusedMatMul', [mean, g.floats('w', [4, 3]), g.floats('b', [4])], {
      transpose_a: false,
      transpose_b: true,
      fused_ops: ['BiasAdd', 'Relu'],
      num_args: 1,
    });
  },
  FusedBatchNormV3: (g, x) => {
    const statistics = [
      g.floats('s', [3]),
      g.floats('o', [3]),
      g.floats('m', [3]),
      g.floats('v', [3], [0.5, 2, 1e-3]),
    ];
    g.node('y', 'FusedBatchNormV3', [x, ...statistics], {
      is_training: false,
      epsilon: { f: 0.001 },
      data_format: 'NHWC',
    });
  },
  'Add of a constant per channel': (g, x) => g.node('y', 'AddV2', [x, g.floats('c', [3])]),
  'Add of a constant in front': (g, x) => g.node('y', 'Add', [g.floats('c', [1, 1, 1, 3]), x]),
  'Mul by a scalar': (g, x) => g.node('y', 'Mul', [x, g.floats('c', [])]),
  'Sub of a constant': (g, x) => g.node('y', 'Sub', [x, g.floats('c', [1, 3])]),
  'Sub from a constant': (g, x) => g.node('y', 'Sub', [g.floats('c', [3]), x]),
  'RealDiv by a constant': (g, x) => g.node('y', 'RealDiv', [x, g.floats('c', [3], [3, -0.7, 11])]),
  'Add, Sub and Mul of tensors': (g, x) => {
    const r = g.node('r', 'Relu', [x]);
    const sum = g.node('s', 'AddV2', [x, r]);
    g.node('y', 'Mul', [g.node('d', 'Sub', [sum, g.node('n', 'Neg', [r])]), x]);
  },
  'Mul with squeeze-and-excite': (g, x) => {
    const mean = g.node('m', 'Mean', [x, g.integers('axes', [1, 2])], { keep_dims: true });
    g.node('y', 'Mul', [x, g.node('s', 'Sigmoid', [mean])]);
  },
  Relu: (g, x) => g.node('y', 'Relu', [x]),
  Relu6: (g, x) => g.node('y', 'Relu6', [x]),
  Elu: (g, x) => g.node('y', 'Elu', [x]),
  Tanh: (g, x) => g.node('y', 'Tanh', [x]),
  LeakyRelu: (g, x) => g.node('y', 'LeakyRelu', [x], { alpha: { f: 0.15 } }),
  'LeakyRelu by default': (g, x) => g.node('y', 'LeakyRelu', [x]),
  Prelu: (g, x) => g.node('y', 'Prelu', [x, g.floats('a', [3])]),
  Softmax: (g, x) => g.node('y', 'Softmax', [x]),
  ClipByValue: (g, x) =>
    g.node('y', 'ClipByValue', [x, g.floats('lo', [], [-0.3]), g.floats('hi', [], [0.9])]),
  'Minimum and Maximum': (g, x) => {
    g.node('y', 'Maximum', [
      g.node('n', 'Minimum', [x, g.floats('hi', [3])]),
      g.floats('lo', [], [-0.8]),
    ]);
  },
  'MaxPool SAME': (g, x) =>
    g.node('y', 'MaxPool', [x], { ksize: [1, 3, 2, 1], strides: [1, 2, 2, 1], padding: 'SAME' }),
  'AvgPool SAME': (g, x) =>
    g.node('y', 'AvgPool', [x], { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: 'SAME' }),
  'Mean over negative axes': (g, x) => g.node('y', 'Mean', [x, g.integers('axes', [-3, -2])]),
  'Max over space': (g, x) =>
    g.node('y', 'Max', [x, g.integers('axes', [1, 2])], { keep_dims: true }),
  Pad: (g, x) =>
    g.node('y', 'Pad', [
      x,
      g.integers2('p', [
        [0, 0],
        [1, 0],
        [2, 3],
        [0, 0],
      ]),
    ]),
  'PadV2 with a value': (g, x) =>
    g.node('y', 'PadV2', [
      x,
      g.integers2('p', [
        [0, 0],
        [1, 0],
        [2, 3],
        [0, 0],
      ]),
      g.floats('v', [], [0.7]),
    ]),
  ConcatV2: (g, x) =>
    g.node('y', 'ConcatV2', [x, g.node('r', 'Relu', [x]), g.integers('axis', -1)], { N: 2 }),
  Split: (g, x) => {
    g.node('s', 'Split', [g.integers('axis', 3), x], { num_split: 3 });
    g.node('y', 'Sub', ['s:2', 's']);
  },
  SplitV: (g, x) => {
    g.node('s', 'SplitV', [x, g.integers('sizes', [1, -1]), g.integers('axis', 3)], {
      num_split: 2,
    });
    g.node('y', 'Relu', ['s:1']);
  },
  Slice: (g, x) =>
    g.node('y', 'Slice', [x, g.integers('b', [0, 0, 0, 1]), g.integers('n', [-1, 7, -1, 2])]),
  'StridedSlice backwards': (g, x) => {
    const ends = [
      g.integers('b', [0, 0, 0, 2]),
      g.integers('e', [0, 0, 0, 0]),
      g.integers('s', [1, 1, 1, -1]),
    ];
    g.node('y', 'StridedSlice', [x, ...ends], {
      begin_mask: 7,
      end_mask: 7,
      ellipsis_mask: 0,
      new_axis_mask: 0,
      shrink_axis_mask: 0,
    });
  },
  GatherV2: (g, x) =>
    g.node('y', 'GatherV2', [x, g.integers('i', [2, 0, 0, 1]), g.integers('axis', 3)], {
      batch_dims: 0,
    }),
  'Reshape to a vector': (g, x) => g.node('y', 'Reshape', [x, g.integers('s', [-1, 126])]),
  'Reshape with the batch stated': (g, x) => g.node('y', 'Reshape', [x, g.integers('s', [1, -1])]),
  'Reshape to a computed shape': (g, x) => {
    const mean = g.node('m', 'Mean', [x, g.integers('axes', [1, 2])]);
    const shape = g.node('sh', 'Shape', [mean], {});
    const bounds = [g.integers('b', [0]), g.integers('e', [1]), g.integers('st', [1])];
    const batch = g.node('ba', 'StridedSlice', [shape, ...bounds], {
      begin_mask: 0,
      end_mask: 0,
      ellipsis_mask: 0,
      new_axis_mask: 0,
      shrink_axis_mask: 1,
    });
    const sides = [g.integers('one', 1), g.integers('one2', 1), g.integers('c', 3)];
    const packed = g.node('pack', 'Pack', [batch, ...sides], { N: 4, axis: 0 });
    g.node('y', 'Reshape', [mean, packed]);
  },
  Squeeze: (g, x) => {
    const mean = g.node('m', 'Mean', [x, g.integers('axes', [1, 2])], { keep_dims: true });
    g.node('y', 'Squeeze', [mean], { squeeze_dims: [1, 2] });
  },
  'Identity, StopGradient and a control dependency': (g, x) => {
    const r = g.node('r', 'Relu', [x, '^x']);
    g.node('y', 'Identity', [g.node('s', 'StopGradient', [r])]);
  },
};

describe('an operator means what tfjs computes', () => {
  test.each(Object.keys(operators))('%s', async (name) => {
    await expectSameFunction(graph(operators[name]).file());
  });

  test('a residual block of fused operators keeps its kernels shared and its names', async () => {
    const file = graph((g, x) => {
      const k = g.floats('k', [3, 3, 3, 3]);
      const b = g.floats('b', [3]);
      const same = { strides: [1, 1, 1, 1], padding: 'SAME', num_args: 1 };
      const a = g.node('a', '_FusedConv2D', [x, k, b], {
        ...same,
        fused_ops: ['BiasAdd', 'Relu6'],
      });
      const c = g.node('c', '_FusedConv2D', [a, k, b], { ...same, fused_ops: ['BiasAdd'] });
      g.node('sum', 'AddV2', [c, x]);
    }).file();
    const model = await expectSameFunction(file);
    expect(model.layers.map((layer) => layer.name)).toEqual(['a', 'a/Relu6', 'c', 'sum']);
    const convs = model.layers.filter((layer) => layer.kind === 'conv');
    expect(convs[0].weight).toBe(convs[1].weight);
  });

  test('the signature names inputs and outputs and their order', async () => {
    const g = new GraphWriter();
    const a = g.placeholder('a', [1, 4]);
    const b = g.placeholder('b', [1, 4]);
    g.node('sum', 'AddV2', [a, b]);
    g.node('difference', 'Sub', [a, b]);
    // Unreachable from the outputs, so nobody minds what it is.
    g.node('strange', 'Bincount', [a]);
    const port = (name: string): object => ({ name: `${name}:0`, dtype: 'DT_FLOAT' });
    const signature = {
      inputs: { second: port('b'), first: port('a') },
      outputs: { d: port('difference'), s: port('sum') },
    };
    const model = await expectSameFunction(g.file(signature));
    expect(model.inputs.map((input) => input.name)).toEqual(['b', 'a']);
    expect(model.outputs.map((output) => output.name)).toEqual(['difference', 'sum']);
    expect(model.inputs[0]).toMatchObject({ layout: 'vector', batch: 1 });
  });
});
