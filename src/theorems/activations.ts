/**
 * Activations and batch norm as theorems speak of them: the formulas of src/formula/, at a term.
 */
import type { Term } from '../logic/term.ts';
import * as pointwise from '../formula/pointwise.ts';
import { translate } from '../formula/translate.ts';
import { zero } from './notation.ts';

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

/** t where t ≥ 0, slope·t elsewhere. */
export function prelu(t: Term, slope: Term): Term {
  return translate(pointwise.prelu, { symbols: { t, o: zero }, functions: { a: () => slope } });
}

/** As PReLU, with one slope for all channels. */
export function leakyRelu(t: Term, slope: Term): Term {
  return translate(pointwise.leakyRelu, { ...none, symbols: { t, a: slope } });
}

/** min(max(αt + β, 0), 1) */
export function hardSigmoid(t: Term, alpha: Term, beta: Term): Term {
  return translate(pointwise.hardSigmoid, { ...none, symbols: { t, alpha, beta } });
}

/** t·min(max(αt + β, 0), 1) */
export function hardSwish(t: Term, alpha: Term, beta: Term): Term {
  return translate(pointwise.hardSwish, { ...none, symbols: { t, alpha, beta } });
}

/** What one channel is normalised with. */
export interface Statistics {
  readonly gamma: Term;
  readonly beta: Term;
  readonly mean: Term;
  /** 1/√(σ²+ε), positive. */
  readonly inverseRoot: Term;
}

/** γ·r·(t − μ) + β with r = 1/√(σ²+ε) */
export function batchNorm({ gamma, beta, mean, inverseRoot }: Statistics, t: Term): Term {
  const functions = {
    gamma: () => gamma,
    beta: () => beta,
    mu: () => mean,
    // What the root is of is said by hypotheses on r.
    sigma2: () => zero,
    inverseRoot: () => inverseRoot,
  };
  return translate(pointwise.batchNorm, { symbols: { t, o: zero, eps: zero }, functions });
}
