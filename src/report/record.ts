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
interface Timings {
  readonly read: number;
  /** Comparing layers on real kernels, where asked for. */
  readonly kernels: number;
  readonly verify: number;
  readonly total: number;
}

/** How one model's layers fared on a kernel. */
interface LayerErrors {
  /** Largest observed error over the one that float32 rounding allows; at most 1 where all conform. */
  readonly worstRatio: number;
  /** The layer it was observed at. */
  readonly layer: string;
  readonly layers: number;
}

/** Both models on one real kernel, layer by layer. */
export interface KernelErrors {
  readonly kernel: string;
  readonly original: LayerErrors;
  readonly converted: LayerErrors;
}

export interface VerdictRecord {
  readonly verdict: Verdict;
  /** Empty where no comparison was asked for. */
  readonly kernels: readonly KernelErrors[];
  readonly original: ModelSummary;
  readonly converted: ModelSummary;
  readonly timings: Timings;
}
