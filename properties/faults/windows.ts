/** Padding, strides, dilations and pooling windows that read other pixels. */
import type { Conv } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { isPadded, noPadding, type Padding } from '../../src/model/shape.ts';
import { layerFault, once, producer, readers, rewrite, where, type Fault } from './fault.ts';

const one = { y: 1, x: 1 };

/** Padding by one more on one side and one less on the other; the size of the result stays. */
function lopsided(pads: Padding, side: number): Padding {
  const { top, left, bottom, right } = pads;
  switch (side) {
    case 0:
      return { ...pads, top: top - 1, bottom: bottom + 1 };
    case 1:
      return { ...pads, top: top + 1, bottom: bottom - 1 };
    case 2:
      return { ...pads, left: left - 1, right: right + 1 };
    default:
      return { ...pads, left: left + 1, right: right - 1 };
  }
}

/** The convolution whose result is this one's input, with something channelwise between or not, or null. */
function upstream(model: Model, conv: Conv, between: boolean): Conv | null {
  let layer = producer(model, conv.inputs[0]);
  while (layer !== null && readers(model, layer.output) === 1) {
    if (layer.kind === 'conv') return layer;
    if (!between || !['batchNorm', 'relu', 'clip', 'prelu', 'leakyRelu'].includes(layer.kind))
      break;
    layer = producer(model, layer.inputs[0]);
  }
  return null;
}

/** A fault of two convolutions in a row. */
function pairFault(
  name: string,
  source: string,
  options: {
    readonly between: boolean;
    readonly fits: (first: Conv, second: Conv) => boolean;
    readonly change: (first: Conv, second: Conv) => readonly [Partial<Conv>, Partial<Conv>];
  },
): Fault {
  const pairOf = (model: Model, name_: string): readonly [Conv, Conv] | null => {
    const second = model.layers.find((layer) => layer.name === name_);
    if (second?.kind !== 'conv') return null;
    const first = upstream(model, second, options.between);
    return first !== null && options.fits(first, second) ? [first, second] : null;
  };
  return {
    name,
    source,
    places: (model) =>
      model.layers
        .filter((layer) => pairOf(model, layer.name) !== null)
        .map((layer) => ({ layer: layer.name, at: 0 })),
    inject(model, place) {
      const pair = pairOf(model, place.layer);
      if (pair === null) return null;
      const [first, second] = options.change(...pair);
      return rewrite(model, (layer, add) => {
        if (layer.kind !== 'conv') return add(layer);
        if (layer.name === pair[0].name) return add({ ...layer, ...first });
        return add(layer.name === pair[1].name ? { ...layer, ...second } : layer);
      });
    },
  };
}

const isStrided = ({ strides }: Conv): boolean => strides.y > 1 || strides.x > 1;

export const windowFaults: readonly Fault[] = [
  layerFault({
    name: 'padding-on-the-wrong-side',
    source: 'one row or column more at one end, one less at the other',
    kinds: ['conv', 'averagePool', 'maxPool'],
    entries: ({ pads: p }) =>
      where(4, (side) => Object.values(lopsided(p, side)).every((n) => n >= 0)),
    change: (layer, side) => ({ ...layer, pads: lopsided(layer.pads, side) }),
  }),
  layerFault({
    name: 'dilation-lost',
    source: 'dilation 1 for another',
    kinds: ['conv'],
    entries: ({ dilations }) => once(dilations.y > 1 || dilations.x > 1),
    change(layer) {
      const { kernel, dilations, pads } = layer;
      const y = (kernel.y - 1) * (dilations.y - 1);
      const x = (kernel.x - 1) * (dilations.x - 1);
      const bottom = pads.bottom - (y - Math.floor(y / 2));
      const right = pads.right - (x - Math.floor(x / 2));
      const [top, left] = [pads.top - Math.floor(y / 2), pads.left - Math.floor(x / 2)];
      return { ...layer, dilations: one, pads: { top, left, bottom, right } };
    },
  }),
  layerFault({
    name: 'dilated',
    source: 'dilation 2 where the original has 1',
    kinds: ['conv'],
    entries: ({ kernel, dilations }) =>
      once(kernel.y > 1 && kernel.y % 2 === 1 && dilations.y === 1 && dilations.x === 1),
    change(layer) {
      const { kernel, pads } = layer;
      const y = (kernel.y - 1) / 2;
      const x = (kernel.x - 1) / 2;
      const wide = {
        top: pads.top + y,
        bottom: pads.bottom + y,
        left: pads.left + x,
        right: pads.right + x,
      };
      return { ...layer, dilations: { y: 2, x: 2 }, pads: wide };
    },
  }),
  pairFault('stride-moved', 'bug 13: the next convolution strides instead', {
    between: true,
    fits: (first, second) => isStrided(first) !== isStrided(second),
    change: (first, second) => [{ strides: second.strides }, { strides: first.strides }],
  }),
  pairFault('fused-over-padding', 'bugs 7, 13: the first one’s result is read outside its image', {
    between: false,
    fits: (first, second) => isPadded(second.pads) && !isStrided(first),
    change: (first, second) => {
      const [a, b] = [first.pads, second.pads];
      const pads = {
        top: a.top + b.top,
        left: a.left + b.left,
        bottom: a.bottom + b.bottom,
        right: a.right + b.right,
      };
      return [{ pads }, { pads: noPadding }];
    },
  }),
  layerFault({
    name: 'padding-counted',
    source: 'an average over the padding for one over what lies inside, or the reverse',
    kinds: ['averagePool'],
    entries: ({ pads }) => once(isPadded(pads)),
    change: (layer) => ({ ...layer, countIncludePad: !layer.countIncludePad }),
  }),
  layerFault({
    name: 'maximum-for-average',
    source: 'max pooling where the original averages',
    kinds: ['averagePool', 'globalAveragePool'],
    entries: () => once(true),
    change(layer, _, model) {
      const { name, inputs } = layer;
      const pool = { kind: 'maxPool', name, inputs, dilations: one } as const;
      if (layer.kind === 'averagePool') {
        const { kernel, strides, pads } = layer;
        return { ...pool, kernel, strides, pads };
      }
      const original = model.layers.find((l) => l.name === name) ?? layer;
      const { height, width } = model.tensors[original.inputs[0]].shape;
      return { ...pool, kernel: { y: height, x: width }, strides: one, pads: noPadding };
    },
  }),
  layerFault({
    name: 'average-for-maximum',
    source: 'average pooling where the original takes the largest',
    kinds: ['maxPool'],
    entries: ({ dilations }) => once(dilations.y === 1 && dilations.x === 1),
    change({ name, inputs, kernel, strides, pads }) {
      return { kind: 'averagePool', name, inputs, kernel, strides, pads, countIncludePad: false };
    },
  }),
];
