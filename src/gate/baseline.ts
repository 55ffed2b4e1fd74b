/**
 * What changed since an earlier run of the gate, case by case: newly refuted, newly proved, newly open, more
 * rounding, slower.
 *
 * A case is the same where its converter and its network or model are, so the two runs need not have the same
 * configuration; cases that only one of them has are counted and, apart from failures, not listed. It only
 * reports: whether a release ships is decided by the run itself (`gateVerdict`).
 */
import { isFailure, type CaseResult, type CaseSource, type GateResult } from './case.ts';

/** A case of this run beside the same case of the earlier one. */
export interface ChangedCase {
  readonly now: CaseResult;
  /** Null where the earlier run did not have the case. */
  readonly before: CaseResult | null;
}

export interface Changes {
  /** plainproof's version in the earlier run. */
  readonly version: string;
  /** Cases in both runs, and in only one of them. */
  readonly common: number;
  readonly added: number;
  readonly dropped: number;
  /** A failure now and none before, or not there before. */
  readonly newlyFailing: readonly ChangedCase[];
  /** Undecided or lost now, and not before. */
  readonly newlyOpen: readonly ChangedCase[];
  readonly newlyProved: readonly ChangedCase[];
  /** Proved in both, now with coefficients further off. */
  readonly moreRounding: readonly ChangedCase[];
  /** At least twice as long and a second more: less than that is the machine's other work. */
  readonly slower: readonly ChangedCase[];
  /** Seconds of all cases in both runs that were not remembered in either. */
  readonly seconds: { readonly now: number; readonly before: number };
}

function sameSource(source: CaseSource): readonly unknown[] {
  switch (source.kind) {
    case 'network':
      return ['network', ...source.families, source.seed];
    case 'model':
      return ['model', source.file];
  }
}

function keyOf({ converter, source }: CaseResult): string {
  return JSON.stringify([converter, ...sameSource(source)]);
}

function isOpen({ outcome }: CaseResult): boolean {
  return outcome.kind === 'undecided' || outcome.kind === 'workerFailed';
}

function isProved({ outcome }: CaseResult): boolean {
  return outcome.kind === 'proved';
}

function rounding({ outcome }: CaseResult): number | null {
  return outcome.kind === 'proved' ? outcome.maxUlps : null;
}

function wasTimed({ outcome }: CaseResult): boolean {
  return outcome.kind !== 'proved' || !outcome.remembered;
}

interface Pair extends ChangedCase {
  readonly before: CaseResult;
}

function roundsMore({ now, before }: Pair): boolean {
  const [after, earlier] = [rounding(now), rounding(before)];
  return after !== null && earlier !== null && after > earlier;
}

function isSlower({ now, before }: Pair): boolean {
  return now.seconds >= 2 * before.seconds && now.seconds - before.seconds >= 1;
}

export function changesSince(baseline: GateResult, result: GateResult): Changes {
  const earlier = new Map(baseline.cases.map((one) => [keyOf(one), one]));
  const all = result.cases.map((now): ChangedCase => {
    return { now, before: earlier.get(keyOf(now)) ?? null };
  });
  const pairs = all.flatMap(({ now, before }): readonly Pair[] =>
    before === null ? [] : [{ now, before }],
  );
  const timed = pairs.filter(({ now, before }) => wasTimed(now) && wasTimed(before));
  const sum = (of: (pair: Pair) => number): number =>
    timed.reduce((total, pair) => total + of(pair), 0);
  return {
    version: baseline.version,
    common: pairs.length,
    added: all.length - pairs.length,
    dropped: baseline.cases.length - pairs.length,
    newlyFailing: all.filter(
      ({ now, before }) =>
        isFailure(now.outcome) && (before === null || !isFailure(before.outcome)),
    ),
    newlyOpen: pairs.filter(({ now, before }) => isOpen(now) && !isOpen(before)),
    newlyProved: pairs.filter(({ now, before }) => isProved(now) && !isProved(before)),
    moreRounding: pairs.filter(roundsMore),
    slower: timed.filter(isSlower),
    seconds: { now: sum(({ now }) => now.seconds), before: sum(({ before }) => before.seconds) },
  };
}
