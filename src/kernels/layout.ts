/** Channel-major (C, H, W) to pixel-major (H, W, C) and back; tfjs wants the latter. */
import type { Conv } from '../model/layer.ts';
import { isVector, type Shape } from '../model/shape.ts';

function transposed(from: Float32Array, rows: number, columns: number): Float32Array {
  const to = new Float32Array(from.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) to[c * rows + r] = from[r * columns + c];
  }
  return to;
}

export function toPixelMajor(values: Float32Array, shape: Shape): Float32Array {
  return isVector(shape) ? values : transposed(values, shape.channels, shape.height * shape.width);
}

export function toChannelMajor(values: Float32Array, shape: Shape): Float32Array {
  return isVector(shape) ? values : transposed(values, shape.height * shape.width, shape.channels);
}

/** Filters of output channels [first, first + count): O × I × kernel to kernel × I × O. */
export function filters(layer: Conv, first: number, count: number): Float32Array {
  const each = layer.weight.length / layer.outChannels;
  const taps = layer.kernel.y * layer.kernel.x;
  const inputs = each / taps;
  const to = new Float32Array(count * each);
  for (let o = 0; o < count; o++) {
    const start = (first + o) * each;
    for (let i = 0; i < inputs; i++) {
      for (let t = 0; t < taps; t++) {
        to[(t * inputs + i) * count + o] = layer.weight[start + i * taps + t];
      }
    }
  }
  return to;
}

/** Filters of a depthwise convolution, O × 1 × kernel with O = I·m, to kernel × I × m. */
export function depthwiseFilters(layer: Conv): Float32Array {
  const taps = layer.kernel.y * layer.kernel.x;
  return transposed(layer.weight, layer.outChannels, taps);
}
