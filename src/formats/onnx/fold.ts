/**
 * Arithmetic on constants: expressions of weights, and of shapes, that are known when the file is read.
 *
 * float32 expressions are computed in float32, as the file says and as every runtime that folds does; a
 * sum, product, quotient or square root of float32 computed in float64 and rounded once is the float32
 * result. What a runtime would compute in half precision is not computed here.
 */
import { elementCount, type Constant } from './constant.ts';
import type { NodeReader, Value } from './node-reader.ts';

export type BinaryName = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Min' | 'Max';

function apply(name: BinaryName, x: number, y: number, integer: boolean): number {
  switch (name) {
    case 'Add':
      return x + y;
    case 'Sub':
      return x - y;
    case 'Mul':
      return x * y;
    case 'Div':
      return integer ? Math.trunc(x / y) : x / y;
    case 'Min':
      return Math.min(x, y);
    case 'Max':
      return Math.max(x, y);
  }
}

/** Row-major steps of a tensor broadcast to `dims`; 0 along an axis that is repeated. */
function steps(from: readonly number[], dims: readonly number[]): readonly number[] {
  const out = dims.map(() => 0);
  let step = 1;
  for (let i = from.length - 1; i >= 0; i--) {
    const axis = i + dims.length - from.length;
    out[axis] = from[i] === 1 ? 0 : step;
    step *= from[i];
  }
  return out;
}

/** Calls back with the offsets into two tensors for every element of the result, in order. */
export function forEachOffset(
  dims: readonly number[],
  strides: readonly [readonly number[], readonly number[]],
  visit: (at: number, a: number, b: number) => void,
): void {
  const count = elementCount(dims);
  const index = dims.map(() => 0);
  let [a, b] = [0, 0];
  for (let at = 0; at < count; at++) {
    visit(at, a, b);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      a += strides[0][axis];
      b += strides[1][axis];
      if (++index[axis] < dims[axis]) break;
      a -= strides[0][axis] * dims[axis];
      b -= strides[1][axis] * dims[axis];
      index[axis] = 0;
    }
  }
}

/** The shape two constants broadcast to, null where they do not fit. */
function broadcastDims(a: readonly number[], b: readonly number[]): readonly number[] | null {
  const rank = Math.max(a.length, b.length);
  const dims: number[] = [];
  for (let i = 0; i < rank; i++) {
    const [x, y] = [a[i - (rank - a.length)] ?? 1, b[i - (rank - b.length)] ?? 1];
    if (x !== y && x !== 1 && y !== 1) return null;
    dims.push(x === 1 ? y : x);
  }
  return dims;
}

/** A fresh array of the constant's own element type. */
export function emptyLike(constant: Constant, length: number): Constant['values'] {
  return constant.values instanceof Float32Array
    ? new Float32Array(length)
    : new Float64Array(length);
}

/** Records a failure and gives false where the constant cannot be computed with. */
function computable(node: NodeReader, constant: Constant): boolean {
  if (constant.type === 'half') {
    node.unsupported('half-precision weights are computed with');
    return false;
  }
  if (constant.type !== 'int') return true;
  for (const value of constant.values) {
    if (Number.isSafeInteger(value)) continue;
    const what = Number.isNaN(value) ? 'the free batch extent' : String(value);
    node.unsupported(`${what} is computed with`);
    return false;
  }
  return true;
}

export function foldBinary(
  node: NodeReader,
  name: BinaryName,
  [a, b]: readonly [Constant, Constant],
): readonly Value[] {
  if (a.type !== b.type) return node.fail('bad-value', `${a.type} and ${b.type} operands`);
  if (!computable(node, a) || !computable(node, b)) return [];
  const dims = broadcastDims(a.dims, b.dims);
  if (dims === null) {
    return node.fail('bad-shape', `${a.dims.join('×')} and ${b.dims.join('×')} do not broadcast`);
  }
  const count = elementCount(dims);
  if (Number.isNaN(count) || !node.allocate(count)) return node.fail('too-large', 'its result');
  const integer = a.type === 'int';
  if (integer && name === 'Div' && b.values.includes(0))
    return node.fail('bad-value', 'divides by 0');
  const values = emptyLike(a, count);
  forEachOffset(dims, [steps(a.dims, dims), steps(b.dims, dims)], (at, i, j) => {
    values[at] = apply(name, a.values[i], b.values[j], integer);
  });
  return [{ kind: 'constant', type: a.type, dims, values }];
}

export type UnaryName = 'Sqrt' | 'Neg';

export function foldUnary(node: NodeReader, name: UnaryName, a: Constant): readonly Value[] {
  if (!computable(node, a)) return [];
  if (name === 'Sqrt' && a.type === 'int') return node.fail('bad-value', 'an integer root');
  if (!node.allocate(a.values.length)) return [];
  const values = emptyLike(a, a.values.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = name === 'Sqrt' ? Math.sqrt(a.values[i]) : -a.values[i];
  }
  return [{ ...a, values }];
}
