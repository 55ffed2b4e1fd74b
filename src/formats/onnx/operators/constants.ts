/** Constant and ConstantOfShape. */
import { constantOf, elementCount, integers, type Constant } from '../constant.ts';
import type { NodeReader, Value } from '../node-reader.ts';

function floats(values: readonly number[], dims: readonly number[]): Constant {
  return { kind: 'constant', type: 'float', dims, values: Float32Array.from(values) };
}

export function constant(node: NodeReader): readonly Value[] {
  const tensor = node.tensor('value');
  if (tensor !== null) {
    if (tensor.external !== null) return node.unsupported('its value is in another file');
    const value = constantOf(tensor, null);
    return value.ok ? [value.value] : node.fail(value.failure.code, value.failure.reason);
  }
  const list = node.floatList('value_floats');
  if (list !== null) return [floats(list, [list.length])];
  const whole = node.ints('value_ints');
  if (whole !== null) return [integers(whole, [whole.length])];
  if (node.has('value_float')) return [floats([node.float('value_float', 0)], [])];
  if (node.has('value_int')) return [integers([node.int('value_int', 0)], [])];
  return node.unsupported('it has no dense value');
}

/** Filled with one value, float32 zero where none is stated. */
export function constantOfShape(node: NodeReader): readonly Value[] {
  const dims = node.integers(0);
  const tensor = node.tensor('value');
  if (dims === null) return [];
  const stated = tensor === null ? null : constantOf(tensor, null);
  if (stated !== null && !stated.ok) return node.fail(stated.failure.code, stated.failure.reason);
  const fill = stated?.value ?? floats([0], [1]);
  const count = elementCount(dims);
  if (Number.isNaN(count)) return node.fail('bad-shape', `impossible shape ${dims.join('×')}`);
  if (fill.values.length !== 1) return node.fail('bad-value', 'its value is no single element');
  if (!node.allocate(count)) return [];
  const values =
    fill.values instanceof Float32Array ? new Float32Array(count) : new Float64Array(count);
  return [{ ...fill, dims, values: values.fill(fill.values[0]) }];
}
