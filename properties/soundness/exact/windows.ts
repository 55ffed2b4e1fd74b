/** Convolution, pooling, padding and flattening over exact intervals, one output at a time. */
import type {
  AveragePool,
  Conv,
  Dense,
  Flatten,
  GlobalAveragePool,
  MaxPool,
  Pad,
} from '../../../src/model/layer.ts';
import { noPadding, type Padding, type Pair, type Shape } from '../../../src/model/shape.ts';
import { fixed, grains, mean, weightedSum, type Interval } from './number.ts';

export interface Tensor {
  readonly shape: Shape;
  readonly values: readonly Interval[];
}

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

const one: Pair = { y: 1, x: 1 };

/** The taps that read inside the image at one output pixel, and the pixel each of them reads. */
function* inside(
  window: Window,
  from: Shape,
  y: number,
  x: number,
): Generator<readonly [tap: number, pixel: number]> {
  const { kernel, strides, dilations, pads } = window;
  for (let tap = 0; tap < kernel.y * kernel.x; tap++) {
    const row = y * strides.y + Math.floor(tap / kernel.x) * dilations.y - pads.top;
    const column = x * strides.x + (tap % kernel.x) * dilations.x - pads.left;
    if (row < 0 || row >= from.height || column < 0 || column >= from.width) continue;
    yield [tap, row * from.width + column];
  }
}

/** One value for every output channel and pixel. */
function each(
  shape: Shape,
  value: (channel: number, y: number, x: number) => Interval,
): readonly Interval[] {
  const result: Interval[] = [];
  for (let c = 0; c < shape.channels; c++) {
    for (let y = 0; y < shape.height; y++) {
      for (let x = 0; x < shape.width; x++) result.push(value(c, y, x));
    }
  }
  return result;
}

export function convolve(layer: Conv | Dense, x: Tensor, shape: Shape): readonly Interval[] {
  const window: Window =
    layer.kind === 'conv' ? layer : { kernel: one, strides: one, dilations: one, pads: noPadding };
  const groups = layer.kind === 'conv' ? layer.groups : 1;
  const area = window.kernel.y * window.kernel.x;
  const inputs = x.shape.channels / groups;
  const outputs = layer.outChannels / groups;
  const plane = x.shape.height * x.shape.width;
  const weights = Array.from(layer.weight, grains);
  function* terms(o: number, y: number, column: number) {
    const first = Math.floor(o / outputs) * inputs;
    for (const [tap, pixel] of inside(window, x.shape, y, column)) {
      for (let i = 0; i < inputs; i++) {
        const weight = weights[(o * inputs + i) * area + tap];
        if (weight !== 0n) yield [weight, x.values[(first + i) * plane + pixel]] as const;
      }
    }
  }
  return each(shape, (o, y, column) =>
    weightedSum(terms(o, y, column), layer.bias === null ? 0n : fixed(layer.bias[o])),
  );
}

export function maxPool(layer: MaxPool, x: Tensor, shape: Shape): readonly Interval[] {
  const plane = x.shape.height * x.shape.width;
  return each(shape, (c, y, column) => {
    const seen = [...inside(layer, x.shape, y, column)].map(([, p]) => x.values[c * plane + p]);
    return seen.reduce((a, b) => ({
      lower: a.lower > b.lower ? a.lower : b.lower,
      upper: a.upper > b.upper ? a.upper : b.upper,
    }));
  });
}

export function averagePool(
  layer: AveragePool | GlobalAveragePool,
  x: Tensor,
  shape: Shape,
): readonly Interval[] {
  const { height, width } = x.shape;
  const window: Window =
    layer.kind === 'averagePool'
      ? { ...layer, dilations: one }
      : { kernel: { y: height, x: width }, strides: one, dilations: one, pads: noPadding };
  const countsAll = layer.kind === 'averagePool' && layer.countIncludePad;
  return each(shape, (c, y, column) => {
    const seen = [...inside(window, x.shape, y, column)].map(
      ([, p]) => x.values[c * height * width + p],
    );
    return mean(seen, countsAll ? window.kernel.y * window.kernel.x : seen.length);
  });
}

export function padded(layer: Pad, x: Tensor, shape: Shape, value: Interval): readonly Interval[] {
  const { height, width } = x.shape;
  return each(shape, (c, y, column) => {
    const [row, at] = [y - layer.pads.top, column - layer.pads.left];
    const isInside = row >= 0 && row < height && at >= 0 && at < width;
    return isInside ? x.values[(c * height + row) * width + at] : value;
  });
}

export function flatten(order: Flatten['order'], { shape, values }: Tensor): readonly Interval[] {
  if (order === 'chw') return values;
  const plane = shape.height * shape.width;
  return values.map(
    (_, k) => values[(k % shape.channels) * plane + Math.floor(k / shape.channels)],
  );
}
