/** What changed since the baseline, as lines of text: for the terminal and the step summary alike. */
import type { ChangedCase, Changes } from '../../gate/baseline.ts';
import type { Outcome } from '../../gate/case.ts';
import { count, seconds, ulps } from '../number.ts';
import { caseCount, caseName, outcomeText } from './words.ts';

/** More than these of one kind are counted, not listed: the JSON has them all. */
const listed = 10;

export interface ChangeGroup {
  /** "3 newly refuted". */
  readonly title: string;
  /** One line for each case; a last one says how many more there are. */
  readonly lines: readonly string[];
}

function briefly(outcome: Outcome): string {
  if (outcome.kind !== 'proved') return outcomeText(outcome);
  return outcome.grade === 'exact' ? 'proved, exact' : `proved, ${ulps(outcome.maxUlps)} ulps`;
}

function lineOf({ now, before }: ChangedCase): string {
  const was = before === null ? 'not there before' : `was ${briefly(before.outcome)}`;
  return `${now.converter}, ${caseName(now)}: ${briefly(now.outcome)} (${was})`;
}

function timeOf({ now, before }: ChangedCase): string {
  const was = before === null ? '' : `, was ${seconds(before.seconds)}`;
  return `${now.converter}, ${caseName(now)}: ${seconds(now.seconds)}${was}`;
}

function group(
  name: string,
  cases: readonly ChangedCase[],
  line: (changed: ChangedCase) => string = lineOf,
): readonly ChangeGroup[] {
  if (cases.length === 0) return [];
  const lines = cases.slice(0, listed).map(line);
  const more = cases.length - lines.length;
  if (more > 0) lines.push(`and ${count(more)} more`);
  return [{ title: `${count(cases.length)} ${name}`, lines }];
}

/** What got worse first; empty where nothing changed. */
export function changeGroups(changes: Changes): readonly ChangeGroup[] {
  return [
    ...group('newly refuted or failing', changes.newlyFailing),
    ...group('newly undecided', changes.newlyOpen),
    ...group('with more rounding', changes.moreRounding),
    ...group('slower', changes.slower, timeOf),
    ...group('newly proved', changes.newlyProved),
  ];
}

/** "Since the baseline (plainproof 0.1.0): 200 cases in both, …". */
export function changesHeadline(changes: Changes): string {
  const { version, common, added, dropped } = changes;
  const { now, before } = changes.seconds;
  const only = [
    ...(added > 0 ? [`${count(added)} new`] : []),
    ...(dropped > 0 ? [`${count(dropped)} gone`] : []),
  ].map((part) => `, ${part}`);
  const time =
    common === 0 ? '' : `; ${seconds(now)} for those judged in both, was ${seconds(before)}`;
  return `Since the baseline (plainproof ${version}): ${caseCount(common)} in both${only.join('')}${time}.`;
}
