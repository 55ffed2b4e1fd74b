/**
 * The one law of reading and writing: what onnxruntime computes from the original file and from the file
 * we write is, within what float32 rounding allows, what the model read means.
 *
 * The allowance is the reference semantics' own bound for float32 (any order of summation, fused or not),
 * propagated layer by layer. Where a model has more than one layer the bound is taken twice: it is stated
 * at float64 values, and float32's own values differ from those by a small part of it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect } from 'vitest';
import { Random } from '../../../src/blocks/random.ts';
import { readOnnx } from '../../../src/formats/onnx/read.ts';
import { writeOnnx } from '../../../src/formats/onnx/write.ts';
import type { Result } from '../../../src/model/failure.ts';
import { shapeOf, type Layout, type Model } from '../../../src/model/model.ts';
import { elements, type Shape } from '../../../src/model/shape.ts';
import { denote, errorBound } from '../../../src/semantics/denote.ts';
import type { Operand } from '../../../src/semantics/operand.ts';
import { float32 } from '../../../src/semantics/rounding.ts';
import { encode, type Graph } from './encoder.ts';

export function value<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, node, reason } = result.failure;
  throw new Error(`${code}: ${node}: ${reason}`);
}

/** Reads bytes through a file, for that is the only way in. */
export async function readBytes(bytes: Uint8Array): ReturnType<typeof readOnnx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'plainproof-'));
  try {
    const file = path.join(folder, 'model.onnx');
    await writeFile(file, bytes);
    return await readOnnx(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** From channel-major to the layout a port has, or back. */
function relaid(values: Float32Array, shape: Shape, layout: Layout, back: boolean): Float32Array {
  if (layout !== 'nhwc') return values;
  const { channels, height, width } = shape;
  const out = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    for (let p = 0; p < height * width; p++) {
      const [major, last] = [c * height * width + p, p * channels + c];
      if (back) out[major] = values[last];
      else out[last] = values[major];
    }
  }
  return out;
}

/** Runs a file (bytes or path) on one image, channel-major in and out, by the ports of `model`. */
export async function run(
  file: Uint8Array | string,
  model: Model,
  inputs: readonly Float32Array[],
): Promise<readonly Float32Array[]> {
  const options = { graphOptimizationLevel: 'disabled', logSeverityLevel: 3 } as const;
  const session =
    typeof file === 'string'
      ? await InferenceSession.create(file, options)
      : await InferenceSession.create(file, options);
  try {
    const feeds: Record<string, Tensor> = {};
    for (const [k, { name, tensor, layout }] of model.inputs.entries()) {
      const shape = shapeOf(model, tensor);
      const { channels, height, width } = shape;
      const image = layout === 'nhwc' ? [height, width, channels] : [channels, height, width];
      const dims = [1, ...(layout === 'vector' ? [channels] : image)];
      feeds[name] = new Tensor('float32', relaid(inputs[k], shape, layout, false), dims);
    }
    const results = await session.run(feeds);
    return model.outputs.map(({ name, tensor, layout }) => {
      const { data } = results[name];
      if (!(data instanceof Float32Array)) throw new Error(`${name} is not float32`);
      return relaid(data, shapeOf(model, tensor), layout, true);
    });
  } finally {
    await session.release();
  }
}

/** The model's meaning at the inputs and what float32 may be off by, per output. */
function meaning(model: Model, inputs: readonly Float32Array[]): readonly Operand[] {
  const live = new Map<number, Operand>();
  model.inputs.forEach(({ tensor }, k) => {
    const shape = shapeOf(model, tensor);
    live.set(tensor, { shape, values: Float64Array.from(inputs[k]), errors: null });
  });
  const at = (tensor: number): Operand => {
    const operand = live.get(tensor);
    if (operand === undefined) throw new Error(`tensor ${tensor} is not there`);
    return operand;
  };
  for (const layer of model.layers) {
    const operands = layer.inputs.map(at);
    const shape = shapeOf(model, layer.output);
    const values = denote(layer, operands, shape);
    live.set(layer.output, { shape, values, errors: errorBound(layer, operands, shape, float32) });
  }
  return model.outputs.map(({ tensor }) => at(tensor));
}

/** Signed, with values beyond six so that clipping shows, and exact zeros. */
export function randomInputs(model: Model, seed: number): readonly Float32Array[] {
  const random = new Random(seed);
  return model.inputs.map(({ tensor }) =>
    Float32Array.from({ length: elements(shapeOf(model, tensor)) }, () =>
      random.chance(0.05) ? 0 : 4 * random.normal(),
    ),
  );
}

export function expectMeant(
  model: Model,
  inputs: readonly Float32Array[],
  outputs: readonly Float32Array[],
): void {
  const slack = model.layers.length > 1 ? 2 : 1;
  meaning(model, inputs).forEach(({ values, errors }, k) => {
    expect(outputs[k].length).toBe(values.length);
    values.forEach((v, i) => {
      const allowed = slack * (errors?.[i] ?? 0);
      const off = Math.abs(outputs[k][i] - v);
      if (!(off <= allowed)) {
        expect.fail(`output ${k}[${i}]: ${outputs[k][i]} where ${v} ± ${allowed} is meant`);
      }
    });
  });
}

/** What two models have in common when only the names of tensors differ. */
export function withoutTensorNames(model: Model): unknown {
  return { ...model, tensors: model.tensors.map((t) => t.shape) };
}

/** Reads, checks the law on both files, checks that writing and reading are inverse; gives the model. */
export async function expectFaithful(file: Uint8Array | string): Promise<Model> {
  const read = typeof file === 'string' ? await readOnnx(file) : await readBytes(file);
  const { model } = value(read);
  const written = value(writeOnnx(model));
  for (const seed of [1, 2]) {
    const inputs = randomInputs(model, seed);
    expectMeant(model, inputs, await run(file, model, inputs));
    expectMeant(model, inputs, await run(written, model, inputs));
  }
  const again = value(await readBytes(written)).model;
  expect(withoutTensorNames(again)).toEqual(withoutTensorNames(model));
  expect(Buffer.from(value(writeOnnx(again))).equals(Buffer.from(written))).toBe(true);
  return model;
}

export async function faithful(graph: Graph): Promise<Model> {
  return expectFaithful(encode(graph));
}

/** The kinds of the model's layers, in order. */
export function kinds(model: Model): readonly string[] {
  return model.layers.map((layer) => layer.kind);
}
