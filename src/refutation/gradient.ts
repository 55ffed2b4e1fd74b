/**
 * The gradient of one value inside a model with respect to the model's inputs.
 *
 * Keeps every tensor up to that value, so it is for small models; only proposes inputs (aligned-inputs.ts).
 */
import type { Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { elements } from '../model/shape.ts';
import type { Operand } from '../semantics/operand.ts';
import { evaluate } from '../semantics/evaluate.ts';
import { layersBefore } from './ancestors.ts';
import { pullBack } from './layer-gradient.ts';

/** One value of one tensor: `index` channel-major. */
export interface Place {
  readonly tensor: TensorId;
  readonly index: number;
}

/** One array for each of the model's inputs, zero where the value does not depend on them. */
export function gradientAt(
  model: Model,
  inputs: readonly Float64Array[],
  { tensor, index }: Place,
): readonly Float64Array[] {
  const layers = layersBefore(model, [tensor]);
  const keep = [...model.inputs.map((port) => port.tensor), ...layers.map((l) => l.output)];
  const { values } = evaluate({ ...model, layers, outputs: [] }, inputs, { keep });
  const operand = (id: TensorId): Operand => ({
    shape: shapeOf(model, id),
    values: values.get(id) ?? new Float64Array(0),
    errors: null,
  });
  const gradients = new Map<TensorId, Float64Array>();
  const gradientOf = (id: TensorId): Float64Array => {
    const known = gradients.get(id) ?? new Float64Array(elements(shapeOf(model, id)));
    gradients.set(id, known);
    return known;
  };
  gradientOf(tensor)[index] = 1;
  const pull = (layer: Layer): void => {
    const operands = layer.inputs.map(operand);
    const pulled = pullBack(layer, operands, operand(layer.output), gradientOf(layer.output));
    layer.inputs.forEach((id, position) => {
      const sum = gradientOf(id);
      pulled[position].forEach((g, k) => (sum[k] += g));
    });
    gradients.delete(layer.output);
  };
  for (let position = layers.length - 1; position >= 0; position--) pull(layers[position]);
  return model.inputs.map((port) => gradientOf(port.tensor));
}
