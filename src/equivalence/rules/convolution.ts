/**
 * Convolutions and dense layers: rows of weights over columns.
 *
 * Theorems `convolution-linear`, `convolution-splits`, `dirac-convolution`: a channel is the sum over its
 * input channels and taps of weight times value, read at stride · p + offset; a row with a few weights is
 * written out, which makes a Dirac row the value itself.
 */
import type { Conv, Dense } from '../../model/layer.ts';
import type { Pair, Padding } from '../../model/shape.ts';
import { nothing, number, sum, type Constant } from '../constant.ts';
import { noPatches, type Form, type Part, type Rows } from '../form.ts';
import { exactly, one, times, type Scale } from '../scale.ts';
import {
  domain,
  intersect,
  preimage,
  wholeOf,
  type Domain,
  type Rect,
  type ShiftId,
} from '../shift.ts';
import { Tensor, type Context } from '../tensor.ts';
import { ConstantInputs, type ConstantInput } from './constant-inputs.ts';

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

interface Inputs {
  readonly rows: Rows;
  readonly constants: readonly (readonly ConstantInput[])[];
}

function readInputs(
  context: Context,
  input: Tensor,
  shape: { groups: number; outChannels: number; weights: Float32Array },
  { taps, to }: Geometry,
): Inputs {
  const perGroup = input.channels / shape.groups;
  const domains = { from: input.domain, to };
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
      for (let t = 0; t < taps.length; t++) {
        const { shift } = taps[t];
        if (shift < 0) continue;
        const at = group * length + i * taps.length + t;
        const own = context.interner.table.through(value, shift, domains);
        if (own !== null) columns[at] = context.interner.table.column(own.value, own.shift);
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

/** Where `findWeights` found them. */
const found = new Int32Array(sparse);

/** How many weights of a row are not zero and read a value; −1 where they are not few. */
function findWeights({ weights, length, rowsPerGroup, columns }: Rows, row: number): number {
  const start = row * length;
  const first = Math.floor(row / rowsPerGroup) * length;
  let count = 0;
  for (let k = 0; k < length; k++) {
    if (weights[start + k] === 0 || columns[first + k] < 0) continue;
    if (count === sparse) return -1;
    found[count++] = k;
  }
  return count;
}

/** The row written out, or null where it has more than a few weights. */
function writtenOut(context: Context, rows: Rows, row: number): readonly Part[] | null {
  const { weights, length, rowsPerGroup } = rows;
  const count = findWeights(rows, row);
  if (count < 0) return null;
  const group = Math.floor(row / rowsPerGroup);
  const { table } = context.interner;
  const parts: Part[] = [];
  const push = (column: number, scale: Scale): void => {
    if (column < 0) return;
    const value = table.columnValue(column);
    parts.push({ kind: 'value', value, shift: table.columnShift(column), scale });
  };
  for (let i = 0; i < count; i++) {
    const k = found[i];
    const weight = exactly(weights[row * length + k]);
    push(rows.columns[group * length + k], times(weight, rows.scales?.[group * length + k] ?? one));
  }
  return parts;
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
  const count = layer.outChannels;
  const supports = place.taps.map((tap) => tap.support);
  const fixed = constants.some((list) => list.length > 0)
    ? new ConstantInputs({ rows, count, names: context.interner.names }, supports, to)
    : null;
  const none = { constant: nothing, patches: noPatches };
  for (let row = 0; row < count; row++) {
    const { constant, patches } =
      fixed?.of(row, constants[Math.floor(row / rows.rowsPerGroup)]) ?? none;
    forms.push({
      parts: writtenOut(context, rows, row) ?? [{ kind: 'row', rows, row, scale: one }],
      constant: sum(constant, biasOf(layer.bias, row)),
      patches,
    });
  }
  const stride = { y: input.stride.y * window.strides.y, x: input.stride.x * window.strides.x };
  return Tensor.ofForms(context, { domain: domain(to.height, to.width), stride }, forms);
}
