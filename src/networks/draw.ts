/**
 * The networks a gate draws: network k depends on the seed, on k, and on the families and sizes asked for,
 * and on nothing else, so that a shard or a single case can be drawn without the rest.
 *
 * Every other network is of one family alone, each in its turn; those between mix whatever is asked for.
 */
import fc from 'fast-check';
import type { Family, Sizes } from './choice.ts';
import { arbitraryNetwork, type NetworkRecipe } from './network.ts';

export interface Drawing {
  readonly families: readonly Family[];
  readonly sizes: Sizes;
  readonly seed: number;
}

/** Networks are what this version of fast-check makes of a seed; another may draw others. */
export const drawnBy = `fast-check ${fc.__version}`;

/** A seed for network k: both numbers through the finalizer of MurmurHash3, so that runs share no networks. */
export function networkSeed(seed: number, k: number): number {
  let bits = seed | 0;
  for (const part of [k, 0x9e3779b9]) {
    bits = Math.imul(bits ^ part, 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    bits ^= bits >>> 16;
  }
  return bits >>> 1;
}

export function drawRecipe({ families, sizes, seed }: Drawing, k: number): NetworkRecipe {
  const of = k % 2 === 0 ? [families[(k / 2) % families.length]] : families;
  const arbitrary = arbitraryNetwork(of, sizes);
  return fc.sample(arbitrary, { seed: networkSeed(seed, k), numRuns: 1 })[0];
}
