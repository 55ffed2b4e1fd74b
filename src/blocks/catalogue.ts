/** The catalogue of blocks in the language of audits, in the order they are read best. */
import type { Block } from '../audit/block.ts';
import { basicBlock } from './catalogue/basic-block.ts';
import { basicBlockProjection } from './catalogue/basic-block-projection.ts';
import { wideShortcut } from './catalogue/wide-shortcut.ts';
import { basicBlockEqualWidth } from './catalogue/basic-block-equal-width.ts';
import { bottleneck } from './catalogue/bottleneck.ts';
import { invertedResidual } from './catalogue/inverted-residual.ts';
import { invertedResidualRelu6 } from './catalogue/inverted-residual-relu6.ts';
import { invertedResidualPrelu } from './catalogue/inverted-residual-prelu.ts';
import { rmNext } from './catalogue/rm-next.ts';
import { preActivation } from './catalogue/pre-activation.ts';
import { rmRepVgg } from './catalogue/rm-rep-vgg.ts';
import { repVgg } from './catalogue/rep-vgg.ts';
import { diracNet } from './catalogue/dirac-net.ts';
import { acNet } from './catalogue/ac-net.ts';
import { diverseBranch } from './catalogue/diverse-branch.ts';
import { mobileOne } from './catalogue/mobile-one.ts';
import { repMixer } from './catalogue/rep-mixer.ts';
import { repLkNet } from './catalogue/rep-lk-net.ts';
import { dilatedBranches } from './catalogue/dilated-branches.ts';
import { twoDilations } from './catalogue/two-dilations.ts';
import { residualRepVgg } from './catalogue/residual-rep-vgg.ts';
import { convolutionalMixer } from './catalogue/convolutional-mixer.ts';
import { normBehindTheSum } from './catalogue/norm-behind-the-sum.ts';
import { squeezeAndExcite } from './catalogue/squeeze-and-excite.ts';
import { invertedResidualSilu } from './catalogue/inverted-residual-silu.ts';
import { tanhBlock } from './catalogue/tanh-block.ts';
import { pooledShortcut } from './catalogue/pooled-shortcut.ts';
import { pooledBranch } from './catalogue/pooled-branch.ts';
import { bentShortcut } from './catalogue/bent-shortcut.ts';

/** Their shortcuts, or branches, can be removed. */
export const removable: readonly Block[] = [
  basicBlock,
  basicBlockProjection,
  wideShortcut,
  basicBlockEqualWidth,
  bottleneck,
  invertedResidual,
  invertedResidualRelu6,
  invertedResidualPrelu,
  rmNext,
  preActivation,
  rmRepVgg,
  repVgg,
  diracNet,
  acNet,
  diverseBranch,
  mobileOne,
  repMixer,
  repLkNet,
  dilatedBranches,
  twoDilations,
  residualRepVgg,
  convolutionalMixer,
  normBehindTheSum,
];

/** Each fails for a reason of its own. */
export const failing: readonly Block[] = [
  squeezeAndExcite,
  invertedResidualSilu,
  tanhBlock,
  pooledShortcut,
  pooledBranch,
  bentShortcut,
];
