/**
 * What a bent function is where it is flat for good: a ReLU6 ends at 0 and at 6.
 *
 * In the normal form the upper end is the difference of two thresholds, and beside large constants a difference of
 * large numbers, which rounding could hide. A bound is a number of its own, so it is worked out from the bounds, is
 * kept beside the kinks, and is judged by its own size.
 */
import { measured, negated, nothing, scaled, sum, type Constant } from './constant.ts';
import type { Merging } from './merging.ts';
import type { Piecewise, Point } from './piecewise.ts';
import { byThreshold, valueAt } from './rectified.ts';
import { plus, type Scale } from './scale.ts';
import { roundoff } from './ulps.ts';
import type { Flats, Kink } from './value.ts';

/** Slopes that are this small beside what was added up in them are none. */
const worthAsking = 2 ** -16;

export const unknownFlats: Flats = { level: null, end: null, bounded: false };

/** Of a ReLU of a falling line. */
export const endsAtZero: Flats = { level: nothing, end: nothing, bounded: true };

export function scaledFlats({ level, end, bounded }: Flats, scale: Scale): Flats {
  return { level: level && scaled(level, scale), end: end && scaled(end, scale), bounded };
}

/** Of the function plus a constant. */
export function movedFlats(flats: Flats, constant: Constant): Flats {
  return { ...flats, end: flats.end && sum(flats.end, constant) };
}

/** Of a sum: known where both are. */
export function sumOfFlats(p: Flats, q: Flats): Flats {
  return {
    level: p.level && q.level && sum(p.level, q.level),
    end: p.end && q.end && sum(p.end, q.end),
    bounded: false,
  };
}

interface Bent {
  readonly slope: Scale;
  readonly kinks: readonly Kink[];
}

/** The slope to the right of so many kinks, from the left; 0 where nothing but rounding is left of it. */
function slopeBehind({ slope, kinks }: Bent, count: number): number {
  let left = slope.mid;
  let size = Math.abs(slope.mid);
  for (const { weight } of kinks.slice(0, count)) {
    left += weight.mid;
    size += Math.abs(weight.mid);
  }
  return Math.abs(left) <= worthAsking * size ? 0 : left;
}

/** Whether a function with its kinks from left to right is flat behind so many of them. */
export function isFlatBehind(f: Bent, count: number): boolean {
  return slopeBehind(f, count) === 0;
}

/** Whether a function is constant from some number on. */
export function endsFlat(f: Bent): boolean {
  return f.kinks.length > 0 && slopeBehind(f, f.kinks.length) === 0;
}

/** The value of a function far to the right, if it is one there. */
function rightEnd({ slope, constant, kinks }: Piecewise): Constant | null {
  let behind: Scale | null = slope;
  let end = constant;
  for (const { threshold, weight } of kinks) {
    behind = plus(behind, weight);
    if (behind === null) return null;
    end = sum(end, negated(scaled(threshold, weight)));
  }
  return behind.mid === 0 ? end : null;
}

function leftEnd({ slope, constant }: Piecewise): Constant | null {
  return slope.mid === 0 ? constant : null;
}

interface Ends {
  /** Null where the function is not flat there, or the number is not known. */
  readonly left: Constant | null;
  readonly right: Constant | null;
}

/** The ends of an activation after a function of one value. */
export function endsOf(activation: Piecewise, point: Point, merging: Merging): Ends {
  const beyond = (direction: number): Constant | null =>
    direction > 0 ? rightEnd(activation) : leftEnd(activation);
  const at = (level: Constant | null): Constant | null => {
    if (level === null) return null;
    const value = valueAt(activation, level, merging);
    if (value !== null) return value;
    // About where the activation bends: there, if rounding is all that tells the two apart.
    const bend = activation.kinks.find((k) => merging.threshold(level, k.threshold) !== null);
    return bend === undefined ? null : valueAt(activation, bend.threshold, merging);
  };
  const isFlatLeft = point.slope.mid === 0;
  const rising = slopeBehind(point, point.kinks.length);
  return {
    left: isFlatLeft ? at(point.constant) : beyond(-point.slope.mid),
    right: rising === 0 ? at(point.flats.end) : beyond(rising),
  };
}

/** A function after an activation that is flat at its ends only, with its ends as they are known. */
export function withEnds(point: Point, before: Bent, { left, right }: Ends): Point {
  if (point.kinks.length === 0) return point;
  const bounded = !isFlatInside(before);
  if (point.slope.mid !== 0) return { ...point, flats: { level: right, end: right, bounded } };
  const level = left === null || right === null ? null : sum(right, negated(left));
  return { ...point, constant: left ?? point.constant, flats: { level, end: right, bounded } };
}

function isFlatInside(f: Bent): boolean {
  const ordered = { ...f, kinks: byThreshold(f.kinks) };
  return f.kinks.some((_, i) => i > 0 && isFlatBehind(ordered, i));
}

/** A flat piece behind so many kinks, as the normal form has it: its rise above the left end, judged by itself. */
function measuredRise({ kinks }: Bent, count: number): Constant {
  let rise = 0;
  let error = 0;
  for (const { threshold, weight } of kinks.slice(0, count)) {
    rise -= weight.mid * threshold.mid;
    const size = Math.abs(weight.mid) * threshold.magnitude;
    error +=
      Math.abs(weight.mid) * threshold.error + (weight.roundings + count + 2) * roundoff * size;
  }
  return measured(rise, Math.abs(rise) + error, error, Math.abs(rise));
}

/** One unit of what rounding does at most to a number: 16 units in the last place of float32. */
const rounding = 2 ** -19;

/** The one of two ends that a measured rise is about; null where it may be both, or is neither. */
function endAbout(rise: Constant, f: Bent, level: Constant): Constant | null {
  const size = f.kinks.reduce((s, k) => s + Math.abs(k.weight.mid) * k.threshold.yardstick, 0);
  const room = rise.error + level.error + rounding * size;
  const isLow = Math.abs(rise.mid) <= room;
  const isHigh = Math.abs(rise.mid - level.mid) <= room;
  if (isLow === isHigh) return null;
  return isLow ? nothing : level;
}

/**
 * How high the flat pieces of a function lie that begin behind a kink, from left to right; null where that is not
 * known. Not those in the middle of a function that rises from the left: they are known by their thresholds only.
 */
export function flatPieces(f: Bent & Pick<Flats, 'level' | 'bounded'>): readonly Constant[] | null {
  const ordered = { ...f, kinks: byThreshold(f.kinks) };
  const { level, bounded } = f;
  const { length } = f.kinks;
  const found: Constant[] = [];
  for (let count = 1; count <= length; count++) {
    if (!isFlatBehind(ordered, count)) continue;
    if (count === length && level !== null) {
      found.push(level);
      continue;
    }
    if (f.slope.mid !== 0) return null;
    const rise = measuredRise(ordered, count);
    const end = bounded && level !== null ? endAbout(rise, ordered, level) : null;
    found.push(end ?? rise);
  }
  return found;
}
