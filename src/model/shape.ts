/**
 * The extent of one image's tensor: channel × row × column, without the batch axis.
 *
 * A vector of n features is n channels of 1×1 pixels, so that a dense layer is a 1×1 convolution and
 * nothing downstream needs a second kind of tensor. How the tensor is laid out in a file or in a
 * kernel's memory (NCHW, NHWC, a plain vector) is a matter of the model's signature, not of its shape.
 */
export interface Shape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Padding in pixels on each side of the domain. */
export interface Padding {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A pair along the two axes of an image: (rows, columns). */
export interface Pair {
  readonly y: number;
  readonly x: number;
}

export const noPadding: Padding = { top: 0, left: 0, bottom: 0, right: 0 };

export function isPadded(pads: Padding): boolean {
  return pads.top !== 0 || pads.left !== 0 || pads.bottom !== 0 || pads.right !== 0;
}

export function elements(shape: Shape): number {
  return shape.channels * shape.height * shape.width;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.channels === b.channels && a.height === b.height && a.width === b.width;
}

export function isVector(shape: Shape): boolean {
  return shape.height === 1 && shape.width === 1;
}

export function printShape(shape: Shape): string {
  return `${shape.channels}×${shape.height}×${shape.width}`;
}
