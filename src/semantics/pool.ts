/**
 * Pooling.
 *
 * Max pooling takes the largest value *inside* the domain: padding is ignored, not read as zero. It
 * rounds nothing, and max is 1-Lipschitz in the largest deviation, so its error is the window's largest.
 * Average pooling divides the sum over what lies inside by the window's size, or by the number of pixels
 * inside when padding does not count. For n pixels: n − 1 additions and a division, or a product with a
 * rounded reciprocal: γ_{n+1} times the mean magnitude, plus the mean of the errors.
 */
import type { AveragePool, GlobalAveragePool, MaxPool } from '../model/layer.ts';
import { elements, noPadding, type Padding, type Pair, type Shape } from '../model/shape.ts';
import type { Operand, Order } from './operand.ts';
import { gamma, outward, type Arithmetic } from './rounding.ts';

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

/** Calls `visit` with the window of every result: its entry, then the entries of x inside the domain. */
function windows(
  window: Window,
  from: Shape,
  shape: Shape,
  visit: (entry: number, inside: readonly number[]) => void,
): void {
  const { kernel, strides, dilations, pads } = window;
  let entry = 0;
  for (let c = 0; c < shape.channels; c++) {
    for (let outY = 0; outY < shape.height; outY++) {
      for (let outX = 0; outX < shape.width; outX++) {
        const inside: number[] = [];
        for (let tapY = 0; tapY < kernel.y; tapY++) {
          const y = outY * strides.y + tapY * dilations.y - pads.top;
          if (y < 0 || y >= from.height) continue;
          for (let tapX = 0; tapX < kernel.x; tapX++) {
            const x = outX * strides.x + tapX * dilations.x - pads.left;
            if (x >= 0 && x < from.width) inside.push((c * from.height + y) * from.width + x);
          }
        }
        visit(entry++, inside);
      }
    }
  }
}

/** The window's largest entry. Also moves error bounds, which are non-negative. */
export function maxPool(
  layer: MaxPool,
  from: Shape,
  values: Float64Array,
  shape: Shape,
): Float64Array {
  const result = new Float64Array(elements(shape));
  windows(layer, from, shape, (entry, inside) => {
    let largest = -Infinity;
    for (const k of inside) if (values[k] > largest) largest = values[k];
    result[entry] = largest;
  });
  return result;
}

function averaging(layer: AveragePool | GlobalAveragePool, from: Shape): Window {
  const one = { y: 1, x: 1 };
  return layer.kind === 'averagePool'
    ? { ...layer, dilations: one }
    : {
        kernel: { y: from.height, x: from.width },
        strides: one,
        dilations: one,
        pads: noPadding,
      };
}

function average(
  layer: AveragePool | GlobalAveragePool,
  from: Shape,
  values: Float64Array,
  shape: Shape,
  order: Order,
): Float64Array {
  const window = averaging(layer, from);
  const area = window.kernel.y * window.kernel.x;
  const countsAll = layer.kind === 'averagePool' && layer.countIncludePad;
  const result = new Float64Array(elements(shape));
  windows(window, from, shape, (entry, inside) => {
    let sum = 0;
    const n = inside.length;
    for (let k = 0; k < n; k++) sum += values[inside[order === 'forward' ? k : n - 1 - k]];
    result[entry] = sum / (countsAll ? area : n);
  });
  return result;
}

export function averagePool(
  layer: AveragePool | GlobalAveragePool,
  input: Operand,
  shape: Shape,
  order: Order,
): Float64Array {
  return average(layer, input.shape, input.values, shape, order);
}

export function averagePoolErrors(
  layer: AveragePool | GlobalAveragePool,
  input: Operand,
  shape: Shape,
  arithmetic: Arithmetic,
): Float64Array {
  const { kernel } = averaging(layer, input.shape);
  const n = kernel.y * kernel.x;
  const relative = gamma(n + 1, arithmetic);
  const { values, errors } = input;
  const spread = values.map(
    (x, k) =>
      relative * Math.abs(x) + (errors === null ? 0 : errors[k]) + (n + 2) * arithmetic.underflow,
  );
  const up = outward(n + 12);
  return average(layer, input.shape, spread, shape, 'forward').map((e) => up * e);
}
