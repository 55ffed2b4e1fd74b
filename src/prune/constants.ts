/**
 * Which channels of a model hold one number at every pixel whatever the input is, and which number.
 *
 * A convolution's channel does if every weight that is not zero meets such a channel of its input, and none of them
 * a number other than zero that padding cuts off at the border (theorem `constant-channel`). What is not understood is
 * taken to vary: functions that are opaque to the algebra too, so that whoever proves the result can follow. Numbers
 * are float64; a few roundings of it lie far below the one to float32 with which they end in a bias.
 */
import { affineOf } from '../convert/pointwise.ts';
import { perChannel, type Conv, type Dense, type Elementwise, type Layer } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { isPadded, type Shape } from '../model/shape.ts';
import { tapsInside } from './taps.ts';

/** For each channel its number, NaN where it varies. */
export type Constants = Float64Array;

function convConstants(
  layer: Conv | Dense,
  input: Constants,
  shapes: { readonly input: Shape; readonly result: Shape },
): Constants {
  const inside = tapsInside(layer, shapes.input, shapes.result);
  const groups = layer.kind === 'conv' ? layer.groups : 1;
  const inputs = input.length / groups;
  const rowsPerGroup = layer.outChannels / groups;
  const result = new Float64Array(layer.outChannels);
  for (let o = 0, at = 0; o < layer.outChannels; o++) {
    const first = Math.floor(o / rowsPerGroup) * inputs;
    let sum = layer.bias === null ? 0 : layer.bias[o];
    for (let i = first; i < first + inputs && !Number.isNaN(sum); i++) {
      for (let t = 0; t < inside.length; t++) {
        const weight = layer.weight[at + (i - first) * inside.length + t];
        if (weight === 0 || input[i] === 0) continue;
        sum = inside[t] === 1 ? sum + weight * input[i] : NaN;
      }
    }
    at += inputs * inside.length;
    result[o] = sum;
  }
  return result;
}

function elementwise(
  { kind }: Elementwise,
  [a, b]: readonly Constants[],
  channels: number,
): Constants {
  return new Float64Array(channels).map((_, c) => {
    const [p, q] = [a[a.length === 1 ? 0 : c], b[b.length === 1 ? 0 : c]];
    switch (kind) {
      case 'add':
        return p + q;
      case 'subtract':
        return p - q;
      case 'multiply':
        return p === 0 || q === 0 ? 0 : p * q;
    }
  });
}

function constantsBehind(
  layer: Layer,
  inputs: readonly Constants[],
  shapes: { readonly input: Shape; readonly result: Shape },
): Constants {
  const { channels } = shapes.result;
  const [input] = inputs;
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return convConstants(layer, input, shapes);
    case 'batchNorm':
    case 'scale':
    case 'translate': {
      const { scale, offset } = affineOf(layer, channels);
      return input.map((value, c) => (scale[c] === 0 ? 0 : scale[c] * value) + offset[c]);
    }
    case 'add':
    case 'subtract':
    case 'multiply':
      return elementwise(layer, inputs, channels);
    case 'concat':
      return Float64Array.from(inputs.flatMap((each) => [...each]));
    case 'select':
      return Float64Array.from(layer.channels, (c) => input[c]);
    case 'pad': {
      const { top, left, bottom, right } = layer.pads;
      const grows = Math.max(top, left, bottom, right) > 0;
      return input.map((value) => (grows && value !== layer.value ? NaN : value));
    }
    case 'relu':
      return input.map((value) => Math.max(value, 0));
    case 'clip':
      return input.map((value, c) =>
        Math.min(Math.max(value, perChannel(layer.lower, c)), perChannel(layer.upper, c)),
      );
    case 'leakyRelu':
      return input.map((value) => (value < 0 ? layer.slope * value : value));
    case 'prelu':
      return input.map((value, c) => (value < 0 ? perChannel(layer.slopes, c) * value : value));
    case 'averagePool': {
      const dilutes = layer.countIncludePad && isPadded(layer.pads);
      return input.map((value) => (dilutes && value !== 0 ? NaN : value));
    }
    case 'maxPool':
    case 'globalAveragePool':
      return input;
    case 'flatten': {
      const pixels = shapes.input.height * shapes.input.width;
      return new Float64Array(channels).map(
        (_, k) => input[layer.order === 'chw' ? Math.floor(k / pixels) : k % input.length],
      );
    }
    case 'opaque':
      return new Float64Array(channels).fill(NaN);
  }
}

/** The constant channels of every tensor, by tensor. */
export function constantsOf(model: Model): readonly Constants[] {
  const found = new Array<Constants>(model.tensors.length);
  for (const { tensor } of model.inputs) {
    found[tensor] = new Float64Array(model.tensors[tensor].shape.channels).fill(NaN);
  }
  for (const layer of model.layers) {
    const inputs = layer.inputs.map((tensor) => found[tensor]);
    const input = model.tensors[layer.inputs[0]].shape;
    const result = model.tensors[layer.output].shape;
    found[layer.output] = constantsBehind(layer, inputs, { input, result });
  }
  return found;
}
