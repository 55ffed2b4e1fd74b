/**
 * One node of the graph as its operator sees it: attributes with their defaults, inputs as what they
 * stand for, and the builder its layers go to.
 *
 * Like the builder, it keeps the first failure and answers with harmless defaults afterwards, so that an
 * operator reads as the standard states it; the graph's reader looks after every node. An attribute no
 * operator asked for is a failure too: what is not understood is not guessed.
 */
import type { ModelBuilder } from '../../model/builder.ts';
import type { FailureCode } from '../../model/failure.ts';
import type { LayerSpec, TensorId } from '../../model/layer.ts';
import type { Shape } from '../../model/shape.ts';
import { type Activation, type Axis, axesOf, type Label } from './axes.ts';
import type { Constant } from './constant.ts';
import type { AttributeProto, NodeProto, TensorProto } from './messages.ts';
import { shortRun } from './wire.ts';

export type Value = Constant | Activation;

/** `Omit` that keeps a union a union. */
type Unnamed<T> = T extends unknown ? Omit<T, 'name'> : never;

/** What all nodes of one graph share. */
export interface GraphContext {
  readonly builder: ModelBuilder;
  readonly opset: number;
  readonly batch: Axis;
  /** Outputs that nobody reads and the graph does not return. */
  readonly unread: (name: string) => boolean;
  /** The one node that reads an output, null where none or several do or the graph returns it. */
  readonly onlyReader: (name: string) => NodeProto | null;
  /** Elements that folding and channel lists may still allocate; what a small file can ask for is bounded. */
  budget: number;
  /** Layers so far by the name of their node: the builder alone would try every suffix in turn. */
  readonly names: Map<string, number>;
}

/** What a layer counts against the budget, in elements: about its size in memory. */
const layerCost = 64;

/** AttributeProto.AttributeType, those that are read. */
const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

export class NodeReader {
  readonly proto: NodeProto;
  readonly name: string;
  readonly opset: number;
  readonly batch: Axis;
  readonly #context: GraphContext;
  readonly #inputs: readonly (Value | null)[];
  readonly #asked = new Set<string>();

  /** `inputs`: null for an optional input that is left out. */
  constructor(proto: NodeProto, inputs: readonly (Value | null)[], context: GraphContext) {
    this.proto = proto;
    this.name = proto.name !== '' ? proto.name : (proto.outputs[0] ?? proto.operator);
    this.opset = context.opset;
    this.batch = context.batch;
    this.#inputs = inputs;
    this.#context = context;
  }

  /** Records a failure and gives the empty result. */
  fail(code: FailureCode, reason: string): readonly Value[] {
    this.#context.builder.fail(code, this.name, `${this.proto.operator}: ${reason}`);
    return [];
  }

  unsupported(reason: string): readonly Value[] {
    return this.fail('unsupported-operator', reason);
  }

