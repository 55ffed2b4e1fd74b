/**
 * Where in a tensor the pixel p of the tensor in question looks: at p · stride + offset, axis by axis.
 */
import type { Pair, Shape } from '../model/shape.ts';
import { Rejected } from './symbols.ts';

const origin: Pair = { y: 0, x: 0 };

/** `mean`: at all pixels, and takes their mean. */
export interface Place {
  readonly stride: Pair;
  readonly offset: Pair;
  readonly mean: boolean;
}

/** The pixel itself. Along an axis of one pixel there is nothing to stride over. */
export function start({ height, width }: Shape): Place {
  const stride = { y: height === 1 ? 0 : 1, x: width === 1 ? 0 : 1 };
  return { stride, offset: { y: 0, x: 0 }, mean: false };
}

function moved({ stride, offset, mean }: Place, by: Pair, times: Pair): Place {
  return {
    stride: { y: stride.y * times.y, x: stride.x * times.x },
    offset: { y: offset.y * times.y + by.y, x: offset.x * times.x + by.x },
    mean,
  };
}

/** Where a term of a claim is read. The mean of some of its pixels is no place. */
export function strided(place: Place, stride: Pair): Place {
  const isEvery = stride.y === 1 && stride.x === 1;
  if (place.mean && !isEvery) throw new Rejected('some pixels of a channel are averaged');
  return moved(place, origin, stride);
}

/** Whether the place lies inside for every pixel of an output of that extent. */
export function isInside({ stride, offset, mean }: Place, shape: Shape, output: Shape): boolean {
  const within = (s: number, o: number, extent: number, pixels: number): boolean =>
    o >= 0 && s * (pixels - 1) + o < extent;
  return (
    mean ||
    (within(stride.y, offset.y, shape.height, output.height) &&
      within(stride.x, offset.x, shape.width, output.width))
  );
}

/** The pixels along one axis, of so many, that look inside: from, to (exclusive). */
export function span(
  axis: { readonly stride: number; readonly offset: number; readonly extent: number },
  pixels: number,
): readonly [number, number] {
  const { stride, offset, extent } = axis;
  if (stride === 0) return offset >= 0 && offset < extent ? [0, pixels] : [0, 0];
  const from = Math.max(0, Math.ceil(-offset / stride));
  return [from, Math.max(from, Math.min(pixels, Math.ceil((extent - offset) / stride)))];
}

export function placeKey({ stride, offset, mean }: Place): string {
  return mean ? 'mean' : `${stride.y} ${stride.x} ${offset.y} ${offset.x}`;
}

/** Whether the place lies outside for every pixel of such an output. */
export function isNowhere({ stride, offset, mean }: Place, shape: Shape, output: Shape): boolean {
  if (mean) return false;
  const y = span({ stride: stride.y, offset: offset.y, extent: shape.height }, output.height);
  const x = span({ stride: stride.x, offset: offset.x, extent: shape.width }, output.width);
  return y[0] === y[1] || x[0] === x[1];
}

/**
 * The place in a layer's input that it reads, by `by` beside and `times` as far, for a place in its output; null where
 * the output is read outside its domain and the input is not zero there, and for a mean of anything but the pixel.
 */
export function through(
  place: Place,
  { output, input, row }: { readonly output: Shape; readonly input: Shape; readonly row: Shape },
  by: Pair,
  times: Pair,
): Place | null {
  if (place.mean) {
    const isItself = by.y === 0 && by.x === 0 && times.y === 1 && times.x === 1;
    const isWhole = output.height === input.height && output.width === input.width;
    return isItself && isWhole ? place : null;
  }
  const isLost = (axis: 'y' | 'x', extent: 'height' | 'width'): boolean =>
    by[axis] >= times[axis] || output[extent] * times[axis] + by[axis] < input[extent];
  const isOut = !isInside(place, output, row);
  return isOut && (isLost('y', 'height') || isLost('x', 'width')) ? null : moved(place, by, times);
}
