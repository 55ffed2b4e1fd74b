/** Nodes that move values without changing them, and the arithmetic of shapes that feeds them. */
import { elements } from '../../model/shape.ts';
import { quote } from '../json.ts';
import { stridedCut, stridedSliceOfTensor } from './channels.ts';
import { integersOf, type GraphValue, type IntegerValue, type TensorValue } from './constants.ts';
import { attribute } from './graph.ts';
import type { NodeCall } from './node-call.ts';

type Translator = (call: NodeCall) => readonly GraphValue[];

export const identityNode: Translator = (call) => {
  const [value] = call.inputs;
  if (value === undefined) call.fail('missing-tensor', 'reads nothing');
  return call.inputs.slice(0, 1);
};

export const castNode: Translator = (call) => {
  const [value] = call.inputs;
  const target = attribute.type(call.node, 'DstT');
  const shapes = value?.kind === 'integers' && (target === 'DT_INT32' || target === 'DT_INT64');
  if (target !== 'DT_FLOAT' && !shapes) call.unsupported(`to ${quote(target)}`);
  if (!shapes) call.tensor();
  return identityNode(call);
};

function vector(tensor: number): TensorValue {
  return { kind: 'tensor', tensor, rank: 2 };
}

/** The tensor as one vector; of an image of one pixel nothing moves. */
function flatten(call: NodeCall, input: TensorValue): number {
  const { height, width } = call.shape(input);
  if (input.rank === 2 || (height === 1 && width === 1)) return input.tensor;
  const order = call.format === 'NHWC' ? 'hwc' : 'chw';
  return call.add({ kind: 'flatten', order }, [input.tensor]);
}

/** To a vector, to an image of one pixel, or to the shape it has. */
export const reshapeNode: Translator = (call) => {
  const input = call.tensor();
  const wanted = call.integers(1);
  const { channels, height, width } = call.shape(input);
  const count = elements({ channels, height, width });
  const [batch, ...sides] = wanted;
  const fail = (): readonly GraphValue[] => {
    call.unsupported(`shape ${quote(wanted)}`);
    return [input];
  };
  const open = wanted.filter((side) => side === -1).length;
  const known = sides.filter((side) => side !== -1).reduce((product, side) => product * side, 1);
  if (open > 1 || sides.some((side) => side < -1)) return fail();
  // −1 in front is the batch if what follows is one image; a free batch is one image.
  if (batch === -1 ? known !== count : batch !== (call.batch ?? 1)) return fail();
  const resolved = sides.map((side) => (side === -1 ? count / known : side));
  if (resolved.reduce((product, side) => product * side, 1) !== count) return fail();
  if (resolved.length === 1) return [vector(flatten(call, input))];
  const [a, b, c] = resolved;
  if (resolved.length !== 3) return fail();
  const own = call.format === 'NHWC' ? [height, width, channels] : [channels, height, width];
  if (input.rank === 4 && a === own[0] && b === own[1] && c === own[2]) return [input];
  const pixel = call.format === 'NHWC' ? a === 1 && b === 1 : b === 1 && c === 1;
  return pixel ? [{ kind: 'tensor', tensor: flatten(call, input), rank: 4 }] : fail();
};

export const squeezeNode: Translator = (call) => {
  const input = call.tensor();
  const named = attribute.numbers(call.node, 'squeeze_dims') ?? [];
  const dims = named.map((axis) => call.axis(axis, input.rank));
  const { height, width } = call.shape(input);
  const space = call.format === 'NHWC' ? [1, 2] : [2, 3];
  const both = dims.length === 2 && space.every((axis) => dims.includes(axis));
  // Without a list every axis of extent 1 goes, perhaps the batch or the channels too.
  if (input.rank !== 4 || !both) call.unsupported(`axes ${quote(named)}`);
  if (height !== 1 || width !== 1) call.fail('bad-shape', 'squeezes axes of more than one pixel');
  return [vector(input.tensor)];
};

export const transposeNode: Translator = (call) => {
  const input = call.tensor();
  const order = call.integers(1);
  const moves =
    order.length !== input.rank || order.some((axis, i) => call.axis(axis, input.rank) !== i);
  if (moves) call.unsupported(`order ${quote(order)}`);
  return [input];
};

function integers(values: readonly number[], shape: readonly number[]): IntegerValue {
  return { kind: 'integers', values, shape };
}

export const shapeNode: Translator = (call) => {
  const input = call.tensor();
  const { channels, height, width } = call.shape(input);
  const image = call.format === 'NHWC' ? [height, width, channels] : [channels, height, width];
  const sides = [call.batch ?? -1, ...(input.rank === 2 ? [channels] : image)];
  return [integers(sides, [sides.length])];
};

/** A list out of single whole numbers. */
export const packNode: Translator = (call) => {
  const lists = call.inputs.map((input) => {
    const scalar = input.kind !== 'tensor' && input.shape.length === 0;
    return scalar ? integersOf(input) : null;
  });
  const single = lists.flatMap((list) => list ?? []);
  if (lists.includes(null)) call.unsupported('anything but single whole numbers');
  return [integers(single, [single.length])];
};

/** Of a list of whole numbers: one of them, or a run. */
function stridedSliceOfIntegers(call: NodeCall, list: readonly number[]): IntegerValue {
  const [begin, end, step] = [1, 2, 3].map((index) => call.integer(index));
  const masked = (key: string): boolean => (attribute.number(call.node, key) ?? 0) !== 0;
  if (masked('ellipsis_mask') || masked('new_axis_mask')) call.unsupported('masks');
  if (step === 0) {
    call.fail('bad-attribute', 'a stride of 0');
    return integers([], [0]);
  }
  if (masked('shrink_axis_mask')) {
    const value = list.at(begin);
    if (value === undefined) call.fail('bad-shape', 'a slice outside the list');
    return integers([value ?? 0], []);
  }
  const slice = {
    begin: masked('begin_mask') ? null : begin,
    end: masked('end_mask') ? null : end,
    step,
  };
  const cut = stridedCut(slice, list.length);
  const values = Array.from({ length: cut.count }, (_, i) => list[cut.begin + i * cut.step]);
  return integers(values, [values.length]);
}

export const stridedSliceNode: Translator = (call) => {
  const [input] = call.inputs;
  const list = input === undefined ? null : integersOf(input);
  if (list !== null) return [stridedSliceOfIntegers(call, list)];
  return [stridedSliceOfTensor(call, call.tensor())];
};
