/**
 * Interval bounds of the functions the algebra does not look into: from their image and, for those of
 * the form x·g(x) with g in [0, 1], from the argument.
 */
import type { Opaque } from '../model/layer.ts';
import { hullWithZero, type Range } from './channel-range.ts';

function constant(channels: number, lower: number, upper: number): Range {
  return {
    lower: new Float64Array(channels).fill(lower),
    upper: new Float64Array(channels).fill(upper),
  };
}

export function opaqueRange(layer: Opaque, range: Range): Range {
  const channels = range.lower.length;
  switch (layer.function) {
    case 'softmax':
    case 'sigmoid':
    case 'hardSigmoid':
      return constant(channels, 0, 1);
    case 'tanh':
      return constant(channels, -1, 1);
    case 'silu':
    case 'gelu':
    case 'geluTanh':
    case 'hardSwish':
      return hullWithZero(range);
    case 'elu': {
      // Below zero the values lie between 0 and −alpha, whatever alpha's sign.
      const [low, high] = [Math.min(0, -layer.alpha), Math.max(0, -layer.alpha)];
      return {
        lower: range.lower.map((v) => (v >= 0 ? v : low)),
        upper: range.upper.map((v, c) => (range.lower[c] >= 0 ? v : Math.max(v, high))),
      };
    }
  }
}
