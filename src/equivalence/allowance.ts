/**
 * How far two numbers may be apart and count as one: not at all while the original is numbered, a few units in the
 * last place from then on.
 *
 * What counts is which model is being read, not which one a channel came from first: a layer that both models
 * have letter for letter is one tensor, and the converted model may be the first to ask what number it has.
 */
import { indistinct } from './row-compare.ts';
import type { Side } from './value.ts';

export class Allowance {
  readonly maxUlps: number;
  /** Of the original: nothing in a first attempt, what float64 cannot tell apart in a thorough one. */
  readonly #least: number;
  #side: Side = 'original';

  constructor(maxUlps: number, thorough: boolean) {
    this.maxUlps = maxUlps;
    this.#least = thorough ? indistinct : 0;
  }

  /** From here on this model is read; the original comes first. */
  enter(side: Side): void {
    this.#side = side;
  }

  /** By how many units in the last place something may be moved that both models may have. */
  get limit(): number {
    return this.forgives ? this.maxUlps : this.#least;
  }

  /** Whether rounding is forgiven, and booked. */
  get forgives(): boolean {
    return this.#side === 'converted';
  }
}
