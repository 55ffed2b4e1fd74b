/** Which taps of a convolution read inside the image wherever the kernel stands: those that padding never cuts off. */
import type { Conv, Dense } from '../model/layer.ts';
import type { Shape } from '../model/shape.ts';

/** Whether each tap along one axis reads within [0, size) at every one of `count` positions. */
function along(
  kernel: number,
  place: {
    readonly stride: number;
    readonly dilation: number;
    readonly before: number;
    readonly size: number;
    readonly count: number;
  },
): readonly boolean[] {
  const { stride, dilation, before, size, count } = place;
  return Array.from({ length: kernel }, (_, tap) => {
    const first = tap * dilation - before;
    return first >= 0 && first + (count - 1) * stride < size;
  });
}

/** 1 for each tap, row-major, that reads inside the input's domain at every pixel of the result. */
export function tapsInside(layer: Conv | Dense, input: Shape, result: Shape): Uint8Array {
  if (layer.kind === 'dense') return Uint8Array.of(1);
  const { kernel, strides, dilations, pads } = layer;
  const rows = along(kernel.y, {
    ...{ stride: strides.y, dilation: dilations.y, before: pads.top },
    ...{ size: input.height, count: result.height },
  });
  const columns = along(kernel.x, {
    ...{ stride: strides.x, dilation: dilations.x, before: pads.left },
    ...{ size: input.width, count: result.width },
  });
  return Uint8Array.from(rows.flatMap((y) => columns.map((x) => (x && y ? 1 : 0))));
}
