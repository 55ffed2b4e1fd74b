/**
 * The small network: the masked one without the channels that go, their constants in the biases of those that read
 * them (theorem `constant-channel`).
 *
 * Whether they may go is not asked here. A bias is summed up in float64 and rounded once; every other parameter
 * is one of the masked network's. A layer that loses nothing is the same layer.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { Result } from '../model/failure.ts';
import type { Conv, Dense, Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { Removal } from './removal.ts';

/** Of a layer's input and result the channels that stay, in order. */
interface Kept {
  readonly input: Int32Array;
  readonly output: Int32Array;
}

function picked(values: Float32Array, channels: Int32Array): Float32Array {
  return values.length === 1 ? values : Float32Array.from(channels, (c) => values[c]);
}

type Weighted = Conv | Dense;

function picks(
  layer: Weighted,
  kept: Kept,
  from: { readonly channels: number; readonly constants: Float64Array },
): Pick<Weighted, 'weight' | 'bias'> & { readonly groups: number } {
  const groups = layer.kind === 'conv' ? layer.groups : 1;
  const taps = (layer.weight.length * groups) / (layer.outChannels * from.channels);
  const [inputs, rows] = [from.channels / groups, layer.outChannels / groups];
  const stays = new Uint8Array(from.channels);
  for (const c of kept.input) stays[c] = 1;
  const alive = new Set<number>();
  const bias = Float64Array.from(kept.output, (o) => layer.bias?.[o] ?? 0);
  // Every group that stays has as many inputs as the others.
  for (const o of kept.output) alive.add(Math.floor(o / rows));
  const width = kept.input.length / alive.size;
  const result = new Float32Array(kept.output.length * width * taps);
  let to = 0;
  for (const [k, o] of kept.output.entries()) {
    const first = Math.floor(o / rows) * inputs;
    for (let i = 0; i < inputs; i++) {
      const at = (o * inputs + i) * taps;
      if (stays[first + i] === 1) {
        for (let t = 0; t < taps; t++) result[to++] = layer.weight[at + t];
        continue;
      }
      const constant = from.constants[first + i];
      if (constant === 0) continue;
      for (let t = 0; t < taps; t++) {
        if (layer.weight[at + t] !== 0) bias[k] += layer.weight[at + t] * constant;
      }
    }
  }
  if (to !== result.length) throw new Error(`${layer.name}: uneven groups`);
  const hasBias = layer.bias !== null || bias.some((value) => value !== 0);
  return {
    weight: result,
    bias: hasBias ? Float32Array.from(bias) : null,
    groups: alive.size,
  };
}

/** Position of each channel among those that stay; −1 for one that goes. */
function positions(kept: Int32Array, channels: number): Int32Array {
  const place = new Int32Array(channels).fill(-1);
  kept.forEach((c, k) => {
    place[c] = k;
  });
  return place;
}

function narrowed(
  layer: Layer,
  kept: Kept,
  from: { readonly channels: number; readonly constants: Float64Array },
): Layer {
  const { output } = kept;
  switch (layer.kind) {
    case 'conv': {
      const { weight, bias, groups } = picks(layer, kept, from);
      return { ...layer, weight, bias, groups, outChannels: output.length };
    }
    case 'dense': {
      const { weight, bias } = picks(layer, kept, from);
      return { ...layer, weight, bias, outChannels: output.length };
    }
    case 'batchNorm':
      return {
        ...layer,
        scale: Float32Array.from(output, (c) => layer.scale[c]),
        offset: Float32Array.from(output, (c) => layer.offset[c]),
        mean: Float32Array.from(output, (c) => layer.mean[c]),
        variance: Float32Array.from(output, (c) => layer.variance[c]),
      };
    case 'scale':
      return { ...layer, factor: picked(layer.factor, output) };
    case 'translate':
      return { ...layer, addend: picked(layer.addend, output) };
    case 'clip':
      return { ...layer, lower: picked(layer.lower, output), upper: picked(layer.upper, output) };
    case 'prelu':
      return { ...layer, slopes: picked(layer.slopes, output) };
    case 'select': {
      const place = positions(kept.input, from.channels);
      return { ...layer, channels: Int32Array.from(output, (k) => place[layer.channels[k]]) };
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
    case 'pad':
    case 'relu':
    case 'leakyRelu':
    case 'maxPool':
    case 'averagePool':
    case 'globalAveragePool':
    case 'flatten':
    case 'opaque':
      return layer;
  }
}

/** The masked model of `removal` without what goes. Errors: `bad-value` where a bias overflows float32. */
export function smallModel({ masked, constants, goes }: Removal): Result<Model> {
  const builder = new ModelBuilder();
  const kept = masked.tensors.map(({ shape }, tensor) => {
    const all = Int32Array.from({ length: shape.channels }, (_, c) => c);
    return all.filter((c) => !goes(tensor, c));
  });
  const isWhole = (tensor: TensorId): boolean =>
    kept[tensor].length === shapeOf(masked, tensor).channels;
  const numbers = new Map<TensorId, TensorId>();
  const numberOf = (tensor: TensorId): TensorId => {
    const number = numbers.get(tensor);
    if (number === undefined) throw new Error(`tensor ${tensor} is read too early`);
    return number;
  };
  for (const { name, tensor, layout, batch } of masked.inputs) {
    numbers.set(tensor, builder.input(name, shapeOf(masked, tensor), layout, batch));
  }
  for (const layer of masked.layers) {
    if (builder.failure !== null) return { ok: false, failure: builder.failure };
    const [input] = layer.inputs;
    const own = { input: kept[input], output: kept[layer.output] };
    const from = { channels: shapeOf(masked, input).channels, constants: constants[input] };
    const isSame = [...layer.inputs, layer.output].every(isWhole);
    const narrow = isSame ? layer : narrowed(layer, own, from);
    numbers.set(layer.output, builder.add({ ...narrow, inputs: layer.inputs.map(numberOf) }));
  }
  for (const { name, tensor, layout, batch } of masked.outputs) {
    if (builder.failure === null) builder.output(name, numberOf(tensor), layout, batch);
  }
  return builder.finish();
}
