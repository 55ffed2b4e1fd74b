/** How constants and tensors line up when an operator broadcasts them. */
import { isWhole, joined, sameAxis, type Activation, type Axis, type Label } from './axes.ts';
import type { Constant } from './constant.ts';
import type { Shape } from '../../model/shape.ts';

/** One value, or one per channel; `axes` are those of the result (leading axes of extent 1 may appear). */
export interface PerChannel {
  readonly values: Float32Array;
  readonly axes: readonly Axis[];
}

/**
 * A float constant broadcast against a tensor as numpy does, where it varies along channels only.
 * Null where it varies over pixels or would enlarge the tensor: no layer of the model can hold that.
 */
export function perChannel(constant: Constant, value: Activation, shape: Shape): PerChannel | null {
  const { dims, values } = constant;
  if (!(values instanceof Float32Array) || values.length === 0) return null;
  const extra = Math.max(0, dims.length - value.axes.length);
  const axes = [...Array.from({ length: extra }, (): Axis => []), ...value.axes];
  const offset = axes.length - dims.length;
  let channelAxis = -1;
  for (const [i, dim] of dims.entries()) {
    if (dim === 1) continue;
    // Extent 1 on both sides is handled above, so `whole` here means a real channel axis.
    const fits = dim === shape.channels && isWhole(axes[offset + i], 'c', shape);
    if (!fits || channelAxis >= 0) return null;
    channelAxis = i;
  }
  return { values, axes };
}

/** The axes of two tensors' elementwise result; null where an axis means different things in them. */
export function broadcastAxes(a: Activation, b: Activation): readonly Axis[] | null {
  const rank = Math.max(a.axes.length, b.axes.length);
  const alike = a.axes.length === b.axes.length && a.axes.every((x, i) => sameAxis(x, b.axes[i]));
  if (alike) return a.axes;
  const at = (value: Activation, i: number): Axis =>
    value.axes[i - (rank - value.axes.length)] ?? [];
  const axes: Axis[] = [];
  const seen = new Set<Label>();
  for (let i = 0; i < rank; i++) {
    const [x, y] = [joined(at(a, i)), joined(at(b, i))];
    if (x.length > 0 && y.length > 0 && !sameAxis(x, y)) return null;
    const axis = x.length > 0 ? x : y;
    for (const { label } of axis) {
      // A label on two axes is split between them: its parts cannot be broadcast one by one.
      if (seen.has(label)) return null;
      seen.add(label);
    }
    axes.push(axis);
  }
  return axes;
}
