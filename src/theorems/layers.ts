/** The theorems about single layers and pairs of them, lemmas first. */
import { activationAndPoolTheorems } from './activations-and-pools.ts';
import type { Entry } from './entry.ts';
import {
  affineBeforeConvolution,
  foldBatchNormBefore,
  paddingWithTheBias,
} from './layers/affine-before-convolution.ts';
import { allBelowEach } from './layers/all-below.ts';
import {
  batchNormAffine,
  deadChannel,
  movedBias,
  unitBatchNorm,
  unitBatchNormOnly,
} from './layers/batch-norm.ts';
import { biasedComposition, paddedComposition } from './layers/biased-composition.ts';
import { channelPermutation } from './layers/channel-permutation.ts';
import { convolutionAfterPointwise, pointwiseAfterConvolution } from './layers/composition.ts';
import { constantChannel } from './layers/constant-channel.ts';
import {
  convolutionLinear,
  convolutionLinearInWeights,
  parallelConvolutions,
} from './layers/convolution-linear.ts';
import { convolutionSplits } from './layers/convolution-splits.ts';
import { diracConvolution } from './layers/dirac-convolution.ts';
import { depthwiseDirac, groupedDirac } from './layers/dirac-in-groups.ts';
import { centreTap, embeddedKernel } from './layers/embedded-kernel.ts';
import { embeddedSum } from './layers/embedded-sum.ts';
import { explicitPadding } from './layers/explicit-padding.ts';
import { foldBatchNorm } from './layers/fold-batch-norm.ts';
import { groupedConvolution } from './layers/grouped-convolution.ts';
import { naming } from './layers/naming.ts';
import { pointwiseConvolution } from './layers/pointwise-convolution.ts';
import { rescaledChannels } from './layers/rescaled-channels.ts';
import { swappedPlanes, swappedTriples } from './layers/swapped-sums.ts';

export const layerTheorems: readonly Entry[] = [
  allBelowEach,
  embeddedSum,
  swappedPlanes,
  swappedTriples,
  diracConvolution,
  groupedDirac,
  depthwiseDirac,
  pointwiseConvolution,
  convolutionLinear,
  convolutionLinearInWeights,
  parallelConvolutions,
  convolutionSplits,
  embeddedKernel,
  centreTap,
  explicitPadding,
  batchNormAffine,
  unitBatchNorm,
  unitBatchNormOnly,
  movedBias,
  deadChannel,
  foldBatchNorm,
  affineBeforeConvolution,
  paddingWithTheBias,
  foldBatchNormBefore,
  constantChannel,
  groupedConvolution,
  channelPermutation,
  rescaledChannels,
  pointwiseAfterConvolution,
  convolutionAfterPointwise,
  biasedComposition,
  paddedComposition,
  naming,
  ...activationAndPoolTheorems,
];
