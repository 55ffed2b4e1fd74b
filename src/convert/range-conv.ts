/**
 * Interval bounds of weighted sums. One multiplication and addition for each weight and bound, with a
 * stop as soon as both bounds of a row are infinite; the float64 rounding of the sum is bounded by
 * n·2⁻⁵²·Σ|terms|, as in Higham, Accuracy and Stability, §4.2, with a factor of two to spare.
 */
import type { Conv, Dense } from '../model/layer.ts';
import type { Shape } from '../model/shape.ts';
import { emptyRange, type Range } from './channel-range.ts';

interface Row {
  readonly weight: Float32Array;
  readonly from: number;
  readonly inputs: number;
  readonly firstInput: number;
  /** For each tap whether it may read the zeros outside the domain. */
  readonly outside: readonly boolean[];
  readonly bias: number;
}

function rowBounds(row: Row, range: Range): [number, number] {
  const { weight, inputs, outside } = row;
  const taps = outside.length;
  let [lower, upper, lowerSize, upperSize] = [row.bias, row.bias, 0, 0];
  let at = row.from;
  for (let i = 0; i < inputs; i++) {
    const low = range.lower[row.firstInput + i];
    const high = range.upper[row.firstInput + i];
    for (let t = 0; t < taps; t++, at++) {
      const w = weight[at];
      if (w === 0) continue;
      const bottom = outside[t] && low > 0 ? 0 : low;
      const top = outside[t] && high < 0 ? 0 : high;
      const down = w > 0 ? bottom : top;
      const up = w > 0 ? top : bottom;
      if (down !== 0) {
        lower += w * down;
        lowerSize += Math.abs(w * down);
      }
      if (up !== 0) {
        upper += w * up;
        upperSize += Math.abs(w * up);
      }
    }
    if (lower === -Infinity && upper === Infinity) return [lower, upper];
  }
  const unit = (inputs * taps + 2) * 2 ** -52;
  const size = (sum: number): number => (sum === 0 ? 0 : (sum + Math.abs(row.bias)) * unit);
  return [
    lower === -Infinity ? lower : lower - size(lowerSize),
    upper === Infinity ? upper : upper + size(upperSize),
  ];
}

/** Whether tap `tap` can read outside an axis of `size` pixels. */
function readsOutside(
  axis: { size: number; count: number; stride: number; before: number; dilation: number },
  tap: number,
): boolean {
  const first = tap * axis.dilation - axis.before;
  return first < 0 || (axis.count - 1) * axis.stride + first >= axis.size;
}

export function convRange(
  layer: Conv,
  range: Range,
  shapes: { readonly input: Shape; readonly result: Shape },
): Range {
  const { kernel, strides, dilations, pads, groups, outChannels, weight, bias } = layer;
  const { input, result } = shapes;
  const y = { size: input.height, count: result.height, stride: strides.y };
  const x = { size: input.width, count: result.width, stride: strides.x };
  const outside: boolean[] = [];
  for (let ty = 0; ty < kernel.y; ty++) {
    for (let tx = 0; tx < kernel.x; tx++) {
      outside.push(
        readsOutside({ ...y, before: pads.top, dilation: dilations.y }, ty) ||
          readsOutside({ ...x, before: pads.left, dilation: dilations.x }, tx),
      );
    }
  }
  const inputs = input.channels / groups;
  const perGroup = outChannels / groups;
  const found = emptyRange(outChannels);
  for (let o = 0; o < outChannels; o++) {
    const firstInput = Math.floor(o / perGroup) * inputs;
    const from = o * inputs * outside.length;
    const row = { weight, from, inputs, firstInput, outside, bias: bias === null ? 0 : bias[o] };
    [found.lower[o], found.upper[o]] = rowBounds(row, range);
  }
  return found;
}

export function denseRange({ weight, bias, outChannels }: Dense, range: Range): Range {
  const inputs = range.lower.length;
  const found = emptyRange(outChannels);
  for (let o = 0; o < outChannels; o++) {
    const base = { weight, from: o * inputs, inputs, firstInput: 0, outside: [false] };
    const row = { ...base, bias: bias === null ? 0 : bias[o] };
    [found.lower[o], found.upper[o]] = rowBounds(row, range);
  }
  return found;
}
