/** What is wrong with a file ends as one failure that names the place; nothing throws. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { readLayersModel } from '../../../src/formats/keras/read.ts';
import {
  failureOf,
  randomizeWeights,
  saveParts,
  withFiles,
  type SavedParts,
} from './saved-model.ts';

let good: SavedParts;

beforeAll(async () => {
  await tf.setBackend('cpu');
  const { layers } = tf;
  const x = tf.input({ shape: [5, 5, 2], name: 'image' });
  const conv = layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', name: 'conv' });
  const norm = layers.batchNormalization({ name: 'norm' });
  const y = norm.apply(conv.apply(x)) as tf.SymbolicTensor;
  const sum = layers.add({ name: 'sum' }).apply([x, y]) as tf.SymbolicTensor;
  const model = tf.model({
    inputs: x,
    outputs: layers.reLU({ name: 'end' }).apply(sum) as tf.SymbolicTensor,
  });
  randomizeWeights(model, 1);
  good = await saveParts(model);
});

/** The good file with one replacement in its text, which must be there. */
function edited(from: string | RegExp, to: string): SavedParts {
  const text = JSON.stringify(good.json);
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`nothing to replace by ${to}`);
  return { json: JSON.parse(changed), shard: good.shard };
}

describe('a failure names code and node', () => {
  const cases: readonly [string, string | RegExp, string, string, string][] = [
    [
      'an unknown layer',
      '"class_name":"ReLU"',
      '"class_name":"Lambda"',
      'unsupported-operator',
      'end',
    ],
    ['an image of unknown size', '[null,5,5,2]', '[null,null,5,2]', 'bad-shape', 'image'],
    ['an input without a shape', '"batch_input_shape":[null,5,5,2],', '', 'bad-shape', 'image'],
    [
      'an integer input',
      /"dtype":"float32",("sparse":false,)?"name":"image"/,
      '"dtype":"int32","name":"image"',
      'bad-shape',
      'image',
    ],
    ['too large an input', '[null,5,5,2]', '[null,1048576,1048576,2]', 'too-large', 'image'],
    ['a missing weight', '"name":"conv/kernel"', '"name":"conv/kernels"', 'missing-data', 'conv'],
    [
      'a weight of another layer',
      '"name":"norm/gamma"',
      '"name":"norm/beta"',
      'bad-value',
      'norm/beta',
    ],
    ['a weight nobody reads', '"use_bias":true', '"use_bias":false', 'bad-value', 'conv/bias'],
    ['a kernel of another shape', '"filters":2', '"filters":3', 'bad-shape', 'conv'],
    ['swapped axes of a kernel', '"kernel_size":[3,3]', '"kernel_size":[1,9]', 'bad-shape', 'conv'],
    ['a negative stride', '"strides":[1,1]', '"strides":[-1,1]', 'bad-attribute', 'conv'],
    ['causal padding', '"padding":"same"', '"padding":"causal"', 'unsupported-operator', 'conv'],
    [
      'channels first',
      '"data_format":"channels_last"',
      '"data_format":"channels_first"',
      'unsupported-operator',
      'conv',
    ],
    [
      'an unknown activation',
      '"activation":"linear"',
      '"activation":"mish"',
      'unsupported-operator',
      'conv',
    ],
    ['statistics over another axis', '"axis":-1', '"axis":1', 'unsupported-operator', 'norm'],
    ['an infinite epsilon', '"epsilon":0.001', '"epsilon":1e999', 'bad-attribute', 'norm'],
    [
      'training mode',
      '["conv",0,0,{}]',
      '["conv",0,0,{"training":true}]',
      'unsupported-operator',
      'norm',
    ],
    ['a layer that is not there', '["conv",0,0,{}]', '["kernel",0,0,{}]', 'missing-tensor', 'norm'],
    ['a call that is not there', '["conv",0,0,{}]', '["conv",1,0,{}]', 'missing-tensor', 'norm'],
    ['a result that is not there', '["conv",0,0,{}]', '["conv",0,1,{}]', 'missing-tensor', 'conv'],
    ['a cycle', '["image",0,0,{}]', '["end",0,0,{}]', 'cycle', 'norm'],
    [
      'claims beyond the file',
      '"shape":[3,3,2,2]',
      '"shape":[3,3,2,1099511627776]',
      'missing-data',
      'norm/moving_variance',
    ],
    [
      'claims beyond all numbers',
      '"shape":[3,3,2,2]',
      '"shape":[3,3,1e15,1e15]',
      'too-large',
      'conv/kernel',
    ],
    ['a negative extent', '"shape":[3,3,2,2]', '"shape":[3,3,2,-2]', 'bad-shape', 'conv/kernel'],
    ['an unknown type', '"dtype":"float32"}', '"dtype":"string"}', 'bad-attribute', 'conv/kernel'],
    [
      'an unknown quantization',
      '"shape":[3,3,2,2]',
      '"quantization":{"dtype":"int4"},"shape":[3,3,2,2]',
      'bad-attribute',
      'conv/kernel',
    ],
    ['two layers of one name', '"name":"end"', '"name":"sum"', 'not-a-model', 'model'],
    [
      'a weights path above the folder',
      'group1-shard1of1.bin',
      '../group1-shard1of1.bin',
      'unsafe-path',
      '../group1-shard1of1.bin',
    ],
    [
      'an absolute weights path',
      'group1-shard1of1.bin',
      '/etc/hostname',
      'unsafe-path',
      '/etc/hostname',
    ],
    ['a missing shard', 'group1-shard1of1.bin', 'elsewhere.bin', 'missing-data', 'elsewhere.bin'],
    ['a shard that is a folder', 'group1-shard1of1.bin', '.', 'unsafe-path', '.'],
    ['a path with a null byte', 'group1-shard1of1.bin', 'a\\u0000b', 'missing-data', 'a\0b'],
  ];

  test.each(cases)('%s', async (_, from, to, code, node) => {
    const failure = await failureOf(edited(from, to));
    expect({ code: failure.code, node: failure.node }).toEqual({ code, node });
    expect(failure.reason).not.toMatch(/\n|undefined|\[object/);
  });

  test('a weight that is NaN', async () => {
    const shard = new Uint8Array(good.shard);
    shard.set([0, 0, 0xc0, 0x7f]);
    const failure = await failureOf({ json: good.json, shard });
    expect(failure).toMatchObject({ code: 'bad-value', node: 'conv' });
  });

  test('a truncated shard', async () => {
    const failure = await failureOf({ json: good.json, shard: good.shard.subarray(1) });
    expect(failure.code).toBe('missing-data');
  });

  test('a symbolic link that leads out of the folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'plainproof-'));
    try {
      await writeFile(join(outside, 'weights.bin'), good.shard);
      const text = JSON.stringify(good.json);
      const failure = await withFiles({ 'model.json': text }, async (path) => {
        await symlink(join(outside, 'weights.bin'), join(path, '..', 'group1-shard1of1.bin'));
        const read = await readLayersModel(path, good.json);
        return read.ok ? null : read.failure;
      });
      expect(failure?.code).toBe('unsafe-path');
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  test.each([null, 3, 'text', [], {}, { modelTopology: {} }, { modelTopology: { config: [] } }])(
    'JSON that is no model: %j',
    async (json) => {
      const read = await readLayersModel('model.json', json);
      expect(read.ok ? '' : read.failure.code).toBe('not-a-model');
    },
  );

  test('nesting without end', async () => {
    let topology: unknown = { class_name: 'ReLU', config: { name: 'x' } };
    for (let i = 0; i < 5000; i++) {
      topology = { class_name: 'Sequential', name: `s${i}`, config: { layers: [topology] } };
    }
    const read = await readLayersModel('model.json', { modelTopology: topology });
    expect(read.ok ? '' : read.failure.code).toBe('not-a-model');
  });

  test('models that multiply without end', async () => {
    // Each level calls the level below it twice.
    let topology: unknown = { class_name: 'ReLU', name: 'm0', config: {} };
    for (let i = 1; i < 30; i++) {
      const below = `m${i - 1}`;
      const input = {
        class_name: 'InputLayer',
        name: 'x',
        config: { batch_input_shape: [null, 1] },
      };
      const calls = [[['x', 0, 0, {}]], [[below, i === 1 ? 0 : 1, 0, {}]]];
      const inner = { ...(topology as object), inbound_nodes: calls };
      const outputs = [[below, i === 1 ? 1 : 2, 0]];
      const config = {
        layers: [input, inner],
        input_layers: [['x', 0, 0]],
        output_layers: outputs,
      };
      topology = { class_name: 'Functional', name: `m${i}`, config };
    }
    const json = { modelTopology: topology, weightsManifest: [] };
    const failure = await withFiles({ 'model.json': '' }, async (path) => {
      const read = await readLayersModel(path, json);
      return read.ok ? null : read.failure;
    });
    expect(failure?.code).toBe('too-large');
  });
});

test('property: no edit of the JSON makes the reader throw', async () => {
  const text = JSON.stringify(good.json);
  const junk = fc.oneof(
    fc.constantFrom('null', '-1', '1e999', '[]', '{}', '""', '[[[]]]', '9007199254740993', 'true'),
    fc.json({ maxDepth: 2 }),
  );
  // A value of the file: what stands behind a colon, up to the next comma or bracket.
  const values = [...text.matchAll(/[:[,]("[^"]*"|[-\w.]+|\[[^[\]{}]*\])(?=[,\]}])/g)];
  await withFiles({ 'model.json': text, 'group1-shard1of1.bin': good.shard }, async (path) => {
    const property = fc.asyncProperty(
      fc.nat(values.length - 1),
      junk,
      async (index, replacement) => {
        const at = (values[index].index ?? 0) + 1;
        const json = JSON.parse(
          text.slice(0, at) + replacement + text.slice(at + values[index][1].length),
        );
        const read = await readLayersModel(path, json);
        if (!read.ok) expect(read.failure.reason.length).toBeLessThan(200);
      },
    );
    await fc.assert(property, { numRuns: 500, seed: 20 });
  });
});
