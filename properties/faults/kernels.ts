/** Whole kernels turned, mirrored, moved or read in another order of memory. */
import type { Conv } from '../../src/model/layer.ts';
import { differs, layerFault, once, type Fault } from './fault.ts';
import { areaOf, columnsOf, mapWeights, pickTaps, row } from './rows.ts';

/** A permutation of the taps of every kernel, where it changes something. */
function tapFault(
  name: string,
  source: string,
  from: (layer: Conv, y: number, x: number) => readonly [number, number] | null,
): Fault {
  const change = (layer: Conv): Conv | null => {
    let fits = true;
    const moved = pickTaps(layer, (tap) => {
      const { x: width } = layer.kernel;
      const at = from(layer, Math.floor(tap / width), tap % width);
      fits &&= at !== null;
      return at === null ? tap : at[0] * width + at[1];
    });
    return fits ? moved : null;
  };
  return layerFault({
    name,
    source,
    kinds: ['conv'],
    entries(layer) {
      const moved = areaOf(layer) === 1 ? null : change(layer);
      return once(moved !== null && differs(moved.weight, layer.weight));
    },
    change: (layer) => change(layer),
  });
}

export const kernelFaults: readonly Fault[] = [
  tapFault('kernel-transposed', 'rows and columns of the kernel exchanged', ({ kernel }, y, x) =>
    kernel.y === kernel.x ? [x, y] : null,
  ),
  tapFault('kernel-rotated', 'correlation for convolution: turned by 180°', ({ kernel }, y, x) => [
    kernel.y - 1 - y,
    kernel.x - 1 - x,
  ]),
  tapFault('kernel-mirrored', 'left and right exchanged', ({ kernel }, y, x) => [
    y,
    kernel.x - 1 - x,
  ]),
  tapFault('kernel-upside-down', 'top and bottom exchanged', ({ kernel }, y, x) => [
    kernel.y - 1 - y,
    x,
  ]),
  tapFault('kernel-moved', 'every tap one pixel to the right', ({ kernel }, y, x) => [
    y,
    (x + 1) % kernel.x,
  ]),
  layerFault({
    name: 'inputs-and-outputs-exchanged',
    source: 'weights stored input first read as output first',
    kinds: ['conv', 'dense'],
    entries(layer) {
      return once(columnsOf(layer) === layer.outChannels && layer.outChannels > 1);
    },
    change(layer) {
      const area = areaOf(layer);
      const weight = mapWeights(
        layer,
        (o, k) => row(layer, Math.floor(k / area))[o * area + (k % area)],
      );
      return { ...layer, weight };
    },
  }),
  layerFault({
    name: 'weights-read-channels-last',
    source: 'bytes in the order O, kernel, I read as O, I, kernel',
    kinds: ['conv'],
    entries: (layer) => once(areaOf(layer) > 1 && columnsOf(layer) > 1),
    change(layer) {
      const inputs = columnsOf(layer);
      const area = areaOf(layer);
      const weight = mapWeights(
        layer,
        (o, k) => row(layer, o)[(k % inputs) * area + Math.floor(k / inputs)],
      );
      return { ...layer, weight };
    },
  }),
];
