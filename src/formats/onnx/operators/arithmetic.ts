/** Add, Sub, Mul, Div, Sum, Neg, Sqrt, Min, Max: of tensors, of a tensor and a constant, of constants. */
import { broadcastAxes, perChannel, type PerChannel } from '../broadcast.ts';
import type { Activation } from '../axes.ts';
import type { Constant } from '../constant.ts';
import { foldBinary, foldUnary, type BinaryName, type UnaryName } from '../fold.ts';
import { isFloat, type NodeReader, type Value } from '../node-reader.ts';

const minusOne = Float32Array.of(-1);

/** The constant as one value or one per channel; a failure of the node where it is neither. */
export function channelConstant(
  node: NodeReader,
  constant: Constant,
  value: Activation,
): PerChannel | null {
  if (!isFloat(constant)) {
    node.fail('bad-value', `a constant of ${constant.type} values where floats are needed`);
    return null;
  }
  const found = perChannel(constant, value, node.shape(value));
  if (found === null) {
    node.unsupported(`a constant of shape ${constant.dims.join('×')} is not one value per channel`);
  }
  return found;
}

function negated(values: Float32Array): Float32Array {
  return values.map((v) => -v);
}

function withConstant(
  node: NodeReader,
  name: BinaryName,
  value: Activation,
  constant: Constant,
  constantFirst: boolean,
): readonly Value[] {
  const found = channelConstant(node, constant, value);
  if (found === null) return [];
  const { values, axes } = found;
  const inputs = [value.tensor];
  const placed: Activation = { ...value, axes };
  switch (name) {
    case 'Add':
      return node.same(placed, { kind: 'translate', inputs, addend: values });
    case 'Sub': {
      if (!constantFirst) {
        if (!node.allocate(values.length)) return [];
        return node.same(placed, { kind: 'translate', inputs, addend: negated(values) });
      }
      const tensor = node.add({ kind: 'scale', inputs, operation: 'multiply', factor: minusOne });
      return node.same(placed, { kind: 'translate', inputs: [tensor], addend: values });
    }
    case 'Mul':
      return node.same(placed, { kind: 'scale', inputs, operation: 'multiply', factor: values });
    case 'Div':
      if (constantFirst) return node.unsupported('a constant divided by a tensor');
      return node.same(placed, { kind: 'scale', inputs, operation: 'divide', factor: values });
    case 'Min':
    case 'Max':
      return bounded(node, placed, name, values);
  }
}

function bounded(
  node: NodeReader,
  value: Activation,
  name: 'Min' | 'Max',
  bound: Float32Array,
): readonly Value[] {
  const inputs = [value.tensor];
  const none = Float32Array.of(name === 'Max' ? Infinity : -Infinity);
  const bounds = name === 'Max' ? { lower: bound, upper: none } : { lower: none, upper: bound };
  return node.same(value, { kind: 'clip', inputs, ...bounds });
}

/** Min(Max(x, l), u) as one clip: inputs x, l, u. Where l > u at some channel the two stay apart. */
export function clipBetween(node: NodeReader): readonly Value[] {
  const value = node.activation(0);
  const [low, high] = [node.floats(1), node.floats(2)];
  if (value === null || low === null || high === null) return [];
  const below = channelConstant(node, low, value);
  if (below === null) return [];
  const placed: Activation = { ...value, axes: below.axes };
  const above = channelConstant(node, high, placed);
  if (above === null) return [];
  const [lower, upper] = [below.values, above.values];
  const count = Math.max(lower.length, upper.length);
  for (let i = 0; i < count; i++) {
    if (!(lower[i % lower.length] > upper[i % upper.length])) continue;
    const [raised] = bounded(node, placed, 'Max', lower);
    return raised.kind === 'activation' ? bounded(node, raised, 'Min', upper) : [];
  }
  const result: Activation = { ...value, axes: above.axes };
  return node.same(result, { kind: 'clip', inputs: [value.tensor], lower, upper });
}

const kinds = { Add: 'add', Sub: 'subtract', Mul: 'multiply' } as const;

function ofTensors(
  node: NodeReader,
  name: BinaryName,
  a: Activation,
  b: Activation,
): readonly Value[] {
  const kind = name === 'Add' || name === 'Sub' || name === 'Mul' ? kinds[name] : null;
  if (kind === null) return node.unsupported('of two computed tensors');
  const axes = broadcastAxes(a, b);
  if (axes === null) return node.unsupported('its tensors lie differently');
  const tensor = node.add({ kind, inputs: [a.tensor, b.tensor] });
  return [{ kind: 'activation', tensor, axes }];
}

function combine(node: NodeReader, name: BinaryName, a: Value, b: Value): readonly Value[] {
  if (a.kind === 'constant' && b.kind === 'constant') return foldBinary(node, name, [a, b]);
  if (a.kind === 'constant')
    return b.kind === 'constant' ? [] : withConstant(node, name, b, a, true);
  return b.kind === 'constant'
    ? withConstant(node, name, a, b, false)
    : ofTensors(node, name, a, b);
}

export function binary(
  name: 'Add' | 'Sub' | 'Mul' | 'Div',
): (node: NodeReader) => readonly Value[] {
  return (node) => {
    const [a, b] = [node.input(0), node.input(1)];
    return a === null || b === null ? [] : combine(node, name, a, b);
  };
}

/** Sum, Min and Max take any number of operands; constants come together first. */
export function variadic(name: 'Add' | 'Min' | 'Max'): (node: NodeReader) => readonly Value[] {
  return (node) => {
    let result: Value | null = node.input(0);
    for (let i = 1; i < node.inputCount && result !== null; i++) {
      const next = node.input(i);
      result = next === null ? null : (combine(node, name, result, next)[0] ?? null);
    }
    return result === null ? [] : [result];
  };
}

export function unary(name: UnaryName): (node: NodeReader) => readonly Value[] {
  return (node) => {
    const value = node.input(0);
    if (value === null) return [];
    if (value.kind === 'constant') return foldUnary(node, name, value);
    if (name === 'Sqrt') return node.unsupported('of a computed tensor');
    const spec = { kind: 'scale', operation: 'multiply', factor: minusOne } as const;
    return node.same(value, { ...spec, inputs: [value.tensor] });
  };
}
