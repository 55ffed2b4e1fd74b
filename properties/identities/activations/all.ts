/** Every theorem about activations and pools that is a law of networks. */
import type { Identity } from '../identity.ts';
import { averagePoolIdentities } from './average-pools.ts';
import { clipIdentities } from './clips.ts';
import { gatedIdentities } from './gated.ts';
import { maxPoolIdentities } from './max-pools.ts';
import { preluIdentities } from './prelus.ts';
import { reluIdentities } from './relus.ts';

export const activationAndPoolIdentities: readonly Identity[] = [
  ...reluIdentities,
  ...clipIdentities,
  ...gatedIdentities,
  ...preluIdentities,
  ...maxPoolIdentities,
  ...averagePoolIdentities,
];
