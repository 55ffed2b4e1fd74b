/**
 * Claims: the theorems about activations and pools, each on real kernels; each fails there without any one of its
 * assumptions. One file for all of them: starting a process takes longer than all its laws.
 * Expected: holds.
 */
import { identity } from './identity.ts';
import { activationAndPoolIdentities } from './activations/all.ts';

for (const one of activationAndPoolIdentities) identity(one);
