/** The layers a block can be built from, as its author sees them. */
import type { Border, Node } from './graph.ts';
import type { SizeText } from './size.ts';

/** A tensor within a block. */
export type Value = Node;

export interface ConvOptions {
  /** Taps along both axes, or rows and columns; 1 unless told. */
  readonly kernel?: SizeText | readonly [rows: SizeText, columns: SizeText];
  /** Of the output; as many as the input has unless told. */
  readonly channels?: SizeText;
  readonly stride?: SizeText;
  readonly groups?: SizeText;
  readonly dilation?: number;
  /** What is read outside the image; zero unless told. */
  readonly border?: Border;
}

export interface PoolOptions {
  readonly kernel: SizeText;
  readonly stride?: SizeText;
  /** What is read outside the image; nothing unless told. */
  readonly border?: Border;
}

export type Layer = (input: Value) => Value;

/** What a block is built from. */
export interface Layers {
  /** The block's input. */
  readonly x: Value;
  readonly conv: (input: Value, options?: ConvOptions) => Value;
  /** A convolution with as many groups as channels. */
  readonly depthwise: (
    input: Value,
    options: Pick<ConvOptions, 'kernel' | 'stride' | 'dilation'>,
  ) => Value;
  readonly batchNorm: Layer;
  /** A learned factor for each channel (layer scale). */
  readonly scale: Layer;
  /** A learned addend for each channel. */
  readonly shift: Layer;
  readonly relu: Layer;
  readonly relu6: Layer;
  readonly clip: (
    input: Value,
    bounds: { readonly lower: number; readonly upper: number },
  ) => Value;
  readonly leakyRelu: (input: Value, slope: number) => Value;
  /** With a learned slope for each channel. */
  readonly prelu: Layer;
  readonly elu: (input: Value, alpha?: number) => Value;
  readonly gelu: Layer;
  readonly silu: Layer;
  readonly hardSwish: Layer;
  readonly hardSigmoid: Layer;
  readonly sigmoid: Layer;
  readonly tanh: Layer;
  readonly add: (first: Value, second: Value, ...more: readonly Value[]) => Value;
  readonly subtract: (first: Value, second: Value) => Value;
  /** Pixel by pixel; an input of a single pixel is a factor for each channel. */
  readonly multiply: (first: Value, second: Value) => Value;
  /** Channels side by side. */
  readonly concat: (first: Value, second: Value, ...more: readonly Value[]) => Value;
  /** The first so many channels. */
  readonly first: (input: Value, count: SizeText) => Value;
  /** All channels but the first so many. */
  readonly rest: (input: Value, count: SizeText) => Value;
  readonly maxPool: (input: Value, options: PoolOptions) => Value;
  readonly averagePool: (input: Value, options: PoolOptions) => Value;
  readonly globalAveragePool: Layer;
  /** The sum of so many copies, each with parameters of its own. */
  readonly repeat: (count: SizeText, copy: () => Value) => Value;
}
