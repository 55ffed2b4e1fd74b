/**
 * A drawn block: how its original is written, with shortcuts and branches, and the algebra from which a
 * twin without them can be written.
 */
import type { TensorId } from '../model/layer.ts';
import type { Filter } from './filter.ts';
import type { Residual } from './residual.ts';
import type { Sketch } from './sketch.ts';
import type { Bend } from './unit.ts';

/** What is known of every value of a tensor: nothing, that it is ≥ 0, that it lies in [0, 6]. */
export type Known = 'any' | 'nonNegative' | 'upToSix';

/** What a block computes: a branch that bends beside a shortcut, or one convolution and what bends it. */
export type Algebra =
  | { readonly kind: 'residual'; readonly residual: Residual }
  | {
      readonly kind: 'branchSum';
      readonly sum: { readonly kernel: Filter; readonly stride: number; readonly after: Bend };
    };

export interface Block {
  readonly outChannels: number;
  /** What is known of the result. */
  readonly known: Known;
  original(sketch: Sketch, name: string, x: TensorId): TensorId;
  readonly algebra: Algebra;
}

export function knownAfter(bend: Bend): Known {
  switch (bend) {
    case 'none':
      return 'any';
    case 'relu':
      return 'nonNegative';
    case 'relu6':
      return 'upToSix';
  }
}

export function repeated<T>(value: T, count: number): T[] {
  return new Array<T>(count).fill(value);
}
