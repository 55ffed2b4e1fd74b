/** Every theorem about blocks that is a law of networks. */
import type { Identity } from '../identity.ts';
import { mixedIdentities } from './mixed.ts';
import { parallelIdentities } from './parallel.ts';
import { residualIdentities } from './residual.ts';

export const blockIdentities: readonly Identity[] = [
  ...residualIdentities,
  ...parallelIdentities,
  ...mixedIdentities,
];
