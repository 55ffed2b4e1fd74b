/** Batch norms of blocks: as a scale and a shift for each channel, as block theorems have them, or with statistics. */
import type { LayerSpec } from '../../../src/model/layer.ts';
import { filled } from '../layer-networks.ts';

export const epsilon = 2 ** -10;

/** γ, β, μ and 1/√(σ² + ε) of a channel. */
export interface Statistics {
  readonly gamma: number;
  readonly beta: number;
  readonly mean: number;
  readonly inverseRoot: number;
}

/** Of a batch norm that is t·scale + shift. */
export function affine(scale: number, shift: number): Statistics {
  return { gamma: scale, beta: shift, mean: 0, inverseRoot: 1 };
}

export function normOf(channels: number, of: (channel: number) => Statistics): LayerSpec {
  const each = (value: (channel: Statistics) => number): Float32Array =>
    filled([channels], (channel) => value(of(channel)));
  return {
    kind: 'batchNorm',
    name: 'norm',
    inputs: [0],
    scale: each(({ gamma }) => gamma),
    offset: each(({ beta }) => beta),
    mean: each(({ mean }) => mean),
    variance: each(({ inverseRoot }) => inverseRoot ** -2 - epsilon),
    epsilon,
  };
}

/** A number's size as a power of two from ½ to 2, so that inverses and roots are exact. */
export function powerOfTwo(value: number): number {
  return 2 ** ((Math.abs(Math.round(4 * value)) % 3) - 1);
}
