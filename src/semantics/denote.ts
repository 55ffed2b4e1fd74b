/**
 * What a single layer means, and how far an evaluation of it may be from that meaning.
 *
 * This table is all that ties kinds of layers to their files; whoever adds a kind is stopped by the
 * compiler here. It knows nothing of models and keeps nothing.
 */
import type { Layer } from '../model/layer.ts';
import type { Shape } from '../model/shape.ts';
import { batchNorm, scale, translate } from './affine.ts';
import { mapChannelErrors, mapChannels, type ChannelMap } from './channel-map.ts';
import { conv, convErrors } from './conv.ts';
import { elementwise, elementwiseErrors } from './elementwise.ts';
import { opaque, softmax, softmaxErrors } from './opaque.ts';
import type { Operand, Order } from './operand.ts';
import { clip, leakyRelu, prelu, relu } from './piecewise.ts';
import { averagePool, averagePoolErrors, maxPool } from './pool.ts';
import { concat, flatten, pad, select } from './rearrange.ts';
import { float64, type Arithmetic } from './rounding.ts';

type PixelLayer = Extract<
  Layer,
  {
    kind: 'batchNorm' | 'scale' | 'translate' | 'relu' | 'clip' | 'leakyRelu' | 'prelu' | 'opaque';
  }
>;

function channelMap(layer: PixelLayer, arithmetic: Arithmetic, order: Order) {
  return (channel: number): ChannelMap => {
    switch (layer.kind) {
      case 'batchNorm':
        return batchNorm(layer, channel, arithmetic, order);
      case 'scale':
        return scale(layer, channel, arithmetic);
      case 'translate':
        return translate(layer, channel, arithmetic);
      case 'relu':
        return relu();
      case 'clip':
        return clip(layer, channel);
      case 'leakyRelu':
        return leakyRelu(layer, arithmetic);
      case 'prelu':
        return prelu(layer, channel, arithmetic);
      case 'opaque':
        return opaque(layer, arithmetic);
    }
  };
}

/** The layer's result for the operands' values, in float64. `shape` is the result's. */
export function denote(
  layer: Layer,
  operands: readonly Operand[],
  shape: Shape,
  order: Order = 'forward',
): Float64Array {
  const [x, other] = operands;
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return conv(layer, x, shape, order);
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'relu':
    case 'clip':
    case 'leakyRelu':
    case 'prelu':
      return mapChannels(x, channelMap(layer, float64, order));
    case 'opaque':
      return layer.function === 'softmax'
        ? softmax(x, shape, order)
        : mapChannels(x, channelMap(layer, float64, order));
    case 'add':
    case 'subtract':
    case 'multiply':
      return elementwise(layer, x, other, shape);
    case 'concat':
      return concat(
        operands.map((operand) => operand.values),
        shape,
      );
    case 'select':
      return select(layer, x.values, shape);
    case 'pad':
      return pad(layer, x, shape, layer.value);
    case 'maxPool':
      return maxPool(layer, x.shape, x.values, shape);
    case 'averagePool':
    case 'globalAveragePool':
      return averagePool(layer, x, shape, order);
    case 'flatten':
      return flatten(layer, x.values, x.shape);
  }
}

/**
 * Bound, entry by entry, on the difference between the layer evaluated in `arithmetic` at the operands'
 * values, in any order of summation, and its meaning at the real values they stand for.
 */
export function errorBound(
  layer: Layer,
  operands: readonly Operand[],
  shape: Shape,
  arithmetic: Arithmetic = float64,
): Float64Array {
  const [x, other] = operands;
  const errorsOf = (operand: Operand): Float64Array =>
    operand.errors ?? new Float64Array(operand.values.length);
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return convErrors(layer, x, shape, arithmetic);
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'relu':
    case 'clip':
    case 'leakyRelu':
    case 'prelu':
      return mapChannelErrors(x, channelMap(layer, arithmetic, 'forward'));
    case 'opaque':
      return layer.function === 'softmax'
        ? softmaxErrors(x, shape, arithmetic)
        : mapChannelErrors(x, channelMap(layer, arithmetic, 'forward'));
    case 'add':
    case 'subtract':
    case 'multiply':
      return elementwiseErrors(layer, x, other, shape, arithmetic);
    case 'concat':
      return concat(operands.map(errorsOf), shape);
    case 'select':
      return select(layer, errorsOf(x), shape);
    case 'pad':
      return pad(layer, { shape: x.shape, values: errorsOf(x) }, shape, 0);
    case 'maxPool':
      return maxPool(layer, x.shape, errorsOf(x), shape);
    case 'averagePool':
    case 'globalAveragePool':
      return averagePoolErrors(layer, x, shape, arithmetic);
    case 'flatten':
      return flatten(layer, errorsOf(x), x.shape);
  }
}
