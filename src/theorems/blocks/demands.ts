/**
 * What a strategy asks of the values that a shortcut carries: of the one that matters, or of all that a projection
 * reads.
 */
import { int, key, largest, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Assumption, Hypothesis, Sizes } from '../entry.ts';
import { add, and, atMost, equal, less, max, min, minus, one, times, zero } from '../notation.ts';
import { ofIndex } from '../sums.ts';
import { typing } from './frame.ts';
import { a, b, inverse, reach, reservedNorm, type Bend, type Strategy } from './strategy.ts';

/** How far a value lies outside [floor, top]. */
function excess(value: Term, { top, floor }: Pick<Bend, 'top' | 'floor'>): Term {
  const below = floor === undefined || floor === null ? minus(value) : minus(floor, value);
  return top === null ? below : max(below, minus(value, top));
}

/** Where all of them are the identity. */
function common(bends: readonly Bend[]): Pick<Bend, 'top' | 'floor'> {
  const limits = bends.filter(({ floor }) => floor !== null);
  const tops = distinct(limits.flatMap(({ top }) => (top === null ? [] : [top])));
  const floors = distinct(limits.map(({ floor }) => floor ?? zero));
  const isUsual = floors.every((floor) => floor === zero);
  return {
    top: tops.length === 0 ? null : tops.reduce(min),
    ...(isUsual ? {} : { floor: floors.reduce(max) }),
  };
}

function distinct(terms: readonly Term[]): readonly Term[] {
  return [...new Map(terms.map((term) => [key(term), term])).values()];
}

/** The batch norm beside reserved channel k is the identity. */
function unitNorm(k: Term, breaksAt: Sizes): readonly Hypothesis[] {
  const { statistics, spread } = reservedNorm(k);
  const { gamma, beta, mean, inverseRoot: r } = statistics;
  return [
    typing(and(less(zero, r), equal(times(r, r, spread), one))),
    {
      kind: 'assumption',
      label: 'unit-norm',
      meaning: 'beside the reserved channel γ is √(σ²+ε), with the ε of that layer, and β is μ',
      term: and(equal(times(gamma, gamma), spread), less(zero, gamma), equal(beta, mean)),
      breaksAt,
    },
  ];
}

/** Of a value at some indices, the first of which is its channel. */
export type Amount = (...at: readonly Term[]) => Term;

/** Which values matter, and how they are called: 'value of the block's input'. */
export interface Reads {
  readonly subject: string;
  /** Where they are, in words; empty where the subject says it. */
  readonly place: string;
  readonly value: Amount;
  /** Indices of the only one; or how many there are of each index. */
  readonly only: readonly Term[] | null;
  readonly counts: readonly Term[];
}

export interface Demands {
  readonly hypotheses: readonly Hypothesis[];
  /** Where several values matter: what the hypotheses say is at most zero for all of them. */
  readonly amounts: readonly Amount[];
  readonly reads: Reads;
}

/** The largest of an amount over what is left of the indices. */
function largestOf(amount: Amount, counts: readonly Term[], at: readonly Term[] = []): Term {
  if (at.length === counts.length) return amount(...at);
  return largest(counts[at.length], (next) => largestOf(amount, counts, [...at, next]));
}

/** Of `below-largest`: each amount at these indices is at most its largest. */
export function membersOf(
  { amounts, reads: { counts } }: Demands,
  belowLargest: Theorem,
  at: readonly Term[],
): readonly Theorem[] {
  return amounts.flatMap((amount) =>
    counts.map((count, k) => {
      const of = (next: Term): Term => largestOf(amount, counts, [...at.slice(0, k), next]);
      return instance(belowLargest, { n: count, j: at[k], h: ofIndex(of) });
    }),
  );
}

/** Of a split: nothing, but for activations with a bound, or with values that are known only as far as they are. */
function splitDemands(
  bends: readonly Bend[],
  of: {
    readonly reads: Reads;
    readonly holds: (amount: Amount) => Term;
    readonly breaksAt: Sizes;
    readonly top: Term | null;
  },
): Omit<Demands, 'reads'> {
  const { reads, holds, breaksAt, top } = of;
  const { value, subject } = reads;
  const known = bends.flatMap((bend) => (bend.known === undefined ? [] : [bend.known]));
  const gaps = known.map((gap): Amount => {
    return (...at) => max(gap(value(...at)), minus(gap(value(...at))));
  });
  const typings = gaps.map((gap) => typing(holds(gap)));
  if (top === null) return { hypotheses: typings, amounts: gaps };
  const amount: Amount = (...at) => max(minus(value(...at), top), minus(minus(value(...at)), top));
  const assumption: Assumption = {
    kind: 'assumption',
    label: 'within-top',
    meaning: `no ${subject} is further from zero than the activation's bound`,
    term: holds(amount),
    breaksAt,
  };
  return { hypotheses: [...typings, assumption], amounts: [...gaps, amount] };
}

export function demandsOf(
  { name }: Strategy,
  of: {
    /** Of the hidden layers, in order. */
    readonly bends: readonly Bend[];
    readonly reads: Reads;
    /** Sizes at which each assumption is needed. */
    readonly breaksAt: Sizes;
  },
): Demands {
  const { reads, bends, breaksAt } = of;
  const { subject, place, value, only, counts } = reads;
  const limits = common(bends);
  const holds = (amount: Amount): Term =>
    atMost(only === null ? largestOf(amount, counts) : amount(...only), zero);
  switch (name) {
    case 'prelu':
      return { hypotheses: [], amounts: [], reads };
    case 'split':
      return { ...splitDemands(bends, { reads, holds, breaksAt, top: limits.top }), reads };
    case 'bounds': {
      const amount: Amount = (...at) =>
        max(minus(value(...at), reach), minus(minus(value(...at)), reach));
      const assumption: Assumption = {
        kind: 'assumption',
        label: 'within-reach',
        meaning: `no ${subject} is beyond the reserved channels' bounds`,
        term: holds(amount),
        breaksAt,
      };
      return { hypotheses: [assumption], amounts: [amount], reads };
    }
    case 'unit-norm':
    case 'nonnegative': {
      const amount: Amount = (...at) => excess(value(...at), limits);
      const assumption: Assumption = {
        kind: 'assumption',
        label: 'non-negative',
        meaning: `no ${subject} is negative${place}`,
        term: holds(amount),
        breaksAt,
      };
      const norm = name === 'unit-norm' ? unitNorm(only?.[0] ?? int(0), breaksAt) : [];
      return { hypotheses: [...norm, assumption], amounts: [amount], reads };
    }
    case 'shift': {
      const amount: Amount = (...at) =>
        excess(add(times(a(at[0]), value(...at)), b(at[0])), limits);
      const inRange: Assumption = {
        kind: 'assumption',
        label: 'in-range',
        meaning: `each shifted ${subject} is where the activation is the identity`,
        term: holds(amount),
        breaksAt,
      };
      const error: Amount = (c) => minus(times(inverse(c), a(c)), one);
      const size: Amount = (...at) => max(error(...at), minus(error(...at)));
      return { hypotheses: [typing(holds(size)), inRange], amounts: [size, amount], reads };
    }
  }
}
