/** Windows of weights: what they read, and a row of them added up into columns. */
import type { BatchNorm, Flatten } from '../model/layer.ts';
import { noPadding, type Padding, type Pair, type Shape } from '../model/shape.ts';
import type { Sum } from './sums.ts';

/** Columns of all that a convolution reads, in order of input channels, terms, taps. */
export interface Plan {
  readonly first: Int32Array;
  readonly scales: Float64Array;
  readonly columns: Int32Array;
}

interface Weights {
  readonly weight: Float32Array;
  /** Of the first weight of the row. */
  readonly start: number;
  /** The first input channel, how many follow it, and how many weights each has. */
  readonly from: number;
  readonly count: number;
  readonly taps: number;
}

export interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

export const single: Pair = { y: 1, x: 1 };

export const pointwise: Window = {
  kernel: single,
  strides: single,
  dilations: single,
  pads: noPadding,
};

/** γ / √(σ² + ε). */
export function slopeOf({ scale, variance, epsilon }: BatchNorm, channel: number): number {
  return scale[channel] / Math.sqrt(variance[channel] + epsilon);
}

/** By how much each weight looks beside the pixel. */
export function tapsOf({ kernel, dilations, pads }: Window): readonly Pair[] {
  return Array.from({ length: kernel.y * kernel.x }, (_, t) => ({
    y: Math.floor(t / kernel.x) * dilations.y - pads.top,
    x: (t % kernel.x) * dilations.x - pads.left,
  }));
}

/** The pixel that an entry of a flattened tensor is. */
export function pixelOf(
  { order }: Flatten,
  entry: number,
  { channels, height, width }: Shape,
): { readonly channel: number; readonly offset: Pair } {
  const pixels = height * width;
  const isPlanar = order === 'chw';
  const at = isPlanar ? entry % pixels : Math.floor(entry / channels);
  const channel = isPlanar ? Math.floor(entry / pixels) : entry % channels;
  return { channel, offset: { y: Math.floor(at / width), x: at % width } };
}

/** A row of weights into columns: all the time that checking takes is spent here and in comparing. */
export function spread(
  { row, factor }: { readonly row: Sum; readonly factor: number },
  { weight, start, from, count, taps }: Weights,
  { first, scales, columns }: Plan,
): void {
  const { mid, magnitude } = row;
  let w = start;
  for (let i = from; i < from + count; i++) {
    const begin = first[i];
    const end = first[i + 1];
    for (let t = 0; t < taps; t++) {
      const own = weight[w++];
      if (own === 0) continue;
      for (let k = begin; k < end; k++) {
        const value = factor * own * scales[k];
        const column = columns[k * taps + t];
        mid[column] += value;
        magnitude[column] += Math.abs(value);
      }
    }
  }
}
