/**
 * Claims: the theorems about blocks, each on real kernels; each fails there without any one of its assumptions.
 * One file for all of them: starting a process takes longer than all its laws.
 * Expected: holds.
 */
import { blockIdentities } from './blocks/all.ts';
import { identity } from './identity.ts';

for (const one of blockIdentities) identity(one);
