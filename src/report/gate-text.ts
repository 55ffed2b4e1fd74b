/** A gate's result for a person: what failed, the smallest of it and how to see it again, and the counts. */
import { gateVerdict, type CaseResult, type CaseSource, type GateResult } from '../gate/case.ts';
import type { Outcome } from '../gate/case.ts';

function sourceText(source: CaseSource): string {
  return source.kind === 'model' ? source.file : `a network of ${source.families.join(', ')}`;
}

/** The outcome in one line. */
function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'proved':
      return outcome.grade === 'exact'
        ? 'proved, exact'
        : `proved, rounded (${outcome.maxUlps} ulps)`;
    case 'refuted': {
      const { layer, channel, cause } = outcome;
      return layer === null
        ? `refuted: ${cause}`
        : `refuted at ${layer}, channel ${channel}: ${cause}`;
    }
    case 'undecided':
      return `undecided: ${outcome.reason}`;
    case 'converterFailed':
      return `${failureWords[outcome.failure]}: ${outcome.message.replaceAll('\n', ' | ')}`;
    case 'workerFailed':
      return `nothing is known: ${outcome.message.replaceAll('\n', ' | ')}`;
  }
}

const failureWords = {
  crashed: 'the converter crashed',
  timedOut: 'the converter took too long',
  wroteNothing: 'the converter wrote nothing',
  wroteBroken: 'the converter wrote a broken file',
} as const;

/** One line: which case, which converter, what came of it. */
function caseText({ index, converter, source, outcome }: CaseResult): string {
  return `case ${index}, ${converter}, ${sourceText(source)}: ${outcomeText(outcome)}`;
}

function countsText({ counts, cases }: GateResult): string {
  const named = [
    [counts.proved, 'proved'],
    [counts.refuted, 'refuted'],
    [counts.undecided, 'undecided'],
    [counts.converterFailed, 'not converted'],
    [counts.workerFailed, 'lost'],
  ] as const;
  const told = named.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
  return `${cases.length} cases: ${told.length === 0 ? 'none' : told.join(', ')}`;
}

/** At most so many failing cases are listed. */
const listed = 10;

export function gateText(result: GateResult): string {
  const failing = result.cases.filter(({ outcome }) => outcome.kind !== 'proved');
  const lines = failing.slice(0, listed).map(caseText);
  if (failing.length > listed) lines.push(`and ${failing.length - listed} more`);
  const { failure, seed, shard, planned, interrupted, seconds } = result;
  if (failure !== null) {
    lines.push(
      '',
      `smallest failing network, from case ${failure.index}: ${failure.layers} layers, at most ${failure.channels} channels, after ${failure.tried} tries`,
      `  ${outcomeText(failure.outcome)}`,
      `  saved in ${failure.folder}; to see it again:`,
      `  ${failure.reproduce}`,
    );
  }
  if (lines.length > 0) lines.push('');
  const part =
    shard === null ? '' : `, shard ${shard.index} of ${shard.count}, of ${planned} cases`;
  lines.push(`${countsText(result)}; seed ${seed}${part}, ${seconds.toFixed(1)} s`);
  if (interrupted) lines.push('interrupted: the rest was not tried');
  lines.push(verdictLine(result));
  return `${lines.join('\n')}\n`;
}

function verdictLine(result: GateResult): string {
  switch (gateVerdict(result)) {
    case 'proved':
      return 'PASSED';
    case 'refuted':
      return 'FAILED';
    case 'undecided':
      return 'NOT PASSED: undecided';
  }
}
