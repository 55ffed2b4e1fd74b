/**
 * What the reports of a gate call its cases and outcomes: the same words in every format.
 *
 * Sentences are one line each. What a converter printed is somebody else's text: its line breaks go here,
 * what else a format cannot hold is for that format's writer.
 */
import type { CaseResult, CaseSource, GateResult, Outcome } from '../../gate/case.ts';
import { gateVerdict } from '../../gate/case.ts';
import { count, significant, ulps } from '../number.ts';

/** "network 17 (basic, inverted; seed 123)", or the file of a model. */
export function caseName({ index, source }: Pick<CaseResult, 'index' | 'source'>): string {
  switch (source.kind) {
    case 'network':
      return `network ${index} (${source.families.join(', ')}; seed ${source.seed})`;
    case 'model':
      return source.file;
  }
}

/** Tells a source from every other, and stays the same from run to run. */
export function sourceKey(source: CaseSource): string {
  switch (source.kind) {
    case 'network':
      return `network:${source.families.join('+')}:${source.seed}`;
    case 'model':
      return `model:${source.file}`;
  }
}

/**
 * The file of a repository that a case is shown at: a model's, which the configuration names from its own
 * folder, or for a drawn network, which no repository has, the configuration itself.
 */
export function shownAt(source: CaseSource, configFile: string): string {
  if (source.kind === 'network') return configFile;
  const file = source.file.replaceAll('\\', '/');
  if (file.startsWith('/')) return file;
  const parts = configFile.replaceAll('\\', '/').split('/').slice(0, -1);
  for (const part of file.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function failureWords(outcome: Extract<Outcome, { kind: 'converterFailed' }>): string {
  switch (outcome.failure) {
    case 'crashed':
      return 'the converter crashed';
    case 'timedOut':
      return 'the converter did not end in time';
    case 'wroteNothing':
      return 'the converter wrote no file';
    case 'wroteBroken':
      return 'the converter wrote a broken file';
  }
}

/** Where the two models part, or null where that is not known. */
export function placeText(outcome: Extract<Outcome, { kind: 'refuted' }>): string | null {
  const { layer, channel } = outcome;
  if (layer === null) return null;
  return channel === null ? layer : `${layer}, channel ${channel}`;
}

/** A program may end without a word. */
function withReason(what: string, reason: string): string {
  return reason.trim() === '' ? what : `${what}: ${reason}`;
}

/** One line that says what came of a case. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'proved':
      return outcome.grade === 'exact'
        ? 'proved, exact'
        : `proved, no coefficient off by more than ${ulps(outcome.maxUlps)} units in the last place`;
    case 'refuted': {
      const place = placeText(outcome);
      const where = place === null ? '' : ` at ${place}`;
      return oneLine(
        `another function: ${outcome.cause}${where}; outputs differ by ${significant(outcome.gap)}`,
      );
    }
    case 'undecided':
      return oneLine(`undecided: ${outcome.reason}`);
    case 'converterFailed':
      return oneLine(withReason(failureWords(outcome), outcome.message));
    case 'workerFailed':
      return oneLine(withReason('not judged', outcome.message));
  }
}

/** "1 case", "2,000 cases". */
export function caseCount(n: number): string {
  return n === 1 ? '1 case' : `${count(n)} cases`;
}

function judgement(result: GateResult): string {
  const { counts, planned, interrupted, shard } = result;
  const total = result.cases.length;
  switch (gateVerdict(result)) {
    case 'refuted': {
      const parts = [
        ...(counts.refuted > 0 ? [`another function in ${caseCount(counts.refuted)}`] : []),
        ...(counts.converterFailed > 0
          ? [`a converter that failed in ${caseCount(counts.converterFailed)}`]
          : []),
      ];
      return `Refuted: ${parts.join(', ')} of ${count(total)}.`;
    }
    case 'undecided': {
      if (counts.workerFailed > 0) {
        return `Undecided: ${caseCount(counts.workerFailed)} of ${count(total)} could not be judged.`;
      }
      if (interrupted) {
        // How many of a shard's cases are left, the result does not say.
        const whole = shard === null ? ` of ${count(planned)}` : '';
        return `Undecided: interrupted after ${count(total)}${whole}.`;
      }
      return `Undecided: ${caseCount(counts.undecided)} of ${count(total)}, more than is allowed.`;
    }
    case 'proved':
      return counts.undecided === 0
        ? `Proved: every conversion computes the function of its original, in ${caseCount(total)}.`
        : `Proved: ${count(counts.proved)} of ${caseCount(total)}; the ${count(counts.undecided)} undecided are allowed.`;
  }
}

/** The first line of every report, with the shard in front where there is one. */
export function headline(result: GateResult): string {
  const { shard } = result;
  const lead = shard === null ? '' : `Shard ${shard.index} of ${shard.count}. `;
  return `${lead}${judgement(result)}`;
}

/** The cases that did not end in a proof: failures first, then what is open, each by index. */
export function openCases(result: GateResult): readonly CaseResult[] {
  const rank: Readonly<Record<Outcome['kind'], number>> = {
    refuted: 0,
    converterFailed: 0,
    workerFailed: 1,
    undecided: 2,
    proved: 3,
  };
  return result.cases
    .filter(({ outcome }) => outcome.kind !== 'proved')
    .toSorted((a, b) => rank[a.outcome.kind] - rank[b.outcome.kind] || a.index - b.index);
}

/** Whether the undecided cases are within what the configuration allows: then they fail nothing. */
export function undecidedIsAllowed({ counts, cases, undecidedAllowed }: GateResult): boolean {
  return counts.undecided <= undecidedAllowed * cases.length;
}
