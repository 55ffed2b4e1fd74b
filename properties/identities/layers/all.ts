/** Every theorem about layers that is a law of networks. */
import type { Identity } from '../identity.ts';
import { diracIdentities } from './dirac.ts';

export const layerIdentities: readonly Identity[] = [...diracIdentities];
