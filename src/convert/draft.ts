/**
 * A model under conversion: the same layers, but replaceable, and with convolutions whose coefficients
 * are not rounded yet.
 *
 * Layers are immutable and form a linked list in computable order; `replace` swaps a few for others in
 * constant time each, so a thousand blocks convert in linear time. A convolution keeps the product of
 * its weights and a factor per row (a folded batch norm) unevaluated, and fused products in float64:
 * every coefficient is rounded to float32 once, in `finish`. Dense layers are 1×1 convolutions here.
 * Nothing here decides what to replace.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { Result } from '../model/failure.ts';
import type { Conv, Dense, Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { noPadding, type Padding, type Pair, type Shape } from '../model/shape.ts';

export type Floats = Float32Array | Float64Array;

/** Coefficient of row o: `weight` entry times `rowScale[o]`; layout of `weight` as in `Conv`. */
export interface DraftConv {
  readonly kind: 'conv';
  readonly name: string;
  readonly inputs: readonly TensorId[];
  readonly output: TensorId;
  readonly weight: Floats;
  readonly rowScale: Float64Array | null;
  readonly bias: Floats | null;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: Pair;
  readonly groups: number;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
  /** Written as a dense layer in the end. */
  readonly dense: boolean;
  /** Made by the conversion: no layer of the original has its name. */
  readonly synthetic: boolean;
}

export type DraftLayer = DraftConv | Exclude<Layer, Conv | Dense>;

const unit: Pair = { y: 1, x: 1 };

/** A 1×1 convolution over `channels` channels that changes nothing. */
export function identityConv(
  name: string,
  channels: number,
  ends: { readonly input: TensorId; readonly output: TensorId },
): DraftConv {
  const weight = new Float32Array(channels * channels);
  for (let c = 0; c < channels; c++) weight[c * channels + c] = 1;
  return {
    kind: 'conv',
    name,
    inputs: [ends.input],
    output: ends.output,
    weight,
    rowScale: null,
    bias: null,
    inChannels: channels,
    outChannels: channels,
    kernel: unit,
    groups: 1,
    strides: unit,
    dilations: unit,
    pads: noPadding,
    dense: false,
    synthetic: true,
  };
}

interface Node {
  readonly layer: DraftLayer;
  before: Node | null;
  after: Node | null;
}

export class Draft {
  readonly #model: Model;
  readonly #names: string[];
  readonly #shapes: Shape[];
  readonly #outputs: ReadonlySet<TensorId>;
  readonly #nodes = new Map<DraftLayer, Node>();
  readonly #producers = new Map<TensorId, DraftLayer>();
  readonly #readers = new Map<TensorId, Set<DraftLayer>>();
  /** Draft layers that are still a layer of the model, weight for weight. */
  readonly #sources = new Map<DraftLayer, Layer>();
  #first: Node | null = null;
  #last: Node | null = null;
  #changed = false;

  constructor(model: Model) {
    this.#model = model;
    this.#names = model.tensors.map((tensor) => tensor.name);
    this.#shapes = model.tensors.map((tensor) => tensor.shape);
    this.#outputs = new Set(model.outputs.map((port) => port.tensor));
    for (const layer of model.layers) {
      const drafted = this.#drafted(layer);
      this.#sources.set(drafted, layer);
      this.#insert(drafted, null);
    }
  }

  /** Whether anything was replaced. */
  get changed(): boolean {
    return this.#changed;
  }

  shape(tensor: TensorId): Shape {
    return this.#shapes[tensor];
  }

  tensorName(tensor: TensorId): string {
    return this.#names[tensor];
  }

  isOutput(tensor: TensorId): boolean {
    return this.#outputs.has(tensor);
  }

  producer(tensor: TensorId): DraftLayer | null {
    return this.#producers.get(tensor) ?? null;
  }

  /** The layers that read the tensor, each once. */
  readers(tensor: TensorId): ReadonlySet<DraftLayer> {
    return this.#readers.get(tensor) ?? new Set();
  }

  /** The one layer for which the tensor exists, or null if it is an output or has several readers. */
  soleReader(tensor: TensorId): DraftLayer | null {
    const readers = this.readers(tensor);
    if (readers.size !== 1 || this.isOutput(tensor)) return null;
    for (const reader of readers) return reader;
    return null;
  }

  /** A new tensor, for the result of a layer yet to be inserted. */
  tensor(name: string, shape: Shape): TensorId {
    this.#names.push(name);
    this.#shapes.push(shape);
    return this.#shapes.length - 1;
  }

