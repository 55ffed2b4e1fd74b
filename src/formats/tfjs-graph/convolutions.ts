/** Convolutions and matrix products, plain and with fused bias, batch norm and activation. */
import type { Padding } from '../../model/shape.ts';
import { noPadding } from '../../model/shape.ts';
import { quote } from '../json.ts';
import { convolutionKernel, denseKernel, depthwiseKernel } from '../tensorflow-kernels.ts';
import { samePadding } from '../tensorflow-padding.ts';
import { fusedActivation } from './activations.ts';
import { epsilonOf } from './arithmetic.ts';
import type { GraphValue, TensorValue } from './constants.ts';
import { attribute } from './graph.ts';
import type { NodeCall } from './node-call.ts';

type Translator = (call: NodeCall) => readonly GraphValue[];

interface Window {
  readonly kernel: { readonly y: number; readonly x: number };
  readonly strides: { readonly y: number; readonly x: number };
  readonly dilations: { readonly y: number; readonly x: number };
}

/** `padding` of a convolution or pooling node, as pixels. */
export function windowPadding(call: NodeCall, input: TensorValue, window: Window): Padding {
  const mode = attribute.text(call.node, 'padding');
  if (mode === 'SAME') return samePadding(call.shape(input), window);
  if (mode === 'VALID') return noPadding;
  const explicit = attribute.numbers(call.node, 'explicit_paddings');
  if (mode !== 'EXPLICIT' || explicit?.length !== 8) {
    call.unsupported(`padding ${quote(mode)}`);
    return noPadding;
  }
  return spatialPadding(call, explicit);
}

/** Eight numbers, before and after on each axis; only rows and columns may be padded. */
export function spatialPadding(call: NodeCall, values: readonly number[]): Padding {
  const pairs = [0, 2, 4, 6].map((i) => [values[i], values[i + 1]]);
  const [batch, a, b, c] = pairs;
  const [rows, columns, channels] = call.format === 'NHWC' ? [a, b, c] : [b, c, a];
  if ([...batch, ...channels].some((n) => n !== 0))
    call.unsupported('padding of batch or channels');
  return { top: rows[0], bottom: rows[1], left: columns[0], right: columns[1] };
}

interface Fusion {
  readonly bias: Float32Array | null;
  /** Applied to the biased result. */
  readonly finish: (result: TensorValue) => TensorValue;
}

/** Extra inputs start behind the two of the plain operator. */
const firstExtra = 2;

function readFusion(call: NodeCall, outChannels: number): Fusion {
  const plain: Fusion = { bias: null, finish: (result) => result };
  if (!call.node.operator.includes('Fused')) return plain;
  const [first, activation, ...more] = attribute.texts(call.node, 'fused_ops') ?? [];
  if (first === undefined) return plain;
  if (more.length > 0) call.unsupported('more than two fused operators');
  const activate = (result: TensorValue, slopesAt: number): TensorValue => {
    if (activation === undefined) return result;
    const slopes = activation === 'Prelu' ? call.constant(slopesAt) : null;
    return { ...result, tensor: fusedActivation(call, activation, { input: result, slopes }) };
  };
  if (first === 'BiasAdd') {
    const bias = call.vector(firstExtra, outChannels);
    return { bias, finish: (result) => activate(result, firstExtra + 1) };
  }
  if (first === 'FusedBatchNorm') {
    const statistics = [0, 1, 2, 3].map((i) => call.vector(firstExtra + i, outChannels));
    const [scale, offset, mean, variance] = statistics;
    const layer = {
      kind: 'batchNorm',
      scale,
      offset,
      mean,
      variance,
      epsilon: epsilonOf(call),
    } as const;
    return {
      bias: null,
      finish: (result) => {
        const tensor = call.add(layer, [result.tensor], first);
        return activate({ ...result, tensor }, firstExtra + 4);
      },
    };
  }
  // tfjs passes over a lone activation that TensorFlow applies.
  call.unsupported(`fused ${quote(first)}`);
  return plain;
}

function convolve(call: NodeCall, depthwise: boolean): readonly GraphValue[] {
  const input = call.image();
  const constant = call.constant(1);
  if (constant === null) return [input];
  const { channels } = call.shape(input);
  const { shape } = constant;
  const [height, width, inner, last] = shape;
  if (shape.length !== 4 || shape.includes(0)) {
    call.fail('bad-shape', `${constant.stored.name} is ${shape.join('×')}`);
    return [input];
  }
  if (depthwise ? inner !== channels : channels % inner !== 0) {
    call.fail(
      'bad-shape',
      `${constant.stored.name} is ${shape.join('×')} for ${channels} channels`,
    );
    return [input];
  }
  const window = {
    kernel: { y: height, x: width },
    strides: call.spatial('strides', 1),
    dilations: call.spatial('dilations', 1, [1, 1, 1, 1]),
  };
  const outChannels = depthwise ? channels * last : last;
  const fusion = readFusion(call, outChannels);
  const weight = depthwise
    ? call.kernel(constant, 'depthwise', depthwiseKernel)
    : call.kernel(constant, 'convolution', convolutionKernel);
  const layer = {
    kind: 'conv',
    weight,
    bias: fusion.bias,
    outChannels,
    groups: depthwise ? channels : channels / inner,
    ...window,
    pads: windowPadding(call, input, window),
  } as const;
  return [fusion.finish({ ...input, tensor: call.add(layer, [input.tensor]) })];
}

export const conv2dNode: Translator = (call) => convolve(call, false);
export const depthwiseNode: Translator = (call) => convolve(call, true);

export const matMulNode: Translator = (call) => {
  const input = call.tensor();
  if (input.rank !== 2) call.unsupported('a matrix product of images');
  if (call.flag('transpose_a', false)) call.unsupported('transpose_a');
  const constant = call.constant(1);
  if (constant === null) return [input];
  const transposed = call.flag('transpose_b', false);
  const { shape } = constant;
  const [inner, outChannels] = transposed ? [shape[1], shape[0]] : shape;
  if (shape.length !== 2 || inner !== call.shape(input).channels) {
    call.fail('bad-shape', `${constant.stored.name} is ${shape.join('×')}`);
    return [input];
  }
  const weight = transposed
    ? call.kernel(constant, 'as stored', (values) => values)
    : call.kernel(constant, 'dense', denseKernel);
  const fusion = readFusion(call, outChannels);
  const layer = { kind: 'dense', weight, bias: fusion.bias, outChannels } as const;
  return [fusion.finish({ ...input, tensor: call.add(layer, [input.tensor]) })];
};
