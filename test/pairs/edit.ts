/**
 * A copy of a model with one layer changed: how most wrong conversions here are made from right ones.
 * It counts as rounded if the model it was made from does: the change itself is meant.
 */
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Conv, Layer, LayerSpec } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { markRounded, wasRounded } from '../../src/networks/sketch.ts';

/** Rebuilds the model with the named layer replaced. The layer must exist; its result keeps its place. */
export function edit(model: Model, name: string, change: (layer: Layer) => LayerSpec): Model {
  const builder = new ModelBuilder();
  for (const port of model.inputs) {
    builder.input(port.name, model.tensors[port.tensor].shape, port.layout, port.batch);
  }
  if (!model.layers.some((layer) => layer.name === name)) throw new Error(`no layer ${name}`);
  for (const layer of model.layers) {
    const output = builder.add(layer.name === name ? change(layer) : layer);
    if (output !== layer.output && builder.failure === null) throw new Error('tensors moved');
  }
  for (const port of model.outputs) {
    builder.output(port.name, port.tensor, port.layout, port.batch);
  }
  const result = builder.finish();
  if (!result.ok) throw new Error(`${result.failure.node}: ${result.failure.reason}`);
  if (wasRounded(model)) markRounded(result.value);
  return result.value;
}

export function editConv(model: Model, name: string, change: (layer: Conv) => Conv): Model {
  return edit(model, name, (layer) => {
    if (layer.kind !== 'conv') throw new Error(`${name} is no convolution`);
    return change(layer);
  });
}

/** A copy of the array with one entry replaced. */
export function replaced(
  values: Float32Array,
  index: number,
  change: (value: number) => number,
): Float32Array {
  const copy = values.slice();
  copy[index] = change(copy[index]);
  return copy;
}

/** The position of the entry largest in magnitude: an edit there shows. */
export function largest(values: Float32Array): number {
  let best = 0;
  values.forEach((value, k) => {
    if (Math.abs(value) > Math.abs(values[best])) best = k;
  });
  return best;
}
