/**
 * Activations and batch norm as theorems speak of them: the formulas of src/formula/, at a term.
 */
import type { Term } from '../logic/term.ts';
import * as pointwise from '../formula/pointwise.ts';
import { translate } from '../formula/translate.ts';
import { add, equal, less, times, zero } from './notation.ts';

const none = { symbols: {}, functions: {} };

/** max(t, 0) */
export function relu(t: Term): Term {
  return translate(pointwise.relu, { ...none, symbols: { t } });
}

/** min(max(t, lower), upper) */
export function clip(t: Term, lower: Term, upper: Term): Term {
  const functions = { l: () => lower, h: () => upper };
  return translate(pointwise.clip, { symbols: { t, o: zero }, functions });
}

/** t where t ≥ 0, slope·t elsewhere; a leaky ReLU is the same with one slope for all. */
export function prelu(t: Term, slope: Term): Term {
  return translate(pointwise.prelu, { symbols: { t, o: zero }, functions: { a: () => slope } });
}

/** One channel's parameters; `root` stands for √(variance + epsilon), see `rootOf`. */
export interface BatchNormParameters {
  readonly gamma: Term;
  readonly beta: Term;
  readonly mean: Term;
  readonly root: Term;
}

/** γ·(t − μ)/r + β */
export function batchNorm({ gamma, beta, mean, root }: BatchNormParameters): (t: Term) => Term {
  const functions = {
    gamma: () => gamma,
    beta: () => beta,
    mu: () => mean,
    sigma2: () => zero,
    sqrt: () => root,
  };
  return (t) => translate(pointwise.batchNorm, { symbols: { t, o: zero, eps: zero }, functions });
}

/** What makes `root` the root of variance + epsilon, where that is positive: 0 < r, and r·r = σ² + ε. */
export function rootOf(root: Term, variance: Term, epsilon: Term): readonly [Term, Term] {
  return [less(zero, root), equal(times(root, root), add(variance, epsilon))];
}
