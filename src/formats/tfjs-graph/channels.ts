/** Joining and taking apart along the channels: ConcatV2, Split, Slice, StridedSlice, GatherV2. */
import { quote } from '../json.ts';
import type { GraphValue, TensorValue } from './constants.ts';
import { attribute } from './graph.ts';
import type { NodeCall } from './node-call.ts';

type Translator = (call: NodeCall) => readonly GraphValue[];

function select(
  call: NodeCall,
  input: TensorValue,
  channels: Int32Array,
  part?: string,
): TensorValue {
  return { ...input, tensor: call.add({ kind: 'select', channels }, [input.tensor], part) };
}

function range(start: number, count: number, step = 1): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => start + i * step);
}

function needChannelAxis(call: NodeCall, axis: number, rank: 2 | 4): void {
  if (call.axis(axis, rank) !== call.channelAxis(rank))
    call.unsupported(`along axis ${quote(axis)}`);
}

export const concatNode: Translator = (call) => {
  const tensors = call.inputs.slice(0, -1).map((_, index) => call.tensor(index));
  const [first] = tensors;
  if (first === undefined) {
    call.fail('missing-tensor', 'joins nothing');
    return [];
  }
  needChannelAxis(call, call.integer(-1), first.rank);
  if (tensors.some((tensor) => tensor.rank !== first.rank)) call.unsupported('images with vectors');
  const inputs = tensors.map((tensor) => tensor.tensor);
  return [{ ...first, tensor: call.add({ kind: 'concat' }, inputs) }];
};

function split(
  call: NodeCall,
  input: TensorValue,
  sizes: readonly number[],
): readonly GraphValue[] {
  const { channels } = call.shape(input);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.some((size) => size < 1) || total !== channels) {
    call.fail('bad-shape', `${channels} channels do not split into ${quote(sizes)}`);
    return [];
  }
  let start = 0;
  return sizes.map((size, index) => {
    start += size;
    return select(call, input, range(start - size, size), index === 0 ? undefined : String(index));
  });
}

export const splitNode: Translator = (call) => {
  const input = call.tensor(1);
  needChannelAxis(call, call.integer(0), input.rank);
  const count = attribute.number(call.node, 'num_split') ?? 0;
  const { channels } = call.shape(input);
  if (!Number.isSafeInteger(count) || count < 1 || channels % count !== 0) {
    call.fail('bad-attribute', `num_split ${count} of ${channels} channels`);
    return [];
  }
  return split(call, input, Array<number>(count).fill(channels / count));
};

export const splitVNode: Translator = (call) => {
  const input = call.tensor();
  needChannelAxis(call, call.integer(2), input.rank);
  const sizes = call.integers(1);
  const known = sizes.filter((size) => size !== -1).reduce((sum, size) => sum + size, 0);
  const rest = call.shape(input).channels - known;
  return split(
    call,
    input,
    sizes.map((size) => (size === -1 ? rest : size)),
  );
};

/** Extents of the tensor's axes in the file's order, the batch unknown. */
function extents(call: NodeCall, input: TensorValue): readonly (number | null)[] {
  const { channels, height, width } = call.shape(input);
  if (input.rank === 2) return [call.batch, channels];
  return call.format === 'NHWC'
    ? [call.batch, height, width, channels]
    : [call.batch, channels, height, width];
}

interface Cut {
  readonly begin: number;
  readonly count: number;
  readonly step: number;
}

/** One cut per axis, null for the whole axis: only the channels may be cut. */
function cutChannels(
  call: NodeCall,
  input: TensorValue,
  cuts: readonly (Cut | null)[],
): TensorValue {
  const axis = call.channelAxis(input.rank);
  if (cuts.length > input.rank || cuts.some((cut, i) => cut !== null && i !== axis)) {
    call.unsupported('a slice of anything but channels');
  }
  const cut = cuts[axis] ?? null;
  if (cut === null) return input;
  const last = cut.begin + (cut.count - 1) * cut.step;
  const { channels } = call.shape(input);
  if (cut.count < 1 || Math.min(cut.begin, last) < 0 || Math.max(cut.begin, last) >= channels) {
    call.fail('bad-shape', `a slice outside the ${channels} channels`);
    return input;
  }
  return select(call, input, range(cut.begin, cut.count, cut.step));
}

export const sliceNode: Translator = (call) => {
  const input = call.tensor();
  const begins = call.integers(1);
  const sizes = call.integers(2);
  if (begins.length !== input.rank || sizes.length !== input.rank) {
    call.fail('bad-shape', 'the slice does not name every axis');
    return [input];
  }
  const cuts = extents(call, input).map((extent, i): Cut | null => {
    const rest = extent === null ? -1 : extent - begins[i];
    const count = sizes[i] === -1 ? rest : sizes[i];
    return begins[i] === 0 && count === (extent ?? -1)
      ? null
      : { begin: begins[i], count, step: 1 };
  });
  return [cutChannels(call, input, cuts)];
};

/** Where one axis of a strided slice starts and how many it takes; the rules are Python's. */
export function stridedCut(
  slice: { readonly begin: number | null; readonly end: number | null; readonly step: number },
  extent: number,
): Cut {
  const { step } = slice;
  const clamp = (index: number): number => {
    const fromStart = index < 0 ? index + extent : index;
    return step > 0
      ? Math.min(Math.max(fromStart, 0), extent)
      : Math.min(Math.max(fromStart, -1), extent - 1);
  };
  const begin = slice.begin === null ? (step > 0 ? 0 : extent - 1) : clamp(slice.begin);
  const end = slice.end === null ? (step > 0 ? extent : -1) : clamp(slice.end);
  return { begin, count: Math.max(0, Math.ceil((end - begin) / step)), step };
}

export function stridedSliceOfTensor(call: NodeCall, input: TensorValue): TensorValue {
  const [begins, ends, steps] = [1, 2, 3].map((index) => call.integers(index));
  const mask = (key: string): number => attribute.number(call.node, key) ?? 0;
  for (const key of ['ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask']) {
    if (mask(key) !== 0) call.unsupported(key);
  }
  const fits = ends.length === begins.length && steps.length === begins.length;
  if (!fits || begins.length > input.rank || steps.includes(0)) {
    call.fail('bad-attribute', 'begin, end and strides do not fit');
    return input;
  }
  const sides = extents(call, input);
  const cuts = begins.map((begin, i): Cut | null => {
    const slice = {
      begin: mask('begin_mask') & (1 << i) ? null : begin,
      end: mask('end_mask') & (1 << i) ? null : ends[i],
      step: steps[i],
    };
    const extent = sides[i];
    const whole = slice.begin === null && slice.end === null && slice.step === 1;
    if (whole || extent === null) return whole ? null : { begin: 0, count: 0, step: 1 };
    const cut = stridedCut(slice, extent);
    return cut.begin === 0 && cut.count === extent && cut.step === 1 ? null : cut;
  });
  return cutChannels(call, input, cuts);
}

export const gatherNode: Translator = (call) => {
  const input = call.tensor();
  needChannelAxis(call, call.integer(2), input.rank);
  if ((attribute.number(call.node, 'batch_dims') ?? 0) !== 0) call.unsupported('batch_dims');
  if (call.inputs[1]?.kind !== 'tensor' && call.inputs[1]?.shape.length !== 1) {
    call.unsupported('indices that are no list');
  }
  return [select(call, input, Int32Array.from(call.integers(1)))];
};
