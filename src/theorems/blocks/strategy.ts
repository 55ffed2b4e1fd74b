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
import { fun, symbol, type Term } from '../../logic/term.ts';
import { clip, prelu, relu, type Statistics } from '../activations.ts';
import { add, ite, less, minus, one, zero } from '../notation.ts';
import type { Vector } from '../tensors.ts';
import { offsetOf, scaleOf } from '../layers/batch-norm.ts';
import { integer } from './frame.ts';

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
export const reach = symbol('Real', 'reach');

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
