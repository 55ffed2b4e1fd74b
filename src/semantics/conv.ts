/**
 * Convolution and dense layers.
 *
 * y[o](p) = bias[o] + Σ_i Σ_t weight[o,i,t] · x[i](p·strides + t·dilations − pads), x being zero outside
 * its domain: taps that fall outside are left out. So are weights that are exactly zero, since values
 * are finite; Dirac blocks consist of little else.
 *
 * Bound, for n taps and a bias: |ŷ − y| ≤ Σ|w|·(γ_{n+1}·|x̂| + e) + γ_{n+1}·|bias|, for every order of
 * summation (Higham §3.1). It is the same convolution, with magnitudes in place of values. Underflow
 * adds at most one tiny number for each product, each operand it may flush, and each addition.
 */
import type { Conv, Dense } from '../model/layer.ts';
import { isPadded, isVector, type Shape } from '../model/shape.ts';
import type { Operand, Order } from './operand.ts';
import { gamma, outward, type Arithmetic } from './rounding.ts';
import { endInside, firstInside, type Axis } from './window.ts';

/** One tap, where it reads inside the domain: rows of the result beside rows of an input channel. */
interface Tap {
  readonly index: number;
  /** First entry written, from the start of the output channel. */
  readonly to: number;
  /** First entry read, from the start of the input channel. */
  readonly at: number;
  readonly rows: number;
  /** Entries written to each row. */
  readonly count: number;
}

function axes(layer: Conv, from: Shape, shape: Shape): { rows: Axis; columns: Axis } {
  const { strides, dilations, pads } = layer;
  return {
    rows: {
      size: from.height,
      outSize: shape.height,
      stride: strides.y,
      dilation: dilations.y,
      before: pads.top,
    },
    columns: {
      size: from.width,
      outSize: shape.width,
      stride: strides.x,
      dilation: dilations.x,
      before: pads.left,
    },
  };
}

/** The taps that read inside the domain somewhere. */
function tapsInside(layer: Conv, from: Shape, shape: Shape): Tap[] {
  const { kernel, strides, dilations, pads } = layer;
  const { rows, columns } = axes(layer, from, shape);
  const taps: Tap[] = [];
  for (let index = 0; index < kernel.y * kernel.x; index++) {
    const tapY = Math.floor(index / kernel.x);
    const tapX = index % kernel.x;
    const firstY = firstInside(rows, tapY);
    const firstX = firstInside(columns, tapX);
    const height = endInside(rows, tapY) - firstY;
    const width = endInside(columns, tapX) - firstX;
    if (height <= 0 || width <= 0) continue;
    const row = firstY * strides.y + tapY * dilations.y - pads.top;
    const column = firstX * strides.x + tapX * dilations.x - pads.left;
    const place = { index, to: firstY * shape.width + firstX, at: row * from.width + column };
    // Where whole rows are read one after the other, they are one row.
    const whole = width === from.width && width === shape.width;
    taps.push(
      whole && strides.y === 1 && strides.x === 1
        ? { ...place, rows: 1, count: height * width }
        : { ...place, rows: height, count: width },
    );
  }
  return taps;
}

/** `count` entries of y from `to` on += weight · every `stride`-th entry of x from `at` on. */
function addOne(
  y: Float64Array,
  to: number,
  count: number,
  weight: number,
  x: Float64Array,
  at: number,
  stride: number,
): void {
  for (let k = 0, j = at; k < count; k++, j += stride) y[to + k] += weight * x[j];
}

/** The same for four weights and four places of x at once: y is loaded and stored a quarter as often. */
function addFour(
  y: Float64Array,
  to: number,
  count: number,
  weights: Float64Array,
  x: Float64Array,
  places: Int32Array,
  ahead: number,
  stride: number,
): void {
  const [w0, w1, w2, w3] = [weights[0], weights[1], weights[2], weights[3]];
  const a0 = places[0] + ahead;
  const d1 = places[1] - places[0];
  const d2 = places[2] - places[0];
  const d3 = places[3] - places[0];
  for (let k = 0, j = a0; k < count; k++, j += stride) {
    y[to + k] += w0 * x[j] + w1 * x[j + d1] + w2 * x[j + d2] + w3 * x[j + d3];
  }
}

