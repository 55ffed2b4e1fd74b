/**
 * The arithmetic of sliding windows along one axis, shared by convolution and pooling.
 *
 * Output position p and tap t meet input position p·stride + t·dilation − before. A tap reads inside
 * the domain for a contiguous run of output positions.
 */
export interface Axis {
  readonly size: number;
  readonly outSize: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first pixel; negative crops. */
  readonly before: number;
}

/** First output position at which `tap` reads at 0 or beyond. */
export function firstInside(axis: Axis, tap: number): number {
  return Math.max(0, Math.ceil((axis.before - tap * axis.dilation) / axis.stride));
}

/** One past the last output position at which `tap` still reads below `size`. */
export function endInside(axis: Axis, tap: number): number {
  const last = axis.size - 1 + axis.before - tap * axis.dilation;
  return Math.min(axis.outSize, Math.floor(last / axis.stride) + 1);
}
