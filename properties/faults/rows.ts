/**
 * A convolution's weights as rows (one for each output channel) and columns (one for each input channel
 * of its group), and the rows that carry one channel through: what a Reserve step writes.
 */
import type { Conv, Dense } from '../../src/model/layer.ts';
import { where } from './fault.ts';

export type Linear = Conv | Dense;

/** Taps of the kernel. */
export function areaOf(layer: Linear): number {
  return layer.kind === 'dense' ? 1 : layer.kernel.y * layer.kernel.x;
}

/** Weights of one output channel. */
export function rowSize(layer: Linear): number {
  return layer.weight.length / layer.outChannels;
}

/** Input channels that one output channel reads. */
export function columnsOf(layer: Linear): number {
  return rowSize(layer) / areaOf(layer);
}

export function row(layer: Linear, o: number): Float32Array {
  const size = rowSize(layer);
  return layer.weight.subarray(o * size, (o + 1) * size);
}

/** Every weight as a function of its output channel, its place in the row, and what is there. */
export function mapWeights(
  layer: Linear,
  value: (o: number, k: number, weight: number) => number,
): Float32Array {
  const size = rowSize(layer);
  return layer.weight.map((w, at) => value(Math.floor(at / size), at % size, w));
}

/** Position in its row of the only weight of output channel o that is not zero, or −1. */
export function soleWeight(layer: Linear, o: number): number {
  const weights = row(layer, o);
  let sole = -1;
  for (let k = 0; k < weights.length; k++) {
    if (weights[k] === 0) continue;
    if (sole >= 0) return -1;
    sole = k;
  }
  return sole;
}

/** Output channels that carry a single pixel of a single channel, times something, plus a constant. */
export function passingRows(layer: Linear): readonly number[] {
  if (rowSize(layer) === 1) return [];
  return where(layer.outChannels, (o) => soleWeight(layer, o) >= 0);
}

/** The same layer with other rows in place of its own: weights and bias. */
export function pickRows<L extends Linear>(layer: L, order: (o: number) => number): L {
  const weight = mapWeights(layer, (o, k) => row(layer, order(o))[k]);
  const { bias } = layer;
  return { ...layer, weight, bias: bias === null ? null : bias.map((_, o) => bias[order(o)]) };
}

/** The same layer reading other columns of each row in place of its own. */
export function pickColumns<L extends Linear>(layer: L, order: (i: number) => number): L {
  const area = areaOf(layer);
  const weight = mapWeights(
    layer,
    (o, k) => row(layer, o)[order(Math.floor(k / area)) * area + (k % area)],
  );
  return { ...layer, weight };
}

/** The same layer with tap t of every kernel taken from tap `from(t)`. */
export function pickTaps(layer: Conv, from: (tap: number) => number): Conv {
  const area = areaOf(layer);
  const weight = mapWeights(layer, (o, k) => row(layer, o)[k - (k % area) + from(k % area)]);
  return { ...layer, weight };
}
