/**
 * Plans by the size of filters: of each layer the channels stay whose weights are largest in sum (L1, arXiv
 * 1608.08710). What a search would find is better; for widths, costs and proofs it does not matter.
 */
import type { Conv, Dense } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { prune, type Pruning } from '../../src/prune/prune.ts';
import { must } from '../demo/case.ts';
import type { Share, Way } from './record.ts';
import type { Networks } from './networks.ts';

type Keep = ReadonlyMap<string, readonly number[]>;

/** Convolutions and dense layers that choose their channels: depthwise ones follow, outputs stay. */
function choosing(model: Model): readonly (Conv | Dense)[] {
  const outputs = new Set(model.outputs.map(({ tensor }) => tensor));
  const isLast = (tensor: number): boolean => {
    if (outputs.has(tensor)) return true;
    const reader = model.layers.find(({ inputs }) => inputs.includes(tensor));
    return reader !== undefined && reader.kind === 'opaque' && isLast(reader.output);
  };
  return model.layers.filter((layer): layer is Conv | Dense => {
    if (layer.kind !== 'conv' && layer.kind !== 'dense') return false;
    return (layer.kind === 'dense' || layer.groups === 1) && !isLast(layer.output);
  });
}

/** Sum of |weight| of each row, in units of the layer's mean. */
function sizes({ weight, outChannels }: Conv | Dense): Float64Array {
  const row = weight.length / outChannels;
  const sums = new Float64Array(outChannels);
  for (let k = 0; k < weight.length; k++) sums[Math.floor(k / row)] += Math.abs(weight[k]);
  const mean = sums.reduce((a, b) => a + b, 0) / outChannels;
  return sums.map((sum) => sum / mean);
}

function largest(scores: Float64Array, count: number): readonly number[] {
  const order = Array.from(scores, (_, c) => c).sort((a, b) => scores[b] - scores[a]);
  return order.slice(0, Math.max(1, count)).sort((a, b) => a - b);
}

function alone(model: Model, count: (layer: Conv | Dense) => number): Keep {
  return new Map(choosing(model).map((layer) => [layer.name, largest(sizes(layer), count(layer))]));
}

/** Tied layers add up what each thinks of a channel. */
function alike(model: Model, share: Share): Keep {
  const layers = new Map(choosing(model).map((layer) => [layer.name, layer]));
  const { ties } = must('ties', prune(model, { plan: { masked: 'zero', keep: new Map() } }));
  const keep = new Map(alone(model, ({ outChannels }) => Math.round(share * outChannels)));
  for (const tie of ties) {
    const tied = tie.layers.flatMap((name) => layers.get(name) ?? []);
    if (tied.length < 2) continue;
    const total = tied
      .map(sizes)
      .reduce((sum, own) => sum.map((value, c) => value + own[c]), new Float64Array(tie.channels));
    const kept = largest(total, Math.round(share * tie.channels));
    for (const { name } of tied) keep.set(name, kept);
  }
  return keep;
}

/** The widths of the network with shortcuts, for each layer of the plain one that is still called the same. */
function narrow({ residualFolded, plainFolded }: Networks, share: Share): Keep {
  const widths = new Map(choosing(residualFolded).map((layer) => [layer.name, layer.outChannels]));
  return alone(plainFolded, ({ name, outChannels }) =>
    Math.round(share * Math.min(widths.get(name) ?? outChannels, outChannels)),
  );
}

/** One way of pruning; masked channels are zero. */
export function pruned(networks: Networks, way: Way, share: Share): Pruning {
  const { residualFolded, plainFolded, plainFused } = networks;
  const ofShare = ({ outChannels }: Conv | Dense): number => Math.round(share * outChannels);
  const plan = (model: Model, keep: Keep): Pruning =>
    must(way, prune(model, { plan: { masked: 'zero', keep } }));
  switch (way) {
    case 'alone':
      return plan(residualFolded, alone(residualFolded, ofShare));
    case 'alike':
      return plan(residualFolded, alike(residualFolded, share));
    case 'plain':
      return plan(plainFolded, alone(plainFolded, ofShare));
    case 'fused':
      return plan(plainFused, alone(plainFused, ofShare));
    case 'narrow':
      return plan(plainFolded, narrow(networks, share));
  }
}
