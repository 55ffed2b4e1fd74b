/** What one run of `verify` has to say: the verdict, the two files it is about, and the time it took. */
import type { Verdict } from '../verdict/verdict.ts';

/** One of the two files; everything but the path is null where the file was not understood. */
export interface ModelSummary {
  readonly path: string;
  readonly sha256: string | null;
  readonly parameters: number | null;
  /** Multiply-accumulates for one image. */
  readonly macs: number | null;
}

/** Wall-clock seconds. */
export interface Timings {
  readonly read: number;
  readonly verify: number;
  readonly total: number;
}

export interface VerdictRecord {
  readonly verdict: Verdict;
  readonly original: ModelSummary;
  readonly converted: ModelSummary;
  readonly timings: Timings;
}
