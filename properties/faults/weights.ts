/** Single weights, rows and columns that are not what they should be. */
import { layerFault, altered, differs, once, where, type Fault } from './fault.ts';
import { columnsOf, areaOf, mapWeights, pickColumns, pickRows, row, rowSize } from './rows.ts';
import { Random } from '../../src/blocks/random.ts';

const kinds = ['conv', 'dense'] as const;

/** One weight that is not zero, changed. */
function oneWeight(name: string, source: string, change: (weight: number) => number): Fault {
  return layerFault({
    name,
    source,
    kinds,
    entries: ({ weight }) => where(weight.length, (k) => weight[k] !== 0),
    change: (layer, at) => ({ ...layer, weight: altered(layer.weight, at, change) }),
  });
}

export const weightFaults: readonly Fault[] = [
  oneWeight('weight-off-by-a-thousandth', 'one weight times 1.001', (w) => w * 1.001),
  oneWeight('weight-sign', 'one weight with the other sign', (w) => -w),
  oneWeight('weight-lost', 'one weight zero', () => 0),
  layerFault({
    name: 'weight-where-zero-belongs',
    source: '10⁻³ in a row that should be sparse',
    kinds,
    entries: ({ weight }) => where(weight.length, (k) => weight[k] === 0),
    change: (layer, at) => ({ ...layer, weight: altered(layer.weight, at, () => 1e-3) }),
  }),
  layerFault({
    name: 'row-zeroed',
    source: 'an output channel is not written',
    kinds,
    entries: (layer) => where(layer.outChannels, (o) => row(layer, o).some((w) => w !== 0)),
    change: (layer, at) => ({
      ...layer,
      weight: mapWeights(layer, (o, _, w) => (o === at ? 0 : w)),
    }),
  }),
  layerFault({
    name: 'column-zeroed',
    source: 'an input channel is not read',
    kinds,
    entries: (layer) => where(columnsOf(layer), () => columnsOf(layer) > 1),
    change: (layer, at) => ({
      ...layer,
      weight: mapWeights(layer, (_, k, w) => (Math.floor(k / areaOf(layer)) === at ? 0 : w)),
    }),
  }),
  layerFault({
    name: 'channel-duplicated',
    source: 'an output channel is written over its neighbour',
    kinds,
    entries: (layer) =>
      where(layer.outChannels - 1, (o) => differs(row(layer, o), row(layer, o + 1))),
    change: (layer, at) => pickRows(layer, (o) => (o === at ? at + 1 : o)),
  }),
  layerFault({
    name: 'rows-swapped',
    source: 'two neighbouring output channels in each other’s place',
    kinds,
    entries: (layer) =>
      where(layer.outChannels - 1, (o) => differs(row(layer, o), row(layer, o + 1))),
    change: (layer, at) => pickRows(layer, (o) => (o === at ? at + 1 : o === at + 1 ? at : o)),
  }),
  layerFault({
    name: 'columns-swapped',
    source: 'two neighbouring input channels in each other’s place',
    kinds,
    entries: (layer) => where(columnsOf(layer) - 1, () => true),
    change: (layer, at) => pickColumns(layer, (i) => (i === at ? at + 1 : i === at + 1 ? at : i)),
  }),
  layerFault({
    name: 'weights-not-loaded',
    source: 'bug 16',
    kinds,
    entries: () => once(true),
    change(layer) {
      const limit = Math.sqrt(6 / rowSize(layer));
      return { ...layer, weight: new Random(16).symmetric(layer.weight.length, limit) };
    },
  }),
];
