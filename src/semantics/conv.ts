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

/** `count` entries of y from `to` on += weight · every `stride`-th entry of x from `at` on. */
function accumulate(
  y: Float64Array,
  to: number,
  count: number,
  weight: number,
  x: Float64Array,
  at: number,
  stride: number,
): void {
  const end = to + count;
  if (stride === 1) {
    const shift = at - to;
    for (let k = to; k < end; k++) y[k] += weight * x[k + shift];
  } else {
    for (let k = to, j = at; k < end; k++, j += stride) y[k] += weight * x[j];
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

function convolve(layer: Conv, from: Shape, x: Float64Array, shape: Shape, order: Order) {
  const { weight, bias, kernel, groups, strides, dilations, pads, outChannels } = layer;
  const { rows, columns } = axes(layer, from, shape);
  const perGroup = from.channels / groups;
  const taps = kernel.y * kernel.x;
  const terms = perGroup * taps;
  const plane = shape.height * shape.width;
  const y = new Float64Array(outChannels * plane);
  for (let o = 0; o < outChannels; o++) {
    const group = Math.floor(o / (outChannels / groups)) * perGroup;
    const constant = bias === null ? 0 : bias[o];
    if (order === 'forward') y.fill(constant, o * plane, (o + 1) * plane);
    for (let step = 0; step < terms; step++) {
      const term = order === 'forward' ? step : terms - 1 - step;
      const w = weight[o * terms + term];
      if (w === 0) continue;
      const tap = term % taps;
      const tapY = Math.floor(tap / kernel.x);
      const tapX = tap % kernel.x;
      const firstY = firstInside(rows, tapY);
      const endY = endInside(rows, tapY);
      const firstX = firstInside(columns, tapX);
      const count = endInside(columns, tapX) - firstX;
      if (endY <= firstY || count <= 0) continue;
      const channel = (group + (term - tap) / taps) * from.height;
      const row = firstY * strides.y + tapY * dilations.y - pads.top;
      const column = firstX * strides.x + tapX * dilations.x - pads.left;
      let to = o * plane + firstY * shape.width + firstX;
      let at = (channel + row) * from.width + column;
      // Where whole rows are read one after the other, they are one run.
      const runs = endY - firstY;
      const joined =
        strides.y === 1 && strides.x === 1 && count === from.width && count === shape.width;
      for (let run = 0; run < (joined ? 1 : runs); run++) {
        accumulate(y, to, joined ? runs * count : count, w, x, at, strides.x);
        to += shape.width;
        at += strides.y * from.width;
      }
    }
    if (order === 'reverse') for (let k = o * plane; k < (o + 1) * plane; k++) y[k] += constant;
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
