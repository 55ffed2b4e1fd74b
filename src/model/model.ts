/**
 * A model: a list of layers in an order that computes every tensor before it is read.
 *
 * Plain readonly data. Weights may be views into the file they came from; nobody writes to them.
 */
import type { Layer, TensorId } from './layer.ts';
import type { Shape } from './shape.ts';

export interface TensorInfo {
  readonly name: string;
  readonly shape: Shape;
}

/** How a tensor at the model's border is laid out for its caller. */
export type Layout = 'nchw' | 'nhwc' | 'vector';

/** One input or output of the model. `batch` is the fixed batch size, or null where it is free. */
export interface Port {
  readonly name: string;
  readonly tensor: TensorId;
  readonly layout: Layout;
  readonly batch: number | null;
}

export interface Model {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly tensors: readonly TensorInfo[];
  readonly layers: readonly Layer[];
}

export function shapeOf(model: Model, tensor: TensorId): Shape {
  return model.tensors[tensor].shape;
}
