/**
 * Random batch norm parameters that hide nothing.
 *
 * A batch norm fresh from its constructor (γ = 1, β = 0, μ = 0, σ² = 1) hides most conversion mistakes:
 * a dropped offset, a swapped mean, a forgotten γ. So γ here is random, negative on some channels and
 * exactly zero on a few (as after slimming), the mean and the variance are those of nothing in
 * particular, and β is of the same order as what it is added to.
 */
import type { Random } from './random.ts';

export interface Statistics {
  readonly scale: Float32Array;
  readonly offset: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly epsilon: number;
}

const negativeShare = 0.2;
const zeroShare = 0.03;

/** The two values of ε that frameworks ship: PyTorch's and Keras'. */
const epsilons = [Math.fround(1e-5), Math.fround(1e-3)] as const;

/**
 * Statistics for `channels` channels. The magnitude of the linear factor γ/√(σ²+ε) lies between 0.5 and
 * 1.5 times `gain` where it is not zero; offsets and means are about a tenth of `gain` and of one.
 */
export function randomStatistics(random: Random, channels: number, gain: number): Statistics {
  const scale = new Float32Array(channels);
  const offset = new Float32Array(channels);
  const mean = new Float32Array(channels);
  const variance = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    variance[c] = random.between(0.25, 4);
    const magnitude = gain * random.between(0.5, 1.5) * Math.sqrt(variance[c]);
    const sign = random.chance(negativeShare) ? -1 : 1;
    scale[c] = random.chance(zeroShare) ? 0 : sign * magnitude;
    offset[c] = 0.1 * gain * random.normal();
    mean[c] = 0.1 * random.normal();
  }
  return { scale, offset, mean, variance, epsilon: epsilons[random.bits() & 1] };
}
