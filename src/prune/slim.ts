/**
 * Network slimming (arXiv 1708.06519): of all channels with a batch norm behind them, the share whose |γ| is smallest
 * goes, wherever in the network it is.
 *
 * Of equal |γ| the earlier layer's goes first, and within a layer the lower channel. As many go as the share's
 * whole number says; of a layer whose channels are all among them the last one in that order stays, and none takes
 * its place. Layers without a batch norm of their own, and channels of an output, have no part in it.
 */
import type { ChannelClasses } from './channel-classes.ts';
import type { Masks } from './mask.ts';
import type { Site } from './site.ts';

interface Ranked {
  readonly site: Site;
  readonly channel: number;
  readonly size: number;
}

/** |γ| of a channel; infinite where there is none. */
export function scaleSize({ norm }: Site, channel: number): number {
  return norm === null ? Infinity : Math.abs(norm.scale[channel]);
}

/** The channels to mask, for `share` in [0, 1]. */
export function slimmest(sites: readonly Site[], classes: ChannelClasses, share: number): Masks {
  const ranked: Ranked[] = [];
  for (const site of sites) {
    if (site.norm === null) continue;
    for (let channel = 0; channel < site.layer.outChannels; channel++) {
      if (classes.pinned(classes.of(site.end, channel)) !== null) continue;
      ranked.push({ site, channel, size: scaleSize(site, channel) });
    }
  }
  // The sort is stable: what is equal stays in the order of the model.
  ranked.sort((a, b) => a.size - b.size);
  const masks = new Map<Site, Uint8Array>();
  for (const { site, channel } of ranked.slice(0, Math.floor(share * ranked.length))) {
    const mask = masks.get(site) ?? new Uint8Array(site.layer.outChannels);
    masks.set(site, mask);
    if (mask.filter((bit) => bit === 0).length > 1) mask[channel] = 1;
  }
  return masks;
}
