/** A copy of a model that shares nothing with it but the numbers: other names, other arrays. */
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Layer, LayerSpec } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built } from '../../test/blocks/support.ts';

function copied(layer: Layer): LayerSpec {
  switch (layer.kind) {
    case 'conv':
    case 'dense':
      return { ...layer, weight: layer.weight.slice(), bias: layer.bias?.slice() ?? null };
    case 'batchNorm': {
      const { scale, offset, mean, variance } = layer;
      return {
        ...layer,
        scale: scale.slice(),
        offset: offset.slice(),
        mean: mean.slice(),
        variance: variance.slice(),
      };
    }
    case 'scale':
      return { ...layer, factor: layer.factor.slice() };
    case 'translate':
      return { ...layer, addend: layer.addend.slice() };
    case 'clip':
      return { ...layer, lower: layer.lower.slice(), upper: layer.upper.slice() };
    case 'prelu':
      return { ...layer, slopes: layer.slopes.slice() };
    default:
      return layer;
  }
}

export function renamedCopy(model: Model): Model {
  const builder = new ModelBuilder();
  for (const port of model.inputs)
    builder.input(`in-${port.name}`, model.tensors[port.tensor].shape);
  model.layers.forEach((layer, k) => builder.add({ ...copied(layer), name: `node-${k}` }));
  for (const port of model.outputs) builder.output(`out-${port.name}`, port.tensor);
  return built(builder.finish());
}
