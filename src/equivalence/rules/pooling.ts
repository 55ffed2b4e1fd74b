/**
 * Average pools, padding and flattening: sums of readings of single channels.
 *
 * An average pool is linear, with the divisor the layer states; where the divisor changes near the border
 * the readings carry guards.
 */
import type { AveragePool, Flatten, Pad } from '../../model/layer.ts';
import { isPadded, sameShape, type Pair } from '../../model/shape.ts';
import { nothing, number, scaled, sum } from '../constant.ts';
import { patchesOf, type Patch } from '../border.ts';
import { noPatches, zeroForm, type Form, type Part } from '../form.ts';
import { meanPixelwise } from '../pixelwise.ts';
import { constantPoint, type Point } from '../piecewise.ts';
import { reciprocal, times, type Scale } from '../scale.ts';
import {
  intersect,
  isEmpty,
  preimage,
  sameRect,
  wholeOf,
  type Domain,
  type Rect,
} from '../shift.ts';
import { Tensor, type Context } from '../tensor.ts';

const unitStride: Pair = { y: 1, x: 1 };

/** Runs of output positions along one axis that see the same number of input pixels. */
function runs(
  count: number,
  seen: (position: number) => number,
): readonly { from: number; to: number; seen: number }[] {
  const found: { from: number; to: number; seen: number }[] = [];
  for (let p = 0; p < count; p++) {
    const here = seen(p);
    const last = found[found.length - 1];
    if (last !== undefined && last.seen === here) last.to = p + 1;
    else found.push({ from: p, to: p + 1, seen: here });
  }
  return found;
}

/** A tap of an average pool, read only in `rect`, worth `weight`. */
interface WeightedTap {
  readonly offset: Pair;
  readonly rect: Rect;
  readonly weight: Scale;
}

function averageTaps(layer: AveragePool, from: Domain, to: Domain): readonly WeightedTap[] {
  const { kernel, strides, pads, countIncludePad } = layer;
  const seenAlong = (stride: number, pad: number, size: number, window: number) => (p: number) => {
    if (countIncludePad) return window;
    const start = p * stride - pad;
    return Math.min(start + window, size) - Math.max(start, 0);
  };
  const rows = runs(to.height, seenAlong(strides.y, pads.top, from.height, kernel.y));
  const columns = runs(to.width, seenAlong(strides.x, pads.left, from.width, kernel.x));
  const taps: WeightedTap[] = [];
  for (const r of rows) {
    for (const c of columns) {
      const rect = { top: r.from, left: c.from, bottom: r.to, right: c.to };
      const weight = reciprocal(r.seen * c.seen);
      for (let y = 0; y < kernel.y; y++) {
        for (let x = 0; x < kernel.x; x++) {
          taps.push({ offset: { y: y - pads.top, x: x - pads.left }, rect, weight });
        }
      }
    }
  }
  return taps;
}

export function averagePool(
  context: Context,
  input: Tensor,
  layer: AveragePool,
  to: Domain,
): Tensor {
  const { kernel, pads, strides } = layer;
  const { domain: from } = input;
  if (!isPadded(pads) && kernel.y === from.height && kernel.x === from.width) {
    return globalAverage(context, input, to);
  }
  const { shifts } = context.interner.table;
  const whole = wholeOf(to);
  const taps = averageTaps(layer, from, to).map((tap) => {
    const guard = sameRect(tap.rect, whole) ? null : tap.rect;
    const shift = shifts.intern({ stride: strides, offset: tap.offset, guard }, from, to);
    const support = intersect(tap.rect, preimage(strides, tap.offset, wholeOf(from)));
    return { ...tap, shift, support: intersect(whole, support) };
  });
  const forms: Form[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const source = input.point(channel);
    const parts: Part[] = [];
    const term = context.interner.term(source, input.place(channel));
    for (const { shift, weight } of term === null ? [] : taps) {
      if (shift < 0 || term === null) continue;
      const read = context.interner.table.through(term.value, shift, { from, to });
      if (read !== null) parts.push({ kind: 'value', ...read, scale: times(term.scale, weight) });
    }
    let constant = nothing;
    const patches: Patch[] = [];
    if (source.constant !== nothing && !layer.countIncludePad) constant = source.constant;
    else if (source.constant !== nothing) {
      for (const { support, weight } of taps) {
        if (isEmpty(support)) continue;
        const part = scaled(source.constant, weight);
        if (sameRect(support, whole)) constant = sum(constant, part);
        else patches.push({ rect: support, constant: part });
      }
    }
    forms.push({ parts, constant, patches: patchesOf(patches) });
  }
  const stride = { y: input.stride.y * strides.y, x: input.stride.x * strides.x };
  return Tensor.ofForms(context, { domain: to, stride }, forms);
}

