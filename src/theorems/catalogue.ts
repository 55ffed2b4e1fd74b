/** Every theorem, in the order in which they are read best. */
import type { Entry } from './entry.ts';
import { diracConvolution } from './layers/dirac-convolution.ts';

export const catalogue: readonly Entry[] = [diracConvolution];
