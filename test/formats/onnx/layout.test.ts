/** Transpose, Reshape and their like, against onnxruntime. */
import { describe, expect, test } from 'vitest';
import { chain, graph, refusal, weights, type Step } from './chain.ts';
import { encode, f32, i64, scalar, type Node, type Tensor } from './encoder.ts';
import { faithful, kinds, readBytes } from './oracle.ts';

describe('to vectors', () => {
  test.each<[string, Step, readonly Tensor[]]>([
    ['Flatten', ['Flatten', []], []],
    ['Flatten from the end', ['Flatten', [], { axis: -3 }], []],
    ['Reshape [0,-1]', ['Reshape', ['s']], [i64('s', 0, -1)]],
    ['Reshape [1,-1]', ['Reshape', ['s']], [i64('s', 1, -1)]],
    ['Reshape [-1,C]', ['Reshape', ['s']], [i64('s', -1, 24)]],
    ['Reshape [1,C]', ['Reshape', ['s']], [i64('s', 1, 24)]],
  ])('%s', async (_, step, initializers) => {
    for (const dims of [
      [1, 4, 3, 2],
      ['N', 4, 3, 2],
    ]) {
      const model = await faithful(chain([step], initializers, { dims }));
      expect(model.layers).toMatchObject([{ kind: 'flatten', order: 'chw' }]);
      expect(model.outputs[0]).toMatchObject({
        layout: 'vector',
        batch: dims[0] === 'N' ? null : 1,
      });
    }
  });

  test('a larger fixed batch is no feature', async () => {
    const options = { dims: [3, 4, 1, 1] };
    const dense = chain([['Reshape', ['s']]], [i64('s', 3, 4)], options);
    expect((await readBytes(encode(dense))).ok).toBe(true);
    const mixed = chain([['Reshape', ['s']]], [i64('s', 4, 3)], options);
    expect(await refusal(mixed)).toBe('unsupported-operator');
    expect(await refusal(chain([['Reshape', ['s']]], [i64('s', 1, 12)], options))).toBe(
      'unsupported-operator',
    );
  });

  test('shapes computed from the shape of the tensor', async () => {
    const nodes: readonly Node[] = [
      { operator: 'Shape', inputs: ['x'], outputs: ['shape'] },
      { operator: 'Gather', inputs: ['shape', 'zero'], outputs: ['batch'] },
      { operator: 'Unsqueeze', inputs: ['batch', 'axes'], outputs: ['batches'] },
      {
        operator: 'Concat',
        inputs: ['batches', 'rest'],
        outputs: ['wanted'],
        attributes: { axis: 0 },
      },
      { operator: 'Reshape', inputs: ['x', 'wanted'], outputs: ['y'] },
    ];
    const initializers = [{ ...i64('zero', 0), dims: [] }, i64('axes', 0), i64('rest', -1)];
    const model = await faithful(graph(nodes, initializers, { dims: ['N', 4, 3, 2] }));
    expect(kinds(model)).toEqual(['flatten']);
    // A product with the free batch is not known.
    const product: Node = { operator: 'Mul', inputs: ['batches', 'rest'], outputs: ['wanted'] };
    const wrong = graph([...nodes.slice(0, 3), product, nodes[4]], initializers, {
      dims: ['N', 4, 3, 2],
    });
    expect(await refusal(wrong)).toBe('unsupported-operator');
  });

  test('of 1×1 pixels nothing is left, as with Squeeze and Unsqueeze', async () => {
    const dims = { dims: [1, 5, 1, 1] };
    for (const graph of [
      chain([['Flatten', []]], [], dims),
      chain([['Squeeze', ['a']]], [i64('a', 2, 3)], dims),
      chain(
        [
          ['Squeeze', ['a']],
          ['Unsqueeze', ['b']],
        ],
        [i64('a', -1), i64('b', 2)],
        dims,
      ),
      chain([['Squeeze', [], { axes: [2, 3] }]], [], { ...dims, opset: 11 }),
    ]) {
      expect((await faithful(graph)).layers).toEqual([]);
    }
    expect(await refusal(chain([['Squeeze', ['a']]], [i64('a', 1)], dims))).toBe('bad-shape');
    expect(await refusal(chain([['Squeeze', ['a']]], [i64('a', 0)], dims))).toBe(
      'unsupported-operator',
    );
  });
});

