/**
 * Piecewise linear activations.
 *
 * ReLU and clip round nothing and move apart no two points (Lipschitz constant 1): an error passes
 * through unchanged. Leaky ReLU and PReLU stretch by max(1, |slope|) and multiply once; a leaky ReLU's
 * slope may be stated in float64 and rounded by a kernel first, which is a second rounding.
 */
import { perChannel, type Clip, type LeakyRelu, type PRelu } from '../model/layer.ts';
import type { ChannelMap } from './channel-map.ts';
import { gamma, type Arithmetic } from './rounding.ts';

export function relu(): ChannelMap {
  return { value: (x) => (x > 0 ? x : 0), error: (_, e) => e };
}

export function clip(layer: Clip, channel: number): ChannelMap {
  const lower = perChannel(layer.lower, channel);
  const upper = perChannel(layer.upper, channel);
  return { value: (x) => Math.min(Math.max(x, lower), upper), error: (_, e) => e };
}

function sloped(slope: number, roundings: number, arithmetic: Arithmetic): ChannelMap {
  const stretch = Math.max(1, Math.abs(slope));
  const relative = gamma(roundings, arithmetic) * Math.abs(slope);
  return {
    value: (x) => (x >= 0 ? x : slope * x),
    error: (x, e) =>
      stretch * (e + arithmetic.underflow) +
      (x < 0 ? relative * -x + arithmetic.underflow * (1 - x) : 0),
  };
}

export function leakyRelu(layer: LeakyRelu, arithmetic: Arithmetic): ChannelMap {
  return sloped(layer.slope, 2, arithmetic);
}

export function prelu(layer: PRelu, channel: number, arithmetic: Arithmetic): ChannelMap {
  return sloped(perChannel(layer.slopes, channel), 1, arithmetic);
}
