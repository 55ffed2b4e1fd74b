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
import { fun, int, largest, symbol, type Term } from '../../logic/term.ts';
import { clip, prelu, relu, type Statistics } from '../activations.ts';
import type { Assumption, Hypothesis, Sizes } from '../entry.ts';
import { add, and, atMost, equal, ite, less, max, minus, one, times, zero } from '../notation.ts';
import type { Vector } from '../tensors.ts';
import { offsetOf, scaleOf } from '../layers/batch-norm.ts';
import { integer, typing } from './frame.ts';

export type StrategyName = 'nonnegative' | 'unit-norm' | 'prelu' | 'bounds' | 'split' | 'shift';

/** The activation of the original, which all channels of a tensor share. */
export interface Bend {
  readonly of: (t: Term) => Term;
  /** Above which it is no longer the identity; null for never. */
  readonly top: Term | null;
}

export const rectified: Bend = { of: relu, top: null };
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
const shared = (own: Bend, _: Term, t: Term): Term => own.of(t);

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
    bend: (_, k, t) => prelu(t, ite(less(k, C), one, zero)),
  },
  split: {
    ...plain,
    name: 'split',
    count: doubled,
    source: (k) => ite(less(k, C), k, minus(k, C)),
    factor: (k) => ite(less(k, C), one, minus(one)),
    bend: shared,
  },
  shift: { ...plain, name: 'shift', gain: a, offset: b, bend: shared },
};

/** How far a value lies outside [0, top]. */
function excess(value: Term, top: Term | null): Term {
  const below = minus(value);
  return top === null ? below : max(below, minus(value, top));
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

/** `channel` is the one that matters; null for all. `input` is a channel of x at that pixel. */
export function demandsOf(
  { name }: Strategy,
  of: {
    readonly bend: Bend;
    readonly input: Vector;
    readonly channel: Term | null;
    /** Sizes at which each assumption is needed. */
    readonly breaksAt: Sizes;
  },
): Demands {
  const { input, channel, bend, breaksAt } = of;
  const holds = (amount: Vector): Term =>
    atMost(channel === null ? largest(C, amount) : amount(channel), zero);
  const who = channel === null ? 'channel' : 'value';
  switch (name) {
    case 'prelu':
    case 'split':
      return { hypotheses: [], amounts: [] };
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
      const amount: Vector = (c) => excess(input(c), bend.top);
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
      const amount: Vector = (c) => excess(add(times(a(c), input(c)), b(c)), bend.top);
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
