/** The MobileNetV2 of the package nsfwjs: a pretrained, quantized model nobody here made. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extractNsfwjs } from '../../../scripts/extract-nsfwjs.ts';
import { readLayersModel } from '../../../src/formats/keras/read.ts';
import type { ReadFiles } from '../../../src/formats/source.ts';
import { denote, errorBound } from '../../../src/semantics/denote.ts';
import type { Operand } from '../../../src/semantics/operand.ts';
import { float32 } from '../../../src/semantics/rounding.ts';
import { randomImage, toChannelMajor, worstRatio } from './saved-model.ts';
import { findShortcuts } from '../../../src/model/shortcuts.ts';
import { statistics } from '../../../src/model/statistics.ts';

/** Bit for bit; deep equality of vitest takes a second for a million entries. */
async function sameBits(
  ours: Float32Array | null,
  theirs: tf.Tensor | undefined,
): Promise<boolean> {
  const values = await theirs?.data();
  if (ours === null || !(values instanceof Float32Array)) return false;
  return Buffer.from(ours.buffer, ours.byteOffset, ours.byteLength).equals(
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
}

let folder = '';
let read: ReadFiles;
let reference: tf.LayersModel;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plainproof-'));
  const path = await extractNsfwjs(folder);
  const json = JSON.parse(await readFile(path, 'utf8'));
  const result = await readLayersModel(path, json);
  if (!result.ok) throw new Error(result.failure.reason);
  read = result.value;
  await tf.setBackend('wasm');
  const shard = await readFile(join(folder, json.weightsManifest[0].paths[0]));
  reference = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: shard.buffer.slice(shard.byteOffset, shard.byteOffset + shard.byteLength),
    }),
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe('nsfwjs MobileNetV2', () => {
  test('has ten identity shortcuts, each round expand, depthwise, project', () => {
    const shortcuts = findShortcuts(read.model);
    expect(shortcuts.map((found) => found.kind)).toEqual(Array(10).fill('identity'));
    expect(shortcuts[0].add.name).toBe('block_2_add');
    const kinds = ['conv', 'batchNorm', 'clip', 'conv', 'batchNorm', 'clip', 'conv', 'batchNorm'];
    for (const found of shortcuts) expect(found.branch.map((layer) => layer.kind)).toEqual(kinds);
  });

  test('keeps its 52 batch norms and 35 activations clipped at six', () => {
    const count = (kind: string): number =>
      read.model.layers.filter((layer) => layer.kind === kind).length;
    expect(count('batchNorm')).toBe(52);
    expect(count('clip')).toBe(35);
    expect(count('add')).toBe(10);
    for (const layer of read.model.layers) {
      if (layer.kind === 'clip') expect([layer.lower[0], layer.upper[0]]).toEqual([0, 6]);
      if (layer.kind === 'batchNorm') expect(layer.epsilon).toBe(Math.fround(1e-3));
    }
  });

  test('dequantizes every weight to the bits tfjs has', async () => {
    const theirs = new Map(reference.weights.map((weight) => [weight.originalName, weight.read()]));
    const at = (path: string): tf.Tensor | undefined => theirs.get(path);
    const same = async (name: string, ours: Float32Array | null, tensor?: tf.Tensor) => {
      expect(await sameBits(ours, tensor), name).toBe(true);
      compared++;
    };
    let compared = 0;
    for (const layer of read.model.layers) {
      const { name } = layer;
      if (layer.kind === 'batchNorm') {
        await same(name, layer.scale, at(`${name}/gamma`));
        await same(name, layer.offset, at(`${name}/beta`));
        await same(name, layer.mean, at(`${name}/moving_mean`));
        await same(name, layer.variance, at(`${name}/moving_variance`));
      } else if (layer.kind === 'conv' && layer.groups > 1) {
        await same(name, layer.weight, at(`${name}/depthwise_kernel`)?.transpose([2, 3, 0, 1]));
      } else if (layer.kind === 'conv') {
        await same(name, layer.weight, at(`${name}/kernel`)?.transpose([3, 2, 0, 1]));
      } else if (layer.kind === 'dense') {
        await same(name, layer.weight, at(`${name}/kernel`)?.transpose([1, 0]));
        await same(name, layer.bias, at(`${name}/bias`));
      }
    }
    expect(compared).toBe(4 * 52 + 35 + 17 + 2 * 3);
  });

  test('has the shapes and parameters tfjs has', () => {
    expect(statistics(read.model).parameters).toBe(reference.countParams());
    const shapes = new Map(read.model.tensors.map(({ name, shape }) => [name, shape]));
    let compared = 0;
    for (const layer of reference.layers) {
      const shape = shapes.get(layer.name);
      const [, height, width, channels] = [layer.outputShape].flat();
      if (shape === undefined || channels === undefined) continue;
      expect(shape).toEqual({ channels, height, width });
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
    expect(read.model.inputs[0].layout).toBe('nhwc');
    expect(read.model.outputs[0].layout).toBe('vector');
  });

  test('computes layer by layer what the wasm kernels compute from the same activations', async () => {
    const probes = reference.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
    const outputs = probes.map((layer) => layer.output as tf.SymbolicTensor);
    const { shape } = read.model.tensors[read.model.inputs[0].tensor];
    const image = randomImage(shape, 1).map((v) => Math.abs(v) / 4);
    const given = tf.tensor(image, [1, shape.height, shape.width, shape.channels]);
    const predicted = [tf.model({ inputs: reference.inputs, outputs }).predict(given)].flat();
    const theirs = new Map<string, Operand>();
    for (const [i, probe] of probes.entries()) {
      const [, height, width, channels] = predicted[i].shape;
      const extent =
        channels === undefined
          ? { channels: height, height: 1, width: 1 }
          : { channels, height, width };
      const values = toChannelMajor(await predicted[i].data(), extent);
      theirs.set(probe.name, { shape: extent, values, errors: null });
    }
    theirs.set('input_1', { shape, values: toChannelMajor(image, shape), errors: null });
    // Two dense layers carry an activation; tfjs shows what comes after it, and no name of ours is that.
    for (const [name, activation] of Object.entries({
      dense_1: 'relu',
      dense_2: 'relu',
      dense_3: 'softmax',
    })) {
      theirs.set(`${name}/${activation}`, theirs.get(name) as Operand);
      theirs.delete(name);
    }
    const names = read.model.tensors.map((tensor) => tensor.name);
    let compared = 0;
    for (const layer of read.model.layers) {
      const extent = read.model.tensors[layer.output].shape;
      const operands = layer.inputs.map((tensor) => theirs.get(names[tensor]) as Operand);
      const allowed = errorBound(layer, operands, extent, float32);
      const ours = denote(layer, operands, extent);
      const expected = theirs.get(layer.name);
      if (expected === undefined) {
        theirs.set(layer.name, { shape: extent, values: ours, errors: allowed });
        continue;
      }
      expect(worstRatio(ours, expected.values, allowed), layer.name).toBeLessThanOrEqual(1);
      compared++;
    }
    // All but the three dense layers, whose own results tfjs does not show.
    expect(compared).toBe(read.model.layers.length - 3);
  }, 60_000);
});
