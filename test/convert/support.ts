/** How the tests of the converter build blocks and compare functions. */
import { ModelBuilder } from '../../src/model/builder.ts';
import { Random } from '../../src/blocks/random.ts';
import { randomStatistics } from '../../src/blocks/statistics.ts';
import { parameterArrays, type Layer, type TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import type { Padding, Shape } from '../../src/model/shape.ts';
import { denote } from '../../src/semantics/denote.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { built } from '../blocks/support.ts';

export { built, randomInputs, trainable } from '../blocks/support.ts';

interface ConvChoice {
  /** Its size, or rows and columns. */
  readonly kernel?: number | readonly [number, number];
  readonly stride?: number;
  readonly groups?: number;
  readonly dilation?: number;
  readonly pads?: Padding;
  readonly bias?: boolean;
}

/** A builder with short names for layers with random parameters. */
export class Sketch {
  readonly builder = new ModelBuilder();
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  input(shape: Shape): TensorId {
    return this.builder.input('x', shape);
  }

  conv(name: string, input: TensorId, channels: number, choice: ConvChoice = {}): TensorId {
    const { kernel = 1, stride = 1, groups = 1, dilation = 1, bias = false } = choice;
    const [y, x] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const [rows, columns] = [(dilation * (y - 1)) / 2, (dilation * (x - 1)) / 2];
    const pads = choice.pads ?? { top: rows, left: columns, bottom: rows, right: columns };
    const fanIn = (this.builder.shape(input).channels / groups) * y * x;
    return this.builder.add({
      ...{ kind: 'conv', name, inputs: [input], outChannels: channels, groups, pads },
      weight: this.#random.symmetric(channels * fanIn, Math.sqrt(6 / fanIn)),
      bias: bias ? this.#random.symmetric(channels, 1) : null,
      kernel: { y, x },
      strides: { y: stride, x: stride },
      dilations: { y: dilation, x: dilation },
    });
  }

  batchNorm(name: string, input: TensorId): TensorId {
    const statistics = randomStatistics(this.#random, this.builder.shape(input).channels, 1);
    return this.builder.add({ kind: 'batchNorm', name, inputs: [input], ...statistics });
  }

  dense(name: string, input: TensorId, features: number): TensorId {
    const fanIn = this.builder.shape(input).channels;
    return this.builder.add({
      ...{ kind: 'dense', name, inputs: [input], outChannels: features },
      weight: this.#random.symmetric(features * fanIn, Math.sqrt(6 / fanIn)),
      bias: this.#random.symmetric(features, 1),
    });
  }

  relu(name: string, input: TensorId): TensorId {
    return this.builder.add({ kind: 'relu', name, inputs: [input] });
  }

  clip(name: string, input: TensorId, lower: number, upper: number): TensorId {
    const bounds = { lower: Float32Array.of(lower), upper: Float32Array.of(upper) };
    return this.builder.add({ kind: 'clip', name, inputs: [input], ...bounds });
  }

  leakyRelu(name: string, input: TensorId, slope: number): TensorId {
    return this.builder.add({ kind: 'leakyRelu', name, inputs: [input], slope });
  }

  prelu(name: string, input: TensorId): TensorId {
    const slopes = this.#random.symmetric(this.builder.shape(input).channels, 1);
    return this.builder.add({ kind: 'prelu', name, inputs: [input], slopes });
  }

  pad(name: string, input: TensorId, pads: Padding, value = 0): TensorId {
    return this.builder.add({ kind: 'pad', name, inputs: [input], pads, value });
  }

  add(name: string, a: TensorId, b: TensorId): TensorId {
    return this.builder.add({ kind: 'add', name, inputs: [a, b] });
  }

  done(...outputs: TensorId[]): Model {
    outputs.forEach((tensor, k) => this.builder.output(`y${k}`, tensor));
    return built(this.builder.finish());
  }
}

/** What rounding each coefficient to float32 can change in the result of a layer, from its inputs. */
function perturbation(
  layer: Layer,
  shapes: { readonly inputs: readonly Shape[]; readonly result: Shape },
  values: readonly Float64Array[],
  changes: readonly Float64Array[],
): Float64Array {
  const apply = (like: Layer, operands: readonly Float64Array[]): Float64Array =>
    denote(
      like,
      operands.map((v, k) => ({ shape: shapes.inputs[k], values: v, errors: null })),
      shapes.result,
      'forward',
    );
  const unit = 2 ** -24;
  switch (layer.kind) {
    case 'conv':
    case 'dense': {
      const moved = changes[0].map((d, i) => d * (1 + unit) + unit * Math.abs(values[0][i]));
      const weight = layer.weight.map(Math.abs);
      const bias = layer.bias === null ? null : layer.bias.map((b) => Math.abs(b) * unit);
      return apply({ ...layer, weight, bias }, [moved]);
    }
    case 'batchNorm': {
      // A unit batch norm scales by 1/√(fl(1−ε)+ε), which is within 2⁻²⁵ of one.
      const moved = changes[0].map((d, i) => d * (1 + unit) + unit * Math.abs(values[0][i]));
      const scale = layer.scale.map(Math.abs);
      const nothing = new Float32Array(scale.length);
      return apply({ ...layer, scale, offset: nothing, mean: nothing }, [moved]);
    }
    case 'prelu':
      return apply({ ...layer, slopes: layer.slopes.map((a) => Math.max(1, Math.abs(a))) }, [
        changes[0].map((d) => -d),
      ]).map(Math.abs);
    case 'opaque': {
      // No slope of GELU, SiLU or hard swish is steeper than hard swish's at 3, which is 3/2.
      const gated = ['gelu', 'geluTanh', 'silu', 'hardSwish'].includes(layer.function);
      if (!gated) throw new Error(`no perturbation bound for ${layer.function}`);
      return changes[0].map((d) => 1.5 * d);
    }
    case 'relu':
    case 'clip':
    case 'leakyRelu':
      // Slopes of at most one.
      return changes[0];
    case 'pad':
      return apply({ ...layer, value: 0 }, changes);
    case 'scale':
      return apply({ ...layer, factor: layer.factor.map(Math.abs) }, changes);
    case 'subtract':
      return apply({ ...layer, kind: 'add' }, changes);
    case 'add':
    case 'concat':
    case 'select':
    case 'averagePool':
    case 'globalAveragePool':
    case 'maxPool':
      return apply(layer, changes);
    default:
      throw new Error(`no perturbation bound for ${layer.kind}`);
  }
}

/**
 * The largest ratio of |original − converted| to what rounding coefficients can explain, over all
 * outputs: above 1 is a difference of functions.
 *
 * Every coefficient of the converted model is the exact one rounded to float32 once, that is off by at
 * most 2⁻²⁴ of itself; an error d of a layer's input and that perturbation change its result by at most
 * |W|·(d + 2⁻²⁴·|x|), which is propagated layer by layer. The reference evaluator's own error bounds
 * come on top, and a hundredth for products of perturbations.
 */
export function disagreement(
  original: Model,
  converted: Model,
  inputs: readonly Float64Array[],
): number {
  const first = evaluate(original, inputs, { bound: true });
  const keep = converted.layers.map((layer) => layer.output);
  const second = evaluate(converted, inputs, { bound: true, keep });
  const nothing = new Float64Array(0);
  const known = new Map(second.values);
  const changes = new Map<TensorId, Float64Array>();
  converted.inputs.forEach((port, k) => {
    known.set(port.tensor, inputs[k]);
    changes.set(port.tensor, new Float64Array(inputs[k].length));
  });
  for (const layer of converted.layers) {
    const shapes = {
      inputs: layer.inputs.map((tensor) => converted.tensors[tensor].shape),
      result: converted.tensors[layer.output].shape,
    };
    const values = layer.inputs.map((tensor) => known.get(tensor) ?? nothing);
    const before = layer.inputs.map((tensor) => changes.get(tensor) ?? nothing);
    changes.set(layer.output, perturbation(layer, shapes, values, before));
  }
  let worst = 0;
  original.outputs.forEach((port, k) => {
    const { tensor } = converted.outputs[k];
    const a = first.values.get(port.tensor) ?? nothing;
    const b = second.values.get(tensor) ?? nothing;
    const own = first.errors?.get(port.tensor) ?? nothing;
    const other = second.errors?.get(tensor) ?? nothing;
    const rounding = changes.get(tensor) ?? nothing;
    if (a.length !== b.length || a.length === 0) throw new Error('outputs do not match');
    for (let i = 0; i < a.length; i++) {
      const gap = Math.abs(a[i] - b[i]);
      const allowed = 1.01 * rounding[i] + own[i] + other[i];
      if (Number.isNaN(gap) || gap > 0) worst = Math.max(worst, gap / allowed);
    }
  });
  return worst;
}

type Outputs = readonly Float64Array[];

function outputsOf(model: Model, inputs: readonly Float64Array[]): Outputs {
  const { values } = evaluate(model, inputs);
  return model.outputs.map((port) => values.get(port.tensor) ?? new Float64Array(0));
}

function gapOf(a: Outputs, b: Outputs): number {
  let worst = 0;
  a.forEach((values, k) => {
    if (values.length !== b[k].length) throw new Error('outputs do not match');
    values.forEach((value, i) => {
      const gap = Math.abs(value - b[k][i]);
      if (Number.isNaN(gap) || gap > worst) worst = gap;
    });
  });
  return worst;
}

/** Every entry up or down by one unit in the last place or two, at random. */
function moved(values: Float32Array, random: Random): Float32Array {
  const result = new Float32Array(values.length);
  let signs = 0;
  for (let i = 0; i < values.length; i++, signs >>>= 1) {
    if (i % 32 === 0) signs = random.bits();
    result[i] = values[i] * (signs & 1 ? 1 + 2 ** -23 : 1 - 2 ** -23);
  }
  return result;
}

export interface NoiseComparison {
  /** Largest difference of the two models' outputs in float64. */
  readonly gap: number;
  /** Largest difference that moving the second model's coefficients makes, over three trials. */
  readonly noise: number;
}

/**
 * The difference of two models on one input, beside what moving every weight and bias of the second by
 * a unit in the last place does to it.
 *
 * Worst-case bounds through a deep network say nothing. But rounding moves a coefficient by at most half
 * a unit, 0.3 units in root mean square, and Dirac coefficients not at all, so the difference between a
 * model and its right conversion is a sample of the same kind of noise at a third of the size or less.
 */
export function besideNoise(
  original: Model,
  converted: Model,
  inputs: readonly Float64Array[],
): NoiseComparison {
  const outputs = outputsOf(converted, inputs);
  const random = new Random(77);
  let noise = 0;
  for (let trial = 0; trial < 3; trial++) {
    const layers = converted.layers.map((layer) => {
      if (layer.kind !== 'conv' && layer.kind !== 'dense') return layer;
      const bias = layer.bias === null ? null : moved(layer.bias, random);
      return { ...layer, weight: moved(layer.weight, random), bias };
    });
    noise = Math.max(noise, gapOf(outputs, outputsOf({ ...converted, layers }, inputs)));
  }
  return { gap: gapOf(outputsOf(original, inputs), outputs), noise };
}

/** All parameters of a model as one list of arrays, copied. */
export function parametersOf(model: Model): Float32Array[] {
  return model.layers.flatMap((layer) => parameterArrays(layer)).map((a) => Float32Array.from(a));
}

/** The model with one parameter of one layer changed. */
export function tampered(
  model: Model,
  layerName: string,
  change: (w: Float32Array) => void,
): Model {
  const layers = model.layers.map((layer) => {
    if (layer.name !== layerName || layer.kind !== 'conv') return layer;
    const weight = Float32Array.from(layer.weight);
    change(weight);
    return { ...layer, weight };
  });
  return { ...model, layers };
}
