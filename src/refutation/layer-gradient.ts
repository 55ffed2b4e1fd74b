/**
 * The derivative of one layer, the other way round: from the gradient with respect to its result to the
 * gradients with respect to its operands.
 *
 * Used to propose inputs, never to judge one, so it may be generous: a closed ReLU or a clip that holds
 * its argument passes a little on, because an input that opens it is what is looked for.
 */
import type { Conv, Dense, Layer } from '../model/layer.ts';
import { elements, noPadding, type Shape } from '../model/shape.ts';
import { denote } from '../semantics/denote.ts';
import type { Operand } from '../semantics/operand.ts';
import { endInside, firstInside, type Axis } from '../semantics/window.ts';

/** What a closed nonlinearity passes on. */
const leak = 1 / 64;

type Windowed = Pick<Conv, 'kernel' | 'strides' | 'dilations' | 'pads'>;

const one = { y: 1, x: 1 };

/** Calls `visit` for every tap inside the domain: its number, a pixel of the result, the pixel it reads. */
function eachTap(
  { kernel, strides, dilations, pads }: Windowed,
  from: Shape,
  shape: Shape,
  visit: (tap: number, to: number, at: number) => void,
): void {
  const axis = (size: number, outSize: number, side: 'y' | 'x', before: number): Axis => ({
    size,
    outSize,
    stride: strides[side],
    dilation: dilations[side],
    before,
  });
  const rows = axis(from.height, shape.height, 'y', pads.top);
  const columns = axis(from.width, shape.width, 'x', pads.left);
  for (let ty = 0; ty < kernel.y; ty++) {
    for (let tx = 0; tx < kernel.x; tx++) {
      for (let p = firstInside(rows, ty); p < endInside(rows, ty); p++) {
        const y = p * strides.y + ty * dilations.y - pads.top;
        for (let q = firstInside(columns, tx); q < endInside(columns, tx); q++) {
          const x = q * strides.x + tx * dilations.x - pads.left;
          visit(ty * kernel.x + tx, p * shape.width + q, y * from.width + x);
        }
      }
    }
  }
}

function conv(layer: Conv | Dense, from: Shape, shape: Shape, upward: Float64Array) {
  const { weight, outChannels } = layer;
  const groups = layer.kind === 'conv' ? layer.groups : 1;
  const window: Windowed =
    layer.kind === 'conv' ? layer : { kernel: one, strides: one, dilations: one, pads: noPadding };
  const perGroup = from.channels / groups;
  const taps = window.kernel.y * window.kernel.x;
  const plane = from.height * from.width;
  const outPlane = shape.height * shape.width;
  const result = new Float64Array(from.channels * plane);
  eachTap(window, from, shape, (tap, to, at) => {
    for (let o = 0; o < outChannels; o++) {
      const g = upward[o * outPlane + to];
      if (g === 0) continue;
      const group = Math.floor(o / (outChannels / groups)) * perGroup;
      for (let i = 0; i < perGroup; i++) {
        result[(group + i) * plane + at] += g * weight[(o * perGroup + i) * taps + tap];
      }
    }
  });
  return result;
}

/**
 * A function of each value alone: the gradient times its slope, by a central difference. Its step is wide
 * on purpose: it smooths kinks.
 */
function pointwise(layer: Layer, x: Operand, upward: Float64Array): Float64Array {
  const step = x.values.map((value) => (1 + Math.abs(value)) / 256);
  const shifted = (sign: number): Float64Array => {
    const values = x.values.map((value, k) => value + sign * step[k]);
    return denote(layer, [{ ...x, values }], x.shape);
  };
  const [above, below] = [shifted(1), shifted(-1)];
  return upward.map((g, k) => {
    const slope = (above[k] - below[k]) / (2 * step[k]);
    return g * (slope === 0 ? leak : slope);
  });
}

/** The largest entry of every window gets the whole gradient, or all entries an equal share. */
function pool(window: Windowed, x: Operand, shape: Shape, upward: Float64Array, max: boolean) {
  const result = new Float64Array(x.values.length);
  const plane = x.shape.height * x.shape.width;
  const outPlane = shape.height * shape.width;
  const share = 1 / (window.kernel.y * window.kernel.x);
  for (let c = 0; c < shape.channels; c++) {
    const largest = new Int32Array(outPlane).fill(-1);
    eachTap(window, x.shape, shape, (_, to, at) => {
      const entry = c * plane + at;
      if (!max) result[entry] += share * upward[c * outPlane + to];
      else if (largest[to] < 0 || x.values[entry] > x.values[largest[to]]) largest[to] = entry;
    });
    if (max) largest.forEach((entry, to) => (result[entry] += upward[c * outPlane + to]));
  }
  return result;
}

