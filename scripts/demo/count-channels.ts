/**
 * A converter's mistake, reproduced: a shortcut is taken for the identity because it ends in as many
 * channels as it starts with, although a learned 1×1 projection with stride 2 stands on it.
 *
 * `misread` is the model such a converter sees: every such projection replaced by the Dirac kernel of
 * the same stride, its batch norm by nothing. Whatever it then does, correctly, starts from there.
 */
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Result } from '../../src/model/failure.ts';
import type { Conv, Layer, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { findShortcuts } from '../../src/model/shortcuts.ts';

function dirac(projection: Conv): Conv {
  const channels = projection.outChannels;
  const weight = new Float32Array(channels * channels);
  for (let c = 0; c < channels; c++) weight[c * channels + c] = 1;
  return { ...projection, weight, bias: null, groups: 1 };
}

export function misread(model: Model): Result<Model> {
  const replaced = new Map<Layer, Layer | null>();
  for (const { fork, add, shortcut, kind } of findShortcuts(model)) {
    const [before, after] = [fork, add.output].map(
      (tensor) => model.tensors[tensor].shape.channels,
    );
    if (kind !== 'projection' || before !== after) continue;
    for (const layer of shortcut) replaced.set(layer, layer.kind === 'conv' ? dirac(layer) : null);
  }
  const builder = new ModelBuilder();
  const renamed = new Map<TensorId, TensorId>();
  const now = (tensor: TensorId): TensorId => renamed.get(tensor) ?? 0;
  for (const { name, tensor, layout, batch } of model.inputs) {
    renamed.set(tensor, builder.input(name, model.tensors[tensor].shape, layout, batch));
  }
  for (const layer of model.layers) {
    const seen = replaced.get(layer);
    if (seen === null) {
      renamed.set(layer.output, now(layer.inputs[0]));
    } else {
      const spec = seen ?? layer;
      renamed.set(layer.output, builder.add({ ...spec, inputs: layer.inputs.map(now) }));
    }
  }
  for (const { name, tensor, layout, batch } of model.outputs) {
    builder.output(name, now(tensor), layout, batch);
  }
  return builder.finish();
}
