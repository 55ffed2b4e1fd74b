/**
 * One layer as tfjs operations. Tensors are 1×H×W×C; vectors are 1×1×1×C.
 *
 * Each kind goes to the operation a published tfjs model uses for it, where there is one. The caller owns
 * the tensors: this is to be called inside `tf.tidy`. A layer that changes nothing returns its operand.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Clip, Layer, Opaque, PRelu } from '../model/layer.ts';
import { tfjsConv, tfjsDense } from './tfjs-conv.ts';
import { padded } from './tfjs-padding.ts';
import { tfjsAveragePool, tfjsMaxPool } from './tfjs-pool.ts';
import type { Weights } from './tfjs-weights.ts';

/** One entry for all channels or one for each, so shaped that tfjs broadcasts it over the pixels. */
function perChannel(values: Float32Array): tf.Tensor {
  return values.length === 1 ? tf.scalar(values[0]) : tf.tensor1d(values);
}

function clip(layer: Clip, x: tf.Tensor4D): tf.Tensor4D {
  const { lower, upper } = layer;
  const single = lower.length === 1 && upper.length === 1;
  if (single && lower[0] === 0 && upper[0] === 6) return tf.relu6(x);
  if (single && Number.isFinite(lower[0]) && Number.isFinite(upper[0])) {
    return tf.clipByValue(x, lower[0], upper[0]);
  }
  return tf.minimum(tf.maximum(x, perChannel(lower)), perChannel(upper));
}

/** The wasm kernel reads one slope for each channel whatever the slopes' shape. */
function prelu(layer: PRelu, x: tf.Tensor4D): tf.Tensor4D {
  const channels = x.shape[3];
  const slopes =
    layer.slopes.length === channels
      ? layer.slopes
      : new Float32Array(channels).fill(layer.slopes[0]);
  return tf.prelu(x, tf.tensor4d(slopes, [1, 1, 1, channels]));
}

function hardSigmoid(layer: Opaque, x: tf.Tensor4D): tf.Tensor4D {
  return tf.clipByValue(tf.add(tf.mul(x, layer.alpha), layer.beta), 0, 1);
}

function opaque(layer: Opaque, x: tf.Tensor4D): tf.Tensor4D {
  switch (layer.function) {
    case 'softmax':
      return tf.softmax(x, 3);
    case 'sigmoid':
      return tf.sigmoid(x);
    case 'tanh':
      return tf.tanh(x);
    case 'silu':
      return tf.mul(x, tf.sigmoid(x));
    case 'hardSigmoid':
      return hardSigmoid(layer, x);
    case 'hardSwish':
      return tf.mul(x, hardSigmoid(layer, x));
    case 'gelu': {
      const normal = tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1);
      return tf.mul(tf.mul(x, 0.5), normal);
    }
    case 'geluTanh': {
      const cubed = tf.mul(tf.mul(tf.mul(x, x), x), 0.044715);
      const inner = tf.mul(tf.add(x, cubed), Math.sqrt(2 / Math.PI));
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
    }
    case 'elu':
      if (layer.alpha === 1) return tf.elu(x);
      return tf.add(tf.relu(x), tf.mul(tf.elu(tf.minimum(x, 0)), layer.alpha));
  }
}

/** The layer's result; `operands` in the order of `layer.inputs`. */
export function tfjsLayer(
  layer: Layer,
  operands: readonly tf.Tensor4D[],
  weights: Weights,
): tf.Tensor4D {
  const [x, other] = operands;
  switch (layer.kind) {
    case 'conv':
      return tfjsConv(layer, x, weights);
    case 'dense':
      return tfjsDense(layer, x, weights);
    case 'batchNorm':
      return tf.batchNorm4d(
        x,
        tf.tensor1d(layer.mean),
        tf.tensor1d(layer.variance),
        tf.tensor1d(layer.offset),
        tf.tensor1d(layer.scale),
        layer.epsilon,
      );
    case 'scale': {
      const factor = perChannel(layer.factor);
      return layer.operation === 'divide' ? tf.div(x, factor) : tf.mul(x, factor);
    }
    case 'translate':
      return tf.add(x, perChannel(layer.addend));
    case 'add':
      return tf.add(x, other);
    case 'subtract':
      return tf.sub(x, other);
    case 'multiply':
      return tf.mul(x, other);
    case 'concat':
      return operands.length === 1 ? x : tf.concat4d([...operands], 3);
    case 'select':
      return tf.gather(x, tf.tensor1d(layer.channels, 'int32'), 3);
    case 'pad':
      return padded(x, layer.pads, layer.value);
    case 'relu':
      return tf.relu(x);
    case 'clip':
      return clip(layer, x);
    case 'leakyRelu':
      return tf.leakyRelu(x, layer.slope);
    case 'prelu':
      return prelu(layer, x);
    case 'maxPool':
      return tfjsMaxPool(layer, x);
    case 'averagePool':
      return tfjsAveragePool(layer, x);
    case 'globalAveragePool':
      return tf.mean(x, [1, 2], true);
    case 'flatten': {
      const ordered = layer.order === 'hwc' ? x : tf.transpose(x, [0, 3, 1, 2]);
      return tf.reshape(ordered, [1, 1, 1, x.size]);
    }
    case 'opaque':
      return opaque(layer, x);
  }
}
