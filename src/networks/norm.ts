/**
 * The statistics of a batch norm, and what a converter does to them. Float64 until a sketch writes them.
 */
export interface Norm {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly epsilon: number;
}

/** γ/√(σ²+ε) of each channel. */
export function factors(norm: Norm): number[] {
  return norm.scale.map((gamma, c) => gamma / Math.sqrt(norm.variance[c] + norm.epsilon));
}

/** The channels of the one, then of the other, under the second's epsilon. */
export function joinNorms(first: Norm, second: Norm): Norm {
  return {
    scale: [...first.scale, ...second.scale],
    offset: [...first.offset, ...second.offset],
    mean: [...first.mean, ...second.mean],
    variance: [...first.variance, ...second.variance],
    epsilon: second.epsilon,
  };
}

/** Channel k of the result is channel order[k]. */
export function permuteNorm(norm: Norm, order: readonly number[]): Norm {
  const pick = (values: readonly number[]): number[] => order.map((c) => values[c]);
  return {
    scale: pick(norm.scale),
    offset: pick(norm.offset),
    mean: pick(norm.mean),
    variance: pick(norm.variance),
    epsilon: norm.epsilon,
  };
}

const repeat = (value: number, count: number): number[] => new Array<number>(count).fill(value);

/** γ = 1, σ² = 1 − ε, μ = β = 0: the identity over the reals when 1 − ε is a float32. */
export function unitNorm(channels: number, epsilon: number): Norm {
  return {
    scale: repeat(1, channels),
    offset: repeat(0, channels),
    mean: repeat(0, channels),
    variance: repeat(1 - epsilon, channels),
    epsilon,
  };
}

/** γ = √(σ²+ε), β = μ around the statistics given: the identity up to the rounding of γ. */
export function unitNormAround(
  mean: readonly number[],
  variance: readonly number[],
  epsilon: number,
): Norm {
  return {
    scale: variance.map((v) => Math.sqrt(v + epsilon)),
    offset: mean,
    mean,
    variance,
    epsilon,
  };
}
