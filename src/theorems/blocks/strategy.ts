/**
 * How a value that may be negative gets through the activations of a branch, in the letters of a block: x has C
 * channels, and channel k of the reserved ones holds gain(k)·factor(k)·x(source(k)) + offset(k), bent.
 *
 * - `nonnegative`: x itself; it lies where the activation is the identity.
 * - `unit-norm`: the same, behind a batch norm that is to be the identity.
 * - `prelu`: x itself, behind an activation that has slope 1 there and the branch's own elsewhere.
 * - `bounds`: x itself, behind a clip whose bounds are wide there and the branch's own elsewhere.
 * - `split`: x and −x, twice the channels; relu(x) − relu(−x) = x.
 * - `shift`: a·x + b, inside the range where the activation is the identity, for each channel its own a and b.
 */
import { fun, int, key, largest, symbol, type Term } from '../../logic/term.ts';
import { clip, prelu, relu, type Statistics } from '../activations.ts';
import type { Assumption, Hypothesis, Sizes } from '../entry.ts';
import {
  add,
  and,
  atMost,
  equal,
  ite,
  less,
  max,
  min,
  minus,
  one,
  times,
  zero,
} from '../notation.ts';
import type { Vector } from '../tensors.ts';
import { offsetOf, scaleOf } from '../layers/batch-norm.ts';
import { integer, typing } from './frame.ts';

export type StrategyName = 'nonnegative' | 'unit-norm' | 'prelu' | 'bounds' | 'split' | 'shift';

/** The activation of the original. */
export interface Bend {
  /** At a value; `channel` is the branch's own, from zero. */
  readonly of: (t: Term, channel: Term) => Term;
  /** Above which it is no longer the identity; null for never. */
  readonly top: Term | null;
  /** Below which it is not; null for never, and zero unless told. */
  readonly floor?: Term | null;
  /**
   * Where it is not given by slopes and bounds: the activation that is the identity where `spared` says so, as an
   * activation with its parameters for each channel can be; null where there is none to be had.
   */
  readonly spare?: ((spared: Term, t: Term, channel: Term) => Term) | null;
  /** Zero for every t: what is known of its values at t and −t besides. */
  readonly known?: (t: Term) => Term;
}

export const rectified: Bend = { of: relu, top: null };
/** No activation. */
export const unbent: Bend = { of: (t) => t, top: null, floor: null, spare: (_, t) => t };
/** ReLU6 with any bound in the place of 6. */
export const clipped = (top: Term): Bend => ({ of: (t) => clip(t, zero, top), top });

const C = integer('C');
const doubled = add(C, C);
export const [a, b, inverse] = [fun('a'), fun('b'), fun('ainv')];

/** How far the wide bounds of reserved channels are from zero. */
const reach = symbol('Real', 'reach');

/** Of the batch norm beside a reserved channel. */
export function reservedNorm(k: Term): { readonly statistics: Statistics; readonly spread: Term } {
  const [gamma, beta, mean, r, variance] = ['gamma', 'beta', 'mean', 'r', 'variance'].map((name) =>
    fun(name)(k),
  );
  return {
    statistics: { gamma, beta, mean, inverseRoot: r },
    spread: add(variance, symbol('Real', 'epsilon')),
  };
}

export interface Strategy {
  readonly name: StrategyName;
  /** Reserved channels. */
  readonly count: Term;
  readonly source: Vector;
  readonly factor: Vector;
  /** Of the first batch norm's reserved channels. */
  readonly gain: Vector;
  readonly offset: Vector;
  /** The activation of the converted layer's channel k. */
  readonly bend: (own: Bend, k: Term, t: Term) => Term;
}

const plain = {
  count: C,
  source: (k: Term) => k,
  factor: () => one,
  gain: () => one,
  offset: () => zero,
};
const behind =
  (count: Term) =>
  (own: Bend, k: Term, t: Term): Term =>
    own.of(t, minus(k, count));
