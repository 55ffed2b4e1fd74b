/**
 * Kinks put together: which thresholds are one, which weights cancel, what is zero.
 *
 * In the converted model relu(a·x)/a − relu(−b·x)/b is meant to be x although rounding puts the kinks of the two
 * beside one another, with weights that nearly cancel: thresholds closer than rounding become one, and what is small
 * enough beside the terms that were added up in it is nothing. In the original, in a thorough numbering, only
 * float64's own rounding is put right, where exact factors do not show that two numbers are one. All of it is
 * booked. A threshold that stands for two is known only up to their distance.
 */
import type { Allowance } from './allowance.ts';
import { constantsAgree } from './atoms.ts';
import { between, isZero, sameConstant, type Constant } from './constant.ts';
import { questionOf } from './exact.ts';
import type { Interval } from './interval.ts';
import type { Ledger } from './ledger.ts';
import { byThreshold } from './rectified.ts';
import { indistinct } from './row-compare.ts';
import { minusOne, plus, times, zero, type Scale } from './scale.ts';
import { roundoff, ulpsBetween } from './ulps.ts';
import type { Kink, Origin } from './value.ts';

/** Relative to the larger, numbers further apart differ by more than rounding. */
const worthAsking = 2 ** -16;

export class Merging {
  readonly #limit: number;
  readonly #ledger: Ledger;
  readonly #where: Origin;

  constructor(allowance: Allowance, ledger: Ledger, where: Origin) {
    this.#limit = allowance.limit;
    this.#ledger = ledger;
    this.#where = where;
  }

  /** The one threshold that both are; null where they are two. */
  threshold(a: Constant, b: Constant): Constant | null {
    if (sameConstant(a, b)) return b;
    const size = Math.max(a.yardstick, b.yardstick);
    if (!(Math.abs(a.mid - b.mid) <= worthAsking * size)) return null;
    const step = constantsAgree(a, b);
    if (!(step.ulps <= this.#limit)) return null;
    this.#ledger.charge(step, this.#where);
    const both = between(a, b);
    return step.ulps <= indistinct ? { ...both, terms: a.terms } : both;
  }

  /** a + b; null where what cancels leaves nothing that can be trusted. */
  weight(a: Scale, b: Scale): Scale | null {
    const sum = plus(a, b);
    const size = Math.abs(a.mid) + Math.abs(b.mid);
    const left = a.mid + b.mid;
    if (sum?.mid === 0 || Math.abs(left) > worthAsking * size) return sum;
    const made = a.roundings * Math.abs(a.mid) + b.roundings * Math.abs(b.mid);
    const ulps = ulpsBetween(left, size, roundoff * (made + size));
    if (!(ulps <= this.#limit)) return sum;
    const question = questionOf(a, times(b, minusOne));
    const questions = question === null ? null : [question];
    this.#ledger.charge({ ulps, exact: false, questions }, this.#where);
    return zero;
  }

  /** Whether a constant is nothing beside what was added up in it. */
  vanishes(constant: Constant): boolean {
    if (isZero(constant)) return true;
    const ulps = ulpsBetween(constant.mid, constant.yardstick, constant.error);
    if (!(ulps <= this.#limit)) return false;
    this.#ledger.charge({ ulps, exact: false }, this.#where);
    return true;
  }

  /** The range of something with this constant, where rounding alone puts an end of it beyond a threshold. */
  reaching(range: Interval, constant: Constant, threshold: number): Interval {
    let { lower, upper } = range;
    if (lower < threshold && this.#isNothing(threshold - lower, constant, threshold)) {
      lower = threshold;
    }
    if (upper > threshold && this.#isNothing(upper - threshold, constant, threshold)) {
      upper = threshold;
    }
    return lower === range.lower && upper === range.upper ? range : { lower, upper };
  }

  #isNothing(distance: number, { yardstick }: Constant, threshold: number): boolean {
    const size = yardstick + Math.abs(threshold);
    if (size === 0 || !(distance <= worthAsking * size)) return false;
    const ulps = ulpsBetween(distance, size, roundoff * size);
    if (!(ulps <= this.#limit)) return false;
    this.#ledger.charge({ ulps, exact: false }, this.#where);
    return true;
  }

  /** The kinks with those put right behind which the slope all but vanishes: there the function is flat. */
  settled(f: { readonly slope: Scale; readonly kinks: readonly Kink[] }): readonly Kink[] {
    let { slope } = f;
    const kinks: Kink[] = [];
    for (const kink of byThreshold(f.kinks)) {
      const next = this.weight(slope, kink.weight);
      if (next === null) return f.kinks;
      const flat = next.mid === 0 && slope.mid !== 0;
      kinks.push(flat ? { ...kink, weight: times(slope, minusOne) } : kink);
      slope = next;
    }
    return kinks;
  }
}
