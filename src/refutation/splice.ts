/**
 * The converted model with one channel taken from the original: what it would be if that channel were
 * right.
 *
 * Where the splice is proved to be the original and the converted model is not, all that separates the two
 * is that channel. It can then be judged alone, where it is made, before a deep network has mixed it with
 * hundreds of others and with the rounding of every layer behind it. A splice of channels that do not
 * belong together computes something else and is not proved.
 */
import { ModelBuilder } from '../model/builder.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { Difference } from '../verdict/verdict.ts';
import { layersBefore } from './ancestors.ts';
import type { ModelPair } from './gap.ts';

/** A channel of each model; the converted one ought to be `scale` times the original's, and has its extent. */
export interface ChannelPair {
  /** Other than 1 where a converter rescales channels and takes the factor back behind the activation. */
  readonly scale: number;
  readonly original: { readonly layer: Layer; readonly channel: number };
  readonly converted: { readonly layer: Layer; readonly channel: number };
}

/** The two channels that a difference names; null where it does not name two of one extent. */
export function channelsOf(pair: ModelPair, difference: Difference): ChannelPair | null {
  const { originalLayer, originalChannel } = difference;
  const converted = pair.converted.layers.find(({ name }) => name === difference.layer);
  const original = pair.original.layers.find(({ name }) => name === originalLayer);
  if (converted === undefined || original === undefined || originalChannel === null) return null;
  const ours = shapeOf(pair.converted, converted.output);
  const theirs = shapeOf(pair.original, original.output);
  if (ours.height !== theirs.height || ours.width !== theirs.width) return null;
  if (difference.channel >= ours.channels || originalChannel >= theirs.channels) return null;
  return {
    scale: 1,
    original: { layer: original, channel: originalChannel },
    converted: { layer: converted, channel: difference.channel },
  };
}

/** What the splice calls the layers it takes from the original. */
export const takenOver = 'original/';

function scaling(factor: number) {
  return { kind: 'scale', operation: 'multiply', factor: Float32Array.of(factor) } as const;
}

/** The converted model reading the original's channel in place of its own. */
export function splice(pair: ModelPair, channels: ChannelPair): Model {
  const { original, converted } = channels;
  const builder = new ModelBuilder();
  const ours = new Map<TensorId, TensorId>();
  const theirs = new Map<TensorId, TensorId>();
  const here = (tensors: ReadonlyMap<TensorId, TensorId>, id: TensorId): TensorId => {
    const tensor = tensors.get(id);
    if (tensor === undefined) throw new Error(`tensor ${id} is read before it is computed`);
    return tensor;
  };
  pair.converted.inputs.forEach((port, k) => {
    const shape = shapeOf(pair.converted, port.tensor);
    const tensor = builder.input(port.name, shape, port.layout, port.batch);
    ours.set(port.tensor, tensor);
    theirs.set(pair.original.inputs[k].tensor, tensor);
  });
  const add = (layer: Layer, tensors: Map<TensorId, TensorId>, prefix: string): void => {
    const inputs = layer.inputs.map((id) => here(tensors, id));
    tensors.set(layer.output, builder.add({ ...layer, name: prefix + layer.name, inputs }));
  };
  for (const layer of layersBefore(pair.original, [original.layer.output])) {
    add(layer, theirs, takenOver);
  }
  for (const layer of pair.converted.layers) {
    add(layer, ours, '');
    if (layer !== converted.layer) continue;
    const own = here(ours, layer.output);
    const width = builder.shape(own).channels;
    const right = builder.add({
      ...scaling(channels.scale),
      name: 'splice/scale',
      inputs: [here(theirs, original.layer.output)],
    });
    const inputs = [own, right];
    const both = builder.add({ kind: 'concat', name: 'splice/both', inputs });
    const kept = Int32Array.from({ length: width }, (_, k) => k);
    kept[converted.channel] = width + original.channel;
    const name = 'splice/channels';
    ours.set(layer.output, builder.add({ kind: 'select', name, inputs: [both], channels: kept }));
  }
  for (const port of pair.converted.outputs) {
    builder.output(port.name, here(ours, port.tensor), port.layout, port.batch);
  }
  const result = builder.finish();
  if (!result.ok) throw new Error(`${result.failure.node}: ${result.failure.reason}`);
  return result.value;
}

/** The model up to one channel of one layer, its only output, times a factor. */
function upTo(
  model: Model,
  { layer, channel }: { readonly layer: Layer; readonly channel: number },
  factor: number,
): Model {
  const shape = { ...shapeOf(model, layer.output), channels: 1 };
  const [own, tensor] = [model.tensors.length, model.tensors.length + 1];
  const only: Layer = {
    kind: 'select',
    name: 'channel',
    inputs: [layer.output],
    output: own,
    channels: Int32Array.of(channel),
  };
  const scale: Layer = { ...scaling(factor), name: 'scaled', inputs: [own], output: tensor };
  return {
    ...model,
    tensors: [...model.tensors, { name: only.name, shape }, { name: scale.name, shape }],
    layers: [...layersBefore(model, [layer.output]), only, scale],
    outputs: [{ name: scale.name, tensor, layout: 'nchw', batch: null }],
  };
}

/** Both models up to the two channels, the original's times the scale. */
export function pairUpTo(pair: ModelPair, { original, converted, scale }: ChannelPair): ModelPair {
  return {
    original: upTo(pair.original, original, scale),
    converted: upTo(pair.converted, converted, 1),
  };
}
