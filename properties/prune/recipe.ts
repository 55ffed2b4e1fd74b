/** Random prunings of random networks, with shortcuts or without, as recipes. */
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { strategies } from '../../src/convert/strategy.ts';
import type { Model } from '../../src/model/model.ts';
import { arbitraryNetwork, drawNetwork } from '../../src/networks/network.ts';
import { Random } from '../../src/networks/random.ts';
import { ChannelClasses } from '../../src/prune/channel-classes.ts';
import { maskings } from '../../src/prune/mask.ts';
import type { Plan } from '../../src/prune/plan.ts';
import type { PruneOptions } from '../../src/prune/prune.ts';
import { findSites } from '../../src/prune/site.ts';
import { built } from '../../test/blocks/support.ts';

const sizes = { channels: 8, blocks: 3, image: 7 };

export const arbitraryPruning = fc.record({
  network: arbitraryNetwork(undefined, sizes),
  /** How shortcuts are removed beforehand; null leaves them. */
  removal: fc.constantFrom('auto', ...strategies, null),
  foldBatchNorm: fc.boolean(),
  fuse: fc.boolean(),
  /** Of each layer's channels, about how many stay. */
  share: fc.constantFrom(0.9, 0.5, 0.2),
  /** The largest share of a network's layers that the plan names. */
  named: fc.constantFrom(1, 0.5),
  masked: fc.constantFrom(...maskings),
  seed: fc.noShrink(fc.nat(2 ** 31 - 1)),
});

type PruningRecipe = typeof arbitraryPruning extends fc.Arbitrary<infer T> ? T : never;

export function drawModel({ network, removal, foldBatchNorm, fuse }: PruningRecipe): Model {
  const { original } = drawNetwork(network);
  if (removal === null) return original;
  const options = { strategy: removal, inputRange: null, foldBatchNorm, fuse };
  return built(convert(original, options)).model;
}

/** A plan for some layers that can be pruned as it says; one channel at least stays in each. */
export function drawOptions(model: Model, recipe: PruningRecipe): PruneOptions {
  const random = new Random(recipe.seed);
  const classes = new ChannelClasses(model);
  const keep = new Map<string, readonly number[]>();
  for (const { layer, end } of findSites(model)) {
    if (classes.pinned(classes.of(end, 0)) !== null) continue;
    if (random.unit() >= recipe.named) continue;
    const order = random.permutation(layer.outChannels);
    const count = Math.max(1, Math.round(recipe.share * layer.outChannels));
    keep.set(
      layer.name,
      order.slice(0, count).sort((a, b) => a - b),
    );
  }
  const plan: Plan = { masked: recipe.masked, keep };
  return { plan };
}
