/** Activations that are made of straight pieces, and whether two layers are the same function. */
import { perChannel, type Layer } from '../model/layer.ts';
import { ulpsOf } from './sums.ts';
import type { Interval } from './ranges.ts';

export type Bend =
  | { readonly kind: 'clip'; readonly lower: number; readonly upper: number }
  /** slope · t where t < 0. */
  | { readonly kind: 'leaky'; readonly slope: number };

export const straight: Bend = { kind: 'clip', lower: -Infinity, upper: Infinity };

/** Null for a layer that is not such an activation. */
export function bendOf(layer: Layer, channel: number): Bend | null {
  switch (layer.kind) {
    case 'relu':
      return { kind: 'clip', lower: 0, upper: Infinity };
    case 'clip':
      return {
        kind: 'clip',
        lower: perChannel(layer.lower, channel),
        upper: perChannel(layer.upper, channel),
      };
    case 'leakyRelu':
      return leaky(layer.slope);
    case 'prelu':
      return leaky(perChannel(layer.slopes, channel));
    default:
      return null;
  }
}

function leaky(slope: number): Bend {
  if (slope === 0) return { kind: 'clip', lower: 0, upper: Infinity };
  return slope === 1 ? straight : { kind: 'leaky', slope };
}

export function isRelu(bend: Bend | null): boolean {
  return bend?.kind === 'clip' && bend.lower === 0 && bend.upper === Infinity;
}

export function isStraight(bend: Bend, [low, high]: Interval): boolean {
  return bend.kind === 'clip' ? low >= bend.lower && high <= bend.upper : low >= 0;
}

/** The bound that everything between is cut to, if it is. */
export function cutTo(bend: Bend, [low, high]: Interval): number | null {
  if (bend.kind === 'clip' && high <= bend.lower) return bend.lower;
  return bend.kind === 'clip' && low >= bend.upper ? bend.upper : null;
}

/** The one number that it makes of everything between; null where it makes more than one. */
export function level(bend: Bend, range: Interval): number | null {
  return cutTo(bend, range) ?? (range[0] === range[1] ? bent(bend, range[0]) : null);
}

export function bent(bend: Bend, t: number): number {
  if (bend.kind === 'clip') return Math.min(Math.max(t, bend.lower), bend.upper);
  return t < 0 ? bend.slope * t : t;
}

/** Two numbers apart, in units in the last place of the larger; the same infinity is the same. */
export function apart(a: number, b: number): number {
  if (a !== b && !Number.isFinite(a - b)) return Infinity;
  return a === b ? 0 : ulpsOf((a - b) * (1 + 2 ** -40), Math.max(Math.abs(a), Math.abs(b)));
}

/**
 * How far converted(scale · t) = scale · original(t) is from true for scale · t in `range`, in ulps of a parameter; ∞ where
 * it is false. A bound that the range does not reach is none.
 */
export function layersApart(
  converted: Layer,
  c: number,
  original: Layer,
  o: number,
  scale: number,
  range: Interval,
): number {
  const [a, b] = [bendOf(converted, c), bendOf(original, o)];
  if (a !== null && b !== null) {
    if (!(scale > 0)) return Infinity;
    if (a.kind === 'leaky' && b.kind === 'leaky') return apart(a.slope, b.slope);
    if (a.kind !== 'clip' || b.kind !== 'clip') return Infinity;
    const lower = (bound: number): number => (bound <= range[0] ? -Infinity : bound);
    const upper = (bound: number): number => (bound >= range[1] ? Infinity : bound);
    return Math.max(
      apart(lower(a.lower), lower(scale * b.lower)),
      apart(upper(a.upper), upper(scale * b.upper)),
    );
  }
  return isSame(converted, original, scale) ? 0 : Infinity;
}

function isSame(converted: Layer, original: Layer, scale: number): boolean {
  const equal = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (converted.kind === 'opaque' && original.kind === 'opaque') {
    const { function: f, alpha, beta } = converted;
    return (
      scale === 1 && f === original.function && alpha === original.alpha && beta === original.beta
    );
  }
  if (converted.kind === 'multiply') return original.kind === 'multiply';
  const isPool = (layer: Layer) => layer.kind === 'maxPool' || layer.kind === 'averagePool';
  if (!isPool(converted) || !isPool(original) || converted.kind !== original.kind) return false;
  const windowOf = ({ kernel, strides, pads }: typeof converted): object => ({
    kernel,
    strides,
    pads,
  });
  if (!equal(windowOf(converted), windowOf(original))) return false;
  if (converted.kind === 'maxPool' && original.kind === 'maxPool') {
    return scale > 0 && equal(converted.dilations, original.dilations);
  }
  return (
    converted.kind === 'averagePool' &&
    original.kind === 'averagePool' &&
    converted.countIncludePad === original.countIncludePad
  );
}
