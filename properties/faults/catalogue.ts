/**
 * Every fault, by name.
 *
 * Of the list of converters' bugs, 1 to 14, 16 and 17 are here as edits of a model. Bug 15 is here as far
 * as it shows in a model (a batch norm or a branch applied twice); that converting twice changes nothing
 * and leaves the source alone is a law of the converter, in properties/convert.
 */
import { activationFaults } from './activations.ts';
import { batchNormFaults } from './batch-norms.ts';
import { biasFaults } from './biases.ts';
import { exportFaults } from './export.ts';
import type { Fault } from './fault.ts';
import { foldingFaults } from './folding.ts';
import { kernelFaults } from './kernels.ts';
import { reservedFaults } from './reserved.ts';
import { weightFaults } from './weights.ts';
import { windowFaults } from './windows.ts';
import { wiringFaults } from './wiring.ts';

export const faults: readonly Fault[] = [
  ...weightFaults,
  ...kernelFaults,
  ...biasFaults,
  ...batchNormFaults,
  ...foldingFaults,
  ...reservedFaults,
  ...activationFaults,
  ...windowFaults,
  ...wiringFaults,
  ...exportFaults,
];
