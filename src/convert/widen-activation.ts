/**
 * An activation over reserved and original channels. Reserved channels come first.
 *
 * Where a strategy needs a slope or a bound for reserved channels of their own, the activation becomes
 * a PReLU with a slope for each channel, a clip with bounds for each channel, or both: ReLU6 under
 * `prelu` is a PReLU (1 on reserved channels, 0 on the others) and then an upper bound (∞, 6).
 */
import type { Clip, PRelu } from '../model/layer.ts';
import type { Activation, Reserve } from './strategy.ts';

/** `reserved` for the reserved channels, then `values` once for each of `width` channels. */
function beside(
  reserve: Reserve,
  reserved: number,
  values: Float32Array,
  width: number,
): Float32Array {
  const count = reserve.gain.length;
  const all = new Float32Array(count + width).fill(reserved, 0, count);
  if (values.length === 1) all.fill(values[0], count);
  else all.set(values, count);
  return all;
}

/** Bounds as they are where they are one for all channels, which the plan has found harmless. */
function besideUnlessScalar(
  reserve: Reserve,
  reserved: number,
  values: Float32Array,
  width: number,
): Float32Array {
  return values.length === 1 ? values : beside(reserve, reserved, values, width);
}

function sloped(layer: Activation, reserve: Reserve, slopes: Float32Array, width: number): PRelu {
  const reserved = reserve.strategy === 'split' ? 0 : 1;
  const { name, inputs, output } = layer;
  return {
    ...{ kind: 'prelu' as const, name, inputs, output },
    slopes: beside(reserve, reserved, slopes, width),
  };
}

function clipWithSlopes(layer: Clip, reserve: Reserve, width: number): readonly Activation[] {
  const { lower, upper, name } = layer;
  const noUpper = beside(reserve, Infinity, upper, width);
  if (!lower.every((v) => v === 0)) {
    return [{ ...layer, lower: beside(reserve, -Infinity, lower, width), upper: noUpper }];
  }
  const slopes = sloped(layer, reserve, Float32Array.of(0), width);
  if (upper.every((v) => v === Infinity)) return [slopes];
  const none = Float32Array.of(-Infinity);
  return [slopes, { ...layer, name: `${name}.upper`, lower: none, upper: noUpper }];
}

function clipSplit(layer: Clip, reserve: Reserve, width: number): readonly Activation[] {
  const { lower, upper } = layer;
  const bounded = upper.length === 1 && reserve.magnitude <= upper[0];
  return [
    {
      ...layer,
      lower: lower.every((v) => v === 0) ? Float32Array.of(0) : beside(reserve, 0, lower, width),
      upper: bounded ? upper : beside(reserve, Infinity, upper, width),
    },
  ];
}

/** The layers that replace an activation over `width` channels once the reserved ones stand beside them. */
export function widenActivation(
  layer: Activation,
  reserve: Reserve,
  width: number,
): readonly Activation[] {
  if (layer.kind === 'opaque') return [layer];
  if (layer.kind === 'prelu') return [sloped(layer, reserve, layer.slopes, width)];
  switch (reserve.strategy) {
    case 'linear':
      throw new Error(`${layer.name} on a branch taken for linear`);
    case 'nonnegative':
    case 'shift':
      if (layer.kind !== 'clip') return [layer];
      return [
        {
          ...layer,
          lower: besideUnlessScalar(reserve, -Infinity, layer.lower, width),
          upper: besideUnlessScalar(reserve, Infinity, layer.upper, width),
        },
      ];
    case 'prelu':
    case 'split':
      if (layer.kind === 'leakyRelu') {
        return [sloped(layer, reserve, Float32Array.of(layer.slope), width)];
      }
      if (layer.kind === 'clip') {
        return reserve.strategy === 'prelu'
          ? clipWithSlopes(layer, reserve, width)
          : clipSplit(layer, reserve, width);
      }
      return reserve.strategy === 'prelu'
        ? [sloped(layer, reserve, Float32Array.of(0), width)]
        : [layer];
  }
}
