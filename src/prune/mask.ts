/**
 * The masked network: the one of all widths that a pruned network has to equal.
 *
 * A masked channel of a site holds a constant where it reaches the activation. Which one is a choice:
 *
 * - `zero`: 0. The batch norm behind the layer gets γ = β = 0 there, or, where there is none, the layer's own row
 *   of weights and bias are zero; what is added further on is zero as well.
 * - `offset`: what the first batch norm's offset makes of it. Only γ becomes 0 and β stays, as slimming with an L1
 *   penalty on γ leaves it (arXiv 1708.06519); scales and translations behind act on that constant. Without a batch
 *   norm, as where it is folded in, the row of weights is zero and the bias stays, which is the same.
 *
 * Nothing is removed here, and activations are not touched: behind a sigmoid a `zero` channel holds 1/2.
 */
import type { Pointwise } from '../convert/pointwise.ts';
import type { Layer } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Site } from './site.ts';

export const maskings = ['zero', 'offset'] as const;
export type Masking = (typeof maskings)[number];

/** For a site, 1 at each channel that is masked. */
export type Masks = ReadonlyMap<Site, Uint8Array>;

type Replacements = Map<Layer, Layer>;

function zeroedAt(values: Float32Array, mask: Uint8Array): Float32Array {
  const all = values.length === 1 ? new Float32Array(mask.length).fill(values[0]) : values;
  return all.map((value, c) => (mask[c] === 1 ? 0 : value));
}

function zeroedRows(values: Float32Array, mask: Uint8Array): Float32Array {
  const copy = Float32Array.from(values);
  const row = values.length / mask.length;
  for (let o = 0; o < mask.length; o++) if (mask[o] === 1) copy.fill(0, o * row, (o + 1) * row);
  return copy;
}

/** The layer, 0 in every masked channel if what it reads is 0 there or its own factor becomes it. */
function silenced(layer: Pointwise, mask: Uint8Array): Pointwise {
  switch (layer.kind) {
    case 'batchNorm': {
      const [scale, offset] = [zeroedAt(layer.scale, mask), zeroedAt(layer.offset, mask)];
      return { ...layer, scale, offset };
    }
    case 'translate':
      return { ...layer, addend: zeroedAt(layer.addend, mask) };
    case 'scale':
      return layer;
  }
}

function maskToZero({ layer, run, norm }: Site, mask: Uint8Array, fresh: Replacements): void {
  if (norm === null) {
    const weight = zeroedRows(layer.weight, mask);
    const bias = layer.bias === null ? null : zeroedAt(layer.bias, mask);
    fresh.set(layer, { ...layer, weight, bias });
  }
  const from = norm === null ? 0 : run.indexOf(norm);
  for (const each of run.slice(from)) fresh.set(each, silenced(each, mask));
}

function maskToOffset({ layer, norm }: Site, mask: Uint8Array, fresh: Replacements): void {
  if (norm === null) fresh.set(layer, { ...layer, weight: zeroedRows(layer.weight, mask) });
  else fresh.set(norm, { ...norm, scale: zeroedAt(norm.scale, mask) });
}

/** The model with these channels masked; every other weight is shared with it. */
export function maskedModel(model: Model, masks: Masks, masking: Masking): Model {
  const fresh: Replacements = new Map();
  for (const [site, mask] of masks) {
    if (!mask.includes(1)) continue;
    if (masking === 'zero') maskToZero(site, mask, fresh);
    else maskToOffset(site, mask, fresh);
  }
  return { ...model, layers: model.layers.map((layer) => fresh.get(layer) ?? layer) };
}
