/**
 * Per-channel affine layers: batch norm, and multiplication and addition of constants.
 *
 * Batch norm is s·(x − mean) + offset with s = scale / √(variance + epsilon), a real number. Its bound
 * covers every usual way to compute it – s first or last, s·x + (offset − s·mean) or as written – with
 * correctly rounded operations: the root's argument, the root, the quotient, the product with x or
 * mean, and two additions lie on no path longer than six roundings.
 * A quotient may be computed as the product with a rounded reciprocal: two roundings.
 */
import { perChannel, type BatchNorm, type Scale, type Translate } from '../model/layer.ts';
import type { ChannelMap } from './channel-map.ts';
import type { Order } from './operand.ts';
import { gamma, type Arithmetic } from './rounding.ts';

export function batchNorm(
  layer: BatchNorm,
  channel: number,
  arithmetic: Arithmetic,
  order: Order,
): ChannelMap {
  const slope = layer.scale[channel] / Math.sqrt(layer.variance[channel] + layer.epsilon);
  const mean = layer.mean[channel];
  const offset = layer.offset[channel];
  const constant = offset - slope * mean;
  const size = Math.abs(slope);
  const relative = gamma(6, arithmetic);
  const tiny = arithmetic.underflow * (6 + 3 * size + Math.abs(mean));
  return {
    value: order === 'forward' ? (x) => slope * (x - mean) + offset : (x) => slope * x + constant,
    error: (x, e) =>
      size * e +
      relative * (size * (Math.abs(x) + Math.abs(mean)) + Math.abs(offset)) +
      tiny +
      arithmetic.underflow * Math.abs(x),
  };
}

export function scale(layer: Scale, channel: number, arithmetic: Arithmetic): ChannelMap {
  const factor = perChannel(layer.factor, channel);
  const divides = layer.operation === 'divide';
  const size = divides ? 1 / Math.abs(factor) : Math.abs(factor);
  const relative = gamma(divides ? 2 : 1, arithmetic);
  return {
    value: divides ? (x) => x / factor : (x) => x * factor,
    error: (x, e) =>
      size * (e + relative * Math.abs(x)) + arithmetic.underflow * (1 + size + Math.abs(x)),
  };
}

export function translate(layer: Translate, channel: number, arithmetic: Arithmetic): ChannelMap {
  const addend = perChannel(layer.addend, channel);
  const relative = gamma(1, arithmetic);
  return {
    value: (x) => x + addend,
    error: (x, e) => e + relative * Math.abs(x + addend) + 3 * arithmetic.underflow,
  };
}
