/**
 * The larger of zero and a piecewise linear function, in the normal form of piecewise.ts.
 *
 * A function with kinks is walked piece by piece. Where it is positive on both sides of a kink of its own, the
 * kink stays as it was written: what a sum of slopes comes to is asked only where the function changes sign.
 */
import {
  between,
  isZero,
  negated,
  nothing,
  sameConstant,
  scaled,
  sum,
  type Constant,
} from './constant.ts';
import type { Interval } from './interval.ts';
import type { Merging } from './merging.ts';
import type { Piecewise } from './piecewise.ts';
import { inverse, minusOne, times, zero, type Scale } from './scale.ts';
import type { Kink } from './value.ts';

/** weight · max(slope·x + constant, 0), where slope·x + constant is known to lie in `range`. */
export function hinge(slope: Scale, constant: Constant, weight: Scale, range: Interval): Piecewise {
  if (range.upper <= 0) return { slope: zero, constant: nothing, kinks: [] };
  const line = { slope: times(weight, slope), constant: scaled(constant, weight) };
  if (range.lower >= 0) return { ...line, kinks: [] };
  const threshold = scaled(negated(constant), inverse(slope));
  if (slope.mid > 0) {
    return { slope: zero, constant: nothing, kinks: [{ threshold, weight: line.slope }] };
  }
  // relu(−t) = relu(t) − t, so a falling hinge is a rising one plus a line.
  return { ...line, kinks: [{ threshold, weight: times(line.slope, minusOne) }] };
}

/** Kinks from left to right. */
export function byThreshold(kinks: readonly Kink[]): readonly Kink[] {
  return [...kinks].sort((a, b) => a.threshold.mid - b.threshold.mid);
}

/** One linear piece of a function, from a kink on. */
interface Segment {
  /** The kink it starts with; null for the first. */
  readonly kink: Kink | null;
  readonly slope: Scale;
  readonly constant: Constant;
}

function segments(f: Piecewise, merging: Merging): readonly Segment[] | null {
  const pieces: Segment[] = [{ kink: null, slope: f.slope, constant: f.constant }];
  for (const kink of byThreshold(f.kinks)) {
    const last = pieces[pieces.length - 1];
    const slope = merging.weight(last.slope, kink.weight);
    if (slope === null) return null;
    const constant = sum(last.constant, negated(scaled(kink.threshold, kink.weight)));
    pieces.push({ kink, slope, constant });
  }
  return pieces;
}

/** Whether a number is not above another, beyond what float64 leaves open. */
function isAtMost(a: Constant, b: Constant): boolean {
  const known = a.error + b.error;
  const slack = known === 0 ? 0 : 2 ** -50 * (Math.abs(a.mid) + Math.abs(b.mid));
  return a.mid + known + slack <= b.mid;
}

/**
 * The function at a number, by the piece that this lies on, so that nothing is added up that is not there: 6 is the
 * value of ReLU6 far out, not the difference of two large numbers. Null where rounding hides which piece that is.
 */
export function valueAt(f: Piecewise, at: Constant, merging: Merging): Constant | null {
  const pieces = segments(f, merging);
  if (pieces === null) return null;
  for (const [i, { kink, slope, constant }] of pieces.entries()) {
    const end = pieces[i + 1]?.kink ?? null;
    if (kink !== null && !isAtMost(kink.threshold, at)) continue;
    if (end !== null && !isAtMost(at, end.threshold)) continue;
    const line = scaled(at, slope);
    return isZero(constant) ? line : sum(line, constant);
  }
  return null;
}

function clearlyBelow(a: Constant, b: Constant): boolean {
  return a.mid + a.error < b.mid - b.error;
}

/** Whether only rounding tells two numbers apart. */
function isBlur(a: Constant, b: Constant): boolean {
  return !clearlyBelow(a, b) && !clearlyBelow(b, a) && !sameConstant(a, b);
}