/** Sums a gradient over the axes along which an operand was repeated. */
function unbroadcast(operand: Shape, shape: Shape, upward: Float64Array): Float64Array {
  const result = new Float64Array(operand.channels * operand.height * operand.width);
  for (let k = 0; k < upward.length; k++) {
    const x = operand.width === 1 ? 0 : k % shape.width;
    const y = operand.height === 1 ? 0 : Math.floor(k / shape.width) % shape.height;
    const c = operand.channels === 1 ? 0 : Math.floor(k / (shape.width * shape.height));
    result[(c * operand.height + y) * operand.width + x] += upward[k];
  }
  return result;
}

function zeros(shape: Shape): Operand {
  return { shape, values: new Float64Array(elements(shape)), errors: null };
}

/** softmax: s · (g − Σ s·g) at every pixel, s being the result. */
function softmax({ shape, values }: Operand, upward: Float64Array): Float64Array {
  const area = shape.height * shape.width;
  const mean = new Float64Array(area);
  for (let k = 0; k < upward.length; k++) mean[k % area] += values[k] * upward[k];
  return upward.map((g, k) => values[k] * (g - mean[k % area]));
}

/**
 * Layers that move values and compute nothing. Evaluating one on numbered entries shows where each entry
 * of the result comes from; 0 is what comes from nowhere.
 */
function rearranged(
  layer: Layer,
  operands: readonly Operand[],
  shape: Shape,
  upward: Float64Array,
): readonly Float64Array[] {
  let count = 0;
  const numbered = operands.map((operand) => {
    const values = operand.values.map(() => ++count);
    return { ...operand, values };
  });
  const origin = denote(layer.kind === 'pad' ? { ...layer, value: 0 } : layer, numbered, shape);
  const sums = new Float64Array(count + 1);
  origin.forEach((number, k) => (sums[number] += upward[k]));
  let start = 1;
  return operands.map(({ values }) => sums.slice(start, (start += values.length)));
}

/**
 * The gradients with respect to the operands, given the one with respect to the result. All are
 * channel-major, of their tensor's length.
 */
export function pullBack(
  layer: Layer,
  operands: readonly Operand[],
  result: Operand,
  upward: Float64Array,
): readonly Float64Array[] {
  const [x, other] = operands;
  const { shape } = result;
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return [conv(layer, x.shape, shape, upward)];
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'relu':
    case 'clip':
    case 'leakyRelu':
    case 'prelu':
      return [pointwise(layer, x, upward)];
    case 'opaque':
      return [layer.function === 'softmax' ? softmax(result, upward) : pointwise(layer, x, upward)];
    case 'add':
    case 'subtract': {
      const sign = layer.kind === 'add' ? 1 : -1;
      const second = upward.map((g) => sign * g);
      return [unbroadcast(x.shape, shape, upward), unbroadcast(other.shape, shape, second)];
    }
    case 'multiply': {
      const spread = (operand: Operand): Float64Array =>
        denote({ ...layer, kind: 'add' }, [operand, zeros(shape)], shape);
      const [u, v] = [spread(x), spread(other)];
      return [
        unbroadcast(
          x.shape,
          shape,
          upward.map((g, k) => g * v[k]),
        ),
        unbroadcast(
          other.shape,
          shape,
          upward.map((g, k) => g * u[k]),
        ),
      ];
    }
    case 'maxPool':
      return [pool(layer, x, shape, upward, true)];
    case 'averagePool':
      return [pool({ ...layer, dilations: one }, x, shape, upward, false)];
    case 'globalAveragePool': {
      const kernel = { y: x.shape.height, x: x.shape.width };
      const window = { kernel, strides: one, dilations: one, pads: noPadding };
      return [pool(window, x, shape, upward, false)];
    }
    case 'concat':
    case 'select':
    case 'pad':
    case 'flatten':
      return rearranged(layer, operands, shape, upward);
  }
}
