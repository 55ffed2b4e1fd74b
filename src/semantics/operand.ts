/** What a layer is handed: one tensor with its extent, and how far its values may be from the real ones. */
import type { Shape } from '../model/shape.ts';

export interface Operand {
  readonly shape: Shape;
  /** Channel-major: pixel (y, x) of channel c at (c·height + y)·width + x. */
  readonly values: Float64Array;
  /** Bound on |value − real value|, entry by entry; null where the values are exact. */
  readonly errors: Float64Array | null;
}

/** Which end sums start from. Evaluating both ways measures how much rounding there is. */
export type Order = 'forward' | 'reverse';
