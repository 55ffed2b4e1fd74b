/**
 * Claim: PReLU with slope 1 is the identity, with slope 0 ReLU, and leaky or not a mixture of the two.
 * Source: the theorems' own. Expected: holds, and not for other slopes, signs or factors.
 */
import * as theorems from '../../../src/theorems/layers/prelu.ts';
import type { Identity } from '../identity.ts';
import type { Letters } from '../letters.ts';
import {
  leakyRelu,
  nothing,
  ofValues,
  prelu,
  relu,
  scale,
  sequence,
  size,
  together,
  type Draw,
} from './values.ts';

/** a·t + (1 − a)·relu(t) */
function mixture(letters: Letters): Draw {
  const a = letters.real('a');
  return together('add', scale(a), sequence(relu, scale(1 - a)));
}

const sloped = (letters: Letters): Draw => prelu(letters.real('a'));

export const preluIdentities: readonly Identity[] = [
  ofValues({
    entry: theorems.preluSlopeOne,
    determined: () => ({ a: 1 }),
    sides: (letters) => [sloped(letters), nothing],
  }),
  ofValues({
    entry: theorems.preluSlopeZero,
    determined: () => ({ a: 0 }),
    sides: (letters) => [sloped(letters), relu],
  }),
  ofValues({
    entry: theorems.preluNonNegative,
    determined: (letters) => ({ t: size(letters, 't') }),
    sides: (letters) => [sloped(letters), nothing],
  }),
  ofValues({
    entry: theorems.preluAsRelu,
    sides: (letters) => [sloped(letters), mixture(letters)],
  }),
  ofValues({
    entry: theorems.leakyAsRelu,
    sides: (letters) => [leakyRelu(letters.real('a')), mixture(letters)],
  }),
  ofValues({
    entry: theorems.preluHomogeneous,
    determined: (letters) => ({ factor: size(letters, 'factor') }),
    sides: (letters) => {
      const factor = scale(letters.real('factor'));
      return [sequence(factor, sloped(letters)), sequence(sloped(letters), factor)];
    },
  }),
];
