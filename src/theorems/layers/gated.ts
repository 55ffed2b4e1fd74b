/**
 * Values times a gate that adds up to one at a value and at its negative: GELU, SiLU, hard swish.
 *
 * That Φ, the logistic function and ½(1 + tanh) of something odd are such gates is no theorem here: they are
 * transcendental. Of hard swish all is proved.
 */
import { real } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { add, equal, minus, one, times } from '../notation.ts';
import { hardSwish } from '../activations.ts';
import { direct, number } from './direct.ts';
import { assumption } from './letters.ts';

const [t, gate, opposite, alpha, beta] = ['t', 'gate', 'opposite', 'alpha', 'beta'].map(number);

export const gatedNegated = direct({
  name: 'gated-negated',
  says: 'f(−t) = f(t) − t for f(t) = t·g(t), where g(t) + g(−t) = 1: GELU, SiLU.',
  source: 'arXiv 1606.08415, t·Φ(t) and t·σ(t)',
  statement: {
    hypotheses: [
      assumption({
        label: 'complementary',
        meaning: 'the gate at the value and the gate at its negative add up to one',
        term: equal(add(gate, opposite), one),
      }),
    ],
    conclusion: equal(times(minus(t), opposite), minus(times(t, gate), t)),
  },
});

export const hardSwishNegated = direct({
  name: 'hard-swish-negated',
  says: 'Hard swish of −t is hard swish of t, less t, where β is one half.',
  source: 'arXiv 1905.02244',
  statement: {
    hypotheses: [
      assumption({
        label: 'half',
        meaning: 'β is one half',
        term: equal(beta, real(1, 2)),
      }),
    ],
    conclusion: equal(hardSwish(minus(t), alpha, beta), minus(hardSwish(t, alpha, beta), t)),
  },
});

export const gatedTheorems: readonly Entry[] = [gatedNegated, hardSwishNegated];
