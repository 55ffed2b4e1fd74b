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
import type { Kink } from './value.ts';

/** Slopes that are this small beside what was added up in them are none. */
const worthAsking = 2 ** -16;

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
    right: rising === 0 ? at(point.end) : beyond(rising),
  };
}

/** The function with its ends as they are known, and not as the normal form has them. */
export function withEnds(point: Point, { left, right }: Ends): Point {
  if (point.kinks.length === 0) return point;
  if (point.slope.mid !== 0) return { ...point, level: right, end: right };
  const level = left === null || right === null ? null : sum(right, negated(left));
  return { ...point, constant: left ?? point.constant, level, end: right };
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

/**
 * How high the flat pieces of a function lie that begin behind a kink, from left to right; null where that is not
 * known. Not those in the middle of a function that rises from the left: they are known by their thresholds only.
 */
export function flatPieces(
  f: Bent & { readonly level: Constant | null },
): readonly Constant[] | null {
  const ordered = { ...f, kinks: byThreshold(f.kinks) };
  const { length } = f.kinks;
  const found: Constant[] = [];
  for (let count = 1; count <= length; count++) {
    if (slopeBehind(ordered, count) !== 0) continue;
    if (count === length && f.level !== null) found.push(f.level);
    else if (f.slope.mid === 0) found.push(measuredRise(ordered, count));
    else return null;
  }
  return found;
}

/** The rise of a sum: known where both are. */
export function sumOfLevels(p: Constant | null, q: Constant | null): Constant | null {
  return p === null || q === null ? null : p === nothing ? q : sum(p, q);
}
