/**
 * The layers a model is made of: plain data, a tagged union with one member per kind.
 *
 * The set is the smallest that keeps the distinctions a converter is judged by. What differs only in
 * spelling is one kind here: a depthwise convolution is a convolution with as many groups as channels,
 * ReLU6 and Clip and Min and Max are `clip`, Split and Slice and Gather on channels are `select`, a
 * reduction over space is an average pool. Readers bring every format to these kinds; nothing
 * downstream knows where a model came from. Shapes are always channels × rows × columns (see shape.ts).
 */
import type { Padding, Pair } from './shape.ts';

/** Index into `Model.tensors`. */
export type TensorId = number;

interface Wiring {
  /** Unique within the model; the name the file gives, so that verdicts speak the reader's language. */
  readonly name: string;
  readonly inputs: readonly TensorId[];
  readonly output: TensorId;
}

/**
 * y[o](p) = bias[o] + Σ_i Σ_t weight[o,i,t] · x[i](p·strides + t·dilations − pads), zero outside x's domain.
 * `weight` is O × I/groups × kernel.y × kernel.x, row-major; output channel o reads the input channels
 * of its group, the ⌊o / (O/groups)⌋-th run of I/groups. `bias` has O entries or is null.
 */
export interface Conv extends Wiring {
  readonly kind: 'conv';
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  readonly outChannels: number;
  readonly kernel: Pair;
  readonly groups: number;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

/** y = weight · x + bias on a vector; `weight` is O × I, row-major. */
export interface Dense extends Wiring {
  readonly kind: 'dense';
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
  readonly outChannels: number;
}

/** y = scale · (x − mean) / √(variance + epsilon) + offset, per channel, with real arithmetic. */
export interface BatchNorm extends Wiring {
  readonly kind: 'batchNorm';
  readonly scale: Float32Array;
  readonly offset: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** A float32 value: the one the kernel adds. */
  readonly epsilon: number;
}

/** y = x · factor or x / factor; `factor` has one entry or one per channel. */
export interface Scale extends Wiring {
  readonly kind: 'scale';
  readonly operation: 'multiply' | 'divide';
  readonly factor: Float32Array;
}

/** y = x + addend inside the domain; `addend` has one entry or one per channel. */
export interface Translate extends Wiring {
  readonly kind: 'translate';
  readonly addend: Float32Array;
}

/** Two tensors, element by element; an axis of extent 1 is broadcast. */
export interface Elementwise extends Wiring {
  readonly kind: 'add' | 'subtract' | 'multiply';
}

/** The channels of the inputs, one input after the other. */
export interface Concat extends Wiring {
  readonly kind: 'concat';
}

/** y[k] = x[channels[k]]: splits, slices, permutations, duplications of channels. */
export interface Select extends Wiring {
  readonly kind: 'select';
  readonly channels: Int32Array;
}

/** Enlarges the domain; the new pixels hold `value`. */
export interface Pad extends Wiring {
  readonly kind: 'pad';
  readonly pads: Padding;
  readonly value: number;
}

export interface Relu extends Wiring {
  readonly kind: 'relu';
}

/** y = min(max(x, lower), upper); one entry or one per channel; ±Infinity is "no bound"; lower ≤ upper. */
export interface Clip extends Wiring {
  readonly kind: 'clip';
  readonly lower: Float32Array;
  readonly upper: Float32Array;
}

/** y = x where x ≥ 0, slope · x elsewhere. */
export interface LeakyRelu extends Wiring {
  readonly kind: 'leakyRelu';
  readonly slope: number;
}

/** y = x where x ≥ 0, slopes[channel] · x elsewhere; one entry or one per channel. */
export interface PRelu extends Wiring {
  readonly kind: 'prelu';
  readonly slopes: Float32Array;
}

/** Largest value of the window; pixels outside the domain are ignored, never read as zero. */
export interface MaxPool extends Wiring {
  readonly kind: 'maxPool';
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

/** Mean of the window; `countIncludePad` says whether pixels in the padding count in the divisor. */
export interface AveragePool extends Wiring {
  readonly kind: 'averagePool';
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly pads: Padding;
  readonly countIncludePad: boolean;
}

/** Mean over the whole domain; the result is 1×1. */
export interface GlobalAveragePool extends Wiring {
  readonly kind: 'globalAveragePool';
}

/**
 * Channels and pixels to one vector, in the order stated: `chw` puts pixel (y,x) of channel c at
 * (c·H + y)·W + x, `hwc` at (y·W + x)·C + c.
 */
export interface Flatten extends Wiring {
  readonly kind: 'flatten';
  readonly order: 'chw' | 'hwc';
}

/**
 * A smooth function the algebra does not look into: equal where its arguments are. All act pixel by
 * pixel; `softmax` mixes the channels of a pixel, the others treat each channel alone.
 * `alpha` and `beta`: hardSigmoid(x) = clip(alpha·x + beta, 0, 1); hardSwish has alpha = 1/6, beta = 1/2;
 * elu(x) = x or alpha·(eˣ − 1). Zero where the function has no such parameter.
 */
export interface Opaque extends Wiring {
  readonly kind: 'opaque';
  readonly function: OpaqueFunction;
  readonly alpha: number;
  readonly beta: number;
}

export type OpaqueFunction =
  | 'softmax'
  | 'sigmoid'
  | 'hardSigmoid'
  | 'hardSwish'
  | 'silu'
  | 'gelu'
  | 'geluTanh'
  | 'tanh'
  | 'elu';

export type Layer =
  | Conv
  | Dense
  | BatchNorm
  | Scale
  | Translate
  | Elementwise
  | Concat
  | Select
  | Pad
  | Relu
  | Clip
  | LeakyRelu
  | PRelu
  | MaxPool
  | AveragePool
  | GlobalAveragePool
  | Flatten
  | Opaque;

export type LayerKind = Layer['kind'];

/** `Omit` that keeps a union a union. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A layer before its result tensor has a number: what a builder is handed. */
export type LayerSpec = Without<Layer, 'output'>;

/** Entry of a parameter that is either one for all channels or one per channel. */
export function perChannel(values: Float32Array, channel: number): number {
  return values.length === 1 ? values[0] : values[channel];
}

/** Every array of float32 parameters a layer owns. */
export function parameterArrays(layer: Layer): readonly Float32Array[] {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return layer.bias === null ? [layer.weight] : [layer.weight, layer.bias];
    case 'batchNorm':
      return [layer.scale, layer.offset, layer.mean, layer.variance];
    case 'scale':
      return [layer.factor];
    case 'translate':
      return [layer.addend];
    case 'clip':
      return [layer.lower, layer.upper];
    case 'prelu':
      return [layer.slopes];
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
    case 'select':
    case 'pad':
    case 'relu':
    case 'leakyRelu':
    case 'maxPool':
    case 'averagePool':
    case 'globalAveragePool':
    case 'flatten':
    case 'opaque':
      return [];
  }
}

/** Whether the layer is an affine function of its inputs, together. */
export function isAffine(layer: Layer): boolean {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'add':
    case 'subtract':
    case 'concat':
    case 'select':
    case 'pad':
    case 'averagePool':
    case 'globalAveragePool':
    case 'flatten':
      return true;
    case 'multiply':
    case 'relu':
    case 'clip':
    case 'leakyRelu':
    case 'prelu':
    case 'maxPool':
    case 'opaque':
      return false;
  }
}
