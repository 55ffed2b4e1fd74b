/**
 * How far two models are apart on an input, beyond what evaluation and rounded parameters can explain.
 *
 * The evaluator has a rigorous bound for its own float64 error. For a perturbation of every parameter by
 * k units in the last place its bounds are used again, for an arithmetic whose unit roundoff is k · 2⁻²³
 * divided by the roundings that are counted for a layer: then every term of a sum is perturbed once, and
 * the sum itself is not. Neither involves a tolerance.
 */
import type { Layer, TensorId } from '../../src/model/layer.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { denote, errorBound } from '../../src/semantics/denote.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import type { Operand } from '../../src/semantics/operand.ts';
import { float32 } from '../../src/semantics/rounding.ts';
import type { Pair } from './pair.ts';
import { Random } from '../../src/networks/random.ts';

/** Magnitudes of the inputs tried where no range is stated; else the range and both its ends. */
const magnitudes = [0, 1 / 16, 1, 16, 256, 4096];

/** Inputs of every magnitude, or in the stated range and at its ends. */
export function inputsOf(
  pair: Pick<Pair, 'original' | 'inputRange'>,
  random: Random,
): Float64Array[][] {
  const { inputRange: range } = pair;
  const ranges =
    range === null
      ? magnitudes.map((m) => ({ lower: -m, upper: m }))
      : [range, range, { ...range, upper: range.lower }, { ...range, lower: range.upper }];
  return ranges.map(({ lower, upper }) =>
    pair.original.inputs.map((port) => {
      const count = elements(shapeOf(pair.original, port.tensor));
      return Float64Array.from(random.values(count, lower, upper));
    }),
  );
}

/**
 * What to divide the unit roundoff by. A convolution's bounds count one rounding more than it has terms;
 * a batch norm's count six, where moving its four parameters by a unit moves the result by three at most.
 */
function roundings(layer: Layer): number {
  if (layer.kind === 'conv' || layer.kind === 'dense') {
    return layer.weight.length / layer.outChannels + 1;
  }
  return layer.kind === 'batchNorm' ? 2 : 1;
}

/** How far the outputs move at most when every parameter moves by `ulps` units in the last place. */
function perturbation(model: Model, inputs: readonly Float64Array[], ulps: number): Float64Array[] {
  const tensors = new Map<TensorId, Operand>();
  model.inputs.forEach((port, k) => {
    const shape = shapeOf(model, port.tensor);
    tensors.set(port.tensor, { shape, values: inputs[k], errors: null });
  });
  const at = (tensor: TensorId): Operand => {
    const operand = tensors.get(tensor);
    if (operand === undefined) throw new Error(`tensor ${tensor} is missing`);
    return operand;
  };
  for (const layer of model.layers) {
    const operands = layer.inputs.map(at);
    const shape = shapeOf(model, layer.output);
    const unitRoundoff = (ulps * 2 ** -23) / roundings(layer);
    const values = denote(layer, operands, shape);
    const errors = errorBound(layer, operands, shape, { ...float32, unitRoundoff });
    tensors.set(layer.output, { shape, values, errors });
  }
  return model.outputs.map((port) => at(port.tensor).errors ?? new Float64Array(0));
}

export interface Gap {
  /** Largest difference beyond the float64 error bounds and the perturbations allowed; ≤ 0 for none. */
  readonly excess: number;
  /** Largest output of the original, in magnitude. */
  readonly size: number;
}

/** The pair's gap on an input, with this many units in the last place forgiven in each model. */
export function gap(
  pair: Pick<Pair, 'original' | 'converted'>,
  inputs: readonly Float64Array[],
  forgiven: { readonly original: number; readonly converted: number },
): Gap {
  const sides = [
    { model: pair.original, ulps: forgiven.original },
    { model: pair.converted, ulps: forgiven.converted },
  ];
  const [left, right] = sides.map(({ model, ulps }) => {
    const { values, errors } = evaluate(model, inputs, { bound: true });
    const moved = ulps === 0 ? null : perturbation(model, inputs, ulps);
    return model.outputs.map(({ tensor }, k) => {
      const [value, error] = [values.get(tensor), errors?.get(tensor)];
      if (value === undefined || error === undefined) throw new Error('an output is missing');
      return { value, slack: error.map((e, i) => e + (moved === null ? 0 : moved[k][i])) };
    });
  });
  let [excess, size] = [-Infinity, 0];
  left.forEach(({ value, slack }, k) => {
    value.forEach((v, i) => {
      const beyond = Math.abs(v - right[k].value[i]) - slack[i] - right[k].slack[i];
      excess = Math.max(excess, beyond);
      size = Math.max(size, Math.abs(v));
    });
  });
  return { excess, size };
}

function ulpOf(x: number): number {
  return 2 ** (Math.floor(Math.log2(Math.abs(x))) - 23);
}

/** The layer with every parameter that is not zero moved by one unit in the last place, up or down. */
function jitter(layer: Layer, random: Random): Layer {
  const move = (values: Float32Array): Float32Array =>
    values.map((x) => (x === 0 ? 0 : x + (random.integer(2) === 0 ? 1 : -1) * ulpOf(x)));
  switch (layer.kind) {
    case 'conv':
    case 'dense': {
      const bias = layer.bias === null ? null : move(layer.bias);
      return { ...layer, weight: move(layer.weight), bias };
    }
    case 'batchNorm': {
      const { scale, offset, mean, variance } = layer;
      return {
        ...layer,
        scale: move(scale),
        offset: move(offset),
        mean: move(mean),
        variance: move(variance),
      };
    }
    case 'scale':
      return { ...layer, factor: move(layer.factor) };
    case 'translate':
      return { ...layer, addend: move(layer.addend) };
    default:
      return layer;
  }
}

/** The largest difference of the two models' outputs on an input, in float64. */
function difference(original: Model, converted: Model, inputs: readonly Float64Array[]): number {
  const left = evaluate(original, inputs).values;
  const right = evaluate(converted, inputs).values;
  let largest = 0;
  original.outputs.forEach(({ tensor }, k) => {
    const [u, v] = [left.get(tensor), right.get(converted.outputs[k].tensor)];
    if (u === undefined || v === undefined) throw new Error('an output is missing');
    u.forEach((value, i) => (largest = Math.max(largest, Math.abs(value - v[i]))));
  });
  return largest;
}

/**
 * The pair's gap on an input, in multiples of what moving every converted parameter by a unit in the last
 * place does there: a measurement over three draws, not a bound. Rounding parameters once explains 1.
 */
export function gapOverNoise(
  pair: Pick<Pair, 'original' | 'converted'>,
  inputs: readonly Float64Array[],
): number {
  const { original, converted } = pair;
  const random = new Random(41);
  let noise = 0;
  for (let draw = 0; draw < 3; draw++) {
    const layers = converted.layers.map((layer) => jitter(layer, random));
    noise = Math.max(noise, difference(converted, { ...converted, layers }, inputs));
  }
  const apart = difference(original, converted, inputs);
  return apart === 0 ? 0 : apart / noise;
}
