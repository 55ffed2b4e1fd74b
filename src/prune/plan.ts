/**
 * A pruning plan: for some layers the output channels that stay, by the layer's name, as a search over widths (AMC,
 * arXiv 1802.03494) or a person writes it down. Layers that are not named keep all of theirs.
 *
 * The file is JSON that follows schemas/plan.schema.json; whoever wrote it is not trusted to have kept to it.
 */
import { countList, isObject, property, quote } from '../formats/json.ts';
import { failed, success, type Result } from '../model/failure.ts';
import type { Model } from '../model/model.ts';
import type { ChannelClasses } from './channel-classes.ts';
import { maskings, type Masking, type Masks } from './mask.ts';
import type { Site } from './site.ts';

export interface Plan {
  /** What a masked channel holds where it reaches the activation. */
  readonly masked: Masking;
  /** Channels that stay, by layer. */
  readonly keep: ReadonlyMap<string, readonly number[]>;
}

const properties: ReadonlySet<string> = new Set(['$schema', 'masked', 'keep']);

function wrong(node: string, reason: string): Result<never> {
  return failed('bad-attribute', node, reason);
}

/** A plan from parsed JSON. Errors: `bad-attribute`, with the layer it is about. */
export function planOf(json: unknown): Result<Plan> {
  if (!isObject(json)) return wrong('', 'a plan is a JSON object');
  const stranger = Object.keys(json).find((key) => !properties.has(key));
  if (stranger !== undefined) return wrong('', `a plan has no ${quote(stranger)}`);
  const said = property(json, 'masked') ?? 'zero';
  const masked = maskings.find((each) => each === said);
  if (masked === undefined) {
    return wrong('masked', `${quote(said)} is none of ${maskings.join(', ')}`);
  }
  const keep = property(json, 'keep');
  if (!isObject(keep)) return wrong('keep', 'an object is needed, with channels by layer');
  const lists = new Map<string, readonly number[]>();
  for (const [name, value] of Object.entries(keep)) {
    const channels = countList(value);
    if (channels === null) return wrong(name, 'a list of channel numbers is needed');
    if (channels.length === 0) return wrong(name, 'no channel is kept; one has to be');
    const seen = new Set<number>();
    for (const c of channels) {
      if (seen.has(c)) return wrong(name, `channel ${c} is listed twice`);
      seen.add(c);
    }
    lists.set(name, channels);
  }
  return success({ masked, keep: lists });
}

/**
 * What the plan masks in a model. Errors: `bad-attribute`, for a layer or channel that there is not, or that cannot
 * go whatever else does.
 */
export function masksOf(
  plan: Plan,
  model: Model,
  { sites, classes }: { readonly sites: readonly Site[]; readonly classes: ChannelClasses },
): Result<Masks> {
  const byName = new Map(sites.map((site) => [site.layer.name, site]));
  const masks = new Map<Site, Uint8Array>();
  for (const [name, kept] of plan.keep) {
    const site = byName.get(name);
    if (site === undefined) {
      const other = model.layers.find((layer) => layer.name === name);
      return other === undefined
        ? wrong(name, 'the model has no layer of that name')
        : wrong(name, `a ${other.kind} cannot be pruned; convolutions and dense layers can`);
    }
    const { outChannels } = site.layer;
    const mask = new Uint8Array(outChannels).fill(1);
    for (const c of kept) {
      if (c >= outChannels) return wrong(name, `there is no channel ${c} among ${outChannels}`);
      mask[c] = 0;
    }
    if (!mask.includes(1)) continue;
    const pinned = classes.pinned(classes.of(site.end, mask.indexOf(1)));
    if (pinned !== null)
      return wrong(name, `cannot be pruned, for its channels are those of ${pinned}`);
    masks.set(site, mask);
  }
  return success(masks);
}

/** The plan that masks just these channels. */
export function planFrom(masks: Masks, masked: Masking): Plan {
  const keep = new Map<string, readonly number[]>();
  for (const [{ layer }, mask] of masks) {
    if (!mask.includes(1)) continue;
    keep.set(
      layer.name,
      Array.from(mask, (bit, c) => (bit === 0 ? c : -1)).filter((c) => c >= 0),
    );
  }
  return { masked, keep };
}

/** The plan as a file holds it, a layer a line. */
export function planText({ masked, keep }: Plan): string {
  const lines = Array.from(keep, ([name, channels]) => {
    return `    ${JSON.stringify(name)}: ${JSON.stringify(channels)}`;
  });
  const body = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{\n  "masked": ${JSON.stringify(masked)},\n  "keep": ${body}\n}\n`;
}
