/**
 * Claims: the theorems about single layers and pairs of them, each on real kernels; each fails there without any
 * one of its assumptions. One file for all of them: starting a process takes longer than all its laws.
 * Expected: holds.
 */
import { identity } from './identity.ts';
import { layerIdentities } from './layers/all.ts';

for (const one of layerIdentities) identity(one);
