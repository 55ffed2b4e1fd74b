/**
 * Convolution and dense layers on tfjs.
 *
 * tfjs has no grouped convolution: one convolution for each group, joined again; with one input channel a
 * group it is a depthwise convolution. It refuses dilation together with stride, and native TensorFlow
 * refuses a depthwise convolution with unequal strides: then every pixel is computed and the wanted ones
 * are kept. Neither changes the sums.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Conv, Dense } from '../model/layer.ts';
import { depthwiseFilters, filters } from './layout.ts';
import { padded, prepare, subsampled } from './tfjs-padding.ts';
import type { Weights } from './tfjs-weights.ts';

const one = { y: 1, x: 1 };

function isDepthwise(layer: Conv, channels: number): boolean {
  return layer.groups === channels && layer.groups > 1;
}

/** Whether tfjs, on every backend, runs the strides as they are. */
function runsStrided(layer: Conv, channels: number): boolean {
  const { strides, dilations } = layer;
  const strided = strides.y > 1 || strides.x > 1;
  if (strided && (dilations.y > 1 || dilations.x > 1)) return false;
  return !isDepthwise(layer, channels) || strides.y === strides.x;
}

function convolve(layer: Conv, input: tf.Tensor4D, weights: Weights): tf.Tensor4D {
  const channels = input.shape[3];
  const { kernel, groups, outChannels } = layer;
  const { x, pad } = prepare(input, layer, 0);
  const strides: [number, number] = [layer.strides.y, layer.strides.x];
  const dilations: [number, number] = [layer.dilations.y, layer.dilations.x];
  if (isDepthwise(layer, channels)) {
    const shape = [kernel.y, kernel.x, channels, outChannels / channels] as const;
    const filter = weights(layer.name, 0, () => tf.tensor4d(depthwiseFilters(layer), [...shape]));
    return tf.depthwiseConv2d(x, filter, strides, pad, 'NHWC', dilations);
  }
  const perGroup = channels / groups;
  const outPerGroup = outChannels / groups;
  const [, height, width] = x.shape;
  const shape = [kernel.y, kernel.x, perGroup, outPerGroup] as const;
  const parts: tf.Tensor4D[] = [];
  for (let g = 0; g < groups; g++) {
    const part =
      groups === 1 ? x : tf.slice4d(x, [0, 0, 0, g * perGroup], [1, height, width, perGroup]);
    const filter = weights(layer.name, g, () =>
      tf.tensor4d(filters(layer, g * outPerGroup, outPerGroup), [...shape]),
    );
    parts.push(tf.conv2d(part, filter, strides, pad, 'NHWC', dilations));
  }
  return groups === 1 ? parts[0] : tf.concat4d(parts, 3);
}

export function tfjsConv(layer: Conv, input: tf.Tensor4D, weights: Weights): tf.Tensor4D {
  const y = runsStrided(layer, input.shape[3])
    ? convolve(layer, input, weights)
    : subsampled(
        convolve(
          { ...layer, strides: one, pads: { top: 0, left: 0, bottom: 0, right: 0 } },
          padded(input, layer.pads, 0),
          weights,
        ),
        layer.strides,
      );
  return layer.bias === null ? y : tf.add(y, tf.tensor1d(layer.bias));
}

export function tfjsDense(layer: Dense, input: tf.Tensor4D, weights: Weights): tf.Tensor4D {
  const features = input.shape[3];
  const kept = weights(layer.name, 0, () =>
    tf.tensor4d(layer.weight, [1, 1, layer.outChannels, features]),
  );
  const weight = tf.reshape(kept, [layer.outChannels, features]);
  const x = tf.reshape(input, [1, features]);
  const product = tf.matMul(x, weight, false, true);
  const y = layer.bias === null ? product : tf.add(product, tf.tensor1d(layer.bias));
  return tf.reshape(y, [1, 1, 1, layer.outChannels]);
}
