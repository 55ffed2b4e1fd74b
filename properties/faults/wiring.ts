/** Layers that read the wrong tensor, or the right ones in the wrong order. */
import type { Layer } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { sameShape } from '../../src/model/shape.ts';
import { layerFault, once, producer, readers, rewrite, rewriteLayer, where } from './fault.ts';
import type { Fault, Place } from './fault.ts';

function placesOf(model: Model, entries: (layer: Layer) => readonly number[]): readonly Place[] {
  return model.layers.flatMap((layer) => entries(layer).map((at) => ({ layer: layer.name, at })));
}

const isSum = (layer: Layer): boolean =>
  layer.kind === 'add' && layer.inputs[0] !== layer.inputs[1];

/** The tensor ahead of the layer that makes this one, where it has the same shape; else −1. */
function skipped(model: Model, tensor: number): number {
  const layer = producer(model, tensor);
  if (layer === null || layer.inputs.length !== 1) return -1;
  const [before] = layer.inputs;
  return sameShape(model.tensors[before].shape, model.tensors[tensor].shape) ? before : -1;
}

export const wiringFaults: readonly Fault[] = [
  {
    name: 'operands-swapped',
    source: 'b − a for a − b; the parts of a concatenation in the other order',
    places: (model) =>
      placesOf(model, ({ kind, inputs }) =>
        once((kind === 'subtract' || kind === 'concat') && inputs[0] !== inputs[1]),
      ),
    inject: (model, { layer }) =>
      rewriteLayer(model, layer, (l, add) => add({ ...l, inputs: [...l.inputs].reverse() })),
  },
  {
    name: 'branch-dropped',
    source: 'one of two operands of a sum is lost',
    places: (model) => placesOf(model, (layer) => (isSum(layer) ? [0, 1] : [])),
    inject: (model, { layer, at }) => rewriteLayer(model, layer, ({ inputs }) => inputs[at]),
  },
  {
    name: 'branch-added-twice',
    source: 'bug 15: an operand of a sum that was merged already is added again',
    places: (model) => placesOf(model, (layer) => (isSum(layer) ? [0, 1] : [])),
    inject: (model, { layer, at }) =>
      rewriteLayer(model, layer, (sum, add) =>
        add({ kind: 'add', name: `${sum.name}.again`, inputs: [add(sum), sum.inputs[at]] }),
      ),
  },
  {
    name: 'layer-skipped',
    source: 'a layer that keeps the shape is left out',
    places: (model) =>
      placesOf(model, (layer) =>
        once(
          ['conv', 'dense', 'averagePool', 'maxPool', 'scale', 'translate'].includes(layer.kind) &&
            skipped(model, layer.output) >= 0,
        ),
      ),
    inject: (model, { layer }) => rewriteLayer(model, layer, ({ inputs }) => inputs[0]),
  },
  {
    name: 'read-too-early',
    source:
      'bug 13: a layer with two readers is changed for both of them; or one reads what was before it',
    places: (model) =>
      placesOf(model, (layer) =>
        where(layer.inputs.length, (k) => {
          const tensor = layer.inputs[k];
          return readers(model, tensor) > 1 && skipped(model, tensor) >= 0;
        }),
      ),
    inject(model, { layer: name, at }) {
      const original = model.layers.find((l) => l.name === name);
      if (original === undefined) return null;
      const before = skipped(model, original.inputs[at]);
      const written = new Map(model.inputs.map((port, k) => [port.tensor, k]));
      return rewrite(model, (layer, add) => {
        const old = model.layers.find((l) => l.name === layer.name) ?? layer;
        const inputs = layer.inputs.map((tensor, k) =>
          layer.name === name && k === at ? (written.get(before) ?? tensor) : tensor,
        );
        const output = add({ ...layer, inputs });
        written.set(old.output, output);
        return output;
      });
    },
  },
  {
    name: 'activation-and-norm-exchanged',
    source: 'the batch norm behind the activation it stood before',
    places: (model) =>
      placesOf(model, (layer) =>
        once(
          layer.kind === 'batchNorm' &&
            readers(model, layer.output) === 1 &&
            model.layers.some((l) => l.kind === 'relu' && l.inputs[0] === layer.output),
        ),
      ),
    inject(model, { layer: name }) {
      const norm = model.layers.find((l) => l.name === name);
      const relu = model.layers.find((l) => l.kind === 'relu' && l.inputs[0] === norm?.output);
      if (norm === undefined || relu === undefined) return null;
      return rewrite(model, (layer, add) => {
        if (layer.name === name) return layer.inputs[0];
        if (layer.name !== relu.name) return add(layer);
        return add({ ...norm, inputs: [add(layer)] });
      });
    },
  },
  layerFault({
    name: 'shuffle-lost',
    source: 'a permutation of channels is left out',
    kinds: ['select'],
    entries: ({ channels, inputs }, model) => {
      const { channels: from } = model.tensors[inputs[0]].shape;
      return once(channels.length === from && channels.some((c, k) => c !== k));
    },
    change: (layer) => ({ ...layer, channels: layer.channels.map((_, k) => k) }),
  }),
  layerFault({
    name: 'channels-off-by-one',
    source: 'a slice of channels starts one too late, or too early',
    kinds: ['select'],
    entries: ({ inputs }, model) => once(model.tensors[inputs[0]].shape.channels > 1),
    change(layer, _, model) {
      const original = model.layers.find((l) => l.name === layer.name) ?? layer;
      const { channels } = model.tensors[original.inputs[0]].shape;
      return { ...layer, channels: layer.channels.map((c) => (c + 1) % channels) };
    },
  }),
  layerFault({
    name: 'flattened-in-the-other-order',
    source: 'channels last for channels first, or the reverse',
    kinds: ['flatten'],
    entries: ({ inputs }, model) => {
      const { channels, height, width } = model.tensors[inputs[0]].shape;
      return once(channels > 1 && height * width > 1);
    },
    change: (layer) => ({ ...layer, order: layer.order === 'chw' ? 'hwc' : 'chw' }),
  }),
  layerFault({
    name: 'factor-lost',
    source: 'bug 17: a factor below zero is taken for zero; any other for one',
    kinds: ['scale'],
    entries: ({ factor, operation }) =>
      where(factor.length, (c) => operation === 'multiply' && factor[c] !== 1),
    change: (layer, at) => ({
      ...layer,
      factor: layer.factor.with(at, layer.factor[at] < 0 ? 0 : 1),
    }),
  }),
  layerFault({
    name: 'addend-lost',
    source: 'a constant that is added is left out',
    kinds: ['translate'],
    entries: ({ addend }) => where(addend.length, (c) => addend[c] !== 0),
    change: (layer, at) => ({ ...layer, addend: layer.addend.with(at, 0) }),
  }),
];
