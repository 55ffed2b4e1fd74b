/**
 * A drawn block: its original, with shortcuts and branches, and its residual-free twin as a chain of units.
 *
 * The twin is written from the algebra of the paper, never by src/convert, so that the verifier is measured
 * against converters that are not ours.
 */
import type { TensorId } from '../../src/model/layer.ts';
import type { Random } from '../../test/pairs/random.ts';
import type { Sketch } from '../../test/pairs/sketch.ts';
import type { Bend, Unit } from './unit.ts';
import type { Style } from './style.ts';

/** What is known of every value of a tensor: nothing, that it is ≥ 0, that it lies in [0, 6]. */
export type Known = 'any' | 'nonNegative' | 'upToSix';

export interface Block {
  readonly outChannels: number;
  /** What is known of the result. */
  readonly known: Known;
  original(sketch: Sketch, name: string, x: TensorId): TensorId;
  plain(name: string, entering: Known, style: Style, random: Random): readonly Unit[];
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
