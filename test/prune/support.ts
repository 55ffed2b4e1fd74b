/** Small networks whose batch norms have the numbers a test needs. */
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { ChannelClasses } from '../../src/prune/channel-classes.ts';
import { constantsOf } from '../../src/prune/constants.ts';
import { maskedModel, type Masking, type Masks } from '../../src/prune/mask.ts';
import type { Plan } from '../../src/prune/plan.ts';
import type { Removal } from '../../src/prune/removal.ts';
import { findSites } from '../../src/prune/site.ts';
import { built, Sketch } from '../convert/support.ts';

export { built, Sketch };

/** A batch norm with these scales and offsets, and a mean and variance of nothing in particular. */
export function norm(
  sketch: Sketch,
  name: string,
  input: TensorId,
  { scale, offset }: { readonly scale: readonly number[]; readonly offset: readonly number[] },
): TensorId {
  return sketch.builder.add({
    kind: 'batchNorm',
    name,
    inputs: [input],
    scale: Float32Array.from(scale),
    offset: Float32Array.from(offset),
    mean: Float32Array.from(scale, (_, c) => 0.25 * c - 0.5),
    variance: Float32Array.from(scale, (_, c) => 0.5 + 0.125 * c),
    epsilon: Math.fround(1e-5),
  });
}

export function plan(masked: Masking, keep: Readonly<Record<string, readonly number[]>>): Plan {
  return { masked, keep: new Map(Object.entries(keep)) };
}

/** A removal that asks nobody whether it is right: channel `channel` of one layer and what is tied to it. */
export function forced(model: Model, layer: string, channel: number, masking: Masking): Removal {
  const site = findSites(model).find((each) => each.layer.name === layer);
  if (site === undefined) throw new Error(`no ${layer}`);
  const mask = new Uint8Array(site.layer.outChannels);
  mask[channel] = 1;
  const masks: Masks = new Map([[site, mask]]);
  const masked = maskedModel(model, masks, masking);
  const classes = new ChannelClasses(model);
  const root = classes.of(site.end, channel);
  return {
    masked,
    masks,
    constants: constantsOf(masked),
    goes: (tensor, c) => classes.of(tensor, c) === root,
    obstacles: new Map(),
  };
}

export function width(model: Model, name: string): number {
  const layer = model.layers.find((each) => each.name === name);
  if (layer === undefined) throw new Error(`no ${name}`);
  return model.tensors[layer.output].shape.channels;
}
