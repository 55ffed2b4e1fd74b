/** Sums, products and quotients of tensors with each other and with constants. */
import { quote } from '../json.ts';
import { perChannelConstant } from './broadcast.ts';
import type { GraphValue, TensorValue } from './constants.ts';
import { attribute } from './graph.ts';
import type { NodeCall } from './node-call.ts';

type Translator = (call: NodeCall) => readonly GraphValue[];
type Operation = 'add' | 'subtract' | 'multiply' | 'divide';

function withConstant(
  call: NodeCall,
  operation: Operation,
  operands: {
    readonly tensor: TensorValue;
    readonly constant: number;
    readonly constantFirst: boolean;
  },
): readonly GraphValue[] {
  const { tensor, constant, constantFirst } = operands;
  const stored = call.constant(constant);
  const values = stored === null ? null : perChannelConstant(call, stored, tensor);
  if (values === null) return [tensor];
  const inputs = [tensor.tensor];
  const result = (id: number): readonly GraphValue[] => [{ ...tensor, tensor: id }];
  switch (operation) {
    case 'add':
      return result(call.add({ kind: 'translate', addend: values }, inputs));
    case 'multiply':
      return result(call.add({ kind: 'scale', operation: 'multiply', factor: values }, inputs));
    case 'divide':
      if (constantFirst) call.unsupported('a constant over a tensor');
      return result(call.add({ kind: 'scale', operation: 'divide', factor: values }, inputs));
    case 'subtract': {
      if (!constantFirst) {
        const addend = values.map((value) => -value);
        return result(call.add({ kind: 'translate', addend }, inputs));
      }
      const negative = negate(call, tensor, 'negative');
      return result(call.add({ kind: 'translate', addend: values }, [negative]));
    }
  }
}

function negate(call: NodeCall, input: TensorValue, part?: string): number {
  const factor = new Float32Array([-1]);
  return call.add({ kind: 'scale', operation: 'multiply', factor }, [input.tensor], part);
}

export const negateNode: Translator = (call) => {
  const input = call.tensor();
  return [{ ...input, tensor: negate(call, input) }];
};

export function binaryNode(operation: Operation): Translator {
  return (call) => {
    const [a, b] = call.inputs;
    if (call.inputs.length !== 2) {
      call.fail('bad-shape', `has ${call.inputs.length} inputs, not two`);
      return [];
    }
    if (a.kind === 'tensor' && b.kind !== 'tensor') {
      return withConstant(call, operation, { tensor: a, constant: 1, constantFirst: false });
    }
    if (b.kind === 'tensor' && a.kind !== 'tensor') {
      return withConstant(call, operation, { tensor: b, constant: 0, constantFirst: true });
    }
    const left = call.tensor(0);
    const right = call.tensor(1);
    if (left.rank !== right.rank) call.unsupported('an image with a vector');
    if (operation === 'divide') {
      call.unsupported('a tensor over a tensor');
      return [left];
    }
    return [{ ...left, tensor: call.add({ kind: operation }, [left.tensor, right.tensor]) }];
  };
}

export const biasAddNode: Translator = (call) => {
  const input = call.tensor();
  const format = attribute.text(call.node, 'data_format') ?? 'NHWC';
  if (input.rank === 4 && format !== call.format) call.unsupported(`data_format ${quote(format)}`);
  const addend = call.vector(1, call.shape(input).channels);
  return [{ ...input, tensor: call.add({ kind: 'translate', addend }, [input.tensor]) }];
};

export const batchNormNode: Translator = (call) => {
  const input = call.image();
  const { channels } = call.shape(input);
  // TensorFlow's default is training, where the result depends on the batch.
  if (call.flag('is_training', true)) call.unsupported('is_training is not false');
  const [scale, offset, mean, variance] = [1, 2, 3, 4].map((i) => call.vector(i, channels));
  const epsilon = epsilonOf(call);
  const layer = { kind: 'batchNorm', scale, offset, mean, variance, epsilon } as const;
  return [{ ...input, tensor: call.add(layer, [input.tensor]) }];
};

/** TensorFlow and tfjs assume different values where the attribute is absent, so it must be there. */
export function epsilonOf(call: NodeCall): number {
  const epsilon = attribute.number(call.node, 'epsilon');
  if (epsilon === null) call.fail('bad-attribute', 'epsilon is missing');
  return Math.fround(epsilon ?? 0);
}
