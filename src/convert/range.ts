/**
 * Interval bounds on every channel of every tensor, for all inputs in a stated range.
 *
 * What the converter needs them for is whether a ReLU is the identity on a block's input, and which
 * shift makes it one. They are sound over the real numbers: sums are widened by a bound on their own
 * float64 rounding. They are not tight: correlations are ignored, and a tensor's zero padding counts as
 * a value wherever a window might read it. A verifier needs its own analysis and must not use this one.
 */
import { perChannel, type Layer } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';
import { convRange, denseRange } from './range-conv.ts';
import { affineOf } from './pointwise.ts';
import { emptyRange, hullWithZero, type Range } from './channel-range.ts';
import { opaqueRange } from './range-opaque.ts';

export interface InputRange {
  readonly lower: number;
  readonly upper: number;
}

/** A range from bounds computed for each channel. */
function byChannel(channels: number, bounds: (c: number) => readonly [number, number]): Range {
  const range = emptyRange(channels);
  for (let c = 0; c < channels; c++) [range.lower[c], range.upper[c]] = bounds(c);
  return range;
}

/** a·b with 0·∞ = 0: a bound that is not there, times nothing. */
function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** Room for a handful of float64 roundings of terms of this magnitude. */
function slack(magnitude: number): number {
  return Number.isFinite(magnitude) ? magnitude * 2 ** -49 : 0;
}

/** Bounds of a·x + b for x in [lower, upper]. */
function affineBounds(a: number, b: number, lower: number, upper: number): [number, number] {
  const [p, q] = [product(a, lower), product(a, upper)];
  const [low, high] = p < q ? [p, q] : [q, p];
  return [
    low + b - slack(Math.abs(low) + Math.abs(b)),
    high + b + slack(Math.abs(high) + Math.abs(b)),
  ];
}

/** Bounds of x for x ≥ 0 and slope·x elsewhere; a negative slope makes zero an extremum. */
function rectified(slope: number, lower: number, upper: number): [number, number] {
  const at = (x: number): number => (x >= 0 ? x : product(slope, x));
  const ends = [at(lower), at(upper)];
  if (lower < 0 && upper > 0) ends.push(0);
  return [Math.min(...ends), Math.max(...ends)];
}

function elementwise(layer: Layer, inputs: readonly Range[], shape: Shape): Range {
  const [a, b] = inputs;
  return byChannel(shape.channels, (c) => {
    const i = a.lower.length === 1 ? 0 : c;
    const j = b.lower.length === 1 ? 0 : c;
    const sum = (p: number, q: number, sign: number): number =>
      p + q + sign * slack(Math.abs(p) + Math.abs(q));
    if (layer.kind === 'add') {
      return [sum(a.lower[i], b.lower[j], -1), sum(a.upper[i], b.upper[j], 1)];
    }
    if (layer.kind === 'subtract') {
      return [sum(a.lower[i], -b.upper[j], -1), sum(a.upper[i], -b.lower[j], 1)];
    }
    const corners = [a.lower[i], a.upper[i]].flatMap((p) => [
      product(p, b.lower[j]),
      product(p, b.upper[j]),
    ]);
    const [low, high] = [Math.min(...corners), Math.max(...corners)];
    return [low - slack(Math.abs(low)), high + slack(Math.abs(high))];
  });
}

function concatenated(inputs: readonly Range[], shape: Shape): Range {
  const range = emptyRange(shape.channels);
  let at = 0;
  for (const { lower, upper } of inputs) {
    range.lower.set(lower, at);
    range.upper.set(upper, at);
    at += lower.length;
  }
  return range;
}

function rangeOf(
  layer: Layer,
  inputs: readonly Range[],
  shapes: { readonly input: Shape; readonly result: Shape },
): Range {
  const { channels } = shapes.result;
  const [{ lower, upper }] = inputs;
  switch (layer.kind) {
    case 'conv':
      return convRange(layer, inputs[0], shapes);
    case 'dense':
      return denseRange(layer, inputs[0]);
    case 'batchNorm':
    case 'scale':
    case 'translate': {
      const { scale, offset } = affineOf(layer, channels);
      return byChannel(channels, (c) => {
        // The offset β − μ·s may have cancelled: its rounding is bounded by what went in.
        const extra =
          layer.kind === 'batchNorm'
            ? slack(Math.abs(layer.offset[c]) + Math.abs(layer.mean[c] * scale[c]))
            : 0;
        const [low, high] = affineBounds(scale[c], offset[c], lower[c], upper[c]);
        return [low - extra, high + extra];
      });
    }
    case 'add':
    case 'subtract':
    case 'multiply':
      return elementwise(layer, inputs, shapes.result);
    case 'concat':
      return concatenated(inputs, shapes.result);
    case 'select': {
      const { channels: chosen } = layer;
      return byChannel(channels, (c) => [lower[chosen[c]], upper[chosen[c]]]);
    }
    case 'pad': {
      const { value } = layer;
      return byChannel(channels, (c) => [Math.min(lower[c], value), Math.max(upper[c], value)]);
    }
    case 'relu':
      return byChannel(channels, (c) => [Math.max(lower[c], 0), Math.max(upper[c], 0)]);
    case 'clip': {
      const clip = (x: number, c: number): number =>
        Math.min(Math.max(x, perChannel(layer.lower, c)), perChannel(layer.upper, c));
      return byChannel(channels, (c) => [clip(lower[c], c), clip(upper[c], c)]);
    }
    case 'leakyRelu':
      return byChannel(channels, (c) => rectified(layer.slope, lower[c], upper[c]));
    case 'prelu':
      return byChannel(channels, (c) => rectified(perChannel(layer.slopes, c), lower[c], upper[c]));
    case 'averagePool':
      return layer.countIncludePad ? hullWithZero(inputs[0]) : inputs[0];
    case 'maxPool':
    case 'globalAveragePool':
      return inputs[0];
    case 'flatten': {
      const pixels = shapes.input.height * shapes.input.width;
      const source = (k: number): number =>
        layer.order === 'chw' ? Math.floor(k / pixels) : k % shapes.input.channels;
      return byChannel(channels, (k) => [lower[source(k)], upper[source(k)]]);
    }
    case 'opaque':
      return opaqueRange(layer, inputs[0]);
  }
}

/** Ranges of every tensor of the model, by tensor; `inputRange` bounds every input, null is "any real". */
export function ranges(model: Model, inputRange: InputRange | null): readonly Range[] {
  const found: Range[] = new Array<Range>(model.tensors.length);
  for (const port of model.inputs) {
    const { lower = -Infinity, upper = Infinity } = inputRange ?? {};
    found[port.tensor] = byChannel(model.tensors[port.tensor].shape.channels, () => [lower, upper]);
  }
  for (const layer of model.layers) {
    const inputs = layer.inputs.map((tensor) => found[tensor]);
    const input = model.tensors[layer.inputs[0]].shape;
    const result = model.tensors[layer.output].shape;
    found[layer.output] = rangeOf(layer, inputs, { input, result });
  }
  return found;
}
