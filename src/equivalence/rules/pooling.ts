/**
 * Pools, padding and flattening: readings of single channels.
 *
 * An average pool is linear, with the divisor the layer states; where the divisor changes near the border
 * the readings carry guards. A maximum pool is an atom; it commutes with adding a constant and with a
 * positive factor (theorem `max-pool-homogeneous`), and on values that are never negative a zero outside
 * the domain reads like nothing at all (theorem `max-pool-zero-padding`).
 */
import type { AveragePool, Flatten, MaxPool, Pad } from '../../model/layer.ts';
import { isPadded, sameShape, type Pair } from '../../model/shape.ts';
import { negated, nothing, number, scaled, sum } from '../constant.ts';
import { noPatches, type Form, type Part, type Patch, type ValueId } from '../form.ts';
import { constantPoint, type Point } from '../piecewise.ts';
import { one, reciprocal, times, exactly, type Scale } from '../scale.ts';
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
import { formOf } from '../value.ts';

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
  const middle = { y: Math.floor(to.height / 2), x: Math.floor(to.width / 2) };
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
    for (const { value, scale } of context.interner.terms(source, input.place(channel))) {
      for (const { shift, weight } of taps) {
        if (shift >= 0) parts.push({ kind: 'value', value, shift, scale: times(scale, weight) });
      }
    }
    let constant = nothing;
    const patches: Patch[] = [];
    if (source.constant !== nothing && !layer.countIncludePad) constant = source.constant;
    else if (source.constant !== nothing) {
      for (const { support, weight } of taps) {
        if (isEmpty(support)) continue;
        const part = scaled(source.constant, weight);
        const { top, left, bottom, right } = support;
        const inside = middle.y >= top && middle.y < bottom && middle.x >= left && middle.x < right;
        if (inside) constant = sum(constant, part);
        if (!sameRect(support, whole)) patches.push({ rect: support, constant: part });
      }
    }
    forms.push({ parts, constant, patches });
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
    const parts = context.interner
      .terms(point, input.place(channel))
      .map(({ value, scale }): Part => {
        const mean = context.interner.mean(value, from, to, input.place(channel).origin);
        return { kind: 'value', value: mean, shift: 0, scale };
      });
    forms.push({ parts, constant: point.constant, patches: noPatches });
  }
  return Tensor.ofForms(context, { domain: to, stride: input.stride }, forms);
}

interface PoolArgument {
  readonly value: ValueId;
  readonly domain: Domain;
  /** Where the first window starts. */
  readonly offset: Pair;
}

/** Reads through a value that is another one moved, where that is never negative and so is padded by zero. */
function throughMoves(
  context: Context,
  value: ValueId,
  layer: MaxPool,
  sign: number,
): PoolArgument {
  const { table, ranges } = context.interner;
  const own = table.get(value);
  const start: PoolArgument = {
    value,
    domain: own.domain,
    offset: { y: -layer.pads.top, x: -layer.pads.left },
  };
  const form = own.definition.kind === 'linear' ? formOf(own) : null;
  if (form === null || form.parts.length !== 1 || form.patches.length > 0 || sign < 0) return start;
  const [part] = form.parts;
  if (part.kind !== 'value' || part.scale !== one) return start;
  const { stride, offset, guard } = table.shifts.get(part.shift);
  const inner = table.get(part.value);
  const { lower } = ranges.of(part.value);
  // A crop hides pixels, so only a domain that wholly contains the inner one may be read through.
  const contains =
    offset.y <= 0 &&
    offset.x <= 0 &&
    own.domain.height + offset.y >= inner.domain.height &&
    own.domain.width + offset.x >= inner.domain.width;
  if (guard !== null || stride.y !== 1 || stride.x !== 1 || !(lower >= 0) || !contains)
    return start;
  return {
    value: part.value,
    domain: inner.domain,
    offset: { y: start.offset.y + offset.y, x: start.offset.x + offset.x },
  };
}

