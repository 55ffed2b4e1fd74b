/**
 * Smooth functions the algebra does not look into.
 *
 * Each has a Lipschitz constant, which carries errors through, and an evaluation error of the form
 * roundings · unitRoundoff · size, `size` bounding every intermediate result that is added up. For
 * hardSigmoid and hardSwish, made of products and sums, that is derived. For the functions built on eˣ,
 * tanh and erf it presupposes elementary functions good to a few units in the last place: true of the
 * float64 ones used here, and only *measured*, not derived, for the float32 ones of real kernels, which use
 * polynomials of their own.
 */
import type { Opaque } from '../model/layer.ts';
import { elements, type Shape } from '../model/shape.ts';
import type { ChannelMap } from './channel-map.ts';
import { erf } from './erf.ts';
import type { Operand, Order } from './operand.ts';
import { gamma, outward, type Arithmetic } from './rounding.ts';

/** Roundings allowed to a function built on an elementary one. */
const smooth = 16;

interface Smooth {
  readonly value: (x: number) => number;
  readonly lipschitz: number;
  readonly roundings: number;
  /** Bound on the magnitudes of what is added up at x. */
  readonly size: (x: number) => number;
}

function clamp01(x: number): number {
  return Math.min(Math.max(x, 0), 1);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** √(2/π)·(x + 0.044715·x³), the inside of the tanh approximation of GELU. */
function geluArgument(x: number): number {
  return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
}

function describe(layer: Opaque): Smooth {
  const { alpha, beta } = layer;
  switch (layer.function) {
    case 'sigmoid':
      return { value: sigmoid, lipschitz: 0.25, roundings: smooth, size: () => 1 };
    case 'tanh':
      return { value: Math.tanh, lipschitz: 1, roundings: smooth, size: () => 1 };
    case 'silu':
      return {
        value: (x) => x * sigmoid(x),
        lipschitz: 1.1,
        roundings: smooth,
        size: Math.abs,
      };
    case 'gelu':
      return {
        value: (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
        lipschitz: 1.13,
        roundings: smooth,
        size: Math.abs,
      };
    case 'geluTanh':
      return {
        value: (x) => 0.5 * x * (1 + Math.tanh(geluArgument(x))),
        lipschitz: 1.13,
        roundings: smooth,
        size: Math.abs,
      };
    case 'elu':
      return {
        value: (x) => (x >= 0 ? x : alpha * Math.expm1(x)),
        lipschitz: Math.max(1, Math.abs(alpha)),
        roundings: smooth,
        size: (x) => (x >= 0 ? 0 : Math.abs(alpha)),
      };
    case 'hardSigmoid':
      return {
        value: (x) => clamp01(alpha * x + beta),
        lipschitz: Math.abs(alpha),
        roundings: 3,
        size: (x) => Math.abs(alpha * x) + Math.abs(beta),
      };
    case 'hardSwish':
      // On the middle piece the slope is 2αx + β with αx + β in [0, 1], that is between −β and 2 − β.
      return {
        value: (x) => x * clamp01(alpha * x + beta),
        lipschitz: Math.max(1, Math.abs(beta), Math.abs(2 - beta)),
        roundings: 4,
        size: (x) => Math.abs(x) * (Math.abs(alpha * x) + Math.abs(beta)),
      };
    case 'softmax':
      throw new Error('softmax mixes channels and is evaluated by softmax()');
  }
}

export function opaque(layer: Opaque, arithmetic: Arithmetic): ChannelMap {
  const { value, lipschitz, roundings, size } = describe(layer);
  const relative = gamma(roundings, arithmetic);
  return {
    value,
    error: (x, e) =>
      lipschitz * e + relative * size(x) + arithmetic.underflow * (2 + Math.abs(x)) * roundings,
  };
}

/** y[c] = e^{x[c]} / Σ_k e^{x[k]} at every pixel, with the pixel's largest x taken out first. */
export function softmax(input: Operand, shape: Shape, order: Order): Float64Array {
  const result = new Float64Array(elements(shape));
  const area = shape.height * shape.width;
  const { channels } = shape;
  for (let p = 0; p < area; p++) {
    let largest = -Infinity;
    for (let c = 0; c < channels; c++) largest = Math.max(largest, input.values[c * area + p]);
    let sum = 0;
    for (let step = 0; step < channels; step++) {
      const k = (order === 'forward' ? step : channels - 1 - step) * area + p;
      result[k] = Math.exp(input.values[k] - largest);
      sum += result[k];
    }
    for (let c = 0; c < channels; c++) result[c * area + p] /= sum;
  }
  return result;
}

/**
 * Softmax changes by at most half the largest change of its arguments (its Jacobian's rows sum to
 * 2p(1 − p) in magnitude). Rounding t = x − max by u·|t| changes eᵗ by as much relatively; |t|·eᵗ ≤ 1/e, and
 * the sum over C channels changes by Σp|t| ≤ 1 + ln C ≤ C, besides its own γ_C.
 */
export function softmaxErrors(input: Operand, shape: Shape, arithmetic: Arithmetic): Float64Array {
  const area = shape.height * shape.width;
  const { channels } = shape;
  const values = softmax(input, shape, 'forward');
  const relative = gamma(2 * channels + smooth, arithmetic);
  const up = outward(channels + 16);
  return values.map((y, k) => {
    let largest = 0;
    for (let c = 0; c < channels && input.errors !== null; c++) {
      largest = Math.max(largest, input.errors[c * area + (k % area)]);
    }
    return up * (largest / 2 + relative * y + gamma(smooth, arithmetic) + 8 * arithmetic.underflow);
  });
}
