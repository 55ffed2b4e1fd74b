/**
 * What plainproof says about a pair of models: a tagged union that never overclaims.
 *
 * `proved` carries the arithmetic grade and every assumption; `refuted` carries an input; anything else
 * is `undecided`, which is never a pass. Plain data: printing and exit codes live in report/ and cli/.
 */

import type { Account } from './layers.ts';

/**
 * `exact`: every coefficient of the two normal forms is the same real number.
 * `rounded`: some model whose coefficients differ from the converted model's by at most `maxUlps`
 * float32 units in the last place computes exactly the original's function.
 */
export type Grade = 'exact' | 'rounded';

/** Where two models part, in the words of the file the reader has open. */
export interface Difference {
  /** Layer of the converted model; a layer of the original when the converted one has no counterpart. */
  readonly layer: string;
  readonly channel: number;
  /** The layer of the original whose channel comes closest, or null. */
  readonly originalLayer: string | null;
  readonly originalChannel: number | null;
  readonly cause: string;
  /** What the coefficient multiplies, e.g. "layer1.0.relu1 channel 3 at tap (0,1)", or null. */
  readonly term: string | null;
  readonly originalCoefficient: number | null;
  readonly convertedCoefficient: number | null;
}

/** One replay of a counterexample on a real kernel. */
export interface Replay {
  readonly kernel: string;
  /** Largest difference of the two models' outputs, end to end, float32. */
  readonly gap: number;
  /** Outcome at the first differing layer fed the same activations, null where it could not be isolated. */
  readonly layerGap: number | null;
}

/** How the bound a gap must exceed was obtained. */
export type GapBound = 'rigorous float64 error bound' | '1000 × measured float64 noise';

/** What is seen, on a counterexample's input, of the two channels of `firstDifference`; in float64. */
export interface ChannelGap {
  readonly gap: number;
  readonly bound: number;
  readonly boundKind: GapBound;
  /** How far the channel moves when the parameters of either model up to it are rounded; measured. */
  readonly roundingNoise: number;
}

export interface Counterexample {
  /** One array per model input, channel-major (C, H, W). */
  readonly inputs: readonly Float32Array[];
  /** Float64 reference outputs, channel-major, of the output that differs most. */
  readonly output: string;
  readonly originalOutput: Float64Array;
  readonly convertedOutput: Float64Array;
  /** Index into the output where the two differ most, and by how much. */
  readonly index: number;
  readonly gap: number;
  readonly bound: number;
  readonly boundKind: GapBound;
  /** How far this output moves on this input when either model's parameters are rounded; measured. */
  readonly roundingNoise: number;
  /**
   * Null or left out where the outputs tell the models apart. Else rounding could explain their gap, and
   * it is the channels of `firstDifference` that tell, all the rest of the models being proved equal.
   */
  readonly channel?: ChannelGap | null;
  readonly replays: readonly Replay[];
}

/** A verdict has an account, layer by layer, where one was asked for and an attempt was made. */
export interface Proved {
  readonly verdict: 'proved';
  readonly grade: Grade;
  /** 0 when exact. */
  readonly maxUlps: number;
  /** Of a certificate that the checker accepts, in a process of its own; left out where there is none. */
  readonly certified?: { readonly maxUlps: number };
  /** The channel where the largest rounding sits, or null when exact. */
  readonly largestRounding: { readonly layer: string; readonly channel: number } | null;
  readonly assumptions: readonly string[];
  /** The theorems that the steps of the proof are instances of; `plainproof prove` shows each. */
  readonly theorems: readonly string[];
  /** What a solver proved on the way and the proof rests on, in words; left out where it was not asked. */
  readonly facts?: readonly string[];
  readonly account?: Account;
}

export interface Refuted {
  readonly verdict: 'refuted';
  readonly account?: Account;
  readonly assumptions: readonly string[];
  readonly counterexample: Counterexample;
  readonly firstDifference: Difference | null;
}

export interface Undecided {
  readonly verdict: 'undecided';
  readonly account?: Account;
  readonly assumptions: readonly string[];
  readonly reason: string;
  readonly firstDifference: Difference | null;
}

export type Verdict = Proved | Refuted | Undecided;