describe('layouts', () => {
  const toNchw: Step = ['Transpose', [], { perm: [0, 3, 1, 2] }];
  const toNhwc: Step = ['Transpose', [], { perm: [0, 2, 3, 1] }];
  const conv: Step = ['Conv', ['w'], { pads: [1, 1, 1, 1] }];

  test('a graph in NHWC keeps its signature and has no transposition inside', async () => {
    const steps: readonly Step[] = [
      ['Mul', ['c']],
      ['Sub', ['m']],
      toNchw,
      conv,
      toNhwc,
      ['Relu', []],
    ];
    const constants = [weights('w', 5, 3, 3, 3), scalar('c', 0.5), f32('m', [3], [1, 2, 3])];
    const model = await faithful(chain(steps, constants, { dims: ['N', 4, 6, 3] }));
    expect(kinds(model)).toEqual(['scale', 'translate', 'conv', 'relu']);
    expect([model.inputs[0].layout, model.outputs[0].layout]).toEqual(['nhwc', 'nhwc']);
    expect(model.tensors[0].shape).toEqual({ channels: 3, height: 4, width: 6 });
  });

  test('flattening channels last', async () => {
    const model = await faithful(chain([toNhwc, ['Flatten', []]]));
    expect(model.layers).toMatchObject([{ kind: 'flatten', order: 'hwc' }]);
    const joined = await faithful(chain([toNhwc, ['Reshape', ['s']]], [i64('s', 1, 24)]));
    expect(joined.layers).toMatchObject([{ kind: 'flatten', order: 'hwc' }]);
  });

  test('MatMul over the last axis of an image is a 1×1 convolution', async () => {
    const steps: readonly Step[] = [toNhwc, ['MatMul', ['w']], toNchw];
    expect(kinds(await faithful(chain(steps, [weights('w', 4, 5)])))).toEqual(['conv']);
  });

  test('channel shuffle is a selection', async () => {
    const steps: readonly Step[] = [
      ['Reshape', ['split']],
      ['Transpose', [], { perm: [0, 2, 1, 3, 4] }],
      ['Reshape', ['join']],
    ];
    const shapes = [i64('split', 1, 2, 3, 2, 2), i64('join', 1, 6, 2, 2)];
    const model = await faithful(chain(steps, shapes, { dims: [1, 6, 2, 2] }));
    const [layer] = model.layers;
    expect(layer.kind === 'select' && [...layer.channels]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  test('rows and columns joined, reduced together', async () => {
    const steps: readonly Step[] = [
      ['Reshape', ['s']],
      ['ReduceMean', [], { axes: [2], keepdims: 0 }],
    ];
    expect(kinds(await faithful(chain(steps, [i64('s', 1, 4, -1)])))).toEqual([
      'globalAveragePool',
    ]);
  });

  test('an order that no layer of the model has is refused, not guessed', async () => {
    const turned: Step = ['Transpose', [], { perm: [0, 1, 3, 2] }];
    expect(await refusal(chain([turned, ['Flatten', []]]))).toBe('unsupported-operator');
    expect(await refusal(chain([turned, conv], [weights('w', 5, 4, 3, 3)]))).toBe(
      'unsupported-operator',
    );
    expect(await refusal(chain([['Transpose', [], { perm: [0, 1, 1, 2] }]]))).toBe('bad-attribute');
    expect(await refusal(chain([['Reshape', ['s']]], [i64('s', 1, 5, -1)]))).toBe('bad-shape');
    expect(await refusal(chain([['Reshape', ['s']]], [i64('s', 1, 2, 12)]))).toBe(
      'unsupported-operator',
    );
  });
});
