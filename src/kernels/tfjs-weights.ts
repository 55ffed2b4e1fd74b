/**
 * Where a convolution's or dense layer's weights come from as tensors of tfjs: made anew for a single run, so that
 * no more than one layer's are there at a time, or kept for a model that runs many times.
 *
 * Vectors of one entry a channel (biases, batch norms) are made anew in either case; they are small.
 */
import * as tf from '@tensorflow/tfjs-core';

/** The weights of group `group` of the layer called `layer`, as `make` makes them. */
export type Weights = (layer: string, group: number, make: () => tf.Tensor4D) => tf.Tensor4D;

export const madeAnew: Weights = (_layer, _group, make) => make();

/** Names of layers are unique within a model: one of these serves one model, and no other. */
export class KeptWeights {
  readonly #tensors = new Map<string, tf.Tensor4D[]>();

  readonly of: Weights = (layer, group, make) => {
    const own = this.#tensors.get(layer) ?? [];
    this.#tensors.set(layer, own);
    // Kept tensors outlive the `tf.tidy` around the layer that first asks for them.
    own[group] ??= tf.keep(make());
    return own[group];
  };

  dispose(): void {
    for (const own of this.#tensors.values()) tf.dispose(own);
    this.#tensors.clear();
  }
}
