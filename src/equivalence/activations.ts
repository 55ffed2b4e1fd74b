/** The piecewise linear activations, in the normal form of piecewise.ts, with the image of a range. */
import { nothing, number } from './constant.ts';
import { Factors } from './factors.ts';
import { scaleInterval, type Interval } from './interval.ts';
import type { Piecewise } from './piecewise.ts';
import { addsExactly, exactly, one, zero, type Scale } from './scale.ts';
import type { Kink } from './value.ts';

/** An activation together with the image of an interval under it. */
export interface Activation extends Piecewise {
  readonly image: (range: Interval) => Interval;
}

function clipInterval(range: Interval, lower: number, upper: number): Interval {
  const clamp = (x: number): number => Math.min(Math.max(x, lower), upper);
  return { lower: clamp(range.lower), upper: clamp(range.upper) };
}

export const relu: Activation = {
  slope: zero,
  constant: nothing,
  kinks: [{ threshold: nothing, weight: one }],
  image: (range) => clipInterval(range, 0, Infinity),
};

/** x where x ≥ 0, slope · x elsewhere. */
export function leaky(slope: number): Activation {
  const weight: Scale = addsExactly(1, -slope)
    ? exactly(1 - slope)
    : { mid: 1 - slope, roundings: 1, key: new Factors({ kind: 'complement', slope }) };
  const kinks = [{ threshold: nothing, weight: slope === 0 ? one : weight }];
  return {
    slope: exactly(slope),
    constant: nothing,
    kinks: slope === 1 ? [] : kinks,
    image: (range) => {
      if (slope === 1) return range;
      const below = scaleInterval(clipInterval(range, -Infinity, 0), exactly(slope));
      const above = clipInterval(range, 0, Infinity);
      if (range.lower >= 0) return above;
      return {
        lower: Math.min(below.lower, range.upper > 0 ? 0 : Infinity),
        upper: Math.max(below.upper, range.upper > 0 ? above.upper : -Infinity),
      };
    },
  };
}

/** min(max(x, lower), upper). */
export function clip(lower: number, upper: number): Activation {
  const kinks: Kink[] = [];
  if (lower !== -Infinity) kinks.push({ threshold: number(lower), weight: one });
  if (upper !== Infinity) kinks.push({ threshold: number(upper), weight: exactly(-1) });
  return {
    slope: lower === -Infinity ? one : zero,
    constant: lower === -Infinity ? nothing : number(lower),
    kinks,
    image: (range) => clipInterval(range, lower, upper),
  };
}
