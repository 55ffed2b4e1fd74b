/** Concat: of tensors along their channels, of constants along any axis. */
import { isWhole, sameAxis, whole } from '../axes.ts';
import { elementCount, type Constant } from '../constant.ts';
import { emptyLike } from '../fold.ts';
import type { NodeReader, Value } from '../node-reader.ts';

export function concat(node: NodeReader): readonly Value[] {
  const values: Value[] = [];
  for (let i = 0; i < node.inputCount; i++) {
    const value = node.input(i);
    if (value === null) return [];
    values.push(value);
  }
  const first = values.at(0);
  if (first === undefined) return node.fail('missing-tensor', 'it has no input');
  if (!node.has('axis')) return node.fail('bad-attribute', 'axis is missing');
  const axis = node.axis(
    node.int('axis', 0),
    first.kind === 'constant' ? first.dims.length : first.axes.length,
  );
  if (axis < 0) return [];
  const constants = values.filter((v) => v.kind === 'constant');
  const tensors = values.filter((v) => v.kind === 'activation');
  if (constants.length === values.length) return joinedConstants(node, constants, axis);
  if (constants.length > 0) return node.unsupported('of tensors and constants');
  const alike = tensors.every(
    (t) =>
      t.axes.length === tensors[0].axes.length &&
      isWhole(t.axes[axis], 'c', node.shape(t)) &&
      t.axes.every((a, i) => i === axis || sameAxis(a, tensors[0].axes[i])),
  );
  if (!alike) return node.unsupported(`axis ${axis} is not the channels of all inputs`);
  const tensor = node.add({ kind: 'concat', inputs: tensors.map((t) => t.tensor) });
  const channels = tensors.reduce((sum, t) => sum + node.shape(t).channels, 0);
  const axes = tensors[0].axes.map((a, i) => (i === axis ? whole('c', channels) : a));
  return [{ kind: 'activation', tensor, axes }];
}

function joinedConstants(
  node: NodeReader,
  parts: readonly Constant[],
  axis: number,
): readonly Value[] {
  const { dims, type } = parts[0];
  const fits = parts.every(
    (p) =>
      p.type === type &&
      p.dims.length === dims.length &&
      p.dims.every((d, i) => i === axis || d === dims[i]),
  );
  if (!fits) return node.fail('bad-shape', 'its constants do not fit');
  const total = parts.reduce((sum, p) => sum + p.dims[axis], 0);
  const joined = dims.with(axis, total);
  const count = elementCount(joined);
  if (Number.isNaN(count) || !node.allocate(count)) return node.fail('too-large', 'its result');
  const outer = elementCount(dims.slice(0, axis));
  const out = emptyLike(parts[0], count);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const { values } of parts) {
      const run = values.length / outer;
      out.set(values.subarray(o * run, (o + 1) * run), at);
      at += run;
    }
  }
  return [{ kind: 'constant', type, dims: joined, values: out }];
}
