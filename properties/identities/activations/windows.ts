/** Windows of pools: padded alike on both sides, and which of their taps are inside the image. */
import type { Conv } from '../../../src/model/layer.ts';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Place } from '../identity.ts';
import type { Letters } from '../letters.ts';

/** Kernel, strides, dilations and padding of a theorem's letters. */
export function poolWindow(
  letters: Letters,
): Pick<Conv, 'kernel' | 'strides' | 'dilations' | 'pads'> {
  const pair = (y: string, x: string) => ({ y: letters.int(y), x: letters.int(x) });
  const { y: py, x: px } = pair('py', 'px');
  return {
    kernel: pair('kh', 'kw'),
    strides: pair('sy', 'sx'),
    dilations: pair('dy', 'dx'),
    pads: { top: py, left: px, bottom: py, right: px },
  };
}

/** The first tap inside the image at a place, and how many there are; found by trying all. */
function run(
  at: number,
  extent: number,
  axis: {
    readonly kernel: number;
    readonly stride: number;
    readonly dilation: number;
    readonly padding: number;
  },
): readonly [first: number, count: number] {
  const inside = Array.from({ length: axis.kernel }, (_, tap) => tap).filter((tap) => {
    const position = at * axis.stride + tap * axis.dilation - axis.padding;
    return position >= 0 && position < extent;
  });
  return [inside.at(0) ?? 0, inside.length];
}

/** The run of taps inside, for `placed`: top and rows, left and columns. */
export function runs({ p, q }: Place, letters: Letters): Sizes {
  const { kernel, strides, dilations, pads } = poolWindow(letters);
  const [top, rows] = run(p, letters.int('H'), {
    kernel: kernel.y,
    stride: strides.y,
    dilation: dilations.y,
    padding: pads.top,
  });
  const [left, columns] = run(q, letters.int('W'), {
    kernel: kernel.x,
    stride: strides.x,
    dilation: dilations.x,
    padding: pads.left,
  });
  return { top, rows, left, columns };
}
