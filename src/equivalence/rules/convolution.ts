/**
 * Convolutions and dense layers: rows of weights over columns.
 *
 * Theorems `convolution-linear`, `convolution-splits`, `dirac-convolution`: a channel is the sum over its
 * input channels and taps of weight times value, read at stride · p + offset; a row with a few weights is
 * written out, which makes a Dirac row the value itself.
 */
import type { Conv, Dense } from '../../model/layer.ts';
import type { Pair, Padding } from '../../model/shape.ts';
import {
  exactSum,
  isNumber,
  measured,
  nothing,
  number,
  scaled,
  sum,
  type Constant,
} from '../constant.ts';
import {
  noPatches,
  type ColumnId,
  type Form,
  type Part,
  type Patch,
  type Rows,
  type ValueId,
} from '../form.ts';
import { addsExactly, exactly, multipliesExactly, one, times, type Scale } from '../scale.ts';
import {
  domain,
  holdsMiddle,
  intersect,
  isEmpty,
  preimage,
  sameRect,
  wholeOf,
  type Domain,
  type Rect,
  type ShiftId,
} from '../shift.ts';
import { Tensor, type Context } from '../tensor.ts';
import { roundoff } from '../ulps.ts';

/** Rows with at most this many weights are written out value by value. */
const sparse = 4;

interface Tap {
  readonly shift: ShiftId;
  /** Output positions at which the tap reads inside the input's domain. */
  readonly support: Rect;
}

interface Geometry {
  readonly from: Domain;
  readonly to: Domain;
  readonly taps: readonly Tap[];
}

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

function geometry(context: Context, from: Domain, to: Domain, window: Window): Geometry {
  const { shifts } = context.interner.table;
  const taps: Tap[] = [];
  for (let y = 0; y < window.kernel.y; y++) {
    for (let x = 0; x < window.kernel.x; x++) {
      const offset = {
        y: y * window.dilations.y - window.pads.top,
        x: x * window.dilations.x - window.pads.left,
      };
      const shift = shifts.intern({ stride: window.strides, offset, guard: null }, from, to);
      const support = intersect(wholeOf(to), preimage(window.strides, offset, wholeOf(from)));
      taps.push({ shift, support });
    }
  }
  return { from, to, taps };
}

/** A constant input channel of a group, by its place among the group's input channels. */
interface ConstantInput {
  readonly index: number;
  readonly constant: Constant;
}

interface Inputs {
  readonly rows: Rows;
  readonly constants: readonly (readonly ConstantInput[])[];
}

/** The column of a value at a tap; a value that is itself a reading is read through. */
function columnThrough(
  context: Context,
  value: ValueId,
  tap: ShiftId,
  { from, to }: { from: Domain; to: Domain },
): ColumnId {
  const { table } = context.interner;
  const reading = table.reading(value);
  if (reading === null) return table.column(value, tap);
  const inner = table.get(reading.value).domain;
  const shift = table.shifts.compose(tap, reading.shift, { from: inner, middle: from, to });
  return shift < 0 ? -1 : table.column(reading.value, shift);
}

function readInputs(
  context: Context,
  input: Tensor,
  shape: { groups: number; outChannels: number; weights: Float32Array },
  { taps, to }: Geometry,
): Inputs {
  const perGroup = input.channels / shape.groups;
  const length = perGroup * taps.length;
  const columns = new Int32Array(shape.groups * length).fill(-1);
  let scales: Scale[] | null = null;
  const constants: ConstantInput[][] = [];
  for (let group = 0; group < shape.groups; group++) {
    const fixed: ConstantInput[] = [];
    for (let i = 0; i < perGroup; i++) {
      const channel = group * perGroup + i;
      const point = input.point(channel);
      if (point.constant !== nothing) fixed.push({ index: i, constant: point.constant });
      const term = context.interner.term(point, input.place(channel));
      if (term === null) continue;
      const { value, scale } = term;
      for (const [t, tap] of taps.entries()) {
        if (tap.shift < 0) continue;
        const at = group * length + i * taps.length + t;
        columns[at] = columnThrough(context, value, tap.shift, { from: input.domain, to });
        if (scale !== one && scales === null) scales = new Array<Scale>(columns.length).fill(one);
        if (scales !== null) scales[at] = scale;
      }
    }
    constants.push(fixed);
  }
  const rowsPerGroup = shape.outChannels / shape.groups;
  const rows: Rows = {
    weights: shape.weights,
    length,
    rowsPerGroup,
    columns,
    scales,
  };
  return { rows, constants };
}

