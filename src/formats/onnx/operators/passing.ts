/** Operators that pass their input on: Identity, Dropout at inference, Cast between float types. */
import { isFloat, type NodeReader, type Value } from '../node-reader.ts';

/** Dropout at inference passes its input on. */
export function dropout(node: NodeReader): readonly Value[] {
  node.ignore('ratio', 'seed');
  const value = node.input(0);
  if (!node.unread(1)) return node.unsupported('its mask is read');
  if (node.opset >= 12 && node.hasInput(2)) {
    const training = node.constantInput(2);
    if (training === null) return [];
    if (training.values.some((v) => v !== 0)) return node.unsupported('training mode');
  }
  return value === null ? [] : [value];
}

export function identity(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  return value === null ? [] : [value];
}

/** TensorProto.DataType of the float types; between them a computed tensor is taken as the real number it is. */
const floatTypes: ReadonlyMap<number, string> = new Map([
  [1, 'float'],
  [10, 'half'],
  [11, 'double'],
  [16, 'half'],
]);
const integerTypes: ReadonlySet<number> = new Set([6, 7]);

/**
 * Computed tensors are real numbers here, whatever precision a runtime keeps them in, so a Cast between
 * float types passes them on. Constants are rounded as the file says.
 */
export function cast(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const to = node.int('to', 0);
  node.ignore('saturate');
  if (value === null) return [];
  const float = floatTypes.get(to);
  if (value.kind === 'activation') {
    return float === undefined ? node.unsupported(`to element type ${to}`) : [value];
  }
  if (float === 'float') {
    if (isFloat(value)) return [{ ...value, type: 'float' }];
    if (value.values.some((v) => value.type === 'int' && !Number.isSafeInteger(v))) {
      return node.unsupported('of an integer that is not known');
    }
    if (!node.allocate(value.values.length)) return [];
    return [{ ...value, type: 'float', values: Float32Array.from(value.values) }];
  }
  if (integerTypes.has(to) && value.type === 'int') {
    const wraps = to === 6 && value.values.some((v) => Math.abs(v) >= 2 ** 31);
    return wraps ? node.unsupported('of an integer beyond 32 bits') : [value];
  }
  if (float === value.type) return [value];
  return node.unsupported(`of ${value.type} constants to element type ${to}`);
}
