/** Split, Slice, Gather: chosen channels of tensors, chosen positions along any axis of constants. */
import { extentOf, isWhole, whole, type Activation } from '../axes.ts';
import { elementCount, type Constant } from '../constant.ts';
import { emptyLike } from '../fold.ts';
import type { NodeReader, Value } from '../node-reader.ts';

/** Chosen positions along an axis of a constant. */
function taken(
  node: NodeReader,
  constant: Constant,
  axis: number,
  positions: Int32Array,
): Constant | null {
  const { dims, values } = constant;
  const inner = elementCount(dims.slice(axis + 1));
  const outer = elementCount(dims.slice(0, axis));
  const length = outer * positions.length * inner;
  if (!node.allocate(length)) return null;
  const out = emptyLike(constant, length);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const position of positions) {
      const from = (o * dims[axis] + position) * inner;
      for (let i = 0; i < inner; i++) out[at++] = values[from + i];
    }
  }
  return { ...constant, dims: dims.with(axis, positions.length), values: out };
}

/** Chosen channels; null after a failure where the axis is not the channels. */
function selected(
  node: NodeReader,
  value: Activation,
  axis: number,
  positions: Int32Array,
): Activation | null {
  const shape = node.shape(value);
  if (!isWhole(value.axes[axis], 'c', shape)) {
    node.unsupported(`axis ${axis} is not the channels`);
    return null;
  }
  const tensor = node.add({ kind: 'select', inputs: [value.tensor], channels: positions });
  const axes = value.axes.map((other, i) => (i === axis ? whole('c', positions.length) : other));
  return { ...value, tensor, axes };
}

function pick(node: NodeReader, value: Value, axis: number, positions: Int32Array): Value | null {
  return value.kind === 'constant'
    ? taken(node, value, axis, positions)
    : selected(node, value, axis, positions);
}

function rankOf(value: Value): number {
  return value.kind === 'constant' ? value.dims.length : value.axes.length;
}

function extentAt(value: Value, axis: number): number {
  return value.kind === 'constant' ? value.dims[axis] : extentOf(value.axes[axis]);
}

function range(start: number, count: number, step: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => start + i * step);
}

/** Sizes are an attribute before opset 13, an input since; from opset 18 their number may stand for them. */
function splitSizes(node: NodeReader, extent: number): readonly number[] | null {
  const outputs = node.proto.outputs.length;
  const stated = node.opset < 13 ? node.ints('split') : node.hasInput(1) ? node.integers(1) : null;
  const parts = node.opset >= 18 ? node.int('num_outputs', outputs) : outputs;
  if (node.opset >= 13 && node.hasInput(1) && stated === null) return null;
  if (stated !== null) {
    const fits = stated.every((s) => s >= 1) && stated.reduce((a, b) => a + b, 0) === extent;
    if (fits && stated.length === outputs) return stated;
    node.fail('bad-shape', `parts of ${stated.slice(0, 8).join(', ')} out of ${extent}`);
    return null;
  }
  const size = Math.ceil(extent / parts);
  const last = extent - size * (parts - 1);
  const even = last === size || (node.opset >= 18 && last >= 1);
  if (parts === outputs && parts >= 1 && even) {
    return Array.from({ length: parts }, (_, i) => (i === parts - 1 ? last : size));
  }
  node.fail('bad-shape', `${parts} equal parts out of ${extent}`);
  return null;
}

export function split(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const stated = node.int('axis', 0);
  if (value === null) return [];
  const axis = node.axis(stated, rankOf(value));
  if (axis < 0) return [];
  const sizes = splitSizes(node, extentAt(value, axis));
  if (sizes === null || !node.allocate(extentAt(value, axis))) return [];
  const parts: Value[] = [];
  let start = 0;
  for (const size of sizes) {
    const part = pick(node, value, axis, range(start, size, 1));
    if (part === null) return [];
    parts.push(part);
    start += size;
  }
  return parts;
}

interface Slicing {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps: readonly number[];
}

/** Attributes before opset 10, inputs since. */
function slicing(node: NodeReader, rank: number): Slicing | null {
  const old = node.opset < 10;
  const starts = old ? node.ints('starts') : node.integers(1);
  const ends = old ? node.ints('ends') : node.integers(2);
  if (starts === null || ends === null) {
    node.fail('bad-attribute', 'starts or ends are missing');
    return null;
  }
  const all = starts.map((_, i) => i);
  const axes = (old ? node.ints('axes') : node.hasInput(3) ? node.integers(3) : all) ?? all;
  const steps = old || !node.hasInput(4) ? starts.map(() => 1) : node.integers(4);
  const same =
    ends.length === starts.length && axes.length === starts.length && steps?.length === axes.length;
  if (steps === null || !same || [starts, ends, steps].flat().some(Number.isNaN)) {
    node.fail('bad-attribute', 'starts, ends, axes and steps do not fit');
    return null;
  }
  return { starts, ends, axes: axes.map((a) => node.axis(a, rank)), steps };
}

/** As numpy slices: negative positions count from the end, what lies outside is cut off. */
function slicePositions(
  extent: number,
  start: number,
  end: number,
  step: number,
): [number, number] {
  const clamp = (p: number, low: number, high: number): number =>
    Math.min(Math.max(p < 0 ? p + extent : p, low), high);
  const [from, to] =
    step > 0
      ? [clamp(start, 0, extent), clamp(end, 0, extent)]
      : [clamp(start, 0, extent - 1), clamp(end, -1, extent - 1)];
  return [from, Math.max(0, Math.ceil((to - from) / step))];
}

export function slice(node: NodeReader): readonly Value[] {
  let value = node.input(0);
  if (value === null) return [];
  const sliced = slicing(node, rankOf(value));
  if (sliced === null || sliced.axes.includes(-1)) return [];
  for (const [i, axis] of sliced.axes.entries()) {
    const step = sliced.steps[i];
    if (step === 0) return node.fail('bad-attribute', 'a step of 0');
    const extent: number = extentAt(value, axis);
    const [from, count] = slicePositions(extent, sliced.starts[i], sliced.ends[i], step);
    const everything = from === 0 && count === extent && step === 1;
    if (everything) continue;
    if (count === 0) return node.fail('bad-shape', `nothing is left of axis ${axis}`);
    if (!node.allocate(count)) return [];
    const next = pick(node, value, axis, range(from, count, step));
    if (next === null) return [];
    value = next;
  }
  return [value];
}

export function gather(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const indices = node.constantInput(1);
  const stated = node.int('axis', 0);
  if (value === null || indices === null) return [];
  const axis = node.axis(stated, rankOf(value));
  if (axis < 0) return [];
  if (indices.type !== 'int') return node.fail('bad-value', 'indices are no integers');
  const extent = extentAt(value, axis);
  if (!node.allocate(indices.values.length)) return [];
  const positions = new Int32Array(indices.values.length);
  for (let i = 0; i < positions.length; i++) {
    const index = indices.values[i];
    if (!(index >= -extent && index < extent)) {
      return node.fail('bad-value', `index ${index} of ${extent}`);
    }
    positions[i] = index < 0 ? index + extent : index;
  }
  const found = pick(node, value, axis, positions);
  if (found === null) return [];
  if (found.kind === 'constant') {
    const dims = [...found.dims.slice(0, axis), ...indices.dims, ...found.dims.slice(axis + 1)];
    return [{ ...found, dims }];
  }
  if (indices.dims.length === 1) return [found];
  if (indices.dims.length === 0) return [{ ...found, axes: found.axes.toSpliced(axis, 1) }];
  return node.unsupported(`indices of ${indices.dims.length} axes`);
}
