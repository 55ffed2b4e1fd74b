/** The theorems about blocks, in the order in which they are read best. */
import type { Entry } from './entry.ts';
import { residualBlocks } from './blocks/residual-blocks.ts';
import { coreTheorems } from './blocks/core.ts';
import { dilatedTheorems } from './blocks/dilated.ts';
import { diverseTheorems } from './blocks/diverse-branch.ts';
import { exchangeTheorems } from './blocks/exchange.ts';
import { branchBlocks } from './blocks/branch-blocks.ts';
import { kernelTheorems } from './blocks/kernels.ts';
import { groupTheorems } from './blocks/groups.ts';
import { layerTheorems } from './blocks/layers.ts';
import { mergeTheorems } from './blocks/merge.ts';
import { rmRepVgg } from './blocks/rm-rep-vgg.ts';
import { fusedPointwise } from './blocks/fused-pointwise.ts';
import { shiftTheorems } from './blocks/shift.ts';
import { splitTheorems } from './blocks/split-merge.ts';
import { wideMergeTheorems } from './blocks/wide-merge.ts';

export const blockTheorems: readonly Entry[] = [
  ...coreTheorems,
  ...mergeTheorems,
  ...splitTheorems,
  ...shiftTheorems,
  ...layerTheorems,
  ...groupTheorems,
  ...kernelTheorems,
  ...dilatedTheorems,
  ...wideMergeTheorems,
  ...exchangeTheorems,
  ...residualBlocks,
  fusedPointwise,
  ...branchBlocks,
  rmRepVgg,
  ...diverseTheorems,
];
