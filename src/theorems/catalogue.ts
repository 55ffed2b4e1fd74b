/** Every theorem, in the order in which they are read best. */
import { blockTheorems } from './blocks.ts';
import type { Entry } from './entry.ts';
import { floatTheorems } from './floats.ts';
import { layerTheorems } from './layers.ts';

export const catalogue: readonly Entry[] = [...layerTheorems, ...blockTheorems, ...floatTheorems];
