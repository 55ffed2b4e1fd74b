/**
 * Layers that act on whole channels: sums, products by constants, batch norm, selections, products of
 * tensors. Theorems `batch-norm-affine`, `unit-batch-norm`, `fold-batch-norm`, `channel-permutation`.
 */
import { perChannel, type BatchNorm, type Elementwise, type Select } from '../../model/layer.ts';
import { sameShape } from '../../model/shape.ts';
import { isNumber, nothing, number, scaled, type Constant } from '../constant.ts';
import { noPatches, type Form, type Part } from '../form.ts';
import type { Point } from '../piecewise.ts';
import { batchNormScale, exactly, one, reciprocal, times, type Scale } from '../scale.ts';
import type { Domain } from '../shift.ts';
import type { Place } from '../table.ts';
import { Tensor, type Context } from '../tensor.ts';
import { addConstant, addForms, addNumber, negateForm, scaleForm } from './forms.ts';

function mapForms(
  context: Context,
  input: Tensor,
  change: (form: Form, channel: number) => Form,
): Tensor {
  const forms = Array.from({ length: input.channels }, (_, c) => change(input.form(c), c));
  return Tensor.ofForms(context, input.grid, forms);
}

export function batchNorm(context: Context, input: Tensor, layer: BatchNorm): Tensor {
  return mapForms(context, input, (form, c) => {
    const scale = batchNormScale(layer.scale[c], layer.variance[c], layer.epsilon);
    const centred = layer.mean[c] === 0 ? form : addConstant(form, number(-layer.mean[c]));
    return addNumber(scaleForm(centred, scale), layer.offset[c]);
  });
}

export function scale(
  context: Context,
  input: Tensor,
  layer: { readonly operation: 'multiply' | 'divide'; readonly factor: Float32Array },
): Tensor {
  return mapForms(context, input, (form, c) => {
    const factor = perChannel(layer.factor, c);
    return scaleForm(form, layer.operation === 'multiply' ? exactly(factor) : reciprocal(factor));
  });
}

export function translate(context: Context, input: Tensor, addend: Float32Array): Tensor {
  return mapForms(context, input, (form, c) => addNumber(form, perChannel(addend, c)));
}

export function select(context: Context, input: Tensor, layer: Select): Tensor {
  // A channel read twice must be one number, not two copies of its form.
  if (new Set(layer.channels).size < layer.channels.length) input.nameAll();
  const forms = Array.from(layer.channels, (c) => input.form(c));
  return Tensor.ofForms(context, input.grid, forms);
}

export function concat(context: Context, inputs: readonly Tensor[]): Tensor {
  const forms = inputs.flatMap((t) => Array.from({ length: t.channels }, (_, c) => t.form(c)));
  return Tensor.ofForms(context, inputs[0].grid, forms);
}

/** The channel read by a result on `to`, an axis of one pixel being repeated. */
function broadcastForm(context: Context, input: Tensor, channel: number, to: Domain): Form {
  if (sameShape(input.domain, to)) return input.form(channel);
  const { shifts } = context.interner.table;
  const point = input.point(channel);
  const stride = {
    y: input.domain.height === to.height ? 1 : 0,
    x: input.domain.width === to.width ? 1 : 0,
  };
  const shift = shifts.intern({ stride, offset: { y: 0, x: 0 }, guard: null }, input.domain, to);
  const term = context.interner.term(point, input.place(channel));
  const parts: readonly Part[] =
    term === null ? [] : [{ kind: 'value', value: term.value, shift, scale: term.scale }];
  return { parts, constant: point.constant, patches: noPatches };
}

function larger(a: Tensor, b: Tensor): Tensor {
  const area = (t: Tensor): number => t.domain.height * t.domain.width;
  return area(a) >= area(b) ? a : b;
}

export function elementwise(
  context: Context,
  [a, b]: readonly Tensor[],
  layer: Elementwise,
  shape: { readonly channels: number; readonly domain: Domain },
): Tensor {
  const grid = { domain: shape.domain, stride: larger(a, b).stride };
  const forms: Form[] = [];
  for (let c = 0; c < shape.channels; c++) {
    const left = broadcastForm(context, a, a.channels === 1 ? 0 : c, shape.domain);
    const right = broadcastForm(context, b, b.channels === 1 ? 0 : c, shape.domain);
    if (layer.kind === 'add') forms.push(addForms(left, right));
    else if (layer.kind === 'subtract') forms.push(addForms(left, negateForm(right)));
    else {
      const place = { ...grid, origin: { side: context.side, layer: context.layer, channel: c } };
      const p = context.interner.name(left, place);
      const q = context.interner.name(right, place);
      forms.push(product(context, p, q, place));
    }
  }
  return Tensor.ofForms(context, grid, forms);
}

/** (a·x + c)·(b·y + d), with x·y a value of its own. */
function product(context: Context, p: Point, q: Point, place: Place): Form {
  const parts: Part[] = [];
  const term = (value: number, scale: Scale): void => {
    if (scale.mid !== 0) parts.push({ kind: 'value', value, shift: 0, scale });
  };
  if (p.base !== -1 && q.base !== -1) {
    const swap = p.base > q.base;
    const [x, y] = swap ? [q.base, p.base] : [p.base, q.base];
    const plain = (value: number): { value: number; slope: Scale; constant: Constant } => ({
      value,
      slope: one,
      constant: nothing,
    });
    const definition = { kind: 'product', factors: [x, y] } as const;
    const id = context.interner.atoms.of('product', [plain(x), plain(y)], definition, place);
    term(id, times(p.slope, q.slope));
  }
  const cross = (point: Point, constant: Constant): void => {
    if (point.base === -1 || constant === nothing) return;
    term(point.base, times(point.slope, fromConstant(constant)));
  };
  cross(p, q.constant);
  cross(q, p.constant);
  return { parts, constant: productOf(p.constant, q.constant), patches: noPatches };
}

function fromConstant(constant: Constant): Scale {
  if (isNumber(constant)) return exactly(constant.mid);
  const relative = constant.mid === 0 ? 0 : constant.error / Math.abs(constant.mid);
  return { mid: constant.mid, roundings: Math.ceil(relative * 2 ** 53), key: null };
}

function productOf(a: Constant, b: Constant): Constant {
  if (a === nothing || b === nothing) return nothing;
  return scaled(a, fromConstant(b));
}
