/**
 * The shape a layer's result has, and every reason why a layer does not fit its inputs.
 *
 * This is the one gate between what files claim and what the rest of the project relies on: parameter
 * counts match channels, strides and dilations are positive, results have at least one pixel, variances
 * are such that √(variance + epsilon) is real and not zero, all parameters are finite.
 */
import { failed, success, type Result } from './failure.ts';
import { parameterArrays, type Elementwise, type LayerSpec } from './layer.ts';
import { elements, isVector, printShape, type Padding, type Pair, type Shape } from './shape.ts';

/** More values than this in one tensor is taken for a hostile or broken file. */
export const largestTensor = 2 ** 31;

/** Pixels along one axis of a window's result; may be ≤ 0 for a window that does not fit. */
function windowCount(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: number,
): number {
  return Math.floor((size + padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

const one: Pair = { y: 1, x: 1 };

function windowed(
  layer: { readonly name: string },
  input: Shape,
  window: {
    readonly channels: number;
    readonly kernel: Pair;
    readonly strides: Pair;
    readonly dilations: Pair;
    readonly pads: Padding;
  },
): Result<Shape> {
  const { kernel, strides, dilations, pads } = window;
  const whole = [kernel.y, kernel.x, strides.y, strides.x, dilations.y, dilations.x];
  if (whole.some((n) => !Number.isSafeInteger(n) || n < 1)) {
    return failed('bad-attribute', layer.name, 'kernel, strides and dilations must be positive');
  }
  if (![pads.top, pads.left, pads.bottom, pads.right].every((n) => Number.isSafeInteger(n))) {
    return failed('bad-attribute', layer.name, 'padding must be whole numbers');
  }
  const height = windowCount(
    input.height,
    kernel.y,
    strides.y,
    dilations.y,
    pads.top + pads.bottom,
  );
  const width = windowCount(input.width, kernel.x, strides.x, dilations.x, pads.left + pads.right);
  if (height < 1 || width < 1) {
    return failed(
      'bad-shape',
      layer.name,
      `a ${kernel.y}×${kernel.x} window does not fit ${printShape(input)}`,
    );
  }
  return success({ channels: window.channels, height, width });
}

function broadcast(layer: Pick<Elementwise, 'name'>, a: Shape, b: Shape): Result<Shape> {
  const fits = (m: number, n: number): boolean => m === n || m === 1 || n === 1;
  if (!fits(a.channels, b.channels) || !fits(a.height, b.height) || !fits(a.width, b.width)) {
    return failed('bad-shape', layer.name, `${printShape(a)} does not fit ${printShape(b)}`);
  }
  return success({
    channels: Math.max(a.channels, b.channels),
    height: Math.max(a.height, b.height),
    width: Math.max(a.width, b.width),
  });
}

/**
 * Which parameter is no finite number, in words; null where all are. The bounds of a clip may be infinite.
 * `checkedLater` says of an array that somebody else looks through it.
 */
export function infiniteParameter(
  layer: LayerSpec,
  checkedLater: (values: Float32Array) => boolean = () => false,
): string | null {
  if (layer.kind === 'clip') return null;
  for (const values of parameterArrays({ ...layer, output: -1 })) {
    if (checkedLater(values)) continue;
    // A float64 sum of float32 numbers cannot overflow, so it is finite exactly where all of them are.
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i];
    if (Number.isFinite(sum)) continue;
    const at = values.findIndex((value) => !Number.isFinite(value));
    return `parameter ${at} is ${values[at]}`;
  }
  return null;
}

function checkParameters(
  layer: LayerSpec,
  checkedLater?: (values: Float32Array) => boolean,
): string | null {
  if (layer.kind === 'clip') {
    for (const bounds of [layer.lower, layer.upper]) {
      if (bounds.some((v) => Number.isNaN(v))) return 'a bound is not a number';
    }
    const entries = Math.max(layer.lower.length, layer.upper.length);
    for (let i = 0; i < entries; i++) {
      const lower = layer.lower[Math.min(i, layer.lower.length - 1)];
      const upper = layer.upper[Math.min(i, layer.upper.length - 1)];
      if (lower > upper) return `lower bound ${lower} is above upper bound ${upper}`;
    }
    return null;
  }
  const infinite = infiniteParameter(layer, checkedLater);
  if (infinite !== null) return infinite;
  if (layer.kind === 'batchNorm') {
    for (let i = 0; i < layer.variance.length; i++) {
      const radicand = layer.variance[i] + layer.epsilon;
      if (!(layer.variance[i] >= 0)) return `variance of channel ${i} is ${layer.variance[i]}`;
      if (!(radicand > 0)) return `variance + epsilon of channel ${i} is ${radicand}`;
    }
  }
  if (layer.kind === 'scale' && layer.operation === 'divide' && layer.factor.includes(0)) {
    return 'division by zero';
  }
  return null;
}

function lengthsFit(layer: LayerSpec, channels: number): string | null {
  const perChannel = (values: Float32Array): boolean =>
    values.length === 1 || values.length === channels;
  switch (layer.kind) {
    case 'batchNorm': {
      const arrays = [layer.scale, layer.offset, layer.mean, layer.variance];
      return arrays.every((a) => a.length === channels)
        ? null
        : `needs ${channels} of each statistic`;
    }
    case 'scale':
      return perChannel(layer.factor)
        ? null
        : `${layer.factor.length} factors for ${channels} channels`;
    case 'translate':
      return perChannel(layer.addend)
        ? null
        : `${layer.addend.length} addends for ${channels} channels`;
    case 'clip':
      return perChannel(layer.lower) && perChannel(layer.upper)
        ? null
        : `bounds do not fit ${channels} channels`;
    case 'prelu':
      return perChannel(layer.slopes)
        ? null
        : `${layer.slopes.length} slopes for ${channels} channels`;
    default:
      return null;
  }
}

function inferFor(layer: LayerSpec, inputs: readonly Shape[]): Result<Shape> {
  const input = inputs[0];
  const bad = (reason: string): Result<never> => failed('bad-shape', layer.name, reason);
  switch (layer.kind) {
    case 'conv': {
      const { outChannels, groups, kernel, weight, bias } = layer;
      if (!Number.isSafeInteger(groups) || groups < 1) return bad(`${groups} groups`);
      if (input.channels % groups !== 0 || outChannels % groups !== 0) {
        return bad(`${groups} groups do not divide ${input.channels} → ${outChannels} channels`);
      }
      const expected = outChannels * (input.channels / groups) * kernel.y * kernel.x;
      if (weight.length !== expected) {
        return bad(`${weight.length} weights where ${expected} are needed`);
      }
      if (bias !== null && bias.length !== outChannels) {
        return bad(`${bias.length} biases for ${outChannels} channels`);
      }
      return windowed(layer, input, { ...layer, channels: outChannels });
    }
    case 'dense': {
      if (!isVector(input)) return bad(`a dense layer reads a vector, not ${printShape(input)}`);
      if (layer.weight.length !== layer.outChannels * input.channels) {
        return bad(`${layer.weight.length} weights for ${input.channels} → ${layer.outChannels}`);
      }
      if (layer.bias !== null && layer.bias.length !== layer.outChannels) {
        return bad(`${layer.bias.length} biases for ${layer.outChannels} features`);
      }
      return success({ channels: layer.outChannels, height: 1, width: 1 });
    }
    case 'add':
    case 'subtract':
    case 'multiply':
      return broadcast(layer, input, inputs[1]);
    case 'concat': {
      if (inputs.some((s) => s.height !== input.height || s.width !== input.width)) {
        return bad(`cannot join ${inputs.map(printShape).join(', ')}`);
      }
      return success({ ...input, channels: inputs.reduce((sum, s) => sum + s.channels, 0) });
    }
    case 'select': {
      if (layer.channels.length === 0) return bad('selects no channel');
      if (layer.channels.some((c) => c < 0 || c >= input.channels)) {
        return bad(`selects a channel outside ${printShape(input)}`);
      }
      return success({ ...input, channels: layer.channels.length });
    }
    case 'pad': {
      const { top, left, bottom, right } = layer.pads;
      if (!Number.isFinite(layer.value)) return bad(`padding with ${layer.value}`);
      const height = input.height + top + bottom;
      const width = input.width + left + right;
      return height < 1 || width < 1
        ? bad('nothing is left')
        : success({ channels: input.channels, height, width });
    }
    case 'maxPool': {
      const { top, left, bottom, right } = layer.pads;
      const reach = {
        y: layer.dilations.y * (layer.kernel.y - 1),
        x: layer.dilations.x * (layer.kernel.x - 1),
      };
      if (
        Math.max(top, bottom) > reach.y ||
        Math.max(left, right) > reach.x ||
        Math.min(top, bottom, left, right) < 0 ||
        // Taps further apart than the domain is long may lie on both sides of it and none inside.
        (layer.kernel.y > 1 && layer.dilations.y > input.height) ||
        (layer.kernel.x > 1 && layer.dilations.x > input.width)
      ) {
        return bad('a window could lie wholly in the padding');
      }
      return windowed(layer, input, { ...layer, channels: input.channels });
    }
    case 'averagePool': {
      const { top, left, bottom, right } = layer.pads;
      if (
        Math.max(top, bottom) >= layer.kernel.y ||
        Math.max(left, right) >= layer.kernel.x ||
        Math.min(top, bottom, left, right) < 0
      ) {
        return bad('a window could lie wholly in the padding');
      }
      return windowed(layer, input, { ...layer, dilations: one, channels: input.channels });
    }
    case 'globalAveragePool':
      return success({ channels: input.channels, height: 1, width: 1 });
    case 'flatten':
      return success({ channels: elements(input), height: 1, width: 1 });
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'clip':
    case 'prelu':
    case 'relu':
    case 'leakyRelu':
    case 'opaque':
      return success(input);
  }
}

/** Number of inputs a kind of layer reads; null where any number from one is allowed. */
function arity(layer: LayerSpec): number | null {
  switch (layer.kind) {
    case 'concat':
      return null;
    case 'add':
    case 'subtract':
    case 'multiply':
      return 2;
    default:
      return 1;
  }
}

/**
 * Shape of the layer's result. `checkedLater`: as for `infiniteParameter`.
 * Errors: `bad-shape`, `bad-attribute`, `bad-value` (NaN, infinity, negative variance), `too-large`.
 */
export function inferShape(
  layer: LayerSpec,
  inputs: readonly Shape[],
  checkedLater?: (values: Float32Array) => boolean,
): Result<Shape> {
  const wanted = arity(layer);
  if (inputs.length === 0 || (wanted !== null && inputs.length !== wanted)) {
    return failed(
      'bad-shape',
      layer.name,
      `${inputs.length} inputs where ${wanted ?? 'some'} are needed`,
    );
  }
  const misfit = lengthsFit(layer, inputs[0].channels);
  if (misfit !== null) return failed('bad-shape', layer.name, misfit);
  const shape = inferFor(layer, inputs);
  if (!shape.ok) return shape;
  if (elements(shape.value) > largestTensor) {
    return failed('too-large', layer.name, `result of ${printShape(shape.value)} values`);
  }
  const wrong = checkParameters(layer, checkedLater);
  return wrong === null ? shape : failed('bad-value', layer.name, wrong);
}
