/**
 * A model drawn in a few lines: ModelBuilder with the defaults that drawn networks share.
 *
 * Padding defaults to "same" for odd kernels, stride and dilation to one. Parameters are rounded to
 * float32 here and nowhere else. A sketch that does not fit together is a mistake of who drew it: it throws.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { OpaqueFunction, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { noPadding, type Padding, type Shape } from '../model/shape.ts';
import type { Filter } from './filter.ts';
import type { Norm } from './norm.ts';

export interface Window {
  readonly stride?: number;
  readonly dilation?: number;
  /** Pixels on every side, or each side by itself; left out for "same". */
  readonly pads?: number | Padding;
}

const even = (n: number): Padding => ({ top: n, left: n, bottom: n, right: n });
const both = (n: number): { y: number; x: number } => ({ y: n, x: n });

const rounded = new WeakSet<Model>();

/** Whether a parameter of a sketched model was no float32 before it was written. */
export function wasRounded(model: Model): boolean {
  return rounded.has(model);
}

export function markRounded(model: Model): void {
  rounded.add(model);
}

export class Sketch {
  readonly #builder = new ModelBuilder();
  #rounds = false;

  input(channels: number, height: number, width: number, name = 'input'): TensorId {
    return this.#builder.input(name, { channels, height, width });
  }

  shape(x: TensorId): Shape {
    return this.#builder.shape(x);
  }

