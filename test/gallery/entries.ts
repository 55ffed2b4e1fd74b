/**
 * Which pair of models stands in which folder of the gallery.
 *
 * The folders hold the files a user would have: two networks, and in expected.txt what has to be said of
 * them. The networks are drawn once, from the library of pairs, by `npx tsx scripts/write-gallery.ts`; what
 * is expected is written by hand.
 */
import type { Model } from '../../src/model/model.ts';
import { correctPairs, wrongPairs } from '../pairs/library.ts';
import type { Pair } from '../pairs/pair.ts';

/** Folder, and name of the pair without `wrong-`. */
const folders: readonly (readonly [folder: string, pair: string])[] = [
  ['01-relu-on-reserved', 'block-on-signed-input'],
  ['01-relu-on-reserved-where-it-is-right', 'block-on-signed-input'],
  ['01-relu-on-reserved-inside-a-network', 'relu-on-reserved'],
  ['02-projection-taken-for-identity', 'projection-lost'],
  ['03-epsilon-copied', 'epsilon-copied'],
  ['03-epsilon-copied-and-folded', 'epsilon-folded'],
  ['04-default-norm-taken-for-identity', 'default-norm-as-identity'],
  ['05-relu6-lost', 'relu6-lost'],
  ['05-relu6-lost-where-inputs-are-large', 'relu6-lost-in-the-stem'],
  ['06-reserved-clipped-at-six', 'reserved-clipped-at-six'],
  ['07-bias-before-padding', 'padded-bias'],
  ['07-bias-before-padded-average', 'padded-bias-pooled'],
  ['08-identity-index-in-group', 'identity-index-in-group'],
  ['09-identity-of-ones', 'identity-of-ones'],
  ['10-pruned-constant', 'pruned-constant'],
  ['11-bias-dropped', 'bias-dropped'],
  ['11-bias-not-scaled', 'bias-not-scaled'],
  ['12-groups-ignored', 'groups-ignored'],
  ['13-fused-over-relu', 'fused-over-relu'],
  ['13-fused-over-stride', 'fused-over-stride'],
  ['13-fused-over-groups', 'fused-over-groups'],
  ['13-fused-with-second-reader', 'fused-with-second-reader'],
  ['14-batch-statistics', 'batch-statistics'],
  ['15-folded-twice', 'folded-twice'],
  ['16-layer-not-loaded', 'layer-not-loaded'],
  ['17-mask-rectified', 'mask-rectified'],
  ['18-noise-of-a-fold', 'basic-block-folded-fine'],
];

export interface Entry {
  readonly folder: string;
  readonly original: Model;
  readonly converted: Model;
}

/** The networks of every folder. */
export function galleryEntries(): readonly Entry[] {
  const pairs = new Map<string, Pair>(
    [...correctPairs(), ...wrongPairs()].map((pair) => [pair.name.replace(/^wrong-/, ''), pair]),
  );
  return folders.map(([folder, name]) => {
    const pair = pairs.get(name);
    if (pair === undefined) throw new Error(`no pair is called ${name}`);
    return { folder, original: pair.original, converted: pair.converted };
  });
}
