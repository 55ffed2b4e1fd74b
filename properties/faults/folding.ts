/** A batch norm folded into the convolution before it, in the ways in which that goes wrong. */
import type { BatchNorm, Conv } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { producer, readers, rewrite, type Fault, type Place } from './fault.ts';
import { columnsOf, mapWeights, rowSize } from './rows.ts';

interface Folded {
  /** What a row of weights is multiplied by. */
  readonly factor: (norm: BatchNorm, c: number) => number;
  readonly bias: (norm: BatchNorm, c: number, own: number) => number;
}

const factor = ({ scale, variance, epsilon }: BatchNorm, c: number): number =>
  scale[c] / Math.sqrt(variance[c] + epsilon);

/** How it is done. */
const right: Folded = {
  factor,
  bias: (norm, c, own) => norm.offset[c] + factor(norm, c) * (own - norm.mean[c]),
};

/** The convolution that ends in this norm and nowhere else, or null. */
function before(model: Model, norm: BatchNorm): Conv | null {
  const conv = producer(model, norm.inputs[0]);
  return conv?.kind === 'conv' && readers(model, conv.output) === 1 ? conv : null;
}

function places(model: Model, fits: (conv: Conv, norm: BatchNorm) => boolean): readonly Place[] {
  return model.layers.flatMap((layer) => {
    if (layer.kind !== 'batchNorm') return [];
    const conv = before(model, layer);
    return conv !== null && fits(conv, layer) ? [{ layer: layer.name, at: 0 }] : [];
  });
}

function foldFault(
  name: string,
  source: string,
  wrong: Partial<Folded>,
  fits: (conv: Conv, norm: BatchNorm) => boolean = () => true,
): Fault {
  const how = { ...right, ...wrong };
  return {
    name,
    source,
    places: (model) => places(model, fits),
    inject(model, place) {
      const norm = model.layers.find((layer) => layer.name === place.layer);
      if (norm?.kind !== 'batchNorm') return null;
      const conv = before(model, norm);
      if (conv === null) return null;
      const bias = norm.scale.map((_, c) => how.bias(norm, c, conv.bias?.[c] ?? 0));
      const weight = mapWeights(conv, (o, _, w) => w * how.factor(norm, o));
      return rewrite(model, (layer, add) => {
        if (layer.name === norm.name) return layer.inputs[0];
        return add(
          layer.name === conv.name ? { ...conv, inputs: layer.inputs, weight, bias } : layer,
        );
      });
    },
  };
}

const hasBias = ({ bias }: Conv): boolean => bias !== null && bias.some((b) => b !== 0);

/** Bug 12: the kernel written out as if each group read the first group's channels. */
const groupsIgnored: Fault = {
  name: 'groups-ignored',
  source: 'bug 12',
  places: (model) =>
    model.layers.flatMap((layer) =>
      layer.kind === 'conv' && layer.groups > 1 ? [{ layer: layer.name, at: 0 }] : [],
    ),
  inject: (model, place) =>
    rewrite(model, (layer, add) => {
      if (layer.name !== place.layer || layer.kind !== 'conv') return add(layer);
      const size = rowSize(layer);
      const { groups, outChannels } = layer;
      const weight = new Float32Array(outChannels * size * groups);
      for (let o = 0; o < outChannels; o++) {
        weight.set(layer.weight.subarray(o * size, (o + 1) * size), o * size * groups);
      }
      return add({ ...layer, weight, groups: 1 });
    }),
};

/** Output channels of a grouped convolution written group within channel instead of channel within group. */
const rowsRegrouped: Fault = {
  name: 'rows-regrouped',
  source: 'groups written in the other order',
  places: (model) =>
    model.layers.flatMap((layer) =>
      layer.kind === 'conv' && layer.groups > 1 && layer.outChannels > layer.groups
        ? [{ layer: layer.name, at: 0 }]
        : [],
    ),
  inject: (model, place) =>
    rewrite(model, (layer, add) => {
      if (layer.name !== place.layer || layer.kind !== 'conv') return add(layer);
      const { groups, outChannels, weight } = layer;
      const width = outChannels / groups;
      const size = rowSize(layer);
      const from = (o: number): number => (o % groups) * width + Math.floor(o / groups);
      return add({ ...layer, weight: mapWeights(layer, (o, k) => weight[from(o) * size + k]) });
    }),
};

/** A grouped convolution with half as many groups, whose rows read half of what they then could. */
const groupsHalved: Fault = {
  name: 'group-count-wrong',
  source:
    'half as many groups, the columns padded with zeros on the wrong side for every other group',
  places: (model) =>
    model.layers.flatMap((layer) =>
      layer.kind === 'conv' && layer.groups % 2 === 0 ? [{ layer: layer.name, at: 0 }] : [],
    ),
  inject: (model, place) =>
    rewrite(model, (layer, add) => {
      if (layer.name !== place.layer || layer.kind !== 'conv') return add(layer);
      const size = rowSize(layer);
      const weight = new Float32Array(2 * layer.weight.length);
      for (let o = 0; o < layer.outChannels; o++) {
        weight.set(layer.weight.subarray(o * size, (o + 1) * size), 2 * o * size);
      }
      return add({ ...layer, weight, groups: layer.groups / 2 });
    }),
};

export const foldingFaults: readonly Fault[] = [
  foldFault(
    'fold-drops-the-bias',
    'bug 11: the convolution’s own bias is left out',
    { bias: (norm, c) => right.bias(norm, c, 0) },
    hasBias,
  ),
  foldFault(
    'fold-does-not-scale-the-bias',
    'bug 11: the own bias is added without the factor',
    { bias: (norm, c, own) => own + right.bias(norm, c, 0) },
    hasBias,
  ),
  foldFault('fold-does-not-scale-the-mean', 'β − μ for β − sμ', {
    bias: (norm, c, own) => norm.offset[c] + factor(norm, c) * own - norm.mean[c],
  }),
  foldFault(
    'fold-with-another-epsilon',
    'bug 3 in a fold',
    {
      factor: (norm, c) => factor({ ...norm, epsilon: norm.epsilon > 1e-4 ? 1e-5 : 1e-3 }, c),
    },
    (_, { scale }) => scale.some((g) => g !== 0),
  ),
  foldFault('fold-without-the-root', 'γ/(σ²+ε) for γ/√(σ²+ε)', {
    factor: ({ scale, variance, epsilon }, c) => scale[c] / (variance[c] + epsilon),
  }),
  foldFault('fold-without-the-scale', '1/√(σ²+ε) for γ/√(σ²+ε)', {
    factor: (norm, c) => 1 / Math.sqrt(norm.variance[c] + norm.epsilon),
  }),
  foldFault(
    'fold-off-by-one',
    'every row is folded with its neighbour’s statistics',
    { factor: (norm, c) => factor(norm, (c + 1) % norm.scale.length) },
    (conv) => conv.outChannels > 1 && columnsOf(conv) > 0,
  ),
  groupsIgnored,
  rowsRegrouped,
  groupsHalved,
];
