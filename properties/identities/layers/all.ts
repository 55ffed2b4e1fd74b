/** Every theorem about layers that is a law of networks. */
import type { Identity } from '../identity.ts';
import { batchNormIdentities } from './batch-norms.ts';
import { compositionIdentities } from './compositions.ts';
import { constantIdentities } from './constants.ts';
import { diracIdentities } from './dirac.ts';
import { kernelIdentities } from './kernels.ts';
import { linearIdentities } from './linear.ts';

export const layerIdentities: readonly Identity[] = [
  ...diracIdentities,
  ...kernelIdentities,
  ...linearIdentities,
  ...batchNormIdentities,
  ...constantIdentities,
  ...compositionIdentities,
];
