/** The fields of a verdict's JSON, as `schemas/verdict.schema.json` states them. */
import type { Account } from '../verdict/layers.ts';
import type { Difference, GapBound, Grade, Verdict } from '../verdict/verdict.ts';
import type { ModelDetails, RunDetails, Timings } from './record.ts';

/** Null where JSON cannot hold the value: NaN or an infinity. */
type JsonNumber = number | null;

interface PlaceJson {
  readonly layer: string;
  readonly channel: number;
}

interface ChannelGapJson {
  readonly gap: JsonNumber;
  readonly bound: JsonNumber;
  readonly boundKind: GapBound;
  readonly roundingNoise: JsonNumber;
}

export interface CounterexampleJson extends ChannelGapJson {
  readonly inputs: readonly (readonly JsonNumber[])[];
  readonly output: string;
  readonly originalOutput: readonly JsonNumber[];
  readonly convertedOutput: readonly JsonNumber[];
  readonly index: number;
  readonly channel: ChannelGapJson | null;
  readonly replays: readonly {
    readonly kernel: string;
    readonly gap: JsonNumber;
    readonly layerGap: JsonNumber;
  }[];
}

export interface ModelJson {
  readonly path: string;
  readonly sha256: string | null;
  readonly parameters: number | null;
  readonly macs: number | null;
  readonly details?: ModelDetails | null;
}

export interface LayerErrorsJson {
  readonly worstRatio: JsonNumber;
  readonly layer: string;
  readonly layers: number;
  readonly ratios?: readonly JsonNumber[];
  readonly observed?: readonly JsonNumber[];
  readonly allowed?: readonly JsonNumber[];
}

export interface KernelJson {
  readonly kernel: string;
  readonly original: LayerErrorsJson;
  readonly converted: LayerErrorsJson;
  readonly latency?: {
    readonly original: readonly number[];
    readonly converted: readonly number[];
  } | null;
}

export interface VerdictJson {
  readonly verdict: Verdict['verdict'];
  readonly assumptions: readonly string[];
  readonly grade: Grade | null;
  readonly maxUlps: JsonNumber;
  readonly largestRounding: PlaceJson | null;
  /** Left out by results of before, and null where no certificate was accepted. */
  readonly certified?: { readonly maxUlps: number } | null;
  readonly theorems: readonly string[];
  readonly facts: readonly string[];
  readonly reason: string | null;
  readonly firstDifference: Difference | null;
  readonly counterexample: CounterexampleJson | null;
  readonly models: { readonly original: ModelJson; readonly converted: ModelJson };
  readonly kernels: readonly KernelJson[];
  readonly timings: Timings;
  readonly layers?: Account | null;
  readonly run?: RunDetails | null;
}
