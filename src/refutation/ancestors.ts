/** The part of a model that some of its tensors depend on. */
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';

/** The layers needed to compute the tensors, in the model's order. */
export function layersBefore(model: Model, tensors: readonly TensorId[]): readonly Layer[] {
  const needed = new Set(tensors);
  const layers: Layer[] = [];
  for (let position = model.layers.length - 1; position >= 0; position--) {
    const layer = model.layers[position];
    if (!needed.has(layer.output)) continue;
    layers.push(layer);
    for (const input of layer.inputs) needed.add(input);
  }
  return layers.reverse();
}