  /** All layers in computable order, as of now; replacing while walking is safe. */
  layers(): DraftLayer[] {
    const list: DraftLayer[] = [];
    for (let node = this.#first; node !== null; node = node.after) list.push(node.layer);
    return list;
  }

  has(layer: DraftLayer): boolean {
    return this.#nodes.has(layer);
  }

  /** Removes `old` and puts `fresh` where the last of `old` stood. */
  replace(old: readonly DraftLayer[], fresh: readonly DraftLayer[]): void {
    this.#changed = true;
    const place = this.#nodes.get(old[old.length - 1])?.after ?? null;
    for (const layer of old) this.#remove(layer);
    for (const layer of fresh) this.#insert(layer, place);
  }

  /** The model, every coefficient rounded to float32; `bad-value` where one overflows. */
  finish(): Result<Model> {
    const builder = new ModelBuilder();
    const numbers = new Map<TensorId, TensorId>();
    for (const port of this.#model.inputs) {
      const shape = this.shape(port.tensor);
      numbers.set(port.tensor, builder.input(port.name, shape, port.layout, port.batch));
    }
    const numberOf = (tensor: TensorId): TensorId => {
      const number = numbers.get(tensor);
      if (number === undefined) throw new Error(`${this.tensorName(tensor)} is read too early`);
      return number;
    };
    for (const layer of this.layers()) {
      if (builder.failure !== null) break;
      const inputs = layer.inputs.map(numberOf);
      const plain = this.#sources.get(layer) ?? rounded(layer);
      numbers.set(layer.output, builder.add({ ...plain, inputs }));
    }
    if (builder.failure === null) {
      for (const { name, tensor, layout, batch } of this.#model.outputs) {
        builder.output(name, numberOf(tensor), layout, batch);
      }
    }
    return builder.finish();
  }

  #drafted(layer: Layer): DraftLayer {
    if (layer.kind !== 'conv' && layer.kind !== 'dense') return layer;
    const window =
      layer.kind === 'conv'
        ? layer
        : { kernel: unit, groups: 1, strides: unit, dilations: unit, pads: noPadding };
    return {
      kind: 'conv',
      name: layer.name,
      inputs: layer.inputs,
      output: layer.output,
      weight: layer.weight,
      rowScale: null,
      bias: layer.bias,
      inChannels: this.shape(layer.inputs[0]).channels,
      outChannels: layer.outChannels,
      kernel: window.kernel,
      groups: window.groups,
      strides: window.strides,
      dilations: window.dilations,
      pads: window.pads,
      dense: layer.kind === 'dense',
      synthetic: false,
    };
  }

  #insert(layer: DraftLayer, place: Node | null): void {
    const before = place === null ? this.#last : place.before;
    const node: Node = { layer, before, after: place };
    if (before === null) this.#first = node;
    else before.after = node;
    if (place === null) this.#last = node;
    else place.before = node;
    this.#nodes.set(layer, node);
    this.#producers.set(layer.output, layer);
    for (const input of layer.inputs) {
      const readers = this.#readers.get(input);
      if (readers === undefined) this.#readers.set(input, new Set([layer]));
      else readers.add(layer);
    }
  }

  #remove(layer: DraftLayer): void {
    const node = this.#nodes.get(layer);
    if (node === undefined) throw new Error(`${layer.name} is not in the draft`);
    if (node.before === null) this.#first = node.after;
    else node.before.after = node.after;
    if (node.after === null) this.#last = node.before;
    else node.after.before = node.before;
    this.#nodes.delete(layer);
    this.#sources.delete(layer);
    this.#producers.delete(layer.output);
    for (const input of layer.inputs) this.#readers.get(input)?.delete(layer);
  }
}

function rounded(layer: DraftLayer): Layer {
  if (layer.kind !== 'conv') return layer;
  const { name, inputs, output, outChannels } = layer;
  const weight = roundedWeight(layer);
  const bias = layer.bias === null ? null : single(layer.bias);
  if (layer.dense) return { kind: 'dense', name, inputs, output, weight, bias, outChannels };
  const { kernel, groups, strides, dilations, pads } = layer;
  const wiring = { name, inputs, output };
  return {
    kind: 'conv',
    ...wiring,
    ...{ weight, bias, outChannels, kernel, groups, strides, dilations, pads },
  };
}

function single(values: Floats): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

function roundedWeight({ weight, rowScale, outChannels }: DraftConv): Float32Array {
  if (rowScale === null) {
    return weight instanceof Float32Array ? weight : new Float32Array(weight);
  }
  const values = new Float32Array(weight.length);
  const row = weight.length / outChannels;
  for (let o = 0, at = 0; o < outChannels; o++) {
    const factor = rowScale[o];
    for (const end = at + row; at < end; at++) values[at] = weight[at] * factor;
  }
  return values;
}
