/**
 * The symbols in which both models are written: channels of tensors of the original.
 *
 * A tensor stands for itself where a layer that is not affine makes it, where it is an input, and where the
 * certificate names it; every other tensor is written in those before it. A `half` is the ReLU of a tensor.
 */
import { isAffine, type Layer, type TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Pair, Shape } from '../model/shape.ts';

/** Twice the tensor, plus one for its ReLU. */
export type SymbolId = number;

export const symbolOf = (tensor: TensorId, half: boolean): SymbolId => 2 * tensor + (half ? 1 : 0);
export const tensorOf = (symbol: SymbolId): TensorId => symbol >> 1;
export const isHalf = (symbol: SymbolId): boolean => symbol % 2 === 1;

/** The number one at every pixel of the tensor that a claim is of, and zero outside. */
export const one: SymbolId = -2;

/** The certificate does not show what it should, or uses what this checker does not know. */
export class Rejected extends Error {
  /** Of the tensor in question, where it is their fault. */
  readonly channels: readonly number[];

  constructor(reason: string, channels: readonly number[] = []) {
    super(reason);
    this.channels = channels;
  }
}

/** The layer that makes each tensor; none for inputs. */
export function makers(model: Model): readonly (Layer | undefined)[] {
  const made: (Layer | undefined)[] = [];
  for (const layer of model.layers) made[layer.output] = layer;
  return made;
}

/** Σ scale · symbol, for each channel of a tensor; rows of `first` into the others. */
export interface Claims {
  readonly first: Int32Array;
  readonly symbols: Int32Array;
  readonly channels: Int32Array;
  readonly scales: Float64Array;
  readonly strides: readonly Pair[];
  /** How many products of scales went into a scale, at most. */
  readonly depth: number;
}

const single: Pair = { y: 1, x: 1 };

/** A model while it is checked: what its tensors are said to be, in symbols. */
export interface Side {
  readonly model: Model;
  readonly makers: readonly (Layer | undefined)[];
  readonly claims: (Claims | undefined)[];
  /** The tensor that a ReLU makes of each tensor, where there is one. */
  readonly relus: readonly (TensorId | undefined)[];
}

export function sideOf(model: Model): Side {
  const relus: (TensorId | undefined)[] = [];
  for (const { kind, inputs, output } of model.layers)
    if (kind === 'relu') relus[inputs[0]] = output;
  return { model, makers: makers(model), claims: [], relus };
}

/** What is said of a tensor of the converted model where nothing is: a symbol beyond all of the original. */
export function unknown(original: Model, tensor: TensorId): SymbolId {
  return symbolOf(original.tensors.length + tensor, false);
}

/** Every channel of a tensor of the original is itself. */
function itself(shape: Shape, tensor: TensorId): Claims {
  const n = shape.channels;
  return {
    first: Int32Array.from({ length: n + 1 }, (_, c) => c),
    symbols: new Int32Array(n).fill(symbolOf(tensor, false)),
    channels: Int32Array.from({ length: n }, (_, c) => c),
    scales: new Float64Array(n).fill(1),
    strides: Array.from({ length: n }, () => single),
    depth: 0,
  };
}

/** The original, all whose symbols are claimed to be themselves. */
export function original(model: Model, named: ReadonlySet<TensorId>): Side {
  const side = sideOf(model);
  for (let tensor = 0; tensor < model.tensors.length; tensor++) {
    const maker = side.makers[tensor];
    if (maker !== undefined && isAffineHere(maker) && !named.has(tensor)) continue;
    side.claims[tensor] = itself(model.tensors[tensor].shape, tensor);
  }
  return side;
}

/** Affine, and without a divisor that depends on the pixel. */
export function isAffineHere(layer: Layer): boolean {
  if (layer.kind !== 'averagePool') return isAffine(layer);
  const { top, left, bottom, right } = layer.pads;
  return layer.countIncludePad || top + left + bottom + right === 0;
}

/** Terms for each parameter of both models, and for good measure. */
const termsPerParameter = 256;
const fewest = 2 ** 26;

/** Weights of convolutions and dense layers. */
export function parametersOf({ layers }: Model): number {
  let sum = 0;
  for (const layer of layers) if ('weight' in layer) sum += layer.weight.length;
  return sum;
}

export function idsByName(model: Model): ReadonlyMap<string, TensorId> {
  const ids = new Map<string, TensorId>();
  for (const [id, { name }] of model.tensors.entries()) {
    // A name that two tensors have is neither's.
    ids.set(name, ids.has(name) ? -1 : id);
  }
  return ids;
}

/** Terms that checking may make: a certificate cannot make it last for ever. */
export function budgetOf(original: Model, converted: Model): number {
  return fewest + termsPerParameter * (parametersOf(original) + parametersOf(converted));
}

/** The tensor that a symbol is a channel of. */
export function shapeOf(symbol: SymbolId, original: Model, converted: Model): Shape {
  const tensor = tensorOf(symbol);
  const own = original.tensors.length;
  return (tensor < own ? original.tensors[tensor] : converted.tensors[tensor - own]).shape;
}
