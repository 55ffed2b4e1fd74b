/**
 * Saves tfjs-layers models as files and compares what the files mean to us with what tfjs computes.
 *
 * Tolerance: for every layer the semantics state how far a float32 kernel may be from the real-number
 * result, in any order of summation; those bounds are propagated through the layers. Models here are
 * a few layers deep, so that they stay tight. The reference's own error is 2⁻²⁹ of that, and the slack
 * of 2⁻²⁰ covers it.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { readLayersModel } from '../../../src/formats/keras/read.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { Model } from '../../../src/model/model.ts';
import { elements, type Shape } from '../../../src/model/shape.ts';
import { denote, errorBound } from '../../../src/semantics/denote.ts';
import type { Operand } from '../../../src/semantics/operand.ts';
import { float32 } from '../../../src/semantics/rounding.ts';

/** Uniform in [−1, 1), from a seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Gives every weight a random value, variances positive ones, none of them what initializers choose. */
export function randomizeWeights(model: tf.LayersModel, seed: number): void {
  const random = seededRandom(seed);
  const values = model.weights.map((weight) => {
    const shape = weight.shape.map((side) => side ?? 1);
    const size = shape.reduce((product, side) => product * side, 1);
    const positive = weight.originalName.includes('variance');
    const data = Float32Array.from({ length: size }, () => (positive ? 1.2 + random() : random()));
    return tf.tensor(data, shape);
  });
  model.setWeights(values);
}

export interface SavedParts {
  readonly json: Record<string, unknown>;
  /** The one shard. */
  readonly shard: Uint8Array;
}

/** What tfjs would write to disk. */
export async function saveParts(model: tf.LayersModel): Promise<SavedParts> {
  let parts: SavedParts | null = null;
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    const data = artifacts.weightData;
    const weights = artifacts.weightSpecs;
    if (!(data instanceof ArrayBuffer)) throw new Error('weights in several buffers');
    const json = {
      format: 'layers-model',
      modelTopology: artifacts.modelTopology,
      weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }],
    };
    // Through text, as a file would be.
    parts = { json: JSON.parse(JSON.stringify(json)), shard: new Uint8Array(data) };
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const } };
  });
  await model.save(handler);
  if (parts === null) throw new Error('tfjs saved nothing');
  return parts;
}

/** Runs `body` with the path of a model.json in a folder that holds the given files. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  body: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plainproof-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await body(join(folder, 'model.json'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function readParts(parts: SavedParts): Promise<Model> {
  const files = { 'model.json': JSON.stringify(parts.json), 'group1-shard1of1.bin': parts.shard };
  return withFiles(files, async (path) => {
    const read = await readLayersModel(path, parts.json);
    if (!read.ok)
      throw new Error(`${read.failure.code} ${read.failure.node}: ${read.failure.reason}`);
    return read.value.model;
  });
}

export async function failureOf(parts: SavedParts): Promise<Failure> {
  const files = { 'model.json': JSON.stringify(parts.json), 'group1-shard1of1.bin': parts.shard };
  return withFiles(files, async (path) => {
    const read = await readLayersModel(path, parts.json);
    if (read.ok) throw new Error('the model was read');
    return read.failure;
  });
}

/** Channels last to channels first, or back. */
export function toChannelMajor(values: ArrayLike<number>, shape: Shape): Float64Array {
  const { channels, height, width } = shape;
  const pixels = height * width;
  const result = new Float64Array(elements(shape));
  for (let p = 0; p < pixels; p++) {
    for (let c = 0; c < channels; c++) result[c * pixels + p] = values[p * channels + c];
  }
  return result;
}

export function randomImage(shape: Shape, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: elements(shape) }, () => 4 * random());
}

/** Real-number values of every tensor, and how far float32 kernels may be from them. */
function evaluateAsKernel(
  model: Model,
  inputs: readonly Float64Array[],
): { readonly values: readonly Float64Array[]; readonly errors: readonly Float64Array[] } {
  const operands: Operand[] = [];
  for (const [i, port] of model.inputs.entries()) {
    const { shape } = model.tensors[port.tensor];
    operands[port.tensor] = { shape, values: inputs[i], errors: new Float64Array(elements(shape)) };
  }
  for (const layer of model.layers) {
    const { shape } = model.tensors[layer.output];
    const read = layer.inputs.map((tensor) => operands[tensor]);
    const errors = errorBound(layer, read, shape, float32);
    operands[layer.output] = { shape, values: denote(layer, read, shape), errors };
  }
  const values = operands.map((operand) => operand.values);
  return { values, errors: operands.map(({ errors }) => errors ?? new Float64Array()) };
}

/** Largest ratio of the observed to the allowed difference; NaN where something is not a number. */
export function worstRatio(
  ours: Float64Array,
  theirs: Float64Array,
  allowed: Float64Array,
): number {
  let worst = 0;
  for (let k = 0; k < ours.length; k++) {
    const difference = Math.abs(ours[k] - theirs[k]);
    if (difference === 0) continue;
    worst = Math.max(worst, difference / (allowed[k] * (1 + 2 ** -20)));
  }
  return worst;
}

/** The reference evaluator on images (in the file's order of axes) against what tfjs predicted. */
export async function expectSameResults(
  read: Model,
  images: readonly Float32Array[],
  predicted: readonly tf.Tensor[],
): Promise<void> {
  const inputs = read.inputs.map((port, i) => {
    return toChannelMajor(images[i], read.tensors[port.tensor].shape);
  });
  const { values, errors } = evaluateAsKernel(read, inputs);
  expect(read.outputs.length).toBe(predicted.length);
  for (const [i, port] of read.outputs.entries()) {
    const { shape } = read.tensors[port.tensor];
    expect(predicted[i].shape.length).toBe(port.layout === 'vector' ? 2 : 4);
    const theirs = toChannelMajor(await predicted[i].data(), shape);
    const ours = values[port.tensor];
    expect(ours.length).toBe(theirs.length);
    // Some value must differ from zero, or the comparison says nothing.
    expect(ours.some((v) => Math.abs(v) > 1e-3)).toBe(true);
    const worst = worstRatio(ours, theirs, errors[port.tensor]);
    expect(worst, `output ${port.name}: observed over allowed difference`).toBeLessThanOrEqual(1);
  }
}

/** tfjs and the reference evaluator on the same random image, for every output. `edit`: the file. */
export async function expectSameFunction(
  model: tf.LayersModel,
  seed: number,
  edit: (json: string) => string = (json) => json,
): Promise<Model> {
  randomizeWeights(model, seed);
  const { json, shard } = await saveParts(model);
  const read = await readParts({ json: JSON.parse(edit(JSON.stringify(json))), shard });
  const images = read.inputs.map((port, i) =>
    randomImage(read.tensors[port.tensor].shape, seed + i),
  );
  const given = model.inputs.map((input, i) =>
    tf.tensor(images[i], [1, ...input.shape.slice(1).map((side) => side ?? 1)]),
  );
  await expectSameResults(read, images, [model.predict(given)].flat());
  return read;
}
