/**
 * One call of one Keras layer, as its translator sees it: configuration, inputs, weights, and the builder
 * that takes the result.
 *
 * Whatever is wrong is recorded with the layer's name and a harmless value returned, so translators are
 * straight lines; the walk stops at the first failure.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import type { FailureCode } from '../../model/failure.ts';
import type { LayerSpec, TensorId } from '../../model/layer.ts';
import type { Pair, Shape } from '../../model/shape.ts';
import { isCount, isList, property, quote, type JsonObject } from '../json.ts';
import type { Declaration } from './topology.ts';
import type { KerasWeights } from './weights.ts';

/** A tensor with its Keras rank, batch axis included: 2 for vectors, 4 for images. */
export interface KerasTensor {
  readonly tensor: TensorId;
  readonly rank: 2 | 4;
}

/** `Omit` that keeps a union a union. */
type Nameless<T> = T extends unknown ? Omit<T, 'name' | 'inputs'> : never;

export class LayerCall {
  readonly builder: ModelBuilder;
  readonly declaration: Declaration;
  readonly inputs: readonly KerasTensor[];
  /** Whether the file was written by Keras 3. */
  readonly keras3: boolean;
  readonly #weights: KerasWeights;

  constructor(parts: {
    readonly builder: ModelBuilder;
    readonly declaration: Declaration;
    readonly inputs: readonly KerasTensor[];
    readonly weights: KerasWeights;
    readonly keras3: boolean;
  }) {
    this.builder = parts.builder;
    this.declaration = parts.declaration;
    this.inputs = parts.inputs;
    this.keras3 = parts.keras3;
    this.#weights = parts.weights;
  }

  get name(): string {
    return this.declaration.name;
  }

  get config(): JsonObject {
    return this.declaration.config;
  }

  /** The one input of a layer that has one. */
  get input(): KerasTensor {
    if (this.inputs.length !== 1)
      this.fail('bad-shape', `has ${this.inputs.length} inputs, not one`);
    return this.inputs[0] ?? { tensor: 0, rank: 4 };
  }

  get shape(): Shape {
    return this.builder.shape(this.input.tensor);
  }

  fail(code: FailureCode, reason: string): void {
    this.builder.fail(code, this.name, reason);
  }

  unsupported(reason: string): void {
    this.fail('unsupported-operator', `${this.declaration.className}: ${reason}`);
  }

  /** The input, which must be an image. */
  image(): KerasTensor {
    const input = this.input;
    if (input.rank !== 4) this.fail('bad-shape', 'reads an image but is given a vector');
    const format = this.config.data_format ?? 'channels_last';
    if (format !== 'channels_last' && format !== 'channelsLast') {
      this.unsupported(`data_format ${quote(format)}`);
    }
    return input;
  }

  /** Adds a layer that reads `input` (default: the call's one input). `part` tells sub-layers apart. */
  add(
    spec: Nameless<LayerSpec>,
    options: { input?: TensorId; inputs?: readonly TensorId[]; part?: string } = {},
  ): TensorId {
    const inputs = options.inputs ?? [options.input ?? this.input.tensor];
    const name = options.part === undefined ? this.name : `${this.name}/${options.part}`;
    return this.builder.add({ ...spec, name, inputs });
  }

  number(key: string, fallback: number): number {
    const value = this.config[key] ?? fallback;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.fail('bad-attribute', `${key} is ${quote(value)}`);
    return fallback;
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.config[key] ?? fallback;
    if (typeof value === 'boolean') return value;
    this.fail('bad-attribute', `${key} is ${quote(value)}`);
    return fallback;
  }

  count(key: string, fallback: number): number {
    const value = this.config[key] ?? fallback;
    if (isCount(value) && value > 0) return value;
    this.fail('bad-attribute', `${key} is ${quote(value)}`);
    return fallback;
  }

  /** Two numbers > 0, written as one number or a list of two. */
  pair(key: string, fallback: Pair): Pair {
    const value = this.config[key] ?? [fallback.y, fallback.x];
    const [y, x] = isList(value) ? value : [value, value];
    const extra = isList(value) && value.length !== 2;
    if (!extra && isCount(y) && isCount(x) && y > 0 && x > 0) return { y, x };
    this.fail('bad-attribute', `${key} is ${quote(value)}`);
    return fallback;
  }

  /** True where `axis`, one number or a list of one, is the last: the channels. */
  isChannelAxis(axis: unknown, rank: number): boolean {
    const one: unknown = isList(axis) && axis.length === 1 ? axis[0] : axis;
    return one === -1 || one === rank - 1;
  }

  /** The name of an activation given as a name or as a serialized object. */
  activation(key = 'activation'): string {
    const value = this.config[key] ?? 'linear';
    const name = typeof value === 'string' ? value : property(value, 'class_name');
    if (typeof name === 'string') return name;
    this.fail('bad-attribute', `${key} is ${quote(value)}`);
    return 'linear';
  }

  /** A weight of the stated shape, as stored. */
  weight(name: string, shape: readonly number[]): Float32Array {
    return this.#weights.read(this, name, { shape });
  }

  /** A weight of the stated shape, transposed; the result is shared by all calls of the layer. */
  kernel(
    name: string,
    shape: readonly number[],
    transpose: (values: Float32Array, shape: readonly number[]) => Float32Array,
  ): Float32Array {
    return this.#weights.read(this, name, { shape, transpose });
  }
}
