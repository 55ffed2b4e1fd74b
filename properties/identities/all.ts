/**
 * Every theorem that is a law of networks; each list is tried by the property of its name. Theorems with a property
 * of their own, `<name>.property.ts`, need not be here.
 */
import { activationAndPoolIdentities } from './activations/all.ts';
import { blockIdentities } from './blocks/all.ts';
import type { Identity } from './identity.ts';
import { layerIdentities } from './layers/all.ts';

export const identities: readonly Identity[] = [
  ...layerIdentities,
  ...activationAndPoolIdentities,
  ...blockIdentities,
];
