/** Every pair, in one list for the verifier's tests and one for whoever wants the wrong ones alone. */
import { activationSpellingPairs } from './correct/activation-spelling.ts';
import { basicBlockPairs } from './correct/basic-block.ts';
import { beyondNormalFormPairs } from './correct/beyond-normal-form.ts';
import { borderPairs } from './correct/border.ts';
import { branchSumPairs } from './correct/branch-sum.ts';
import { channelOrderPairs } from './correct/channel-order.ts';
import { channelSplitPairs } from './correct/channel-split.ts';
import { convolutionFusionPairs } from './correct/convolution-fusion.ts';
import { deadChannelPairs } from './correct/dead-channel.ts';
import { diverseBranchPairs } from './correct/diverse-branch.ts';
import { groupedBlockPairs } from './correct/grouped-block.ts';
import { invertedResidualPairs } from './correct/inverted-residual.ts';
import { preActivationPairs } from './correct/pre-activation.ts';
import { projectionPairs } from './correct/projection-block.ts';
import { repVggPairs } from './correct/rep-vgg.ts';
import { signPairs } from './correct/sign.ts';
import { statedRangePairs } from './correct/stated-range.ts';
import { windowSpellingPairs } from './correct/window-spelling.ts';
import type { Pair } from './pair.ts';
import { wrongMergingPairs } from './wrong/merging.ts';
import { wrongNormPairs } from './wrong/norm-folding.ts';
import { perturbedLayerPairs } from './wrong/perturbed-layer.ts';
import { reasoningPairs } from './wrong/reasoning.ts';
import { reservedChannelPairs } from './wrong/reserved-channel.ts';

export function correctPairs(): Pair[] {
  return [
    ...basicBlockPairs(),
    ...projectionPairs(),
    ...groupedBlockPairs(),
    ...invertedResidualPairs(),
    ...preActivationPairs(),
    ...repVggPairs(),
    ...branchSumPairs(),
    ...diverseBranchPairs(),
    ...activationSpellingPairs(),
    ...channelOrderPairs(),
    ...channelSplitPairs(),
    ...convolutionFusionPairs(),
    ...deadChannelPairs(),
    ...windowSpellingPairs(),
    ...statedRangePairs(),
    ...borderPairs(),
    ...signPairs(),
  ];
}

/** Correct, but perhaps beyond a verifier: to be proved or left undecided, never refuted. */
export function hardPairs(): Pair[] {
  return beyondNormalFormPairs();
}

export function wrongPairs(): Pair[] {
  return [
    ...perturbedLayerPairs(),
    ...reservedChannelPairs(),
    ...wrongNormPairs(),
    ...wrongMergingPairs(),
    ...reasoningPairs(),
  ];
}

/** Each original of the correct pairs, against itself. */
export function selfPairs(): Pair[] {
  return correctPairs().map((pair) => ({
    ...pair,
    name: `${pair.name}-itself`,
    converted: pair.original,
    expected: 'exact',
    note: 'a model against itself',
  }));
}