const shared = behind(C);

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  nonnegative: { ...plain, name: 'nonnegative', bend: shared },
  'unit-norm': {
    ...plain,
    name: 'unit-norm',
    gain: (k) => scaleOf(reservedNorm(k).statistics),
    offset: (k) => offsetOf(reservedNorm(k).statistics),
    bend: shared,
  },
  bounds: {
    ...plain,
    name: 'bounds',
    bend: ({ top }, k, t) => {
      const [low, high] = [ite(less(k, C), minus(reach), zero), top ?? reach];
      return clip(t, low, ite(less(k, C), reach, high));
    },
  },
  prelu: {
    ...plain,
    name: 'prelu',
    bend: ({ spare }, k, t) =>
      typeof spare === 'function'
        ? spare(less(k, C), t, minus(k, C))
        : prelu(t, ite(less(k, C), one, zero)),
  },
  split: {
    ...plain,
    name: 'split',
    count: doubled,
    source: (k) => ite(less(k, C), k, minus(k, C)),
    factor: (k) => ite(less(k, C), one, minus(one)),
    bend: behind(doubled),
  },
  shift: { ...plain, name: 'shift', gain: a, offset: b, bend: shared },
};

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

/** What a strategy asks of the block's input at the pixel that the centre reads. */
export interface Demands {
  readonly hypotheses: readonly Hypothesis[];
  /** Where all channels matter: what the hypotheses say is largest over channels, and at most zero. */
  readonly amounts: readonly Vector[];
}

/** Of a split: nothing, but for activations with a bound, or with values that are known only as far as they are. */
function splitDemands(
  bends: readonly Bend[],
  of: {
    readonly input: Vector;
    readonly holds: (amount: Vector) => Term;
    readonly who: string;
    readonly breaksAt: Sizes;
    readonly top: Term | null;
  },
): Demands {
  const { input, holds, who, breaksAt, top } = of;
  const known = bends.flatMap((bend) => (bend.known === undefined ? [] : [bend.known]));
  const gaps = known.map((value): Vector => {
    return (c) => max(value(input(c)), minus(value(input(c))));
  });
  const typings = gaps.map((gap) => typing(holds(gap)));
  if (top === null) return { hypotheses: typings, amounts: gaps };
  const amount: Vector = (c) => max(minus(input(c), top), minus(minus(input(c)), top));
  const assumption: Assumption = {
    kind: 'assumption',
    label: 'within-top',
    meaning: `no ${who} of the block's input is further from zero than the activation's bound`,
    term: holds(amount),
    breaksAt,
  };
  return { hypotheses: [...typings, assumption], amounts: [...gaps, amount] };
}

/** `channel` is the one that matters; null for all. `input` is a channel of x at that pixel. */
export function demandsOf(
  { name }: Strategy,
  of: {
    /** Of the hidden layers, in order. */
    readonly bends: readonly Bend[];
    readonly input: Vector;
    readonly channel: Term | null;
    /** Sizes at which each assumption is needed. */
    readonly breaksAt: Sizes;
  },
): Demands {
  const { input, channel, bends, breaksAt } = of;
  const limits = common(bends);
  const holds = (amount: Vector): Term =>
    atMost(channel === null ? largest(C, amount) : amount(channel), zero);
  const who = channel === null ? 'channel' : 'value';
  switch (name) {
    case 'prelu':
      return { hypotheses: [], amounts: [] };
    case 'split':
      return splitDemands(bends, { input, holds, who, breaksAt, top: limits.top });
    case 'bounds': {
      const amount: Vector = (c) => max(minus(input(c), reach), minus(minus(input(c)), reach));
      const assumption: Assumption = {
        kind: 'assumption',
        label: 'within-reach',
        meaning: `no ${who} of the block's input is beyond the reserved channels' bounds`,
        term: holds(amount),
        breaksAt,
      };
      return { hypotheses: [assumption], amounts: [amount] };
    }
    case 'unit-norm':
    case 'nonnegative': {
      const amount: Vector = (c) => excess(input(c), limits);
      const assumption: Assumption = {
        kind: 'assumption',
        label: 'non-negative',
        meaning: `no ${who} of the block's input is negative at this pixel`,
        term: holds(amount),
        breaksAt,
      };
      const norm = name === 'unit-norm' ? unitNorm(channel ?? int(0), breaksAt) : [];
      return { hypotheses: [...norm, assumption], amounts: [amount] };
    }
    case 'shift': {
      const amount: Vector = (c) => excess(add(times(a(c), input(c)), b(c)), limits);
      const inRange: Assumption = {
        kind: 'assumption',
        label: 'in-range',
        meaning: `each shifted ${who} of the block's input is where the activation is the identity`,
        term: holds(amount),
        breaksAt,
      };
      const error = (c: Term): Term => minus(times(inverse(c), a(c)), one);
      const size: Vector = (c) => max(error(c), minus(error(c)));
      return { hypotheses: [typing(holds(size)), inRange], amounts: [size, amount] };
    }
  }
}
