/** The part of a model that some of its tensors depend on. */
import { isAffine, type Layer, type TensorId } from '../model/layer.ts';
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

/** A layer and the affine ones before it, up to the tensors that something else makes. */
interface AffineRun {
  readonly inside: ReadonlySet<Layer>;
  readonly border: ReadonlySet<TensorId>;
}

export function affineRun(model: Model, layer: Layer): AffineRun {
  const makers = new Map<TensorId, Layer>(model.layers.map((l) => [l.output, l]));
  const inside = new Set<Layer>([layer]);
  const border = new Set<TensorId>();
  const waiting = [...layer.inputs];
  for (let tensor = waiting.pop(); tensor !== undefined; tensor = waiting.pop()) {
    const maker = makers.get(tensor);
    if (maker === undefined || !isAffine(maker)) {
      border.add(tensor);
      continue;
    }
    if (!inside.has(maker)) waiting.push(...maker.inputs);
    inside.add(maker);
  }
  return { inside, border };
}
