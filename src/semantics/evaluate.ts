/**
 * The reference evaluator: a model's real-number meaning, to float64 accuracy, layer by layer.
 *
 * It is what "the two models differ on this input" is judged by, so it is plain before it is fast. Every
 * tensor is dropped after its last reader. Errors, where asked for, are propagated through every layer;
 * that is rigorous, and grows with depth.
 */
import { lastReaders } from '../model/liveness.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { elements } from '../model/shape.ts';
import { denote, errorBound } from './denote.ts';
import type { Operand, Order } from './operand.ts';

export interface EvaluateOptions {
  /** Tensors wanted besides the model's outputs. */
  readonly keep?: readonly TensorId[];
  /** Which end every sum starts from; `forward` unless told. */
  readonly order?: Order;
  /** Also propagate a rigorous bound on the error of every entry. */
  readonly bound?: boolean;
  /**
   * What to evaluate in place of a layer: other parameters, the same wiring and shapes. Asked for layer by
   * layer, so that a changed model needs no copy of all its parameters.
   */
  readonly substitute?: (layer: Layer, position: number) => Layer;
}

export interface Evaluation {
  /** The model's outputs and the tensors kept, channel-major. */
  readonly values: ReadonlyMap<TensorId, Float64Array>;
  /** Bounds on |value − real value|, for the same tensors; null unless asked for. */
  readonly errors: ReadonlyMap<TensorId, Float64Array> | null;
}

/**
 * Evaluates the model on one image.
 * `inputs`: one array per `model.inputs`, channel-major, taken as exact. Lengths must fit the shapes.
 */
export function evaluate(
  model: Model,
  inputs: readonly Float64Array[],
  options: EvaluateOptions = {},
): Evaluation {
  const { keep = [], order = 'forward', bound = false, substitute } = options;
  const kept = new Set([...keep, ...model.outputs.map((port) => port.tensor)]);
  const live = new Map<TensorId, Operand>();
  model.inputs.forEach((port, k) => {
    const shape = shapeOf(model, port.tensor);
    const values = inputs[k];
    if (values.length !== elements(shape)) {
      throw new Error(`input ${port.name}: ${values.length} values for ${elements(shape)}`);
    }
    live.set(port.tensor, { shape, values, errors: null });
  });
  const last = lastReaders(model);
  model.layers.forEach((stated, position) => {
    const layer = substitute === undefined ? stated : substitute(stated, position);
    const operands = layer.inputs.map((tensor) => operandOf(live, tensor));
    const shape = shapeOf(model, layer.output);
    live.set(layer.output, {
      shape,
      values: denote(layer, operands, shape, order),
      errors: bound ? errorBound(layer, operands, shape) : null,
    });
    for (const tensor of [...layer.inputs, layer.output]) {
      if (last[tensor] <= position && !kept.has(tensor)) live.delete(tensor);
    }
  });
  const values = new Map<TensorId, Float64Array>();
  const errors = new Map<TensorId, Float64Array>();
  for (const tensor of kept) {
    const operand = operandOf(live, tensor);
    values.set(tensor, operand.values);
    if (bound) errors.set(tensor, operand.errors ?? new Float64Array(operand.values.length));
  }
  return { values, errors: bound ? errors : null };
}

function operandOf(live: ReadonlyMap<TensorId, Operand>, tensor: TensorId): Operand {
  const operand = live.get(tensor);
  if (operand === undefined) throw new Error(`tensor ${tensor} is read before it is computed`);
  return operand;
}
