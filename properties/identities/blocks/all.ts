/** Every theorem about blocks that is a law of networks. */
import type { Identity } from '../identity.ts';
import { dilatedIdentities } from './dilated.ts';
import { fusedIdentities } from './fused.ts';
import { blockKernelIdentities } from './kernels.ts';
import { mergeIdentities } from './merges.ts';
import { mixedIdentities } from './mixed.ts';
import { parallelIdentities } from './parallel.ts';
import { residualIdentities } from './residual.ts';
import { shiftIdentities } from './shifts.ts';
import { wideBlockIdentities } from './wide-blocks.ts';
import { wideMergeIdentities } from './wide-merges.ts';

export const blockIdentities: readonly Identity[] = [
  ...blockKernelIdentities,
  ...mergeIdentities,
  ...residualIdentities,
  ...parallelIdentities,
  ...mixedIdentities,
  ...dilatedIdentities,
  ...fusedIdentities,
  ...shiftIdentities,
  ...wideMergeIdentities,
  ...wideBlockIdentities,
];
