/**
 * Piecewise linear functions of one value, in the normal form everything piecewise linear is brought to:
 *
 *   slope · x + constant + Σ weight_j · max(x − threshold_j, 0)
 *
 * ReLU, ReLU6, clip, leaky and parametric ReLU are such functions and so are their compositions, so two
 * spellings of one function come out the same (theorems `relu-homogeneous`, `clip-as-relus`,
 * `prelu-as-relu`, `relu-difference`). Kinks outside the known range of x are dropped.
 */
import {
  isZero,
  measured,
  negated,
  nothing,
  sameConstant,
  scaled,
  sum,
  type Constant,
} from './constant.ts';
import type { ValueId } from './form.ts';
import { everything, scaleInterval, shiftInterval, type Interval } from './interval.ts';
import { exactly, inverse, one, plus, times, zero, type Scale } from './scale.ts';
import type { Activation } from './activations.ts';
import type { Kink } from './value.ts';

/** A piecewise linear function, its kinks in no particular order. */
export interface Piecewise {
  readonly slope: Scale;
  readonly constant: Constant;
  readonly kinks: readonly Kink[];
}

/** A multiple of a value. */
export interface Term {
  readonly value: ValueId;
  readonly scale: Scale;
}

/** One channel as a function of one value; `base` −1 where it is constant. */
export interface Point extends Piecewise {
  readonly base: ValueId;
  /** The range of the whole, as far as it is known. */
  readonly range: Interval;
  /** The value this is a multiple of but for its constant, where the kinks are those of a value. */
  readonly term: Term | null;
}

export function constantPoint(constant: Constant): Point {
  const range = shiftInterval({ lower: 0, upper: 0 }, constant);
  return { base: -1, slope: zero, constant, kinks: [], range, term: null };
}

export function scalePoint(point: Point, scale: Scale): Point {
  if (scale === one) return point;
  return {
    base: scale.mid === 0 ? -1 : point.base,
    slope: times(point.slope, scale),
    constant: scaled(point.constant, scale),
    kinks:
      scale.mid === 0 ? [] : point.kinks.map((k) => ({ ...k, weight: times(k.weight, scale) })),
    range: scaleInterval(point.range, scale),
    term:
      point.term === null || scale.mid === 0
        ? null
        : { ...point.term, scale: times(point.term.scale, scale) },
  };
}

export function translatePoint(point: Point, constant: Constant): Point {
  if (constant === nothing) return point;
  const { base, slope, kinks, term } = point;
  const range = shiftInterval(point.range, constant);
  return { base, slope, constant: sum(point.constant, constant), kinks, range, term };
}

/** p + q where both are functions of one value; null where they are not, or cancel beyond trust. */
export function addPoints(p: Point, q: Point): Point | null {
  if (p.base === -1) return translatePoint(q, p.constant);
  if (q.base === -1) return translatePoint(p, q.constant);
  if (p.base !== q.base) return null;
  const slope = plus(p.slope, q.slope);
  if (slope === null) return null;
  const kinks: Kink[] = [...p.kinks];
  for (const kink of q.kinks) {
    const at = kinks.findIndex((k) => sameConstant(k.threshold, kink.threshold));
    if (at < 0) {
      kinks.push(kink);
      continue;
    }
    const weight = plus(kinks[at].weight, kink.weight);
    if (weight === null) return null;
    kinks[at] = { ...kink, weight };
  }
  const left = kinks.filter((k) => k.weight.mid !== 0);
  const constant = sum(p.constant, q.constant);
  if (slope.mid === 0 && left.length === 0) return constantPoint(constant);
  return { base: p.base, slope, constant, kinks: left, range: everything, term: null };
}

/** weight · max(slope·x + constant, 0), where slope·x + constant is known to lie in `range`. */
function hinge(slope: Scale, constant: Constant, weight: Scale, range: Interval): Piecewise {
  if (range.upper <= 0) return { slope: zero, constant: nothing, kinks: [] };
  const line = { slope: times(weight, slope), constant: scaled(constant, weight) };
  if (range.lower >= 0) return { ...line, kinks: [] };
  const threshold = scaled(negated(constant), inverse(slope));
  if (slope.mid > 0) {
    return { slope: zero, constant: nothing, kinks: [{ threshold, weight: line.slope }] };
  }
  // relu(−t) = relu(t) − t, so a falling hinge is a rising one plus a line.
  return { ...line, kinks: [{ threshold, weight: times(line.slope, exactly(-1)) }] };
}

/** One linear piece of a function, from `start` on. */
interface Segment {
  readonly start: Constant | null;
  readonly slope: Scale;
  readonly constant: Constant;
}

function segments(f: Piecewise): readonly Segment[] | null {
  const sorted = [...f.kinks].sort((a, b) => a.threshold.mid - b.threshold.mid);
  const pieces: Segment[] = [{ start: null, slope: f.slope, constant: f.constant }];
  for (const { threshold, weight } of sorted) {
    const last = pieces[pieces.length - 1];
    const slope = plus(last.slope, weight);
    if (slope === null) return null;
    const constant = sum(last.constant, negated(scaled(threshold, weight)));
    pieces.push({ start: threshold, slope, constant });
  }
  return pieces;
}

function clearlyBelow(a: Constant, b: Constant): boolean {
  return a.mid + a.error < b.mid - b.error;
}

/** Whether only rounding tells two numbers apart. */
function isBlur(a: Constant, b: Constant): boolean {
  return !clearlyBelow(a, b) && !clearlyBelow(b, a) && !sameConstant(a, b);
}

/** A number between two that rounding does not tell apart. */
function between(a: Constant, b: Constant): Constant {
  const apart = Math.abs(a.mid - b.mid) + a.error + b.error;
  return measured(
    a.mid,
    Math.max(a.magnitude, b.magnitude),
    apart * (1 + 2 ** -50),
    Math.min(a.yardstick, b.yardstick),
  );
}

