/**
 * Pooling on tfjs.
 *
 * Explicit padding is −∞ for max pooling, which ignores it then. tfjs has no strided and dilated max
 * pooling: that is the maximum of the taps' shifted copies. Average pooling that does not count its
 * padding is, where tfjs's `same` is not the padding wanted, the sum of the window (a depthwise
 * convolution with ones) over the number of pixels inside.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { AveragePool, MaxPool } from '../model/layer.ts';
import { isPadded } from '../model/shape.ts';
import { padded, prepare, strided, subsampled } from './tfjs-padding.ts';

const one = { y: 1, x: 1 };

function dilatedMax(layer: MaxPool, input: tf.Tensor4D): tf.Tensor4D {
  const { kernel, strides, dilations } = layer;
  const x = padded(input, layer.pads, -Infinity);
  const [, height, width] = x.shape;
  const reach = { y: dilations.y * (kernel.y - 1), x: dilations.x * (kernel.x - 1) };
  let largest: tf.Tensor4D | null = null;
  for (let tapY = 0; tapY <= reach.y; tapY += dilations.y) {
    for (let tapX = 0; tapX <= reach.x; tapX += dilations.x) {
      const end = { y: height - reach.y + tapY, x: width - reach.x + tapX };
      const tap = strided(x, { y: tapY, x: tapX }, end, strides);
      largest = largest === null ? tap : tf.maximum(largest, tap);
    }
  }
  return largest ?? input;
}

export function tfjsMaxPool(layer: MaxPool, input: tf.Tensor4D): tf.Tensor4D {
  const { kernel, strides, dilations } = layer;
  if (dilations.y > 1 || dilations.x > 1) return dilatedMax(layer, input);
  const { x, pad } = prepare(input, layer, -Infinity);
  return tf.maxPool(x, [kernel.y, kernel.x], [strides.y, strides.x], pad);
}

/** How many pixels of each window lie inside the domain, as a 1×H×W×1 tensor. */
function counts(layer: AveragePool, input: tf.Tensor4D): tf.Tensor4D {
  const { kernel, strides, pads } = layer;
  const [, height, width] = input.shape;
  const along = (size: number, n: number, stride: number, before: number, after: number) => {
    const inside: number[] = [];
    for (let start = -before; start + n <= size + after; start += stride) {
      inside.push(Math.min(size, start + n) - Math.max(0, start));
    }
    return inside;
  };
  const rows = along(height, kernel.y, strides.y, pads.top, pads.bottom);
  const columns = along(width, kernel.x, strides.x, pads.left, pads.right);
  const values = rows.flatMap((r) => columns.map((c) => r * c));
  return tf.tensor4d(values, [1, rows.length, columns.length, 1]);
}

export function tfjsAveragePool(layer: AveragePool, input: tf.Tensor4D): tf.Tensor4D {
  const { kernel } = layer;
  const strides: [number, number] = [layer.strides.y, layer.strides.x];
  if (layer.countIncludePad) {
    return tf.avgPool(padded(input, layer.pads, 0), [kernel.y, kernel.x], strides, 'valid');
  }
  const { x, pad } = prepare(input, { ...layer, dilations: one }, 0);
  if (pad === 'same' || !isPadded(layer.pads)) {
    return tf.avgPool(x, [kernel.y, kernel.x], strides, pad);
  }
  const channels = input.shape[3];
  const window = tf.ones<tf.Rank.R4>([kernel.y, kernel.x, channels, 1]);
  const sums = tf.depthwiseConv2d(x, window, [1, 1], 'valid');
  return tf.div(subsampled(sums, layer.strides), counts(layer, input));
}
