/**
 * How a window's padding is put to tfjs.
 *
 * Where it is what tfjs calls `valid` or `same`, tfjs pads: that is the path a published tfjs model takes.
 * Any other padding is laid around the tensor first, with a value that is neutral for the layer; negative
 * padding is cut off.
 */
import * as tf from '@tensorflow/tfjs-core';
import { isPadded, type Padding, type Pair } from '../model/shape.ts';

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

/**
 * Whether these are the pixels tfjs's `same` puts before and after an axis: as many as make the result
 * ⌈size / stride⌉ long, the odd one after. Where the last window ends before the last pixel, explicit
 * padding is used instead: the wasm backend computes zeros there (FINDINGS.md, 1).
 */
function isSameAlong(
  axis: 'y' | 'x',
  size: number,
  { kernel, strides, dilations }: Window,
  pads: { readonly before: number; readonly after: number },
): boolean {
  const reach = dilations[axis] * (kernel[axis] - 1) + 1;
  const total = (Math.ceil(size / strides[axis]) - 1) * strides[axis] + reach - size;
  return total >= 0 && pads.before === Math.floor(total / 2) && pads.after === Math.ceil(total / 2);
}

function isSame(x: tf.Tensor4D, window: Window): boolean {
  const { top, bottom, left, right } = window.pads;
  return (
    isSameAlong('y', x.shape[1], window, { before: top, after: bottom }) &&
    isSameAlong('x', x.shape[2], window, { before: left, after: right })
  );
}

/** The tensor with `pads` laid around it, or cut off where negative. */
export function padded(x: tf.Tensor4D, pads: Padding, value: number): tf.Tensor4D {
  if (!isPadded(pads)) return x;
  const cut = (n: number): number => Math.max(0, -n);
  const grow = (n: number): number => Math.max(0, n);
  const rows: [number, number] = [grow(pads.top), grow(pads.bottom)];
  const columns: [number, number] = [grow(pads.left), grow(pads.right)];
  // Grown before it is cut: a cut may go deeper than the domain and reach the new pixels.
  const grown = tf.pad4d(x, [[0, 0], rows, columns, [0, 0]], value);
  const [, height, width, channels] = grown.shape;
  return tf.slice4d(
    grown,
    [0, cut(pads.top), cut(pads.left), 0],
    [
      1,
      height - cut(pads.top) - cut(pads.bottom),
      width - cut(pads.left) - cut(pads.right),
      channels,
    ],
  );
}

/** The tensor and the name of the padding that together stand for the window's padding. */
export function prepare(
  x: tf.Tensor4D,
  window: Window,
  neutral: number,
): { readonly x: tf.Tensor4D; readonly pad: 'valid' | 'same' } {
  if (!isPadded(window.pads)) return { x, pad: 'valid' };
  if (isSame(x, window)) return { x, pad: 'same' };
  return { x: padded(x, window.pads, neutral), pad: 'valid' };
}

/** The pixels (row, column) from `begin` on and before `end`, every `strides`-th of them. */
export function strided(x: tf.Tensor4D, begin: Pair, end: Pair, strides: Pair): tf.Tensor4D {
  const channels = x.shape[3];
  const slice = tf.stridedSlice(
    x,
    [0, begin.y, begin.x, 0],
    [1, end.y, end.x, channels],
    [1, strides.y, strides.x, 1],
  );
  return tf.reshape(slice, [1, slice.shape[1] ?? 0, slice.shape[2] ?? 0, channels]);
}

/** Every `strides`-th pixel. */
export function subsampled(x: tf.Tensor4D, strides: Pair): tf.Tensor4D {
  if (strides.y === 1 && strides.x === 1) return x;
  return strided(x, { y: 0, x: 0 }, { y: x.shape[1], x: x.shape[2] }, strides);
}
