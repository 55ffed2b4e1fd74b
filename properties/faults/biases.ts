/** Biases lost, moved or changed. */
import { altered, differs, layerFault, once, shifted, where, type Fault } from './fault.ts';

const kinds = ['conv', 'dense'] as const;
const none = new Float32Array(0);

function oneBias(name: string, source: string, change: (bias: number) => number): Fault {
  return layerFault({
    name,
    source,
    kinds,
    entries: ({ bias }) =>
      where(bias?.length ?? 0, (o) => change((bias ?? none)[o]) !== (bias ?? none)[o]),
    change: (layer, at) =>
      layer.bias === null ? null : { ...layer, bias: altered(layer.bias, at, change) },
  });
}

export const biasFaults: readonly Fault[] = [
  oneBias('bias-off-by-a-thousandth', 'one bias plus 10⁻³', (b) => b + 1e-3),
  oneBias('bias-sign', 'one bias subtracted instead of added', (b) => -b),
  oneBias('bias-scaled-twice', 'bug 11: a factor applied once too often', (b) => 1.5 * b),
  layerFault({
    name: 'bias-dropped',
    source: 'bug 11',
    kinds,
    entries: ({ bias }) => once(bias !== null && bias.some((b) => b !== 0)),
    change: (layer) => ({ ...layer, bias: null }),
  }),
  layerFault({
    name: 'biases-off-by-one',
    source: 'every bias is its neighbour’s',
    kinds,
    entries: ({ bias }) => once(bias !== null && differs(bias, shifted(bias))),
    change: (layer) => (layer.bias === null ? null : { ...layer, bias: shifted(layer.bias) }),
  }),
];
