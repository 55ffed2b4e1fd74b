/** Activations, as nodes of their own and fused into convolutions and matrix products. */
import type { OpaqueFunction, TensorId } from '../../model/layer.ts';
import { quote } from '../json.ts';
import { decodeFloats } from '../tfjs-weights.ts';
import { perChannelConstant } from './broadcast.ts';
import type { ConstantValue, GraphValue, TensorValue } from './constants.ts';
import { attribute } from './graph.ts';
import type { NodeCall } from './node-call.ts';

interface Target {
  readonly input: TensorValue;
  readonly part?: string;
}

function slopeOf(call: NodeCall, key: string): number {
  const slope = attribute.number(call.node, key) ?? 0.2;
  if (!Number.isFinite(slope)) call.fail('bad-attribute', `${key} is ${slope}`);
  return Math.fround(slope);
}

function prelu(call: NodeCall, slopes: ConstantValue | null, target: Target): TensorId {
  const values = slopes === null ? null : perChannelConstant(call, slopes, target.input);
  return call.add(
    { kind: 'prelu', slopes: values ?? new Float32Array(1) },
    [target.input.tensor],
    target.part,
  );
}

/** Applies a fused activation. `slopes` is the constant a Prelu reads. */
export function fusedActivation(
  call: NodeCall,
  activation: string,
  target: { readonly input: TensorValue; readonly slopes: ConstantValue | null },
): TensorId {
  const { input, slopes } = target;
  const part = activation;
  const inputs = [input.tensor];
  switch (activation) {
    case 'Relu':
      return call.add({ kind: 'relu' }, inputs, part);
    case 'Relu6':
      return call.add(relu6, inputs, part);
    case 'Elu':
      return call.add({ kind: 'opaque', function: 'elu', alpha: 1, beta: 0 }, inputs, part);
    case 'LeakyRelu':
      return call.add({ kind: 'leakyRelu', slope: slopeOf(call, 'leakyrelu_alpha') }, inputs, part);
    case 'Prelu':
      if (slopes === null) call.fail('missing-tensor', 'the fused Prelu has no slopes');
      return prelu(call, slopes, { input, part });
    default:
      call.unsupported(`fused ${quote(activation)}`);
      return input.tensor;
  }
}

const relu6 = {
  kind: 'clip',
  lower: new Float32Array([0]),
  upper: new Float32Array([6]),
} as const;

type Translator = (call: NodeCall) => readonly GraphValue[];

export const reluNode: Translator = (call) => {
  const input = call.tensor();
  return [{ ...input, tensor: call.add({ kind: 'relu' }, [input.tensor]) }];
};

export const relu6Node: Translator = (call) => {
  const input = call.tensor();
  return [{ ...input, tensor: call.add(relu6, [input.tensor]) }];
};

export const leakyReluNode: Translator = (call) => {
  const input = call.tensor();
  const slope = slopeOf(call, 'alpha');
  return [{ ...input, tensor: call.add({ kind: 'leakyRelu', slope }, [input.tensor]) }];
};

export const preluNode: Translator = (call) => {
  const input = call.tensor();
  return [{ ...input, tensor: prelu(call, call.constant(1), { input }) }];
};

export function opaqueNode(name: OpaqueFunction): Translator {
  const alpha = name === 'elu' ? 1 : 0;
  return (call) => {
    const input = call.tensor();
    const layer = { kind: 'opaque', function: name, alpha, beta: 0 } as const;
    return [{ ...input, tensor: call.add(layer, [input.tensor]) }];
  };
}

export const softmaxNode: Translator = (call) => {
  const input = call.tensor();
  // Softmax runs along the last axis.
  if (call.channelAxis(input.rank) !== input.rank - 1)
    call.unsupported('softmax along a row of pixels');
  return opaqueNode('softmax')(call);
};

/** Clip, Minimum and Maximum against constants. */
export function boundsNode(sides: {
  readonly lower: number | null;
  readonly upper: number | null;
}): Translator {
  return (call) => {
    const input = call.tensor();
    const bound = (index: number | null, none: number): Float32Array => {
      const constant = index === null ? null : call.constant(index);
      const values = constant === null ? null : perChannelConstant(call, constant, input);
      return values ?? new Float32Array([none]);
    };
    const lower = bound(sides.lower, -Infinity);
    const upper = bound(sides.upper, Infinity);
    return [{ ...input, tensor: call.add({ kind: 'clip', lower, upper }, [input.tensor]) }];
  };
}

/** The one value of a scalar constant. */
export function scalar(call: NodeCall, index: number): number {
  const constant = call.constant(index);
  const values = constant === null ? [] : decodeFloats(constant.stored);
  if (values.length === 1) return values[0];
  call.unsupported(`input ${index} is no single number`);
  return 0;
}
