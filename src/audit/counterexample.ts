/** An input on which two networks differ, with what float64 and real kernels make of it. */
import type { Trial } from './trial.ts';

export interface Counterexample {
  /** Channels, rows and columns of the input. */
  readonly shape: readonly [number, number, number];
  /** Channel by channel, row by row. */
  readonly input: readonly number[];
  readonly trial: Trial;
  /** The parameters that are not zero, where a solver found them. */
  readonly letters: Readonly<Record<string, number>>;
  /** What the parameters are drawn from, where they are drawn. */
  readonly seed: number | null;
}