/** A zero of a piece that is about where the piece ends or begins. */
interface Contact {
  readonly at: Constant;
  /** Whether it is taken for the same number; else which of the two is the lower is open. */
  readonly sure: boolean;
}

function contactOf(
  kink: Constant | null,
  crossing: Constant | null,
  merging: Merging,
): Contact | null {
  if (kink === null || crossing === null) return null;
  const at = merging.threshold(kink, crossing);
  if (at !== null) return { at, sure: true };
  return isBlur(kink, crossing) ? { at: between(kink, crossing), sure: false } : null;
}

/** What is known at the end of a piece. */
interface End {
  readonly piece: Segment;
  readonly flat: boolean;
  readonly positive: boolean;
  readonly contact: Contact | null;
}

/** How much a slope changes where a piece begins: the result is zero wherever its function is not positive. */
function changeAt(before: End, piece: Segment, positive: boolean): Scale {
  if (!before.positive) return positive ? piece.slope : zero;
  if (!positive) return times(before.piece.slope, minusOne);
  return piece.kink === null ? zero : piece.kink.weight;
}

/**
 * weight · max(f, 0) for an f with kinks, by walking its linear pieces; null where a crossing cannot be
 * placed beyond rounding.
 */
export function clipped(f: Piecewise, weight: Scale, merging: Merging): Piecewise | null {
  const pieces = segments(f, merging);
  if (pieces === null) return null;
  let slope: Scale = zero;
  let constant: Constant = nothing;
  const kinks: Kink[] = [];
  const bend = (threshold: Constant, change: Scale): void => {
    if (change.mid !== 0) kinks.push({ threshold, weight: times(change, weight) });
  };
  let before: End | null = null;
  for (const [index, piece] of pieces.entries()) {
    const start = piece.kink?.threshold ?? null;
    const end = pieces[index + 1]?.kink?.threshold ?? null;
    const crossing =
      piece.slope.mid === 0 ? null : scaled(negated(piece.constant), inverse(piece.slope));
    const atStart = contactOf(start, crossing, merging);
    const atEnd = contactOf(end, crossing, merging);
    const crosses =
      crossing !== null &&
      (start === null || (atStart === null && clearlyBelow(start, crossing))) &&
      (end === null || (atEnd === null && clearlyBelow(crossing, end)));
    // Sign just after the piece's start, read off at a point well inside.
    const inside =
      start !== null
        ? (crosses ? crossing.mid : (end?.mid ?? start.mid + 2 + Math.abs(start.mid))) / 2 +
          start.mid / 2
        : (crosses ? crossing.mid : (end?.mid ?? 0)) - 1;
    const value = piece.slope.mid * inside + piece.constant.mid;
    const flat = piece.slope.mid === 0 && merging.vanishes(piece.constant);
    const positive = !flat && value > 0;
    const doubt = 2 ** -40 * (Math.abs(piece.slope.mid * inside) + piece.constant.magnitude);
    const isZero = flat || (piece.slope.mid === 0 && value === 0);
    if (!isZero && Math.abs(value) <= doubt) return null;
    if (before === null || start === null) {
      slope = positive ? piece.slope : zero;
      constant = positive ? piece.constant : nothing;
    } else {
      let at = start;
      // Beside a piece that is zero throughout, the function is zero at the very kink.
      if (!before.flat && !flat) {
        const contacts = [before.contact, atStart].filter((contact) => contact !== null);
        // A function that all but touches zero here may do so or not.
        if (positive === before.positive && contacts.some(({ sure }) => !sure)) return null;
        for (const contact of contacts) {
          at =
            at === start
              ? contact.at
              : (merging.threshold(at, contact.at) ?? between(at, contact.at));
        }
      }
      bend(at, changeAt(before, piece, positive));
    }
    before = { piece, flat, contact: atEnd, positive: positive !== crosses };
    if (crosses) bend(crossing, positive ? times(piece.slope, minusOne) : piece.slope);
  }
  return { slope: times(slope, weight), constant: scaled(constant, weight), kinks };
}
