/**
 * What became of every tensor of a model while it was numbered: the bridge from values back to layers.
 *
 * Kept only for an attempt whose failure will have to be explained, or that a report is written of; a proof
 * does not look at it.
 */
import type { Layer, TensorId } from '../model/layer.ts';
import type { Tensor } from './tensor.ts';

/** One tensor of a model: the result of a layer, or an input of the model, which no layer makes. */
export interface Step {
  readonly name: string;
  readonly layer: Layer | null;
  /** Positions in the trace of the tensors the layer reads. */
  readonly inputs: readonly number[];
  readonly tensor: Tensor;
  /** Theorems behind what was done since the step before; empty unless the numbering is watched. */
  readonly theorems: readonly string[];
}

/** The tensors of one model in the order they were numbered. */
export class Trace {
  readonly #steps: Step[] = [];
  readonly #positions = new Map<TensorId, number>();

  get steps(): readonly Step[] {
    return this.#steps;
  }

  input(name: string, id: TensorId, tensor: Tensor): void {
    this.#push(id, { name, layer: null, inputs: [], tensor, theorems: [] });
  }

  layer(layer: Layer, tensor: Tensor, theorems: readonly string[]): void {
    const inputs = layer.inputs.flatMap((id) => this.#positions.get(id) ?? []);
    this.#push(layer.output, { name: layer.name, layer, inputs, tensor, theorems });
  }

  #push(id: TensorId, step: Step): void {
    this.#positions.set(id, this.#steps.length);
    this.#steps.push(step);
  }
}
