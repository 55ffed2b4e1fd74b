/**
 * Layers that move values and compute nothing: concat, select, pad, flatten. They round nothing, so
 * errors move along with the values: both go through the same function.
 */
import type { Flatten, Pad, Select } from '../model/layer.ts';
import { elements, type Shape } from '../model/shape.ts';

export function concat(parts: readonly Float64Array[], shape: Shape): Float64Array {
  const result = new Float64Array(elements(shape));
  let start = 0;
  for (const part of parts) {
    result.set(part, start);
    start += part.length;
  }
  return result;
}

export function select(layer: Select, from: Float64Array, shape: Shape): Float64Array {
  const result = new Float64Array(elements(shape));
  const area = shape.height * shape.width;
  for (let k = 0; k < layer.channels.length; k++) {
    const channel = layer.channels[k];
    result.set(from.subarray(channel * area, (channel + 1) * area), k * area);
  }
  return result;
}

/** `filling` is what the new pixels hold: the layer's value, or 0 when errors are moved. Negative pads crop. */
export function pad(
  layer: Pad,
  input: { readonly shape: Shape; readonly values: Float64Array },
  shape: Shape,
  filling: number,
): Float64Array {
  const { top, left } = layer.pads;
  const from = input.shape;
  const result = new Float64Array(elements(shape)).fill(filling);
  for (let c = 0; c < shape.channels; c++) {
    for (let y = Math.max(0, top); y < Math.min(shape.height, from.height + top); y++) {
      for (let x = Math.max(0, left); x < Math.min(shape.width, from.width + left); x++) {
        result[(c * shape.height + y) * shape.width + x] =
          input.values[(c * from.height + y - top) * from.width + x - left];
      }
    }
  }
  return result;
}

export function flatten(layer: Flatten, from: Float64Array, shape: Shape): Float64Array {
  if (layer.order === 'chw') return from.slice();
  const area = shape.height * shape.width;
  const result = new Float64Array(from.length);
  for (let c = 0; c < shape.channels; c++) {
    for (let p = 0; p < area; p++) result[p * shape.channels + c] = from[c * area + p];
  }
  return result;
}
