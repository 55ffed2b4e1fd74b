/**
 * Kinks added up: which thresholds are one, and which weights cancel.
 *
 * In the original only what is exactly so. In the converted model relu(a·x)/a − relu(−b·x)/b is meant to be x
 * although rounding puts the kinks of the two beside one another, with weights that nearly cancel: thresholds
 * closer than rounding become one, and a weight that is small enough beside what was added up in it is none. Both are
 * booked. A threshold that stands for two is known only up to their distance.
 */
import type { Allowance } from './allowance.ts';
import { constantsAgree } from './atoms.ts';
import { between, sameConstant, type Constant } from './constant.ts';
import type { Ledger } from './ledger.ts';
import { byThreshold } from './rectified.ts';
import { minusOne, plus, times, zero, type Scale } from './scale.ts';
import { roundoff, ulpsBetween } from './ulps.ts';
import type { Kink, Origin } from './value.ts';

/** Rules for adding up kinks. */
export interface Merging {
  /** The one threshold that both are; null where they are two. */
  readonly threshold: (a: Constant, b: Constant) => Constant | null;
  /** a + b; null where what cancels leaves nothing that can be trusted. */
  readonly weight: (a: Scale, b: Scale) => Scale | null;
}

export const strictly: Merging = {
  threshold: (a, b) => (sameConstant(a, b) ? b : null),
  weight: plus,
};

/** Relative to the larger, numbers further apart differ by more than rounding. */
const worthAsking = 2 ** -16;

export function forgiving(allowance: Allowance, ledger: Ledger, where: Origin): Merging {
  const { maxUlps } = allowance;
  return {
    threshold: (a, b) => {
      if (sameConstant(a, b)) return b;
      const size = Math.max(a.yardstick, b.yardstick);
      if (!(Math.abs(a.mid - b.mid) <= worthAsking * size)) return null;
      const step = constantsAgree(a, b);
      if (!(step.ulps <= maxUlps)) return null;
      ledger.charge({ ulps: step.ulps, exact: false }, where);
      return between(a, b);
    },
    weight: (a, b) => {
      const size = Math.abs(a.mid) + Math.abs(b.mid);
      const sum = a.mid + b.mid;
      if (sum !== 0 && Math.abs(sum) <= worthAsking * size) {
        const made = a.roundings * Math.abs(a.mid) + b.roundings * Math.abs(b.mid);
        const ulps = ulpsBetween(sum, size, roundoff * (made + size));
        if (ulps <= maxUlps) {
          ledger.charge({ ulps, exact: false }, where);
          return zero;
        }
      }
      return plus(a, b);
    },
  };
}

/** The kinks with those put right behind which the slope all but vanishes: there the function is flat. */
export function settled(
  f: { readonly slope: Scale; readonly kinks: readonly Kink[] },
  merging: Merging,
): readonly Kink[] {
  let { slope } = f;
  const kinks: Kink[] = [];
  for (const kink of byThreshold(f.kinks)) {
    const next = merging.weight(slope, kink.weight);
    if (next === null) return f.kinks;
    const flat = next.mid === 0 && slope.mid !== 0;
    kinks.push(flat ? { ...kink, weight: times(slope, minusOne) } : kink);
    slope = next;
  }
  return kinks;
}
