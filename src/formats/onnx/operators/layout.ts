/** Transpose, Reshape, Flatten, Squeeze, Unsqueeze, Shape: how a tensor lies, not what is in it. */
import { elements } from '../../../model/shape.ts';
import {
  extentAlong,
  extentOf,
  isFree,
  isWhole,
  liesAs,
  regrouped,
  sameAxis,
  whole,
  type Activation,
  type Axis,
} from '../axes.ts';
import { batchExtent, elementCount, integers, type Constant } from '../constant.ts';
import { emptyLike, forEachOffset } from '../fold.ts';
import type { NodeReader, Value } from '../node-reader.ts';

/** The source channel of each position along an axis made of all channels, permuted. */
function channelOrder(axis: Axis): Int32Array {
  const order = new Int32Array(extentOf(axis));
  let repeat = order.length;
  for (const { size, stride } of axis) {
    repeat /= size;
    for (let i = 0; i < order.length; i++) order[i] += (Math.floor(i / repeat) % size) * stride;
  }
  return order;
}

/** The axis that all channels, rows and columns make together, in one of the two usual orders. */
function flattened(value: Activation, node: NodeReader, order: 'chw' | 'hwc'): Axis {
  const shape = node.shape(value);
  const labels = order === 'chw' ? (['c', 'h', 'w'] as const) : (['h', 'w', 'c'] as const);
  return labels.flatMap((label) => whole(label, extentAlong(shape, label)));
}

/**
 * Adds the layer that a change of order within an axis amounts to: a permutation of channels, or a
 * flattening. Other orders are kept as they are; whoever cannot read them says so.
 */
function settle(node: NodeReader, value: Activation): Activation {
  const shape = node.shape(value);
  for (const [i, axis] of value.axes.entries()) {
    if (isWhole(axis, 'c', shape)) continue;
    const replaced = (tensor: number, channels: number): Activation => ({
      ...value,
      tensor,
      axes: value.axes.map((other, k) => (k === i ? whole('c', channels) : other)),
    });
    const channelsOnly = axis.every((f) => f.label === 'c') && axis.length > 1;
    if (channelsOnly && extentOf(axis) === shape.channels) {
      if (!node.allocate(shape.channels)) return value;
      const channels = channelOrder(axis);
      return replaced(
        node.add({ kind: 'select', inputs: [value.tensor], channels }),
        shape.channels,
      );
    }
    // In a vector every axis but the batch is features; elsewhere rows joined with columns may part again.
    const features = value.axes.length === 2 || axis.some((f) => f.label === 'c');
    if (!features) continue;
    for (const order of ['chw', 'hwc'] as const) {
      if (axis.length === 0 || !sameAxis(axis, flattened(value, node, order))) continue;
      const tensor = node.add({ kind: 'flatten', inputs: [value.tensor], order });
      return replaced(tensor, elements(shape));
    }
  }
  return value;
}

