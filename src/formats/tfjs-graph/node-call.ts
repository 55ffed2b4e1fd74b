/**
 * One node of a graph as its translator sees it: attributes, inputs, and the builder that takes the result.
 *
 * As in the Keras reader, whatever is wrong is recorded with the node's name and a harmless value
 * returned; the walk stops at the first failure.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import type { FailureCode } from '../../model/failure.ts';
import type { LayerSpec, TensorId } from '../../model/layer.ts';
import type { Shape } from '../../model/shape.ts';
import { quote } from '../json.ts';
import { decodeFloats } from '../tfjs-weights.ts';
import {
  integersOf,
  type ConstantValue,
  type GraphValue,
  type KernelCache,
  type TensorValue,
} from './constants.ts';
import { attribute, type GraphNode } from './graph.ts';

/** `Omit` that keeps a union a union. */
type Nameless<T> = T extends unknown ? Omit<T, 'name' | 'inputs'> : never;

export type DataFormat = 'NHWC' | 'NCHW';

export class NodeCall {
  readonly builder: ModelBuilder;
  readonly node: GraphNode;
  readonly inputs: readonly GraphValue[];
  /** The one order of axes all images of the graph have. */
  readonly format: DataFormat;
  /** The batch the inputs state, or null. */
  readonly batch: number | null;
  readonly #kernels: KernelCache;

  constructor(parts: {
    readonly builder: ModelBuilder;
    readonly node: GraphNode;
    readonly inputs: readonly GraphValue[];
    readonly format: DataFormat;
    readonly batch: number | null;
    readonly kernels: KernelCache;
  }) {
    this.builder = parts.builder;
    this.node = parts.node;
    this.inputs = parts.inputs;
    this.format = parts.format;
    this.batch = parts.batch;
    this.#kernels = parts.kernels;
  }

  get name(): string {
    return this.node.name;
  }

  fail(code: FailureCode, reason: string): void {
    this.builder.fail(code, this.name, reason);
  }

  unsupported(reason: string): void {
    this.fail('unsupported-operator', `${this.node.operator}: ${reason}`);
  }

  /** The input of that number, which must be computed, not constant. */
  tensor(index = 0): TensorValue {
    const value = this.inputs.at(index);
    if (value?.kind === 'tensor') return value;
    if (value === undefined) this.fail('missing-tensor', `has no input ${index}`);
    else this.unsupported(`input ${index} is a constant`);
    return { kind: 'tensor', tensor: 0, rank: 4 };
  }

  image(index = 0): TensorValue {
    const value = this.tensor(index);
    if (value.rank !== 4) this.fail('bad-shape', 'reads an image but is given a vector');
    return value;
  }

  /** The input of that number, which must be a float32 constant of the file; null after a failure. */
  constant(index: number): ConstantValue | null {
    const value = this.inputs.at(index);
    if (value?.kind === 'constant' && value.stored.dtype === 'float32') return value;
    if (value === undefined) this.fail('missing-tensor', `has no input ${index}`);
    else this.unsupported(`input ${index} is no float32 constant`);
    return null;
  }

  /** The whole numbers of an input; none after a failure. */
  integers(index: number): readonly number[] {
    const value = this.inputs.at(index);
    const numbers = value === undefined ? null : integersOf(value);
    if (numbers !== null) return numbers;
    this.unsupported(`input ${index} is no constant list of whole numbers`);
    return [];
  }

  integer(index: number): number {
    const numbers = this.integers(index);
    if (numbers.length === 1) return numbers[0];
    this.unsupported(`input ${index} is no single whole number`);
    return 0;
  }

  /** A constant with one value for each of `channels`. */
  vector(index: number, channels: number): Float32Array {
    const constant = this.constant(index);
    if (constant === null) return new Float32Array(0);
    if (constant.shape.length === 1 && constant.shape[0] === channels)
      return decodeFloats(constant.stored);
    const printed = constant.shape.join('×');
    this.fail('bad-shape', `${constant.stored.name} is ${printed}, not ${channels}`);
    return new Float32Array(0);
  }

  kernel(
    constant: ConstantValue,
    order: string,
    transpose: (values: Float32Array, shape: readonly number[]) => Float32Array,
  ): Float32Array {
    return this.#kernels.get(constant, order, transpose);
  }

  shape(value: TensorValue): Shape {
    return this.builder.shape(value.tensor);
  }

  /** The axis that holds the channels of a tensor of that rank. */
  channelAxis(rank: 2 | 4): number {
    return rank === 4 && this.format === 'NHWC' ? 3 : 1;
  }

  /** An axis counted from the start. */
  axis(axis: number, rank: 2 | 4): number {
    return axis < 0 ? axis + rank : axis;
  }

  flag(key: string, fallback: boolean): boolean {
    return attribute.flag(this.node, key) ?? fallback;
  }

  /** The four numbers of an attribute, batch and channels apart, which must be `neutral`. */
  spatial(
    key: string,
    neutral: number,
    fallback: readonly number[] | null = null,
  ): { y: number; x: number } {
    const values = attribute.numbers(this.node, key) ?? fallback;
    if (values?.length !== 4) {
      this.fail('bad-attribute', `${key} is ${quote(values)}`);
      return { y: 1, x: 1 };
    }
    const [batch, a, b, c] = values;
    const [y, x, channels] = this.format === 'NHWC' ? [a, b, c] : [b, c, a];
    if (batch !== neutral || channels !== neutral) this.unsupported(`${key} ${quote(values)}`);
    return { y, x };
  }

  /** Adds a layer that reads `inputs`. `part` tells sub-layers apart. */
  add(spec: Nameless<LayerSpec>, inputs: readonly TensorId[], part?: string): TensorId {
    const name = part === undefined ? this.name : `${this.name}/${part}`;
    return this.builder.add({ ...spec, name, inputs });
  }
}
