/**
 * The networks a gate draws: network k depends on the seed, on k, and on the families and sizes asked for,
 * and on nothing else, so that a shard or a single case can be drawn without the rest.
 *
 * Every other network is of one family alone, each in its turn; those between mix whatever is asked for. Of
 * each kind three in four are drawn evenly, and one with fast-check's bias towards the smallest and the
 * largest of everything.
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

/** The finalizer of MurmurHash3: each bit of the result depends on every bit given. */
function mixed(bits: number): number {
  let mix = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return mix ^ (mix >>> 16);
}

/** A seed for network k, below 2³¹; mixed before k comes in, or networks of neighbouring seeds would meet. */
export function networkSeed(seed: number, k: number): number {
  return mixed(mixed(seed + 0x9e3779b9) ^ k) >>> 1;
}

export function drawRecipe({ families, sizes, seed }: Drawing, k: number): NetworkRecipe {
  const of = k % 2 === 0 ? [families[(k / 2) % families.length]] : families;
  const arbitrary = arbitraryNetwork(of, sizes);
  const unbiased = Math.floor(k / 2) % 4 !== 3;
  const own = networkSeed(seed, k);
  const recipe = fc.sample(arbitrary, { seed: own, numRuns: 1, unbiased })[0];
  // The bias is meant for sizes: weights drawn from the seeds 0 and 1 over and over would be the same ones.
  const blocks = recipe.blocks.map((choice, n) => ({ ...choice, seed: networkSeed(own, n) }));
  return { ...recipe, seed: own, blocks };
}
