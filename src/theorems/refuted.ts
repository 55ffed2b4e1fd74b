/** Wrong statements, each with a counterexample; with what it lacks, it is true. */
import type { Falsehood } from './falsehood.ts';
import * as reserving from './refuted/reserving.ts';
import * as activations from './refuted/activations.ts';
import * as folding from './refuted/folding.ts';
import * as windows from './refuted/windows.ts';
import * as fusing from './refuted/fusing.ts';
import * as floats from './refuted/floats.ts';

export const falsehoods: readonly Falsehood[] = [
  reserving.plainRelu,
  reserving.projectionAsDirac,
  reserving.reservedClipped,
  reserving.indexInGroup,
  reserving.identityOfOnes,
  reserving.maskedShortcut,
  reserving.offCentre,
  reserving.splitWithoutSign,
  reserving.shiftTooSmall,
  activations.relu6AsRelu,
  activations.reluAdditive,
  activations.reluHomogeneous,
  activations.shiftThroughRelu,
  activations.clipWithoutFloor,
  activations.preluComposition,
  folding.copiedEpsilon,
  folding.defaultBatchNorm,
  folding.deviationForRoot,
  folding.meanNotScaled,
  folding.trainingStatistics,
  folding.biasNotScaled,
  folding.biasDropped,
  folding.deadChannel,
  windows.biasBeforePadding,
  windows.fusedAcrossPadding,
  windows.fusedStrideLost,
  windows.subsampledBefore,
  windows.maxPoolOfZeros,
  windows.averageCountsPadding,
  windows.maxPoolScaled,
  fusing.fusedAcrossActivation,
  fusing.fusedAcrossGroups,
  fusing.groupsIgnored,
  fusing.permutedOnOneSide,
  floats.defaultBatchNormFloat,
  floats.undoneBatchNormFloat,
  floats.sumsAssociate,
  floats.foldedBits,
  floats.zeroTimesAnything,
];
