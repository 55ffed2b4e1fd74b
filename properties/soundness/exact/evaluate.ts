/**
 * A model's outputs on one input as real numbers, to 200 bits and more: every value an interval that holds
 * it. Written from the meaning of the layers (model/layer.ts) and independent of src/semantics.
 *
 * It answers one question, whether two models differ on an input: where two intervals are apart they do,
 * and no tolerance is involved. Intervals that overlap are no proof that the values are equal. Functions
 * that are no roots, sums and products (sigmoid, softmax, …) have no value here; hard ones do.
 */
import { perChannel, type Layer, type TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import { elements, type Shape } from '../../../src/model/shape.ts';
import {
  fixed,
  fromProducts,
  grains,
  inverseRoot,
  minus,
  plus,
  point,
  quotient,
  times,
  type Interval,
} from './number.ts';
import { averagePool, convolve, flatten, maxPool, padded, type Tensor } from './windows.ts';

const zero = 0n;

function monotone(x: Interval, f: (v: bigint) => bigint): Interval {
  return { lower: f(x.lower), upper: f(x.upper) };
}

function clamp(x: Interval, lower: number, upper: number): Interval {
  const [low, high] = [
    lower === -Infinity ? null : fixed(lower),
    upper === Infinity ? null : fixed(upper),
  ];
  return monotone(x, (v) => {
    const above = low !== null && v < low ? low : v;
    return high !== null && above > high ? high : above;
  });
}

/** x where x ≥ 0, slope · x elsewhere. */
function leaky(x: Interval, slope: number): Interval {
  if (x.lower >= zero) return x;
  const factor = grains(slope);
  const scaled = (v: bigint): Interval => fromProducts(v * factor, v * factor);
  const at = (v: bigint): Interval => (v >= zero ? point(v) : scaled(v));
  const ends = [at(x.lower), at(x.upper), ...(x.upper > zero ? [point(zero)] : [])];
  return {
    lower: ends.map((e) => e.lower).reduce((a, b) => (b < a ? b : a)),
    upper: ends.map((e) => e.upper).reduce((a, b) => (b > a ? b : a)),
  };
}

function scaled(x: Interval, factor: number): Interval {
  const size = grains(factor);
  const [a, b] = size < zero ? [x.upper, x.lower] : [x.lower, x.upper];
  return fromProducts(a * size, b * size);
}

type Pointwise = (channel: number) => (x: Interval) => Interval;

/** A layer that acts on each value by itself; null for the others. */
function pointwise(layer: Layer): Pointwise | null {
  switch (layer.kind) {
    case 'batchNorm':
      return (c) => {
        const root = inverseRoot(fixed(layer.variance[c]) + fixed(layer.epsilon));
        const factor = scaled(root, layer.scale[c]);
        const [mean, offset] = [point(fixed(layer.mean[c])), point(fixed(layer.offset[c]))];
        return (x) => plus(times(minus(x, mean), factor), offset);
      };
    case 'scale':
      return (c) => {
        const factor = perChannel(layer.factor, c);
        if (layer.operation === 'multiply') return (x) => scaled(x, factor);
        const inverse = quotient(fixed(1), fixed(factor));
        return (x) => times(x, inverse);
      };
    case 'translate':
      return (c) => {
        const addend = point(fixed(perChannel(layer.addend, c)));
        return (x) => plus(x, addend);
      };
    case 'relu':
      return () => (x) => clamp(x, 0, Infinity);
    case 'clip':
      return (c) => (x) => clamp(x, perChannel(layer.lower, c), perChannel(layer.upper, c));
    case 'leakyRelu':
      return () => (x) => leaky(x, layer.slope);
    case 'prelu':
      return (c) => (x) => leaky(x, perChannel(layer.slopes, c));
    case 'opaque': {
      const { alpha, beta } = layer;
      const gate = (x: Interval): Interval =>
        clamp(plus(scaled(x, alpha), point(fixed(beta))), 0, 1);
      if (layer.function === 'hardSigmoid') return () => gate;
      if (layer.function === 'hardSwish') return () => (x) => times(x, gate(x));
      return null;
    }
    default:
      return null;
  }
}

function zip(
  a: Tensor,
  b: Tensor,
  shape: Shape,
  join: (x: Interval, y: Interval) => Interval,
): Interval[] {
  const under = ({ shape: s, values }: Tensor, c: number, y: number, x: number): Interval =>
    values[
      ((s.channels === 1 ? 0 : c) * s.height + (s.height === 1 ? 0 : y)) * s.width +
        (s.width === 1 ? 0 : x)
    ];
  const result: Interval[] = [];
  for (let c = 0; c < shape.channels; c++) {
    for (let y = 0; y < shape.height; y++) {
      for (let x = 0; x < shape.width; x++) result.push(join(under(a, c, y, x), under(b, c, y, x)));
    }
  }
  return result;
}

function layerValues(
  layer: Layer,
  operands: readonly Tensor[],
  shape: Shape,
): readonly Interval[] | null {
  const [x, other] = operands;
  const plane = x.shape.height * x.shape.width;
  const map = pointwise(layer);
  if (map !== null) {
    const maps = Array.from({ length: x.shape.channels }, (_, c) => map(c));
    return x.values.map((v, k) => maps[Math.floor(k / plane)](v));
  }
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return convolve(layer, x, shape);
    case 'add':
      return zip(x, other, shape, plus);
    case 'subtract':
      return zip(x, other, shape, minus);
    case 'multiply':
      return zip(x, other, shape, times);
    case 'concat':
      return operands.flatMap((operand) => operand.values);
    case 'select':
      return Array.from(layer.channels).flatMap((c) => x.values.slice(c * plane, (c + 1) * plane));
    case 'pad':
      return padded(layer, x, shape, point(fixed(layer.value)));
    case 'maxPool':
      return maxPool(layer, x, shape);
    case 'averagePool':
    case 'globalAveragePool':
      return averagePool(layer, x, shape);
    case 'flatten':
      return flatten(layer.order, x);
    default:
      return null;
  }
}

/** Intervals of every output, or null where a layer has no exact value. Inputs are float32 numbers. */
export function evaluateExactly(
  model: Model,
  inputs: readonly Float64Array[],
): readonly (readonly Interval[])[] | null {
  const tensors = new Map<TensorId, Tensor>();
  model.inputs.forEach(({ tensor }, k) => {
    const { shape } = model.tensors[tensor];
    if (inputs[k].length !== elements(shape)) throw new Error('inputs do not fit the model');
    tensors.set(tensor, { shape, values: Array.from(inputs[k], (v) => point(fixed(v))) });
  });
  const at = (tensor: TensorId): Tensor => {
    const found = tensors.get(tensor);
    if (found === undefined) throw new Error(`tensor ${tensor} is read before it is computed`);
    return found;
  };
  for (const layer of model.layers) {
    const { shape } = model.tensors[layer.output];
    const values = layerValues(layer, layer.inputs.map(at), shape);
    if (values === null) return null;
    tensors.set(layer.output, { shape, values });
  }
  return model.outputs.map(({ tensor }) => at(tensor).values);
}
