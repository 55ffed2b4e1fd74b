/** What TensorFlow defines and tfjs does not run: compared with the same function in other operators. */
import { describe, expect, test } from 'vitest';
import type { Model } from '../../../src/model/model.ts';
import { elements } from '../../../src/model/shape.ts';
import { evaluate } from '../../../src/semantics/evaluate.ts';
import { randomImage } from '../keras/saved-model.ts';
import { GraphWriter, readFile } from './graph-file.ts';

async function outputOf(g: GraphWriter): Promise<{ model: Model; values: Float64Array }> {
  const read = await readFile(g.file());
  if (!read.ok) throw new Error(`${read.failure.node}: ${read.failure.reason}`);
  const model = read.value;
  const { shape } = model.tensors[model.inputs[0].tensor];
  const image = Float64Array.from(randomImage(shape, 5));
  const values = evaluate(model, [image]).values.get(model.outputs[0].tensor);
  if (values === undefined) throw new Error('no output');
  expect(values.length).toBe(elements(model.tensors[model.outputs[0].tensor].shape));
  return { model, values };
}

/** A network in either order of axes; its weights are the same. */
function network(format: 'NHWC' | 'NCHW'): GraphWriter {
  const nhwc = format === 'NHWC';
  /** Batch, rows, columns, channels, brought to the format's order. */
  const four = <T>(n: T, h: T, w: T, c: T): readonly T[] => (nhwc ? [n, h, w, c] : [n, c, h, w]);
  const g = new GraphWriter();
  const x = g.placeholder('x', four(-1, 6, 7, 2));
  const padding = [...four([0, 0], [1, 2], [0, 1], [0, 0])];
  const p = g.node('p', 'Pad', [x, g.integers2('pads', padding)]);
  const convolution = {
    strides: [...four(1, 2, 1, 1)],
    dilations: [...four(1, 1, 2, 1)],
    padding: 'SAME',
    data_format: format,
  };
  const c = g.node('c', 'Conv2D', [p, g.floats('k', [3, 2, 2, 4])], convolution);
  const b = g.node('b', 'BiasAdd', [c, g.floats('bias', [4])], { data_format: format });
  const m = g.node('m', 'Mul', [b, g.floats('scale', nhwc ? [4] : [4, 1, 1])]);
  const pool = { padding: 'SAME', data_format: format };
  const window = { ksize: [...four(1, 2, 2, 1)], strides: [...four(1, 2, 1, 1)] };
  const q = g.node('q', 'MaxPool', [m, m].slice(0, 1), { ...pool, ...window });
  const s = g.node('s', 'Split', [g.integers('axis', nhwc ? 3 : 1), q], { num_split: 2 });
  const j = g.node('j', 'ConcatV2', [`${s}:1`, s, g.integers('axis2', nhwc ? -1 : 1)], { N: 2 });
  g.node('y', 'Mean', [j, g.integers('axes', nhwc ? [1, 2] : [2, 3])]);
  return g;
}

describe('beyond tfjs', () => {
  test('NCHW graphs compute what their NHWC twins compute', async () => {
    const nhwc = await outputOf(network('NHWC'));
    const nchw = await outputOf(network('NCHW'));
    expect(nchw.model.inputs[0].layout).toBe('nchw');
    expect(nchw.values).toEqual(nhwc.values);
  });

  test('a flattened NCHW image is in the order of its channels', async () => {
    const g = new GraphWriter();
    const x = g.placeholder('x', [-1, 2, 3, 2]);
    const conv = { strides: [1, 1, 1, 1], padding: 'VALID', data_format: 'NCHW' };
    const c = g.node('c', 'Conv2D', [x, g.floats('k', [1, 1, 2, 2])], conv);
    g.node('y', 'Reshape', [c, g.integers('shape', [-1, 12])]);
    const { model } = await outputOf(g);
    expect(model.layers[1]).toMatchObject({ kind: 'flatten', order: 'chw' });
  });

  test('a batch norm fused into a convolution is one behind it', async () => {
    const build = (fused: boolean): GraphWriter => {
      const g = new GraphWriter();
      const x = g.placeholder('x', [-1, 4, 5, 2]);
      const k = g.floats('k', [3, 3, 2, 3]);
      const statistics = [
        g.floats('s', [3]),
        g.floats('o', [3]),
        g.floats('m', [3]),
        g.floats('v', [3], [1, 2, 3]),
      ];
      const conv = { strides: [1, 1, 1, 1], padding: 'SAME' };
      const epsilon = { epsilon: { f: 0.01 } };
      if (fused) {
        const attributes = {
          ...conv,
          ...epsilon,
          fused_ops: ['FusedBatchNorm', 'Relu'],
          num_args: 4,
        };
        g.node('y', '_FusedConv2D', [x, k, ...statistics], attributes);
      } else {
        const c = g.node('c', 'Conv2D', [x, k], conv);
        const n = g.node('n', 'FusedBatchNormV3', [c, ...statistics], {
          ...epsilon,
          is_training: false,
        });
        g.node('y', 'Relu', [`${n}:y:0`]);
      }
      return g;
    };
    expect((await outputOf(build(true))).values).toEqual((await outputOf(build(false))).values);
  });

  test('a convolution of fewer input channels is grouped', async () => {
    const g = new GraphWriter();
    const x = g.placeholder('x', [-1, 3, 3, 4]);
    g.node('y', 'Conv2D', [x, g.floats('k', [1, 1, 2, 6])], {
      strides: [1, 1, 1, 1],
      padding: 'SAME',
    });
    const { model } = await outputOf(g);
    expect(model.layers[0]).toMatchObject({ kind: 'conv', groups: 2, outChannels: 6 });
  });
});
