/**
 * A linear branch as one map from the tensor it starts from: what a convolution is, less its spelling.
 *
 * y[o](p) = bias[o] + Σ_i Σ_t weight[o,i,t] · x[i](p·strides + offset(t)), for p in the domain of y, with x zero
 * outside its own. Taps stand at offsets in arithmetic progression along each axis; a convolution's padding is
 * the first offset, its dilation the step. Diagonal maps (the identity, a batch norm) have as many groups as
 * channels and cost one coefficient each. All coefficients are float64 and rounded once, later.
 */
import type { Pair, Shape } from '../model/shape.ts';
import type { ChannelAffine } from './pointwise.ts';

/** Offsets first, first + step, …; `count` of them. */
export interface TapAxis {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

export interface Stencil {
  readonly inChannels: number;
  readonly groups: number;
  readonly y: TapAxis;
  readonly x: TapAxis;
  /** Of no meaning along an axis on which `shape` has one pixel. */
  readonly strides: Pair;
  /** O × I/groups × y.count × x.count, groups as in `Conv`. */
  readonly weight: Float64Array;
  readonly bias: Float64Array;
  /** Domain and channels of the result. */
  readonly shape: Shape;
}

export interface Refused {
  readonly ok: false;
  readonly reason: string;
  /** Whether a bias is in the way, and nothing else as far as could be seen. */
  readonly isBias: boolean;
}

export type StencilResult = { readonly ok: true; readonly stencil: Stencil } | Refused;

export function refused(reason: string): Refused {
  return { ok: false, reason, isBias: false };
}

export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

const here: TapAxis = { first: 0, step: 1, count: 1 };

export function identityStencil(shape: Shape): Stencil {
  const { channels } = shape;
  return {
    inChannels: channels,
    groups: channels,
    ...{ y: here, x: here, strides: { y: 1, x: 1 } },
    weight: new Float64Array(channels).fill(1),
    bias: new Float64Array(channels),
    shape,
  };
}

/** The offsets of both, and what lies between them on their common grid. */
export function hull(a: TapAxis, b: TapAxis): TapAxis {
  const first = Math.min(a.first, b.first);
  const reach = (axis: TapAxis): number => axis.first + (axis.count - 1) * axis.step;
  const last = Math.max(reach(a), reach(b));
  const steps = [a, b].map(({ step, count }) => (count > 1 ? step : 0));
  const step = gcd(Math.abs(a.first - b.first), gcd(steps[0], steps[1]));
  return step === 0 ? { ...here, first } : { first, step, count: (last - first) / step + 1 };
}

/** For each tap of `inner` its number among those of `outer`, both axes together. */
function tapNumbers(inner: Stencil, outer: { readonly y: TapAxis; readonly x: TapAxis }): number[] {
  const along = (from: TapAxis, to: TapAxis): number[] =>
    Array.from({ length: from.count }, (_, t) => (from.first + t * from.step - to.first) / to.step);
  const columns = along(inner.x, outer.x);
  return along(inner.y, outer.y).flatMap((row) => columns.map((c) => row * outer.x.count + c));
}

/**
 * Adds `sign` times the coefficients of `part` to `weight`, whose rows start at row `firstRow` and have the
 * groups and taps of `frame`. The groups of `frame` divide those of `part`.
 */
function accumulate(
  weight: Float64Array,
  frame: {
    readonly y: TapAxis;
    readonly x: TapAxis;
    readonly groups: number;
    readonly rows: number;
  },
  part: Stencil,
  { firstRow, sign }: { readonly firstRow: number; readonly sign: 1 | -1 },
): void {
  const numbers = tapNumbers(part, frame);
  const taps = frame.y.count * frame.x.count;
  const inputs = part.inChannels / frame.groups;
  const own = part.inChannels / part.groups;
  const { channels } = part.shape;
  for (let o = 0, at = 0; o < channels; o++) {
    const block = Math.floor((firstRow + o) / (frame.rows / frame.groups));
    const first = Math.floor(o / (channels / part.groups)) * own - block * inputs;
    for (let i = first; i < first + own; i++) {
      const to = ((firstRow + o) * inputs + i) * taps;
      for (const tap of numbers) weight[to + tap] += sign * part.weight[at++];
    }
  }
}

/** The larger stride along an axis of one pixel, where strides mean nothing; null where the two differ. */
function commonStrides(a: Stencil, b: Stencil): Pair | null {
  const along = (p: number, q: number, size: number): number | null =>
    p === q || size === 1 ? Math.max(p, q) : null;
  const y = along(a.strides.y, b.strides.y, a.shape.height);
  const x = along(a.strides.x, b.strides.x, a.shape.width);
  return y === null || x === null ? null : { y, x };
}

/** a + sign·b, of one shape and from one tensor. */
export function summed(a: Stencil, b: Stencil, sign: 1 | -1): StencilResult {
  const strides = commonStrides(a, b);
  if (strides === null) return refused('its branches have different strides');
  const frame = {
    y: hull(a.y, b.y),
    x: hull(a.x, b.x),
    groups: gcd(a.groups, b.groups),
    rows: a.shape.channels,
  };
  const { inChannels, shape } = a;
  const taps = frame.y.count * frame.x.count;
  const weight = new Float64Array(shape.channels * (inChannels / frame.groups) * taps);
  accumulate(weight, frame, a, { firstRow: 0, sign: 1 });
  accumulate(weight, frame, b, { firstRow: 0, sign });
  const bias = a.bias.map((v, o) => v + sign * b.bias[o]);
  const { y, x, groups } = frame;
  return { ok: true, stencil: { inChannels, groups, y, x, strides, weight, bias, shape } };
}

/** The channels of `a`, then those of `b`; nothing is kept of the groups. */
export function stacked(a: Stencil, b: Stencil): StencilResult {
  const strides = commonStrides(a, b);
  if (strides === null) return refused('its branches have different strides');
  const channels = a.shape.channels + b.shape.channels;
  const frame = { y: hull(a.y, b.y), x: hull(a.x, b.x), groups: 1, rows: channels };
  const { inChannels } = a;
  const weight = new Float64Array(channels * inChannels * frame.y.count * frame.x.count);
  accumulate(weight, frame, a, { firstRow: 0, sign: 1 });
  accumulate(weight, frame, b, { firstRow: a.shape.channels, sign: 1 });
  const bias = new Float64Array(channels);
  bias.set(a.bias);
  bias.set(b.bias, a.shape.channels);
  const shape = { ...a.shape, channels };
  const { y, x } = frame;
  return { ok: true, stencil: { inChannels, groups: 1, y, x, strides, weight, bias, shape } };
}

/** The same map with one group. */
function ungrouped(stencil: Stencil): Stencil {
  if (stencil.groups === 1) return stencil;
  const { y, x, shape, inChannels } = stencil;
  const weight = new Float64Array(shape.channels * inChannels * y.count * x.count);
  const frame = { y, x, groups: 1, rows: shape.channels };
  accumulate(weight, frame, stencil, { firstRow: 0, sign: 1 });
  return { ...stencil, groups: 1, weight };
}

/** Output k of the result is output channels[k]; nothing is kept of the groups. */
export function selected(stencil: Stencil, channels: Int32Array): Stencil {
  const whole = ungrouped(stencil);
  const row = whole.weight.length / whole.shape.channels;
  const weight = new Float64Array(channels.length * row);
  channels.forEach((c, k) => weight.set(whole.weight.subarray(c * row, (c + 1) * row), k * row));
  const bias = Float64Array.from(channels, (c) => whole.bias[c]);
  return { ...whole, weight, bias, shape: { ...whole.shape, channels: channels.length } };
}

/**
 * The same map with its bias read from the last input channel, which holds ones inside the source's domain; null
 * where that is not the result's own domain, seen from it.
 */
export function biasFromOnes(stencil: Stencil, source: Shape): Stencil | null {
  const { strides, shape, inChannels } = stencil;
  const coincides = (stride: number, outputs: number, inputs: number): boolean =>
    (outputs - 1) * stride < inputs && outputs * stride >= inputs;
  if (!coincides(strides.y, shape.height, source.height)) return null;
  if (!coincides(strides.x, shape.width, source.width)) return null;
  const weight = new Float64Array(shape.channels * inChannels);
  stencil.bias.forEach((b, o) => (weight[(o + 1) * inChannels - 1] = b));
  const ones = { ...stencil, groups: 1, y: here, x: here, weight };
  const result = summed(
    { ...stencil, bias: new Float64Array(shape.channels) },
    {
      ...ones,
      bias: new Float64Array(shape.channels),
    },
    1,
  );
  return result.ok ? result.stencil : null;
}

/** The map, then a factor and an addend for each channel. */
export function rescaled(stencil: Stencil, { scale, offset }: ChannelAffine): Stencil {
  const row = stencil.weight.length / stencil.shape.channels;
  const weight = stencil.weight.map((w, at) => w * scale[Math.floor(at / row)]);
  return { ...stencil, weight, bias: stencil.bias.map((b, o) => b * scale[o] + offset[o]) };
}