function isFlat({ slope, constant }: Segment): boolean {
  return slope.mid === 0 && isZero(constant);
}

/**
 * weight · max(f, 0) for an f with kinks, by walking its linear pieces; null where a crossing cannot be
 * placed beyond rounding.
 */
function clipped(f: Piecewise, weight: Scale): Piecewise | null {
  const pieces = segments(f);
  if (pieces === null) return null;
  let slope: Scale = zero;
  let constant: Constant = nothing;
  const kinks: Kink[] = [];
  let running: Scale = zero;
  /** The last piece; a zero of it that only rounding tells from its end; whether it is positive there. */
  let last: { flat: boolean; zero: Constant | null; positive: boolean } | null = null;
  const bend = (threshold: Constant, next: Scale): boolean => {
    const change = plus(next, times(running, exactly(-1)));
    if (change === null) return false;
    if (change.mid !== 0) kinks.push({ threshold, weight: times(change, weight) });
    running = next;
    return true;
  };
  for (const [index, piece] of pieces.entries()) {
    const end = pieces[index + 1]?.start ?? null;
    const crossing =
      piece.slope.mid === 0 ? null : scaled(negated(piece.constant), inverse(piece.slope));
    const crosses =
      crossing !== null &&
      (piece.start === null || clearlyBelow(piece.start, crossing)) &&
      (end === null || clearlyBelow(crossing, end));
    // Sign just after the piece's start, read off at a point well inside.
    const inside =
      piece.start !== null
        ? (crosses ? crossing.mid : (end?.mid ?? piece.start.mid + 2 + Math.abs(piece.start.mid))) /
            2 +
          piece.start.mid / 2
        : (crosses ? crossing.mid : (end?.mid ?? 0)) - 1;
    const value = piece.slope.mid * inside + piece.constant.mid;
    const positive = value > 0;
    const doubt = 2 ** -40 * (Math.abs(piece.slope.mid * inside) + piece.constant.magnitude);
    if (Math.abs(value) <= doubt && !(piece.slope.mid === 0 && value === 0)) return null;
    const first = positive ? piece.slope : zero;
    if (piece.start === null) {
      running = first;
      slope = first;
      constant = positive ? piece.constant : nothing;
    } else {
      let at = piece.start;
      // Beside a piece that is zero throughout, the function is zero at the very kink.
      if (last !== null && !last.flat && !isFlat(piece)) {
        const own = crossing !== null && isBlur(at, crossing) ? crossing : null;
        // A function that all but touches zero here may do so or not.
        if ((own ?? last.zero) !== null && positive === last.positive) return null;
        for (const zero of [own, last.zero]) if (zero !== null) at = between(at, zero);
      }
      if (!bend(at, first)) return null;
    }
    const ends = crossing !== null && end !== null && isBlur(end, crossing);
    const flat = isFlat(piece);
    last = { flat, zero: ends ? crossing : null, positive: crosses ? !positive : positive };
    if (crosses && !bend(crossing, positive ? zero : piece.slope)) return null;
  }
  return { slope: times(slope, weight), constant: scaled(constant, weight), kinks };
}

function functionOf(base: ValueId, f: Piecewise | null): Point | null {
  if (f === null) return null;
  const { slope, constant, kinks } = f;
  // What neither rises nor bends is a constant, whatever it was made from.
  if (slope.mid === 0 && kinks.length === 0) return constantPoint(constant);
  return { base, slope, constant, kinks, range: everything, term: null };
}

/** max(c, 0); where rounding hides the sign, a constant whose exact value is left open. */
function rectified(c: Constant): Constant {
  if (Math.abs(c.mid) <= c.error) {
    return c.error === 0
      ? nothing
      : measured(Math.max(c.mid, 0), c.magnitude, 2 * c.error, c.yardstick);
  }
  return c.mid > 0 ? c : nothing;
}

/**
 * The activation after the point: h(p). Null where a kink cannot be placed exactly enough; the caller
 * then gives p a name and starts again from that.
 */
export function compose(activation: Activation, point: Point): Point | null {
  const { kinks: bends } = activation;
  if (
    activation.slope.mid === 0 &&
    activation.constant === nothing &&
    bends.length === 1 &&
    bends[0].threshold === nothing &&
    point.base !== -1 &&
    point.kinks.length === 0
  ) {
    // The commonest case by far, a ReLU of a line, without the steps that add nothing.
    const { slope, constant, kinks } = hinge(
      point.slope,
      point.constant,
      bends[0].weight,
      point.range,
    );
    const base = slope.mid === 0 && kinks.length === 0 ? -1 : point.base;
    return { base, slope, constant, kinks, range: activation.image(point.range), term: null };
  }
  const start = translatePoint(
    { ...scalePoint(point, activation.slope), range: everything },
    activation.constant,
  );
  let result: Point = start;
  for (const { threshold, weight } of activation.kinks) {
    const moved = negated(threshold);
    const range = shiftInterval(point.range, moved);
    const inner: Point = { ...point, constant: sum(point.constant, moved), range };
    let piece: Point | null;
    if (point.base === -1) piece = scalePoint(constantPoint(rectified(inner.constant)), weight);
    else if (range.lower >= 0) piece = scalePoint(inner, weight);
    else if (point.kinks.length === 0 || range.upper <= 0) {
      piece = functionOf(point.base, hinge(inner.slope, inner.constant, weight, range));
    } else piece = functionOf(point.base, clipped(inner, weight));
    if (piece === null) return null;
    const next = addPoints(result, { ...piece, range: everything });
    if (next === null) return null;
    result = next;
  }
  return { ...result, range: activation.image(point.range) };
}