function permutation(node: NodeReader, rank: number): readonly number[] | null {
  const perm = node.ints('perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  const complete = perm.length === rank && new Set(perm).size === rank;
  if (complete && perm.every((p) => p >= 0 && p < rank)) return perm;
  node.fail('bad-attribute', `perm is ${perm.slice(0, 8).join(', ')} for ${rank} axes`);
  return null;
}

export function transpose(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  if (value === null) return [];
  const perm = permutation(node, value.kind === 'constant' ? value.dims.length : value.axes.length);
  if (perm === null) return [];
  if (value.kind === 'activation') return [{ ...value, axes: perm.map((p) => value.axes[p]) }];
  return transposed(node, value, perm);
}

function transposed(
  node: NodeReader,
  constant: Constant,
  perm: readonly number[],
): readonly Value[] {
  const { dims, values } = constant;
  const moved = perm.map((p) => dims[p]);
  const swapped = moved.filter((d) => d !== 1);
  const kept = dims.filter((d) => d !== 1);
  // Nothing moves in memory where only axes of extent 1 change places.
  const order = perm.filter((p) => dims[p] !== 1);
  if (order.every((p, i) => i === 0 || order[i - 1] < p) && swapped.length === kept.length) {
    return [{ ...constant, dims: moved }];
  }
  if (!node.allocate(values.length)) return [];
  const step = dims.map((_, i) => elementCount(dims.slice(i + 1)));
  const out = emptyLike(constant, values.length);
  const strides = perm.map((p) => step[p]);
  forEachOffset(moved, [strides, strides], (at, from) => {
    out[at] = values[from];
  });
  return [{ ...constant, dims: moved, values: out }];
}

/** Extents with 0 (copy) and −1 (the rest) resolved against one image; null where they do not fit. */
function resolveExtents(
  wanted: readonly number[],
  current: readonly number[],
  allowZero: boolean,
): readonly number[] | null {
  const copied = wanted.map((d, i) => (d === 0 && !allowZero ? (current[i] ?? 0) : d));
  const product = (of: readonly number[]): number =>
    of.reduce((p, d) => p * (Number.isNaN(d) ? 1 : d), 1);
  const total = product(current);
  const open = copied.filter((d) => d === -1).length;
  const known = product(copied.filter((d) => d !== -1));
  if (open > 1 || copied.some((d) => d < -1)) return null;
  if (open === 0) return known === total ? copied : null;
  if (known === 0 || total % known !== 0) return null;
  return copied.map((d) => (d === -1 ? total / known : d));
}

/** The extents of a value; a free batch is NaN. */
function extentsOf(value: Value): readonly number[] {
  if (value.kind === 'constant') return value.dims;
  return value.axes.map((axis) => (axis.some(isFree) ? batchExtent : extentOf(axis)));
}

function reshaped(
  node: NodeReader,
  value: Value,
  wanted: readonly number[],
  zero = false,
): readonly Value[] {
  const current = extentsOf(value);
  const extents = resolveExtents(wanted, current, zero);
  const say = (dims: readonly number[]): string =>
    dims
      .slice(0, 8)
      .map((d) => (Number.isNaN(d) ? 'N' : d))
      .join('×');
  if (extents === null) {
    return node.fail('bad-shape', `${say(current)} does not fit ${say(wanted)}`);
  }
  if (value.kind === 'constant') return [{ ...value, dims: extents }];
  const axes = regrouped(value.axes, extents);
  if (axes === null) return node.unsupported(`${say(current)} to ${say(wanted)} mixes axes`);
  return [settle(node, { ...value, axes })];
}

export function reshape(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const wanted = node.integers(1);
  const allowZero = node.opset >= 14 && node.int('allowzero', 0) !== 0;
  if (value === null || wanted === null) return [];
  return reshaped(node, value, wanted, allowZero);
}

/** Two axes: those before `axis` and those from it on. */
export function flatten(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const stated = node.int('axis', 1);
  if (value === null) return [];
  const current = extentsOf(value);
  const axis = stated === current.length ? stated : node.axis(stated, current.length);
  if (axis < 0) return [];
  const before = current.slice(0, axis);
  const after = current.slice(axis);
  const extent = (of: readonly number[]): number =>
    of.some((d) => Number.isNaN(d) && of.length === 1)
      ? batchExtent
      : of.reduce((p, d) => p * (Number.isNaN(d) ? 1 : d), 1);
  return reshaped(node, value, [extent(before), extent(after)], true);
}

/** The axes of Squeeze and Unsqueeze: an attribute before opset 13, an input since. */
function namedAxes(node: NodeReader): readonly number[] | null | undefined {
  if (node.opset < 13) return node.ints('axes') ?? undefined;
  return node.hasInput(1) ? node.integers(1) : undefined;
}

export function squeeze(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const named = namedAxes(node);
  if (value === null || named === null) return [];
  const extents = extentsOf(value);
  const axes =
    named?.map((a) => node.axis(a, extents.length)) ??
    [...extents.keys()].filter((i) => extents[i] === 1);
  if (axes.includes(-1)) return [];
  if (axes.some((i) => extents[i] !== 1))
    return node.fail('bad-shape', 'an axis is not of extent 1');
  const gone = new Set(axes);
  if (value.kind === 'constant') {
    return [{ ...value, dims: value.dims.filter((_, i) => !gone.has(i)) }];
  }
  return [settle(node, { ...value, axes: value.axes.filter((_, i) => !gone.has(i)) })];
}

export function unsqueeze(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const named = namedAxes(node);
  if (value === null || named === null) return [];
  if (named === undefined) return node.fail('bad-attribute', 'axes are missing');
  const rest = value.kind === 'constant' ? value.dims.length : value.axes.length;
  const rank = rest + named.length;
  const added = new Set(named.map((a) => node.axis(a, rank)));
  if (added.has(-1)) return [];
  if (added.size !== named.length) return node.fail('bad-attribute', 'an axis is named twice');
  const widened = <T>(old: readonly T[], one: T): readonly T[] => {
    let next = 0;
    return Array.from({ length: rank }, (_, i) => (added.has(i) ? one : old[next++]));
  };
  return value.kind === 'constant'
    ? [{ ...value, dims: widened(value.dims, 1) }]
    : [{ ...value, axes: widened<Axis>(value.axes, []) }];
}

export function shapeOf(node: NodeReader): readonly Value[] {
  const value = node.input(0);
  const start = node.opset < 15 ? 0 : node.int('start', 0);
  const end = node.opset < 15 || !node.has('end') ? undefined : node.int('end', 0);
  if (value === null) return [];
  const extents = extentsOf(value).slice(start, end);
  return [integers(extents, [extents.length])];
}

/** The vector a rank-2 tensor is; null after recording a failure. */
export function vectorInput(node: NodeReader, value: Activation): Activation | null {
  if (liesAs(value, ['n', 'c'], node.shape(value))) return value;
  const settled = settle(node, value);
  if (liesAs(settled, ['n', 'c'], node.shape(settled))) return settled;
  node.unsupported('its input does not lie as batch, features');
  return null;
}
