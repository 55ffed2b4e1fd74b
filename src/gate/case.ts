/**
 * What a gate finds: one result for each converter on each network or model, and all of them together.
 *
 * Plain data that JSON can hold. What it means for a release (`gateVerdict`) is decided here, so that the
 * exit code, the report and a merge of shards cannot disagree.
 */
import type { Grade } from '../verdict/verdict.ts';

/** A drawn network is named by what it was drawn from; a model by its file, as the configuration has it. */
export type CaseSource =
  | {
      readonly kind: 'network';
      /** The families of its blocks, in order. */
      readonly families: readonly string[];
      /** Of this network alone. */
      readonly seed: number;
    }
  | { readonly kind: 'model'; readonly file: string };

/** How a converter failed before there was anything to compare. */
export type ConverterFailureKind = 'crashed' | 'timedOut' | 'wroteNothing' | 'wroteBroken';

/** Where and why the converted network is another function. */
export interface Refutation {
  readonly cause: string;
  /** Layer of the converted model, or of the original where the converted one has no counterpart. */
  readonly layer: string | null;
  readonly channel: number | null;
  /** Largest difference of the outputs on the counterexample, and of what the kernels saw. */
  readonly gap: number;
  readonly replays: readonly { readonly kernel: string; readonly gap: number }[];
}

export type Outcome =
  | {
      readonly kind: 'proved';
      readonly grade: Grade;
      /** 0 when exact. */
      readonly maxUlps: number;
      readonly assumptions: readonly string[];
      /** Whether the proof was remembered from an earlier run, of the same two files. */
      readonly remembered: boolean;
    }
  | ({ readonly kind: 'refuted' } & Refutation)
  | { readonly kind: 'undecided'; readonly reason: string }
  | {
      readonly kind: 'converterFailed';
      readonly failure: ConverterFailureKind;
      /** What the converter said last, or what is wrong with its file. */
      readonly message: string;
    }
  /** Nothing is known: the gate's own process died, or could not write. */
  | { readonly kind: 'workerFailed'; readonly message: string };

export type OutcomeKind = Outcome['kind'];

export interface CaseResult {
  /** Counts all cases of the run, those of other shards included. */
  readonly index: number;
  /** Name of the converter. */
  readonly converter: string;
  readonly source: CaseSource;
  readonly outcome: Outcome;
  /** Wall-clock seconds, conversion included. */
  readonly seconds: number;
}

/**
 * The first failure, shrunk, with everything it takes to see it again. Files are in `folder`, but for an
 * `original` that is a path of its own: a model that got no smaller.
 */
export interface GateFailure {
  /** The case it comes from. */
  readonly index: number;
  readonly converter: string;
  readonly source: CaseSource;
  /** Of the shrunk network. */
  readonly outcome: Outcome;
  readonly folder: string;
  readonly original: string;
  /** Null where the converter wrote nothing. */
  readonly converted: string | null;
  /** The verdict with the input that tells the two apart, as `verify --json` writes it; null without one. */
  readonly verdict: string | null;
  readonly layers: number;
  /** Most channels of any tensor of the shrunk original. */
  readonly channels: number;
  /** How many smaller networks were tried on the way. */
  readonly tried: number;
  /** The command that converts and verifies the shrunk network again. */
  readonly reproduce: string;
}

export type Counts = Readonly<Record<OutcomeKind, number>>;

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

export interface GateResult {
  /** Of plainproof. */
  readonly version: string;
  /** SHA-256 over what decides the cases and their outcomes: converters, networks, models, thresholds. */
  readonly configDigest: string;
  readonly seed: number;
  readonly undecidedAllowed: number;
  /** Null for the whole run. */
  readonly shard: Shard | null;
  /** Cases of the whole run, over all shards. */
  readonly planned: number;
  /** By index; without those of other shards and, where interrupted, those not done. */
  readonly cases: readonly CaseResult[];
  readonly counts: Counts;
  readonly failure: GateFailure | null;
  /** Whether the run was ended before its last case. */
  readonly interrupted: boolean;
  /** Wall-clock seconds. */
  readonly seconds: number;
}

export function countOutcomes(cases: readonly CaseResult[]): Counts {
  const counts = { proved: 0, refuted: 0, undecided: 0, converterFailed: 0, workerFailed: 0 };
  for (const { outcome } of cases) counts[outcome.kind] += 1;
  return counts;
}

/** Whether a case keeps a release from shipping by itself, whatever share of undecided ones is allowed. */
export function isFailure({ kind }: Outcome): boolean {
  return kind === 'refuted' || kind === 'converterFailed';
}

/**
 * `refuted`: a converter computed another function or did not do its work; `undecided`: more than the
 * share allowed is open, a case was lost, or the run was not finished; else `proved`.
 */
export function gateVerdict(
  result: Pick<GateResult, 'cases' | 'counts' | 'undecidedAllowed' | 'interrupted'>,
): 'proved' | 'refuted' | 'undecided' {
  const { cases, counts, undecidedAllowed, interrupted } = result;
  if (cases.some(({ outcome }) => isFailure(outcome))) return 'refuted';
  if (interrupted || counts.workerFailed > 0) return 'undecided';
  return counts.undecided <= undecidedAllowed * cases.length ? 'proved' : 'undecided';
}
