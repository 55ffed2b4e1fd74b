/**
 * How far a model's outputs move on an input when its parameters are rounded: measured, not bounded.
 *
 * A correct conversion that folds a batch norm has rounded parameters, so in float64 it differs from its
 * original on every input. A counterexample has to show more than that. The model is evaluated again with
 * every parameter moved twice, each time by one unit in the last place up or down, as folding in float32
 * may do: once for the factor that its output channel shares, once for the parameter itself. Errors that
 * agree add up like n, not like √n, so what rounding shares is shared here: the weights of a channel
 * inherit the error of their common factor, and equal parameters of a layer are rounded alike. With a sign
 * drawn for each parameter alone, correct conversions were seen at 8 times the noise.
 *
 * Not moved: zeros and powers of two, for the ones of Dirac kernels and unit batch norms are written and
 * not computed (moved in every block of a plain ResNet-20, they made up 7/8 of the noise); the bounds of a
 * clip, which are part of what the function is; what is no float32 array, such as an epsilon.
 */
import type { Layer } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { evaluate } from '../semantics/evaluate.ts';
import { largestGap, outputsOf } from './output-gap.ts';

/** A 32-bit integer that looks random, the same for the same three (murmur3's last step). */
function scramble(seed: number, a: number, b: number): number {
  let h = Math.imul(seed ^ Math.imul(a + 0x9e3779b9, 0x85ebca6b), 0xc2b2ae35) ^ b;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const largestMagnitude = 0x7f7fffff;

const mantissa = 0x7fffff;

/** The array with its rounded-looking entries moved; nothing becomes zero or infinite, or changes its sign. */
function moved(values: Float32Array, channels: number, seed: number): Float32Array {
  const result = Float32Array.from(values);
  // Neighbouring float32 numbers of one sign are neighbouring integers.
  const bits = new Int32Array(result.buffer);
  const run = values.length / channels;
  for (let channel = 0; channel < channels; channel++) {
    const shared = (scramble(seed, channel, 1) & 2) - 1;
    const end = (channel + 1) * run;
    for (let k = channel * run; k < end; k++) {
      const magnitude = bits[k] & 0x7fffffff;
      if ((magnitude & mantissa) === 0) continue;
      const to = magnitude + shared + (scramble(seed, magnitude, 2) & 2) - 1;
      bits[k] = (bits[k] & ~0x7fffffff) | Math.min(Math.max(to, 1), largestMagnitude);
    }
  }
  return result;
}

/** The layer with its parameters moved; the layer itself if it has none. */
export function roundedAtRandom(layer: Layer, seed: number): Layer {
  const move = (values: Float32Array, part: number, channels = values.length): Float32Array =>
    moved(values, channels, scramble(seed, part, 3));
  switch (layer.kind) {
    case 'conv':
    case 'dense': {
      const bias = layer.bias === null ? null : move(layer.bias, 1);
      return { ...layer, weight: move(layer.weight, 0, layer.outChannels), bias };
    }
    case 'batchNorm': {
      const { scale, offset, mean, variance } = layer;
      return {
        ...layer,
        scale: move(scale, 0),
        offset: move(offset, 1),
        mean: move(mean, 2),
        variance: move(variance, 3),
      };
    }
    case 'scale':
      return { ...layer, factor: move(layer.factor, 0) };
    case 'translate':
      return { ...layer, addend: move(layer.addend, 0) };
    case 'prelu':
      return { ...layer, slopes: move(layer.slopes, 0) };
    case 'clip':
    case 'leakyRelu':
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
    case 'select':
    case 'pad':
    case 'relu':
    case 'maxPool':
    case 'averagePool':
    case 'globalAveragePool':
    case 'flatten':
    case 'opaque':
      return layer;
  }
}

/**
 * The largest move of each output on an input, over one draw; `outputs` are the model's own outputs there,
 * null where one is of no interest. `rounds`: which layers may be rounded; all of them unless told.
 * A move that is no number is infinite. Holds one layer's moved parameters at a time.
 */
export function roundingMoves(
  model: Model,
  inputs: readonly Float64Array[],
  outputs: readonly (Float64Array | null)[],
  options: { readonly draw: number; readonly rounds?: ((layer: Layer) => boolean) | undefined },
): readonly number[] {
  const { draw, rounds = () => true } = options;
  const substitute = (layer: Layer, position: number): Layer =>
    rounds(layer) ? roundedAtRandom(layer, scramble(draw, position, 0)) : layer;
  const again = outputsOf(model, evaluate(model, inputs, { substitute }));
  return again.map((values, k) => {
    const own = outputs[k];
    if (own === null) return 0;
    const { gap } = largestGap(own, values);
    return Number.isNaN(gap) ? Infinity : gap;
  });
}
