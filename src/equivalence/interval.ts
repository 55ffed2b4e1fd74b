/**
 * Closed intervals with outward rounding: what is known of the range of a value.
 *
 * Every operation widens its result by one float64 step unless the arithmetic was exact, so an interval
 * always contains every real value that can occur. (−∞, ∞) says nothing.
 */
import type { Constant } from './constant.ts';
import { addsExactly, isPowerOfTwo, type Scale } from './scale.ts';
import { roundoff } from './ulps.ts';

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export const everything: Interval = { lower: -Infinity, upper: Infinity };

export const nonNegative: Interval = { lower: 0, upper: Infinity };

const slack = 2 ** -52;
const tiny = 2 ** -1060;
/** Products below this may have lost digits, or all of them. */
const leastNormal = 2 ** -1022;

export function down(x: number): number {
  return Number.isFinite(x) ? x - Math.abs(x) * slack - tiny : x;
}

export function up(x: number): number {
  return Number.isFinite(x) ? x + Math.abs(x) * slack + tiny : x;
}

/** Interval times a scale. 0 · ∞ is 0: a coefficient of zero reads nothing. */
export function scaleInterval(i: Interval, scale: Scale): Interval {
  if (scale.mid === 0) return { lower: 0, upper: 0 };
  const least = scale.mid > 0 ? i.lower : i.upper;
  const most = scale.mid > 0 ? i.upper : i.lower;
  const lower = least === 0 ? 0 : least * scale.mid;
  const upper = most === 0 ? 0 : most * scale.mid;
  const isNormal = (x: number, source: number): boolean =>
    source === 0 || Math.abs(x) >= leastNormal;
  const isExact = isPowerOfTwo(scale.mid) && scale.key === '';
  if (isExact && isNormal(lower, least) && isNormal(upper, most)) return { lower, upper };
  const relative = (scale.roundings + 2) * roundoff;
  const widen = (x: number): number => (Number.isFinite(x) ? Math.abs(x) * relative + tiny : 0);
  // Zero times anything is exactly zero.
  return {
    lower: least === 0 ? 0 : down(lower - widen(lower)),
    upper: most === 0 ? 0 : up(upper + widen(upper)),
  };
}

export function shiftInterval(i: Interval, constant: Constant): Interval {
  const { mid, error } = constant;
  if (mid === 0 && error === 0) return i;
  const exact = (x: number): boolean => error === 0 && (!Number.isFinite(x) || addsExactly(x, mid));
  return {
    lower: exact(i.lower) ? i.lower + mid : down(i.lower + mid - error),
    upper: exact(i.upper) ? i.upper + mid : up(i.upper + mid + error),
  };
}

export function addIntervals(a: Interval, b: Interval): Interval {
  const exact = (x: number, y: number): boolean =>
    !Number.isFinite(x) || !Number.isFinite(y) || addsExactly(x, y);
  return {
    lower: exact(a.lower, b.lower) ? a.lower + b.lower : down(a.lower + b.lower),
    upper: exact(a.upper, b.upper) ? a.upper + b.upper : up(a.upper + b.upper),
  };
}

export function meet(a: Interval, b: Interval): Interval {
  return { lower: Math.max(a.lower, b.lower), upper: Math.min(a.upper, b.upper) };
}

/** The smallest interval that holds `i` and zero: what reading outside a domain adds. */
export function withZero(i: Interval): Interval {
  return { lower: Math.min(i.lower, 0), upper: Math.max(i.upper, 0) };
}
