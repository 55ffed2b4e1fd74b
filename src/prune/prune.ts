/**
 * Takes channels out of a network: the small one computes, for every input, what the masked one does.
 *
 * Which network the masked one is, `mask.ts` says. A channel goes only where what it leaves behind, a constant, fits
 * into the biases of what reads it (`removal.ts`); where it does not, the channel stays as it was, in the masked
 * network too, and is listed with the reason. A depthwise convolution, an activation or a pool follows what it reads,
 * so a plan need not name it. Nothing here is trusted to be right, which is what equivalence/ is for. The model
 * given is not modified. Deterministic. What the pruned network is worth is not asked.
 */
import type { Result } from '../model/failure.ts';
import { failed, success } from '../model/failure.ts';
import type { Model } from '../model/model.ts';
import { ChannelClasses } from './channel-classes.ts';
import type { Masking, Masks } from './mask.ts';
import { masksOf, planFrom, type Plan } from './plan.ts';
import { decideRemoval, type Obstacle, type Removal } from './removal.ts';
import { smallModel } from './shrink.ts';
import { findSites, type Site } from './site.ts';
import { scaleSize, slimmest } from './slim.ts';
import { findTies, type Tie } from './ties.ts';

/** A plan, or the share of channels with the smallest batch norm scales that is to go. */
export type PruneOptions =
  | { readonly plan: Plan }
  | {
      /** In [0, 1]. */
      readonly slim: number;
      /** `offset` unless told. */
      readonly masked?: Masking;
    };

/** Channels of one layer that were to go and stay, for one reason. */
export interface KeptChannels {
  readonly layer: string;
  readonly channels: readonly number[];
  readonly obstacle: Obstacle;
}

export interface PrunedLayer {
  readonly layer: string;
  readonly before: number;
  readonly after: number;
}

export interface Pruning {
  /** The network of all widths that `small` computes the function of. */
  readonly masked: Model;
  readonly small: Model;
  /** What was masked in the end; the same plan gives the same two models. */
  readonly plan: Plan;
  /** Convolutions and dense layers that lost channels, in model order. */
  readonly pruned: readonly PrunedLayer[];
  readonly kept: readonly KeptChannels[];
  readonly ties: readonly Tie[];
}

function wantedMasks(
  model: Model,
  context: { readonly sites: readonly Site[]; readonly classes: ChannelClasses },
  options: PruneOptions,
): Result<{ readonly masks: Masks; readonly masking: Masking }> {
  if ('plan' in options) {
    const masks = masksOf(options.plan, model, context);
    return masks.ok ? success({ masks: masks.value, masking: options.plan.masked }) : masks;
  }
  const { slim, masked: masking = 'offset' } = options;
  if (!(slim >= 0 && slim <= 1)) return failed('bad-attribute', 'slim', `${slim} is no share`);
  const { sites, classes } = context;
  if (sites.every(({ norm }) => norm === null)) {
    return failed('bad-attribute', '', 'no convolution has a batch norm behind it to rank by');
  }
  return success({ masks: slimmest(sites, classes, slim), masking });
}

function keptChannels(
  masks: Masks,
  { obstacles, goes }: Removal,
  classes: ChannelClasses,
): readonly KeptChannels[] {
  return Array.from(masks).flatMap(([{ layer, end }, mask]) => {
    const found = new Map<string, { channels: number[]; obstacle: Obstacle }>();
    for (let c = 0; c < mask.length; c++) {
      if (mask[c] === 0 || goes(end, c)) continue;
      const obstacle = obstacles.get(classes.of(end, c));
      if (obstacle === undefined)
        throw new Error(`${layer.name}, channel ${c} stays for no reason`);
      const key = `${obstacle.kind} ${obstacle.layer}`;
      const known = found.get(key) ?? { channels: [], obstacle };
      found.set(key, known);
      known.channels.push(c);
    }
    return Array.from(found.values(), (each) => ({ layer: layer.name, ...each }));
  });
}

function prunedLayers(sites: readonly Site[], { goes }: Removal): readonly PrunedLayer[] {
  return sites.flatMap(({ layer: { name, output, outChannels } }) => {
    let after = 0;
    for (let c = 0; c < outChannels; c++) if (!goes(output, c)) after += 1;
    return after === outChannels ? [] : [{ layer: name, before: outChannels, after }];
  });
}

/**
 * Prunes a model.
 * Errors: `bad-attribute` for a plan that does not fit the model or a share that makes no sense, `bad-value` where a
 * bias with its constants does not fit float32.
 */
export function prune(model: Model, options: PruneOptions): Result<Pruning> {
  const sites = findSites(model);
  const classes = new ChannelClasses(model);
  const wanted = wantedMasks(model, { sites, classes }, options);
  if (!wanted.ok) return wanted;
  const { masks, masking } = wanted.value;
  const removal = decideRemoval({ model, classes, masking, worth: scaleSize }, masks);
  const small = smallModel(removal);
  if (!small.ok) return small;
  return success({
    masked: removal.masked,
    small: small.value,
    plan: planFrom(removal.masks, masking),
    pruned: prunedLayers(sites, removal),
    kept: keptChannels(masks, removal, classes),
    ties: findTies(model, sites, { classes, removal }),
  });
}
