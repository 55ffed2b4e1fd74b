/** Every theorem about blocks that is a law of networks. */
import type { Identity } from '../identity.ts';
import { residualIdentities } from './residual.ts';

export const blockIdentities: readonly Identity[] = [...residualIdentities];
