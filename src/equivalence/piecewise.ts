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
import {
  endsAtZero,
  endsFlat,
  endsOf,
  movedFlats,
  scaledFlats,
  sumOfFlats,
  unknownFlats,
  withEnds,
} from './flat-ends.ts';
import type { ValueId } from './form.ts';
import { everything, scaleInterval, shiftInterval, type Interval } from './interval.ts';
import type { Merging } from './merging.ts';
import { clipped, hinge, valueAt } from './rectified.ts';
import { one, plus, times, zero, type Scale } from './scale.ts';
import type { Activation } from './activations.ts';
import type { Flats, Kink } from './value.ts';

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
  readonly flats: Flats;
  /** The range of the whole, as far as it is known. */
  readonly range: Interval;
  /** The value this is a multiple of but for its constant, where the kinks are those of a value. */
  readonly term: Term | null;
}

export function constantPoint(constant: Constant): Point {
  const range = shiftInterval({ lower: 0, upper: 0 }, constant);
  return { base: -1, slope: zero, constant, kinks: [], flats: unknownFlats, range, term: null };
}

export function scalePoint(point: Point, scale: Scale): Point {
  if (scale === one) return point;
  return {
    base: scale.mid === 0 ? -1 : point.base,
    slope: times(point.slope, scale),
    constant: scaled(point.constant, scale),
    kinks:
      scale.mid === 0 ? [] : point.kinks.map((k) => ({ ...k, weight: times(k.weight, scale) })),
    flats: scaledFlats(point.flats, scale),
    range: scaleInterval(point.range, scale),
    term:
      point.term === null || scale.mid === 0
        ? null
        : { ...point.term, scale: times(point.term.scale, scale) },
  };
}

export function translatePoint(point: Point, constant: Constant): Point {
  if (constant === nothing) return point;
  const range = shiftInterval(point.range, constant);
  const flats = movedFlats(point.flats, constant);
  return { ...point, constant: sum(point.constant, constant), flats, range };
}

type AddingRules = Pick<Merging, 'threshold' | 'weight' | 'vanishes'>;

const asWritten: AddingRules = {
  threshold: (a, b) => (sameConstant(a, b) ? b : null),
  weight: plus,
  vanishes: isZero,
};

/**
 * Where a kink of one function belongs among those of another, behind all of them where its threshold is new. One that
 * is `taken` for another kink of the same function is free only for the very same threshold: two kinks are two.
 */
function placeOf(
  kink: Kink,
  kinks: readonly Kink[],
  { taken, merging }: { readonly taken: ReadonlySet<number>; readonly merging: AddingRules },
): { readonly at: number; readonly threshold: Constant } {
  for (const [at, other] of kinks.entries()) {
    const rules = taken.has(at) ? asWritten : merging;
    const threshold = rules.threshold(other.threshold, kink.threshold);
    if (threshold !== null) return { at, threshold };
  }
  return { at: kinks.length, threshold: kink.threshold };
}

/** p + q where both are functions of one value; null where they are not, or cancel beyond trust. */
export function addPoints(p: Point, q: Point, merging: AddingRules): Point | null {
  if (p.base === -1) return translatePoint(q, p.constant);
  if (q.base === -1) return translatePoint(p, q.constant);
  if (p.base !== q.base) return null;
  const flats = sumOfFlats(p.flats, q.flats);
  const { level } = flats;
  const total = added(p, q, { merging, flats });
  // What ends flat ends at a number: kinks that are taken for one must not be all that it is known by.
  if (total === null || (total.base !== -1 && !endsFlat(total))) return total;
  const isKept = level !== null && (total.base !== -1 || merging.vanishes(level));
  return isKept ? total : added(p, q, { merging: asWritten, flats });
}

function added(
  p: Point,
  q: Point,
  { merging, flats }: { readonly merging: AddingRules; readonly flats: Flats },
): Point | null {
  const slope = merging.weight(p.slope, q.slope);
  if (slope === null) return null;
  const kinks: Kink[] = [...p.kinks];
  const taken = new Set<number>();
  for (const kink of q.kinks) {
    const { at, threshold } = placeOf(kink, kinks, { taken, merging });
    taken.add(at);
    if (at === kinks.length) {
      kinks.push(kink);
      continue;
    }
    const weight = merging.weight(kinks[at].weight, kink.weight);
    if (weight === null) return null;
    kinks[at] = { threshold, weight };
  }
  const left = kinks.filter((k) => k.weight.mid !== 0);
  const constant = sum(p.constant, q.constant);
  if (slope.mid === 0 && left.length === 0) return constantPoint(constant);
  return { base: p.base, slope, constant, kinks: left, flats, range: everything, term: null };
}

function functionOf(base: ValueId, f: Piecewise | null): Point | null {
  if (f === null) return null;
  const { slope, constant, kinks } = f;
  // What neither rises nor bends is a constant, whatever it was made from.
  if (slope.mid === 0 && kinks.length === 0) return constantPoint(constant);
  return { base, slope, constant, kinks, flats: unknownFlats, range: everything, term: null };
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
export function compose(activation: Activation, written: Point, merging: Merging): Point | null {
  const { kinks: bends } = activation;
  if (
    activation.slope.mid === 0 &&
    activation.constant === nothing &&
    bends.length === 1 &&
    bends[0].threshold === nothing &&
    written.base !== -1 &&
    written.kinks.length === 0
  ) {
    // The commonest case by far, a ReLU of a line, without the steps that add nothing.
    const { slope, constant, kinks } = hinge(
      written.slope,
      written.constant,
      bends[0].weight,
      written.range,
    );
    const base = slope.mid === 0 && kinks.length === 0 ? -1 : written.base;
    // A falling line ends at zero.
    const flats = written.slope.mid < 0 ? endsAtZero : unknownFlats;
    const range = activation.image(written.range);
    return { base, slope, constant, kinks, flats, range, term: null };
  }
  const number = written.base === -1 ? valueAt(activation, written.constant, merging) : null;
  if (number !== null) return { ...constantPoint(number), range: activation.image(written.range) };
  const point =
    written.kinks.length === 0 ? written : { ...written, kinks: merging.settled(written) };
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
    } else piece = functionOf(point.base, clipped(inner, weight, merging));
    if (piece === null) return null;
    // The kinks of one activation are as many as it says, however close together.
    const next = addPoints(result, { ...piece, range: everything }, asWritten);
    if (next === null) return null;
    result = next;
  }
  const ended = withEnds(result, point, endsOf(activation, point, merging));
  return { ...ended, range: activation.image(point.range) };
}