/** A vector has one pixel: its sums are scalar products, and rows of length one would be slow. */
function dense(layer: Dense | Conv, groups: number, x: Float64Array, order: Order): Float64Array {
  const { weight, bias, outChannels } = layer;
  const inputs = x.length / groups;
  const y = new Float64Array(outChannels);
  for (let o = 0; o < outChannels; o++) {
    const row = o * inputs;
    const group = Math.floor(o / (outChannels / groups)) * inputs;
    const constant = bias === null ? 0 : bias[o];
    let sum = 0;
    if (order === 'forward') {
      sum = constant;
      for (let i = 0; i < inputs; i++) sum += weight[row + i] * x[group + i];
    } else {
      for (let i = inputs - 1; i >= 0; i--) sum += weight[row + i] * x[group + i];
      sum += constant;
    }
    y[o] = sum;
  }
  return y;
}

function convolve(layer: Conv, from: Shape, x: Float64Array, shape: Shape, order: Order) {
  const { weight, bias, kernel, groups, strides, outChannels } = layer;
  const taps = tapsInside(layer, from, shape);
  if (order === 'reverse') taps.reverse();
  const perGroup = from.channels / groups;
  const area = kernel.y * kernel.x;
  const plane = from.height * from.width;
  const outPlane = shape.height * shape.width;
  const weights = new Float64Array(4);
  const places = new Int32Array(4);
  const y = new Float64Array(outChannels * outPlane);
  for (let o = 0; o < outChannels; o++) {
    const start = o * outPlane;
    const group = Math.floor(o / (outChannels / groups)) * perGroup;
    const constant = bias === null ? 0 : bias[o];
    if (order === 'forward') y.fill(constant, start, start + outPlane);
    for (const tap of taps) {
      let pending = 0;
      for (let step = 0; step < perGroup; step++) {
        const i = order === 'forward' ? step : perGroup - 1 - step;
        const w = weight[(o * perGroup + i) * area + tap.index];
        if (w === 0) continue;
        weights[pending] = w;
        places[pending] = (group + i) * plane + tap.at;
        if (++pending < 4) continue;
        pending = 0;
        for (let row = 0; row < tap.rows; row++) {
          const ahead = row * strides.y * from.width;
          const to = start + tap.to + row * shape.width;
          addFour(y, to, tap.count, weights, x, places, ahead, strides.x);
        }
      }
      for (let n = 0; n < pending; n++) {
        for (let row = 0; row < tap.rows; row++) {
          const at = places[n] + row * strides.y * from.width;
          const to = start + tap.to + row * shape.width;
          addOne(y, to, tap.count, weights[n], x, at, strides.x);
        }
      }
    }
    if (order === 'reverse') for (let k = start; k < start + outPlane; k++) y[k] += constant;
  }
  return y;
}

function apply(layer: Conv | Dense, from: Shape, x: Float64Array, shape: Shape, order: Order) {
  if (layer.kind === 'dense') return dense(layer, 1, x, order);
  const { kernel, pads } = layer;
  const onePixel = isVector(from) && isVector(shape) && kernel.y === 1 && kernel.x === 1;
  return onePixel && !isPadded(pads)
    ? dense(layer, layer.groups, x, order)
    : convolve(layer, from, x, shape, order);
}

export function conv(
  layer: Conv | Dense,
  input: Operand,
  shape: Shape,
  order: Order,
): Float64Array {
  return apply(layer, input.shape, input.values, shape, order);
}

export function convErrors(
  layer: Conv | Dense,
  input: Operand,
  shape: Shape,
  arithmetic: Arithmetic,
): Float64Array {
  const terms = layer.weight.length / layer.outChannels;
  const relative = gamma(terms + 1, arithmetic);
  const { values, errors } = input;
  const spread = new Float64Array(values.length);
  let largest = 0;
  for (let k = 0; k < values.length; k++) {
    const size = Math.abs(values[k]);
    if (size > largest) largest = size;
    spread[k] = relative * size + (errors === null ? 0 : errors[k]) + arithmetic.underflow;
  }
  const magnitudes = { ...layer, weight: layer.weight.map(Math.abs), bias: null };
  const result = apply(magnitudes, input.shape, spread, shape, 'forward');
  const tiny = arithmetic.underflow * (terms + 1) * (2 + largest);
  const up = outward(terms + 12);
  const plane = shape.height * shape.width;
  for (let k = 0; k < result.length; k++) {
    const o = Math.floor(k / plane);
    const constant = layer.bias === null ? 0 : relative * Math.abs(layer.bias[o]);
    result[k] = up * (result[k] + constant + tiny);
  }
  return result;
}
