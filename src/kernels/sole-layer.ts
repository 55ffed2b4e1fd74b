/** A layer as a model of its own, to be run on activations taken from elsewhere. Tensors keep their numbers. */
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model, Port } from '../model/model.ts';

/** One input for each tensor the layer reads, in the order it reads them, none twice; one output. */
export function soleLayer(model: Model, layer: Layer): Model {
  const port = (name: string, tensor: TensorId): Port => ({
    name,
    tensor,
    layout: 'nchw',
    batch: 1,
  });
  return {
    inputs: [...new Set(layer.inputs)].map((tensor, k) => port(`input_${k}`, tensor)),
    outputs: [port('output', layer.output)],
    tensors: model.tensors,
    layers: [layer],
  };
}
