/** A block as a graph: plain data, sizes in letters, every node with the line it was written on. */
import type { Place } from './place.ts';
import type { Numbers, Size } from './size.ts';

export type Activation =
  | { readonly kind: 'relu' | 'prelu' | 'gelu' | 'silu' | 'sigmoid' | 'tanh' }
  /** min(max(t, lower), upper); ReLU6 is the clip from 0 to 6. */
  | { readonly kind: 'clip'; readonly lower: number; readonly upper: number }
  | { readonly kind: 'leakyRelu'; readonly slope: number }
  | { readonly kind: 'elu'; readonly alpha: number }
  | { readonly kind: 'hardSwish' | 'hardSigmoid' };

/**
 * What is read outside the image: zero (or, by an average pool, nothing); or what the pointwise layers before make
 * of zero, as padding does that holds their shifts.
 */
export type Border = 'zero' | 'shift';

export interface Conv {
  readonly kind: 'conv';
  readonly kernel: readonly [rows: Size, columns: Size];
  readonly stride: Size;
  readonly dilation: number;
  /** Groups; `depthwise` for as many as channels. */
  readonly groups: Size | 'depthwise';
  readonly border: Border;
}

export type Operation =
  | { readonly kind: 'input' }
  | Conv
  /** A scale and a shift for each channel, with the statistics they come from. */
  | { readonly kind: 'batchNorm' }
  /** A learned factor for each channel. */
  | { readonly kind: 'scale' }
  /** A learned addend for each channel. */
  | { readonly kind: 'shift' }
  | { readonly kind: 'activation'; readonly activation: Activation }
  | { readonly kind: 'add' | 'subtract' | 'multiply' | 'concat' }
  /** A run of the input's channels. */
  | { readonly kind: 'part'; readonly from: Size }
  | {
      readonly kind: 'maxPool' | 'averagePool';
      readonly kernel: Size;
      readonly stride: Size;
      readonly border: Border;
    }
  | { readonly kind: 'globalAveragePool' }
  /** The sum of `count` copies of its input's expression, each with parameters of its own. */
  | { readonly kind: 'repeat'; readonly count: Size };

export interface Node {
  readonly id: number;
  /** What it is and the how manieth of its kind: `conv2`. */
  readonly name: string;
  readonly operation: Operation;
  readonly inputs: readonly Node[];
  readonly channels: Size;
  /** The block's input has that many times its rows and columns; null for a single pixel. */
  readonly stride: Size | null;
  readonly place: Place | null;
}

export interface Mistake {
  readonly place: Place | null;
  readonly reason: string;
}

/** What is known of the values the block reads. */
export type InputRange = 'any' | 'nonnegative' | { readonly lower: number; readonly upper: number };

export interface Block {
  readonly kind: 'block';
  readonly name: string;
  readonly source: string;
  readonly input: InputRange;
  /** The letters' values that costs are given for. */
  readonly sizes: Numbers;
  /** In an order that computes every node before it is read. */
  readonly nodes: readonly Node[];
  readonly output: Node;
  /** What is wrong with it; nothing else means anything where this is not empty. */
  readonly mistakes: readonly Mistake[];
}

/** The nodes that read each node, by id; the output is read by nobody. */
export function readersOf(nodes: readonly Node[]): ReadonlyMap<number, readonly Node[]> {
  const readers = new Map<number, Node[]>(nodes.map(({ id }) => [id, []]));
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) readers.get(input.id)?.push(node);
  }
  return readers;
}
