/** Relu, Clip, LeakyRelu, PRelu, and the smooth functions the algebra does not look into. */
import type { OpaqueFunction } from '../../../model/layer.ts';
import { isWhole, type Activation } from '../axes.ts';
import type { NodeReader, Value } from '../node-reader.ts';
import { channelConstant } from './arithmetic.ts';

export function relu(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  return value === null ? [] : node.same(value, { kind: 'relu', inputs: [value.tensor] });
}

function clipBound(node: NodeReader, index: number, absent: number): number {
  if (!node.hasInput(index)) return absent;
  const constant = node.floats(index);
  if (constant === null) return absent;
  if (constant.values.length === 1) return constant.values[0];
  node.fail('bad-shape', `a bound of shape ${constant.dims.join('×')}`);
  return absent;
}

/** Bounds are attributes before opset 11, inputs since. */
export function clip(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const [low, high] =
    node.opset < 11
      ? [
          node.has('min') ? node.float('min', 0) : -Infinity,
          node.has('max') ? node.float('max', 0) : Infinity,
        ]
      : [clipBound(node, 1, -Infinity), clipBound(node, 2, Infinity)];
  if (value === null) return [];
  return node.same(value, {
    kind: 'clip',
    inputs: [value.tensor],
    lower: Float32Array.of(low),
    upper: Float32Array.of(high),
  });
}

export function leakyRelu(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const slope = node.float('alpha', 0.01);
  if (value === null) return [];
  return node.same(value, { kind: 'leakyRelu', inputs: [value.tensor], slope });
}

export function prelu(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const slope = node.floats(1);
  if (value === null || slope === null) return [];
  const found = channelConstant(node, slope, value);
  if (found === null) return [];
  const spec = { kind: 'prelu', inputs: [value.tensor], slopes: found.values } as const;
  return node.same(value, spec);
}

interface Parameters {
  readonly alpha: number;
  readonly beta: number;
}

function opaque(
  node: NodeReader,
  value: Activation,
  name: OpaqueFunction,
  parameters: Partial<Parameters> = {},
): readonly Value[] {
  const { alpha = 0, beta = 0 } = parameters;
  return node.same(value, {
    kind: 'opaque',
    inputs: [value.tensor],
    function: name,
    alpha,
    beta,
  });
}

/** A pointwise function; `read` asks for the attributes it has. */
function pointwise(
  name: OpaqueFunction,
  read: (node: NodeReader) => Partial<Parameters> = () => ({}),
): (node: NodeReader) => readonly Value[] {
  return (node) => {
    const value = node.activation(0);
    const parameters = read(node);
    return value === null ? [] : opaque(node, value, name, parameters);
  };
}

export const sigmoid = pointwise('sigmoid');
export const tanh = pointwise('tanh');
export const hardSwish = pointwise('hardSwish', () => ({ alpha: 1 / 6, beta: 1 / 2 }));
export const elu = pointwise('elu', (node) => ({ alpha: node.float('alpha', 1) }));
export const hardSigmoid = pointwise('hardSigmoid', (node) => ({
  alpha: node.float('alpha', 0.2),
  beta: node.float('beta', 0.5),
}));
export const silu = pointwise('silu');

export function gelu(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const approximate = node.string('approximate', 'none');
  if (value === null) return [];
  if (approximate === 'none') return opaque(node, value, 'gelu');
  if (approximate === 'tanh') return opaque(node, value, 'geluTanh');
  return node.fail('bad-attribute', `approximate is ${approximate}`);
}

/** x · sigmoid(alpha · x); with another alpha it is no function of the model. */
export function swish(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const alpha = node.float('alpha', 1);
  if (value === null) return [];
  return alpha === 1 ? opaque(node, value, 'silu') : node.unsupported(`alpha is ${alpha}`);
}

/** Before opset 13 the axes from `axis` on are taken as one; since then `axis` alone. */
export function softmax(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const stated = node.int('axis', node.opset < 13 ? 1 : -1);
  if (value === null) return [];
  const axis = node.axis(stated, value.axes.length);
  if (axis < 0) return [];
  const mixed = node.opset < 13 ? value.axes.slice(axis).flat() : value.axes[axis];
  if (!isWhole(mixed, 'c', node.shape(value))) {
    return node.unsupported('over an axis that is not the channels');
  }
  return opaque(node, value, 'softmax');
}