/** The row written out, or null where it has more than a few weights. */
function writtenOut(context: Context, rows: Rows, row: number): readonly Part[] | null {
  const { weights, length, rowsPerGroup } = rows;
  const group = Math.floor(row / rowsPerGroup);
  const { table } = context.interner;
  const found: number[] = [];
  for (let k = 0; k < length; k++) {
    if (weights[row * length + k] === 0) continue;
    if (found.length === sparse) return null;
    found.push(k);
  }
  const parts: Part[] = [];
  const push = (column: number, scale: Scale): void => {
    if (column < 0) return;
    const value = table.columnValue(column);
    parts.push({ kind: 'value', value, shift: table.columnShift(column), scale });
  };
  for (const k of found) {
    const weight = exactly(weights[row * length + k]);
    push(rows.columns[group * length + k], times(weight, rows.scales?.[group * length + k] ?? one));
  }
  return parts;
}

/** Σ over the constant inputs of weight times constant, at one tap; exact where it can be. */
function constantAt(
  weights: Float32Array,
  start: number,
  inputs: readonly ConstantInput[],
  step: number,
): Constant {
  let terms = 0;
  let exact = true;
  let mid = 0;
  let magnitude = 0;
  let error = 0;
  for (const { index, constant } of inputs) {
    const weight = weights[start + index * step];
    if (weight === 0) continue;
    terms += 1;
    const product = weight * constant.mid;
    exact &&=
      isNumber(constant) && multipliesExactly(weight, constant.mid) && addsExactly(mid, product);
    mid += product;
    magnitude += Math.abs(weight) * constant.magnitude;
    error += Math.abs(weight) * constant.error;
  }
  if (exact) return exactSum(mid, magnitude);
  if (terms > sparse) return measured(mid, magnitude, error + (terms + 2) * roundoff * magnitude);
  return inputs.reduce((total, { index, constant }) => {
    const weight = weights[start + index * step];
    return weight === 0 ? total : sum(total, scaled(constant, exactly(weight)));
  }, nothing);
}

/** What constants of the input channels become: one constant, and patches where padding cuts them. */
function constantsOf(
  weights: Float32Array,
  start: number,
  inputs: readonly ConstantInput[],
  { taps, to }: Geometry,
): { constant: Constant; patches: readonly Patch[] } {
  let constant = nothing;
  const patches: Patch[] = [];
  const whole = wholeOf(to);
  for (const [t, { support }] of taps.entries()) {
    if (isEmpty(support)) continue;
    const here = constantAt(weights, start + t, inputs, taps.length);
    if (here === nothing) continue;
    if (holdsMiddle(support, whole)) constant = sum(constant, here);
    if (!sameRect(support, whole)) patches.push({ rect: support, constant: here });
  }
  return { constant, patches };
}

function biasOf(bias: Float32Array | null, row: number): Constant {
  return bias === null ? nothing : number(bias[row]);
}

export function convolve(context: Context, input: Tensor, layer: Conv | Dense, to: Domain): Tensor {
  const window: Window =
    layer.kind === 'conv'
      ? layer
      : {
          kernel: { y: 1, x: 1 },
          strides: { y: 1, x: 1 },
          dilations: { y: 1, x: 1 },
          pads: { top: 0, left: 0, bottom: 0, right: 0 },
        };
  const groups = layer.kind === 'conv' ? layer.groups : 1;
  const shape = { groups, outChannels: layer.outChannels, weights: layer.weight };
  const place = geometry(context, input.domain, to, window);
  const { rows, constants } = readInputs(context, input, shape, place);
  const forms: Form[] = [];
  for (let row = 0; row < layer.outChannels; row++) {
    const fixed = constants[Math.floor(row / rows.rowsPerGroup)];
    const { constant, patches } =
      fixed.length === 0
        ? { constant: nothing, patches: noPatches }
        : constantsOf(layer.weight, row * rows.length, fixed, place);
    forms.push({
      parts: writtenOut(context, rows, row) ?? [{ kind: 'row', rows, row, scale: one }],
      constant: sum(constant, biasOf(layer.bias, row)),
      patches,
    });
  }
  const stride = { y: input.stride.y * window.strides.y, x: input.stride.x * window.strides.x };
  return Tensor.ofForms(context, { domain: domain(to.height, to.width), stride }, forms);
}
