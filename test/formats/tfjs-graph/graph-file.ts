/** Writes small TensorFlow graphs the way the tfjs converter does: base64 text, 64-bit integers as text. */
import * as tf from '@tensorflow/tfjs';
import { readGraphModel } from '../../../src/formats/tfjs-graph/read.ts';
import type { Failure, Result } from '../../../src/model/failure.ts';
import type { Model } from '../../../src/model/model.ts';
import { expectSameResults, randomImage, seededRandom, withFiles } from '../keras/saved-model.ts';

type Attribute =
  number | boolean | string | readonly number[] | readonly string[] | { readonly f: number };

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function encode(value: Attribute): object {
  if (typeof value === 'number') return { i: String(value) };
  if (typeof value === 'boolean') return { b: value };
  if (typeof value === 'string') return { s: base64(value) };
  if (!Array.isArray(value)) return value;
  const texts = value.every((entry) => typeof entry === 'string');
  return { list: texts ? { s: value.map(base64) } : { i: value.map(String) } };
}

export interface GraphFile {
  readonly json: Record<string, unknown>;
  readonly shard: Uint8Array;
}

export class GraphWriter {
  readonly #nodes: object[] = [];
  readonly #weights: object[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #random = seededRandom(17);

  placeholder(name: string, shape: readonly number[]): string {
    const dim = shape.map((size) => ({ size: String(size) }));
    this.#nodes.push({
      name,
      op: 'Placeholder',
      attr: { shape: { shape: { dim } }, dtype: { type: 'DT_FLOAT' } },
    });
    return name;
  }

  /** A float constant; random in [−1, 1) unless values are given. */
  floats(name: string, shape: readonly number[], values?: readonly number[]): string {
    const size = shape.reduce((product, side) => product * side, 1);
    const data = Float32Array.from({ length: size }, (_, i) => values?.[i] ?? this.#random());
    return this.#constant({ name, shape, dtype: 'float32' }, new Uint8Array(data.buffer));
  }

  integers(name: string, values: readonly number[] | number): string {
    const list = [values].flat();
    const shape = typeof values === 'number' ? [] : [list.length];
    return this.#constant(
      { name, shape, dtype: 'int32' },
      new Uint8Array(Int32Array.from(list).buffer),
    );
  }

  /** A table of whole numbers, row by row. */
  integers2(name: string, rows: readonly (readonly number[])[]): string {
    const bytes = new Uint8Array(Int32Array.from(rows.flat()).buffer);
    return this.#constant({ name, shape: [rows.length, rows[0].length], dtype: 'int32' }, bytes);
  }

  #constant(
    spec: { readonly name: string; readonly shape: readonly number[]; readonly dtype: string },
    bytes: Uint8Array,
  ): string {
    this.#nodes.push({ name: spec.name, op: 'Const', attr: {} });
    this.#weights.push(spec);
    this.#bytes.push(bytes);
    return spec.name;
  }

  node(
    name: string,
    op: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const attr = Object.fromEntries(
      Object.entries(attributes).map(([key, value]) => [key, encode(value)]),
    );
    this.#nodes.push({ name, op, input, attr });
    return name;
  }

  file(signature?: object): GraphFile {
    const manifest = [{ paths: ['weights.bin'], weights: this.#weights }];
    const modelTopology = { node: this.#nodes, library: {}, versions: { producer: 1 } };
    return {
      json: {
        format: 'graph-model',
        modelTopology,
        weightsManifest: manifest,
        ...(signature ? { signature } : {}),
      },
      shard: Buffer.concat(this.#bytes),
    };
  }
}

export async function readFile(file: GraphFile): Promise<Result<Model>> {
  const files = { 'model.json': JSON.stringify(file.json), 'weights.bin': file.shard };
  return withFiles(files, async (path) => {
    const read = await readGraphModel(path, file.json);
    return read.ok ? { ok: true, value: read.value.model } : read;
  });
}

export async function failureOf(file: GraphFile): Promise<Failure> {
  const read = await readFile(file);
  if (read.ok) throw new Error('the graph was read');
  return read.failure;
}

/** tfjs and the reference evaluator on the same random image, for every output. */
export async function expectSameFunction(file: GraphFile): Promise<Model> {
  const read = await readFile(file);
  if (!read.ok)
    throw new Error(`${read.failure.code} ${read.failure.node}: ${read.failure.reason}`);
  const model = read.value;
  const [group] = file.json.weightsManifest as { weights: tf.io.WeightsManifestEntry[] }[];
  const graph = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology: file.json.modelTopology as object,
      weightSpecs: group.weights,
      weightData: new Uint8Array(file.shard).buffer,
      ...(file.json.signature === undefined ? {} : { signature: file.json.signature as object }),
    }),
  );
  const images = model.inputs.map((port, i) =>
    randomImage(model.tensors[port.tensor].shape, 3 + i),
  );
  const given = model.inputs.map((port, i) => {
    const { channels, height, width } = model.tensors[port.tensor].shape;
    return tf.tensor(
      images[i],
      port.layout === 'vector' ? [1, channels] : [1, height, width, channels],
    );
  });
  const feed = Object.fromEntries(model.inputs.map((port, i) => [port.name, given[i]]));
  const names = model.outputs.map((port) => port.name);
  await expectSameResults(model, images, [graph.execute(feed, names)].flat());
  return model;
}
