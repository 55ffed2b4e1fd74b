/** Theorems about floating point itself; every other theorem is about real numbers. */
import type { Entry } from './entry.ts';
import { diracBitExact } from './floats/dirac.ts';
import { relu6BitExact, reluBitExact } from './floats/relu.ts';
import { unitBatchNormBitExact, unitVarianceBitExact } from './floats/unit-batch-norm.ts';

export const floatTheorems: readonly Entry[] = [
  diracBitExact,
  reluBitExact,
  relu6BitExact,
  unitVarianceBitExact,
  unitBatchNormBitExact,
];