  conv(name: string, x: TensorId, filter: Filter, window: Window = {}): TensorId {
    const dilation = window.dilation ?? 1;
    const y = (dilation * (filter.height - 1)) / 2;
    const z = (dilation * (filter.width - 1)) / 2;
    const same: Padding = { top: y, bottom: y, left: z, right: z };
    const pads = typeof window.pads === 'number' ? even(window.pads) : (window.pads ?? same);
    return this.#builder.add({
      kind: 'conv',
      name,
      inputs: [x],
      weight: this.#floats(filter.weight),
      bias: filter.bias === null ? null : this.#floats(filter.bias),
      outChannels: filter.outChannels,
      kernel: { y: filter.height, x: filter.width },
      groups: filter.groups,
      strides: both(window.stride ?? 1),
      dilations: both(dilation),
      pads,
    });
  }

  dense(name: string, x: TensorId, filter: Filter): TensorId {
    const bias = filter.bias === null ? null : this.#floats(filter.bias);
    const { outChannels } = filter;
    const weight = this.#floats(filter.weight);
    return this.#builder.add({ kind: 'dense', name, inputs: [x], weight, bias, outChannels });
  }

  norm(name: string, x: TensorId, norm: Norm): TensorId {
    return this.#builder.add({
      kind: 'batchNorm',
      name,
      inputs: [x],
      scale: this.#floats(norm.scale),
      offset: this.#floats(norm.offset),
      mean: this.#floats(norm.mean),
      variance: this.#floats(norm.variance),
      epsilon: Math.fround(norm.epsilon),
    });
  }

  relu(name: string, x: TensorId): TensorId {
    return this.#builder.add({ kind: 'relu', name, inputs: [x] });
  }

  /** Bounds are one for all channels or one per channel. */
  clip(
    name: string,
    x: TensorId,
    lower: number | readonly number[],
    upper: number | readonly number[],
  ): TensorId {
    const list = (v: number | readonly number[]): Float32Array =>
      this.#floats(typeof v === 'number' ? [v] : v);
    const [low, high] = [list(lower), list(upper)];
    return this.#builder.add({ kind: 'clip', name, inputs: [x], lower: low, upper: high });
  }

  prelu(name: string, x: TensorId, slopes: readonly number[]): TensorId {
    return this.#builder.add({ kind: 'prelu', name, inputs: [x], slopes: this.#floats(slopes) });
  }

  leakyRelu(name: string, x: TensorId, slope: number): TensorId {
    return this.#builder.add({ kind: 'leakyRelu', name, inputs: [x], slope: Math.fround(slope) });
  }

  scale(name: string, x: TensorId, factor: readonly number[], divide = false): TensorId {
    const operation = divide ? 'divide' : 'multiply';
    return this.#builder.add({
      kind: 'scale',
      name,
      inputs: [x],
      operation,
      factor: this.#floats(factor),
    });
  }

  translate(name: string, x: TensorId, addend: readonly number[]): TensorId {
    return this.#builder.add({
      kind: 'translate',
      name,
      inputs: [x],
      addend: this.#floats(addend),
    });
  }

  add(name: string, a: TensorId, b: TensorId): TensorId {
    return this.#builder.add({ kind: 'add', name, inputs: [a, b] });
  }

  subtract(name: string, a: TensorId, b: TensorId): TensorId {
    return this.#builder.add({ kind: 'subtract', name, inputs: [a, b] });
  }

  multiply(name: string, a: TensorId, b: TensorId): TensorId {
    return this.#builder.add({ kind: 'multiply', name, inputs: [a, b] });
  }

  concat(name: string, inputs: readonly TensorId[]): TensorId {
    return this.#builder.add({ kind: 'concat', name, inputs });
  }

  select(name: string, x: TensorId, channels: readonly number[]): TensorId {
    return this.#builder.add({
      kind: 'select',
      name,
      inputs: [x],
      channels: Int32Array.from(channels),
    });
  }

  pad(name: string, x: TensorId, pads: number | Padding, value = 0): TensorId {
    const sides = typeof pads === 'number' ? even(pads) : pads;
    return this.#builder.add({ kind: 'pad', name, inputs: [x], pads: sides, value });
  }

  maxPool(
    name: string,
    x: TensorId,
    kernel: number,
    stride: number,
    pads: number | Padding = 0,
  ): TensorId {
    return this.#builder.add({
      kind: 'maxPool',
      name,
      inputs: [x],
      kernel: both(kernel),
      strides: both(stride),
      dilations: both(1),
      pads: typeof pads === 'number' ? even(pads) : pads,
    });
  }

  averagePool(
    name: string,
    x: TensorId,
    kernel: { readonly y: number; readonly x: number },
    options: {
      readonly stride?: number;
      readonly pads?: number;
      readonly countIncludePad?: boolean;
    } = {},
  ): TensorId {
    return this.#builder.add({
      kind: 'averagePool',
      name,
      inputs: [x],
      kernel,
      strides: both(options.stride ?? 1),
      pads: options.pads === undefined ? noPadding : even(options.pads),
      countIncludePad: options.countIncludePad ?? true,
    });
  }

  globalAveragePool(name: string, x: TensorId): TensorId {
    return this.#builder.add({ kind: 'globalAveragePool', name, inputs: [x] });
  }

  flatten(name: string, x: TensorId, order: 'chw' | 'hwc' = 'chw'): TensorId {
    return this.#builder.add({ kind: 'flatten', name, inputs: [x], order });
  }

  opaque(name: string, x: TensorId, kind: OpaqueFunction, alpha = 0, beta = 0): TensorId {
    return this.#builder.add({ kind: 'opaque', name, inputs: [x], function: kind, alpha, beta });
  }

  /** Ends the model with a global average pool and a dense layer. */
  head(x: TensorId, filter: Filter): Model {
    return this.finish(this.dense('head', this.globalAveragePool('pool', x), filter));
  }

  finish(...outputs: readonly TensorId[]): Model {
    outputs.forEach((x, k) => this.#builder.output(k === 0 ? 'output' : `output-${k + 1}`, x));
    const model = this.#builder.finish();
    if (!model.ok) throw new Error(`${model.failure.node}: ${model.failure.reason}`);
    if (this.#rounds) markRounded(model.value);
    return model.value;
  }

  #floats(values: readonly number[]): Float32Array {
    const written = Float32Array.from(values);
    this.#rounds ||= written.some((value, k) => value !== values[k]);
    return written;
  }
}