  /** What to call after reading: complains about attributes nobody asked for. */
  finish(): void {
    for (const { name } of this.proto.attributes) {
      if (!this.#asked.has(name)) this.fail('bad-attribute', `attribute ${name} is not known`);
    }
  }

  get inputCount(): number {
    return this.#inputs.length;
  }

  hasInput(index: number): boolean {
    return this.#inputs[index] !== undefined && this.#inputs[index] !== null;
  }

  /** Whether everything this node reads is known now. */
  get constant(): boolean {
    return this.#inputs.every((v) => v === null || v.kind === 'constant');
  }

  input(index: number): Value | null {
    const value = this.#inputs[index] ?? null;
    if (value === null) this.fail('missing-tensor', `input ${index} is missing`);
    return value;
  }

  activation(index: number): Activation | null {
    const value = this.input(index);
    if (value?.kind === 'activation') return value;
    if (value !== null) this.unsupported(`input ${index} is a constant`);
    return null;
  }

  constantInput(index: number): Constant | null {
    const value = this.input(index);
    if (value?.kind === 'constant') return value;
    if (value !== null) this.unsupported(`input ${index} is computed at run time`);
    return null;
  }

  /** A float32 or float16 constant's values. */
  floats(index: number): Constant | null {
    const constant = this.constantInput(index);
    if (constant?.values.length === 0) {
      this.fail('bad-shape', `input ${index} is empty`);
      return null;
    }
    if (constant === null || isFloat(constant)) return constant;
    this.fail('bad-value', `input ${index} holds ${constant.type} values where floats are needed`);
    return null;
  }

  /** A one-dimensional (or scalar) constant of integers; the free batch extent is NaN. */
  integers(index: number): readonly number[] | null {
    const constant = this.constantInput(index);
    if (constant === null) return null;
    if (constant.type === 'int' && constant.dims.length <= 1) return [...constant.values];
    this.fail('bad-value', `input ${index} is no list of integers`);
    return null;
  }

  shape(value: Activation): Shape {
    return this.#context.builder.shape(value.tensor);
  }

  unread(output: number): boolean {
    const name = this.proto.outputs[output] ?? '';
    return name === '' || this.#context.unread(name);
  }

  onlyReader(): NodeProto | null {
    return this.#context.onlyReader(this.proto.outputs[0] ?? '');
  }

  /** Whether `elements` more may be allocated; a failure where not. */
  allocate(elements: number): boolean {
    this.#context.budget -= elements;
    if (this.#context.budget >= 0) return true;
    this.fail('too-large', 'the file asks for far more values than it holds');
    return false;
  }

  /** Adds a layer named like the node. */
  add(spec: Unnamed<LayerSpec>): TensorId {
    // A Sum of n operands, two bytes each in the file, is n layers.
    if (!this.allocate(layerCost)) return 0;
    const { names, builder } = this.#context;
    const before = names.get(this.name) ?? 0;
    names.set(this.name, before + 1);
    const name = before === 0 ? this.name : `${this.name}#${before + 1}`;
    return builder.add({ ...spec, name });
  }

  /** Adds a layer that keeps the axes of what it reads. */
  same(value: Activation, spec: Unnamed<LayerSpec>): readonly Value[] {
    return [{ ...value, tensor: this.add(spec) }];
  }

  /** A tensor the model computed, as the labels lie in the file. */
  laid(tensor: TensorId, labels: readonly Label[]): Activation {
    const shape = this.#context.builder.shape(tensor);
    return { kind: 'activation', tensor, axes: axesOf(labels, shape, this.batch) };
  }

  float(name: string, fallback: number): number {
    const found = this.#attribute(name, 'float')?.float ?? Math.fround(fallback);
    if (!Number.isFinite(found)) this.fail('bad-attribute', `attribute ${name} is ${found}`);
    return found;
  }

  int(name: string, fallback: number): number {
    return this.#attribute(name, 'int')?.int ?? fallback;
  }

  string(name: string, fallback: string): string {
    return this.#attribute(name, 'string')?.string ?? fallback;
  }

  ints(name: string): readonly number[] | null {
    return this.#attribute(name, 'ints')?.ints ?? null;
  }

  floatList(name: string): readonly number[] | null {
    const found = this.#attribute(name, 'floats');
    return found === undefined ? null : shortRun(found.floats);
  }

  tensor(name: string): TensorProto | null {
    return this.#attribute(name, 'tensor')?.tensor ?? null;
  }

  has(name: string): boolean {
    return this.proto.attributes.some((a) => a.name === name);
  }

  /** Attributes that do not change what the node computes. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#asked.add(name);
  }

  /** An axis counted from the end where negative; −1 and a failure where it is out of range. */
  axis(axis: number, rank: number): number {
    const counted = axis < 0 ? axis + rank : axis;
    if (Number.isSafeInteger(counted) && counted >= 0 && counted < rank) return counted;
    this.fail('bad-attribute', `axis ${axis} of ${rank}`);
    return -1;
  }

  #attribute(name: string, kind: keyof typeof attributeTypes): AttributeProto | undefined {
    this.#asked.add(name);
    const found = this.proto.attributes.find((a) => a.name === name);
    if (found === undefined) return undefined;
    // Files older than the type field leave it 0.
    if (found.type === 0 || found.type === attributeTypes[kind]) return found;
    this.fail('bad-attribute', `attribute ${name} is no ${kind}`);
    return undefined;
  }
}

export function isFloat(constant: Constant): boolean {
  return constant.type === 'float' || constant.type === 'half';
}
