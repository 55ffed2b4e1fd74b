/** The theorems about layers that are not convolutions or batch norms, lemmas first. */
import type { Entry } from './entry.ts';
import { averageDivisorTheorems } from './layers/average-pool-divisor.ts';
import { averagePoolTheorems } from './layers/average-pool.ts';
import { clipTheorems } from './layers/clip.ts';
import { gatedTheorems } from './layers/gated.ts';
import { largestTheorems } from './layers/largest.ts';
import { maxPoolNestedTheorems } from './layers/max-pool-nested.ts';
import { maxPoolPaddingTheorems } from './layers/max-pool-padding.ts';
import { maxPoolTheorems } from './layers/max-pool.ts';
import { preluTheorems } from './layers/prelu.ts';
import { reluTheorems } from './layers/relu.ts';

export const activationAndPoolTheorems: readonly Entry[] = [
  ...reluTheorems,
  ...clipTheorems,
  ...gatedTheorems,
  ...preluTheorems,
  ...largestTheorems,
  ...maxPoolTheorems,
  ...maxPoolPaddingTheorems,
  ...maxPoolNestedTheorems,
  ...averagePoolTheorems,
  ...averageDivisorTheorems,
];
