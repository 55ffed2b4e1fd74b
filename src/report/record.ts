/** What one run of `verify` has to say: the verdict, the two files it is about, and the time it took. */
import type { Verdict } from '../verdict/verdict.ts';
import type { Network } from './network.ts';

/** One of the two files; everything but the path is null where the file was not understood. */
export interface ModelSummary {
  readonly path: string;
  readonly sha256: string | null;
  readonly parameters: number | null;
  /** Multiply-accumulates for one image. */
  readonly macs: number | null;
  /** What a report shows besides; left out or null where nobody asked for one. */
  readonly details?: ModelDetails | null;
}

export interface ModelDetails {
  readonly format: string;
  /** Of all files of the model together. */
  readonly bytes: number;
  /** For one image, as model/statistics.ts counts it. */
  readonly peakActivationBytes: number;
  readonly network: Network;
}

/** How, when and by what a verdict was made. */
export interface RunDetails {
  readonly plainproof: string;
  /** The solver and its version. */
  readonly solver: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  /** The command that makes it again, as a shell reads it. */
  readonly command: string;
}

/** Wall-clock seconds. */
export interface Timings {
  readonly read: number;
  /** Comparing layers on real kernels, where asked for. */
  readonly kernels: number;
  readonly verify: number;
  readonly total: number;
}

/** How one model's layers fared on a kernel. */
export interface LayerErrors {
  /** Largest observed error over the one that float32 rounding allows; at most 1 where all conform. */
  readonly worstRatio: number;
  /** The layer it was observed at. */
  readonly layer: string;
  readonly layers: number;
  /** The same for each layer of the model, in its order; left out where nobody asked for a report. */
  readonly ratios?: readonly number[];
  /** Both numbers where a layer's ratio is largest; left out as well by what was written without them. */
  readonly observed?: readonly number[];
  readonly allowed?: readonly number[];
}

/** Seconds of single runs of both models, in turns, on the machine at hand. */
export interface Latency {
  readonly original: readonly number[];
  readonly converted: readonly number[];
}

/** Both models on one real kernel, layer by layer. */
export interface KernelErrors {
  readonly kernel: string;
  readonly original: LayerErrors;
  readonly converted: LayerErrors;
  /** Left out or null where it was not measured. */
  readonly latency?: Latency | null;
}

export interface VerdictRecord {
  readonly verdict: Verdict;
  /** Empty where no comparison was asked for. */
  readonly kernels: readonly KernelErrors[];
  readonly original: ModelSummary;
  readonly converted: ModelSummary;
  readonly timings: Timings;
  /** Left out or null where nobody asked for a report. */
  readonly run?: RunDetails | null;
}
