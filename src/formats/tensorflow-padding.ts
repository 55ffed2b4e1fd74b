/**
 * Padding as TensorFlow words it: SAME and VALID depend on the size of the image, so a model needs a
 * static one before its windows can be written down as numbers.
 */
import type { Padding, Pair, Shape } from '../model/shape.ts';

function sameAxis(
  size: number,
  kernel: number,
  stride: number,
  dilation: number,
): [number, number] {
  const reach = (kernel - 1) * dilation + 1;
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** SAME: ⌈size / stride⌉ results; where the padding is odd, the extra pixel is at the bottom and right. */
export function samePadding(
  input: Shape,
  window: { readonly kernel: Pair; readonly strides: Pair; readonly dilations: Pair },
): Padding {
  const { kernel, strides, dilations } = window;
  const [top, bottom] = sameAxis(input.height, kernel.y, strides.y, dilations.y);
  const [left, right] = sameAxis(input.width, kernel.x, strides.x, dilations.x);
  return { top, left, bottom, right };
}
