/** Keras layers with a kernel of weights: Conv2D, DepthwiseConv2D, SeparableConv2D, Dense. */
import type { TensorId } from '../../model/layer.ts';
import { noPadding, type Padding, type Pair } from '../../model/shape.ts';
import { quote } from '../json.ts';
import { convolutionKernel, denseKernel, depthwiseKernel } from '../tensorflow-kernels.ts';
import { samePadding } from '../tensorflow-padding.ts';
import { fusedActivation } from './activations.ts';
import type { KerasTensor, LayerCall } from './layer-call.ts';

const one: Pair = { y: 1, x: 1 };

export interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
}

/** `padding` of a convolution or pooling layer, as pixels. */
export function windowPadding(call: LayerCall, window: Window): Padding {
  const mode = call.config.padding ?? 'valid';
  if (mode === 'same') return samePadding(call.shape, window);
  if (mode !== 'valid') call.unsupported(`padding ${quote(mode)}`);
  return noPadding;
}

function convolutionWindow(call: LayerCall): Window & { readonly pads: Padding } {
  const window = {
    kernel: call.pair('kernel_size', one),
    strides: call.pair('strides', one),
    dilations: call.pair('dilation_rate', one),
  };
  return { ...window, pads: windowPadding(call, window) };
}

function bias(call: LayerCall, channels: number): Float32Array | null {
  return call.flag('use_bias', true) ? call.weight('bias', [channels]) : null;
}

export function conv2d(call: LayerCall): KerasTensor {
  call.image();
  const { channels } = call.shape;
  const groups = call.count('groups', 1);
  const outChannels = call.count('filters', 1);
  const window = convolutionWindow(call);
  if (channels % groups !== 0) call.fail('bad-shape', `${groups} groups of ${channels} channels`);
  const { kernel } = window;
  const extents = [kernel.y, kernel.x, channels / groups, outChannels];
  const weight = call.kernel('kernel', extents, convolutionKernel);
  const tensor = call.add({
    kind: 'conv',
    weight,
    bias: bias(call, outChannels),
    outChannels,
    groups,
    ...window,
  });
  return { tensor: fusedActivation(call, tensor), rank: 4 };
}

function depthwise(call: LayerCall, options: { biased: boolean; part?: string }): TensorId {
  call.image();
  const { channels } = call.shape;
  const multiplier = call.count('depth_multiplier', 1);
  const window = convolutionWindow(call);
  const extents = [window.kernel.y, window.kernel.x, channels, multiplier];
  const weight = call.kernel('depthwise_kernel', extents, depthwiseKernel);
  const outChannels = channels * multiplier;
  const offsets = options.biased ? bias(call, outChannels) : null;
  const part = options.part === undefined ? {} : { part: options.part };
  return call.add(
    { kind: 'conv', weight, bias: offsets, outChannels, groups: channels, ...window },
    part,
  );
}

export function depthwiseConv2d(call: LayerCall): KerasTensor {
  const dilation = call.pair('dilation_rate', one);
  // Keras dilates, tfjs reads the same file and does not: there is no one function to speak of.
  if (dilation.y !== 1 || dilation.x !== 1) call.unsupported('a dilation_rate, which tfjs ignores');
  const tensor = depthwise(call, { biased: true });
  return { tensor: fusedActivation(call, tensor), rank: 4 };
}

export function separableConv2d(call: LayerCall): KerasTensor {
  const input = depthwise(call, { biased: false, part: 'depthwise' });
  const { channels } = call.builder.shape(input);
  const outChannels = call.count('filters', 1);
  const weight = call.kernel('pointwise_kernel', [1, 1, channels, outChannels], convolutionKernel);
  const pointwise = {
    kind: 'conv',
    weight,
    bias: bias(call, outChannels),
    outChannels,
    groups: 1,
    kernel: one,
    strides: one,
    dilations: one,
    pads: noPadding,
  } as const;
  return { tensor: fusedActivation(call, call.add(pointwise, { input })), rank: 4 };
}

/** Dense acts on the last axis; on an image that is a 1×1 convolution. */
export function dense(call: LayerCall): KerasTensor {
  const { rank } = call.input;
  const { channels } = call.shape;
  const outChannels = call.count('units', 1);
  const weight = call.kernel('kernel', [channels, outChannels], denseKernel);
  const parameters = { weight, bias: bias(call, outChannels), outChannels };
  const window = { kernel: one, strides: one, dilations: one, pads: noPadding, groups: 1 };
  const tensor = call.add(
    rank === 2 ? { kind: 'dense', ...parameters } : { kind: 'conv', ...parameters, ...window },
  );
  return { tensor: fusedActivation(call, tensor), rank };
}
