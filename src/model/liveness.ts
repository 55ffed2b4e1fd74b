/** When a tensor may be forgotten. */
import type { Model } from './model.ts';

/** For every tensor the position of the last layer that reads it, or −1 if none does. */
export function lastReaders(model: Model): Int32Array {
  const last = new Int32Array(model.tensors.length).fill(-1);
  model.layers.forEach((layer, position) => {
    for (const tensor of layer.inputs) last[tensor] = position;
  });
  return last;
}
