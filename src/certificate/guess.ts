/** What a channel may be, before it is said of runs of channels. */
import type { Multiple } from '../equivalence/holders.ts';
import type { Rule, Term } from './certificate.ts';

export interface Guess {
  readonly rule: Rule;
  readonly terms: readonly Term[];
  readonly constant: number;
}

/** Of each channel of a tensor, best guess first. */
export type Guesses = readonly (readonly Guess[])[];

export function number(constant: number): Guess {
  return { rule: 'is', terms: [], constant };
}

export const free: Guess = { rule: 'any', terms: [], constant: 0 };

/** Constants and factors this near to none come of rounding. */
const negligible = 2 ** -20;

/** own = scale · other + constant, each rounded to what it is likely meant to be. */
export function ratio(
  own: Multiple,
  other: Multiple,
): { readonly scale: number; readonly constant: number } {
  const exact = own.scale.mid / other.scale.mid;
  const power = Math.sign(exact) * 2 ** Math.round(Math.log2(Math.abs(exact)));
  const scale = Math.abs(exact - power) <= negligible * Math.abs(power) ? power : exact;
  const constant = own.constant.mid - scale * other.constant.mid;
  const size = own.constant.magnitude + Math.abs(scale) * other.constant.magnitude;
  return { scale, constant: Math.abs(constant) <= negligible * size ? 0 : constant };
}

/** Guesses that are tried for a channel, at most. */
const most = 4;

/**
 * The best guesses of each channel, those first that need no constant, and then what more of the channels can be: the
 * fewer tensors a step speaks of, the fewer there are to name.
 */
export function byShare(channels: Guesses): Guesses {
  const share = new Map<string, number>();
  const keyOf = ({ terms }: Guess): string => terms.at(0)?.tensor ?? '';
  for (const guesses of channels) {
    for (const key of new Set(guesses.filter(({ rule }) => rule === 'is').map(keyOf)))
      share.set(key, (share.get(key) ?? 0) + 1);
  }
  const shareOf = (guess: Guess): number =>
    (share.get(keyOf(guess)) ?? 0) + (guess.constant === 0 ? channels.length : 0);
  return channels.map((guesses) => {
    const isAlike = guesses.every(({ rule, terms }) => rule === 'is' && terms.length > 0);
    const sorted = isAlike ? guesses.toSorted((a, b) => shareOf(b) - shareOf(a)) : guesses;
    return sorted.slice(0, most);
  });
}
