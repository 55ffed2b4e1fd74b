/** Rows that carry a channel through, and the merges that read them: what Reserve and Merge get wrong. */
import type { Conv } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { altered, layerFault, once, producer, where, type Fault } from './fault.ts';
import { areaOf, columnsOf, mapWeights, passingRows, row, rowSize, soleWeight } from './rows.ts';

/** A fault of one row with a single weight: `change` gets the row's weights and where that one is. */
function passingRow(
  name: string,
  source: string,
  fits: (layer: Conv, o: number, sole: number) => boolean,
  change: (layer: Conv, o: number, sole: number) => Float32Array,
): Fault {
  return layerFault({
    name,
    source,
    kinds: ['conv'],
    entries: (layer) => passingRows(layer).filter((o) => fits(layer, o, soleWeight(layer, o))),
    change(layer, at) {
      const sole = soleWeight(layer, at);
      if (sole < 0) return null;
      const weights = change(layer, at, sole);
      return { ...layer, weight: mapWeights(layer, (o, k, w) => (o === at ? weights[k] : w)) };
    },
  });
}

/** The row's weight at another position. */
function movedTo(layer: Conv, o: number, sole: number, position: number): Float32Array {
  const weights = new Float32Array(rowSize(layer));
  weights[position] = row(layer, o)[sole];
  return weights;
}

/**
 * The convolution's input channels that are passed on by rows of the convolution before it, with whatever
 * acts channel by channel in between; empty where that is not how it is fed.
 */
function reservedColumns(model: Model, name: string): readonly number[] {
  let layer = model.layers.find((l) => l.name === name) ?? null;
  for (let first = true; layer !== null; first = false) {
    if (!first && layer.kind === 'conv') return passingRows(layer);
    const passes =
      first || ['batchNorm', 'relu', 'clip', 'prelu', 'leakyRelu'].includes(layer.kind);
    if (!passes) return [];
    layer = producer(model, layer.inputs[0]);
  }
  return [];
}

/** The merge with the identity on its reserved columns, whatever was there. */
function identityMerge(layer: Conv, model: Model): Float32Array | null {
  const columns = reservedColumns(model, layer.name);
  if (layer.groups !== 1 || columns.length !== layer.outChannels) return null;
  const area = areaOf(layer);
  const { kernel } = layer;
  const centre = Math.floor(kernel.y / 2) * kernel.x + Math.floor(kernel.x / 2);
  return mapWeights(layer, (o, k, w) => {
    const place = columns.indexOf(Math.floor(k / area));
    return place < 0 ? w : place === o && k % area === centre ? 1 : 0;
  });
}

/** A weight of exactly one among others in its row: a channel that is merged. */
function mergedOne(name: string, source: string, value: number): Fault {
  const isMerged = (layer: Conv, at: number): boolean =>
    layer.weight[at] === 1 && soleWeight(layer, Math.floor(at / rowSize(layer))) < 0;
  return layerFault({
    name,
    source,
    kinds: ['conv'],
    entries: (layer) => where(layer.weight.length, (at) => isMerged(layer, at)),
    change: (layer, at) => ({ ...layer, weight: altered(layer.weight, at, () => value) }),
  });
}

export const reservedFaults: readonly Fault[] = [
  passingRow(
    'dirac-off-centre',
    'the reserved row reads the pixel beside its own',
    (layer) => areaOf(layer) > 1,
    (layer, o, sole) => {
      const area = areaOf(layer);
      const next = ((sole % area) + 1) % area;
      return movedTo(layer, o, sole, sole - (sole % area) + next);
    },
  ),
  passingRow(
    'dirac-not-one',
    'the reserved row times 0.999',
    () => true,
    (layer, o) => row(layer, o).map((w) => 0.999 * w),
  ),
  passingRow(
    'reserved-channel-off-by-one',
    'the reserved row reads the next channel',
    (layer) => columnsOf(layer) > 1,
    (layer, o, sole) => movedTo(layer, o, sole, (sole + areaOf(layer)) % rowSize(layer)),
  ),
  passingRow(
    'identity-index-in-group',
    'bug 8: index o, outside its group of channels, for o mod (C/g)',
    (layer, o) => layer.groups > 1 && o >= columnsOf(layer),
    (layer) => new Float32Array(rowSize(layer)),
  ),
  passingRow(
    'dirac-of-ones',
    'bug 9',
    (layer) => columnsOf(layer) > 1,
    (layer, o, sole) => {
      const area = areaOf(layer);
      return row(layer, o).map((_, k) => (k % area === sole % area ? 1 : 0));
    },
  ),
  passingRow(
    'mask-rectified',
    'bug 17: max(m, 0) for the mask m of a passed channel',
    (layer, o, sole) => row(layer, o)[sole] < 0,
    (layer) => new Float32Array(rowSize(layer)),
  ),
  mergedOne('merged-twice', 'the reserved channel is added a second time', 2),
  mergedOne('merge-forgotten', 'the reserved channel is not added', 0),
  mergedOne('merged-with-the-other-sign', 'the reserved channel is subtracted', -1),
  layerFault({
    name: 'projection-taken-for-identity',
    source: 'bug 2',
    kinds: ['conv'],
    entries(layer, model) {
      const merged = identityMerge(layer, model);
      return once(merged !== null && merged.some((w, k) => w !== layer.weight[k]));
    },
    change(layer, _, model) {
      const weight = identityMerge(layer, model);
      return weight === null ? null : { ...layer, weight };
    },
  }),
  layerFault({
    name: 'pointwise-taken-for-identity',
    source: 'bug 2: a 1×1 of equal width dropped because only channels were compared',
    kinds: ['conv'],
    entries: (layer) =>
      once(areaOf(layer) === 1 && layer.groups === 1 && columnsOf(layer) === layer.outChannels),
    change: (layer) => ({
      ...layer,
      weight: mapWeights(layer, (o, k) => (o === k ? 1 : 0)),
      bias: null,
    }),
  }),
];