/** Mean over the domain: a named value for each value read, spelled out pixel by pixel on demand. */
export function globalAverage(context: Context, input: Tensor, to: Domain): Tensor {
  const { domain: from } = input;
  if (sameShape(from, to)) return input;
  const forms: Form[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const point = input.point(channel);
    const place = input.place(channel);
    const constant = meanPixelwise(context.interner.table, point);
    if (constant !== null) {
      forms.push({ ...zeroForm, constant });
      continue;
    }
    const term = context.interner.term(point, place);
    const parts: Part[] = [];
    if (term !== null) {
      const mean = context.interner.readings.mean(term.value, from, to, place.origin);
      parts.push({ kind: 'value', value: mean, shift: 0, scale: term.scale });
    }
    forms.push({ parts, constant: point.constant, patches: noPatches });
  }
  return Tensor.ofForms(context, { domain: to, stride: input.stride }, forms);
}

/** What of a rectangle is not inside, as rectangles that do not overlap. */
function around(inside: Rect, { top, left, bottom, right }: Rect): readonly Rect[] {
  return [
    { top, left, bottom: inside.top, right },
    { top: inside.bottom, left, bottom, right },
    { top: inside.top, left, bottom: inside.bottom, right: inside.left },
    { top: inside.top, left: inside.right, bottom: inside.bottom, right },
  ].filter((rect) => !isEmpty(rect));
}

/** A larger or smaller domain; new pixels hold the layer's value. */
export function pad(context: Context, input: Tensor, layer: Pad, to: Domain): Tensor {
  const { top, left } = layer.pads;
  const { shifts } = context.interner.table;
  const offset = { y: -top, x: -left };
  const shift = shifts.intern({ stride: unitStride, offset, guard: null }, input.domain, to);
  const inside = intersect(wholeOf(to), preimage(unitStride, offset, wholeOf(input.domain)));
  const value = number(layer.value);
  const whole = wholeOf(to);
  const outside = isEmpty(inside) ? [whole] : around(inside, whole);
  const forms: Form[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const point = input.point(channel);
    const term = context.interner.term(point, input.place(channel));
    const read =
      term === null || shift < 0
        ? null
        : context.interner.table.through(term.value, shift, { from: input.domain, to });
    const parts: readonly Part[] =
      term === null || read === null ? [] : [{ kind: 'value', ...read, scale: term.scale }];
    const constants: readonly Patch[] = [
      { rect: inside, constant: point.constant },
      ...outside.map((rect) => ({ rect, constant: value })),
    ];
    const there = constants.filter((p) => p.constant !== nothing && !isEmpty(p.rect));
    const everywhere = there.find(({ rect }) => sameRect(rect, whole));
    forms.push(
      everywhere === undefined
        ? { parts, constant: nothing, patches: patchesOf(there) }
        : { parts, constant: everywhere.constant, patches: noPatches },
    );
  }
  return Tensor.ofForms(context, { domain: to, stride: input.stride }, forms);
}

/** Every pixel of every channel a channel of its own. */
export function flatten(context: Context, input: Tensor, layer: Flatten, to: Domain): Tensor {
  const { height, width } = input.domain;
  if (height === 1 && width === 1) return input;
  const { shifts } = context.interner.table;
  const points: Point[] = new Array<Point>(input.channels * height * width);
  const grid = { domain: to, stride: input.stride };
  const at = (channel: number, y: number, x: number): number =>
    layer.order === 'chw'
      ? (channel * height + y) * width + x
      : (y * width + x) * input.channels + channel;
  for (let channel = 0; channel < input.channels; channel++) {
    const point = input.point(channel);
    const term = context.interner.term(point, input.place(channel));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const offset = { y, x };
        const shift = shifts.intern({ stride: unitStride, offset, guard: null }, input.domain, to);
        const index = at(channel, y, x);
        const parts: readonly Part[] =
          term === null ? [] : [{ kind: 'value', value: term.value, shift, scale: term.scale }];
        const origin = { side: context.side, layer: context.layer, channel: index };
        points[index] =
          parts.length === 0
            ? constantPoint(point.constant)
            : context.interner.point(
                { parts, constant: point.constant, patches: noPatches },
                { ...grid, origin },
              );
      }
    }
  }
  return Tensor.ofPoints(context, grid, points);
}