/** Whether every window has a pixel of the domain in it. */
function everyWindowSees(layer: MaxPool, argument: PoolArgument, to: Domain): boolean {
  const sees = (
    count: number,
    stride: number,
    offset: number,
    dilation: number,
    kernel: number,
    size: number,
  ): boolean => {
    for (let p = 0; p < count; p++) {
      let seen = false;
      for (let t = 0; t < kernel && !seen; t++) {
        const at = p * stride + offset + t * dilation;
        seen = at >= 0 && at < size;
      }
      if (!seen) return false;
    }
    return true;
  };
  const { strides, dilations, kernel } = layer;
  const { offset, domain } = argument;
  return (
    sees(to.height, strides.y, offset.y, dilations.y, kernel.y, domain.height) &&
    sees(to.width, strides.x, offset.x, dilations.x, kernel.x, domain.width)
  );
}

export function maxPool(context: Context, input: Tensor, layer: MaxPool, to: Domain): Tensor {
  const { atoms } = context.interner;
  const stride = { y: input.stride.y * layer.strides.y, x: input.stride.x * layer.strides.x };
  const grid = { domain: to, stride };
  const points: Point[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const named = input.named(channel);
    if (named.base === -1) {
      points.push(named);
      continue;
    }
    const sign = Math.sign(named.slope.mid);
    const moved = throughMoves(context, named.base, layer, sign);
    const still = throughMoves(context, named.base, layer, -1);
    const argument = everyWindowSees(layer, moved, to) ? moved : still;
    const { kernel, strides, dilations } = layer;
    const name = `maxPool ${sign} ${kernel.y},${kernel.x} ${strides.y},${strides.x} ${dilations.y},${dilations.x} ${argument.offset.y},${argument.offset.x}`;
    const origin = { side: context.side, layer: context.layer, channel };
    const id = atoms.of(
      name,
      [{ value: argument.value, slope: one, constant: nothing }],
      { kind: 'maxPool', argument: argument.value, sign },
      { ...grid, origin },
    );
    // max of c·x is |c| times the max of ±x.
    const scale = sign < 0 ? times(named.slope, exactly(-1)) : named.slope;
    points.push({
      base: id,
      slope: scale,
      constant: named.constant,
      kinks: [],
      range: named.range,
    });
  }
  return Tensor.ofPoints(context, grid, points);
}

/** A larger or smaller domain; new pixels hold the layer's value. */
export function pad(context: Context, input: Tensor, layer: Pad, to: Domain): Tensor {
  const { top, left } = layer.pads;
  const { shifts } = context.interner.table;
  const offset = { y: -top, x: -left };
  const shift = shifts.intern({ stride: unitStride, offset, guard: null }, input.domain, to);
  const inside = intersect(wholeOf(to), preimage(unitStride, offset, wholeOf(input.domain)));
  const value = number(layer.value);
  const middle = { y: Math.floor(to.height / 2), x: Math.floor(to.width / 2) };
  const middleInside =
    middle.y >= inside.top &&
    middle.y < inside.bottom &&
    middle.x >= inside.left &&
    middle.x < inside.right;
  const forms: Form[] = [];
  for (let channel = 0; channel < input.channels; channel++) {
    const point = input.point(channel);
    const parts = context.interner
      .terms(point, input.place(channel))
      .filter(() => shift >= 0)
      .map((term): Part => ({ kind: 'value', value: term.value, shift, scale: term.scale }));
    // value outside, the channel's constant inside: value everywhere plus the difference inside.
    const difference = sum(point.constant, negated(value));
    const constant = middleInside ? point.constant : value;
    const cut = difference !== nothing && !sameRect(inside, wholeOf(to)) && !isEmpty(inside);
    const patches = cut ? [{ rect: inside, constant: difference }] : noPatches;
    forms.push({ parts, constant, patches });
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
    const terms = context.interner.terms(point, input.place(channel));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const offset = { y, x };
        const shift = shifts.intern({ stride: unitStride, offset, guard: null }, input.domain, to);
        const index = at(channel, y, x);
        const parts = terms.map((term): Part => ({
          kind: 'value',
          value: term.value,
          shift,
          scale: term.scale,
        }));
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
