/**
 * Claim: t·g(t) at −t is what it is at t, less t, where g(t) + g(−t) = 1; hard swish with β = ½ is such a function.
 * Source: the theorems' own. Expected: holds, and not for other gates, nor for another β.
 */
import * as theorems from '../../../src/theorems/layers/gated.ts';
import type { Identity } from '../identity.ts';
import type { Letters } from '../letters.ts';
import { nothing, ofValues, opaque, scale, sequence, together } from './values.ts';

const negated = scale(-1);

const hardSwish = (letters: Letters) =>
  opaque('hardSwish', letters.real('alpha'), letters.real('beta'));

export const gatedIdentities: readonly Identity[] = [
  ofValues({
    entry: theorems.gatedNegated,
    determined: (letters) => ({ opposite: 1 - letters.real('gate') }),
    sides: (letters) => [
      sequence(negated, scale(letters.real('opposite'))),
      together('subtract', scale(letters.real('gate')), nothing),
    ],
  }),
  ofValues({
    entry: theorems.hardSwishNegated,
    determined: () => ({ beta: 0.5 }),
    sides: (letters) => [
      sequence(negated, hardSwish(letters)),
      together('subtract', hardSwish(letters), nothing),
    ],
  }),
];
