/**
 * A gate's result as a person reads it on a terminal: the verdict, a row for each converter, the smallest
 * failing network with the command that shows it again, what is open, what changed.
 *
 * Plain text without colour, as all of plainproof's. It shows the first few open cases; the JSON has all.
 */
import type { Changes } from '../../gate/baseline.ts';
import type { GateFailure, GateResult } from '../../gate/case.ts';
import { count, seconds, ulps } from '../number.ts';
import { changeGroups, changesHeadline } from './changes.ts';
import { byConverter } from './converter-summary.ts';
import { caseName, headline, openCases, outcomeText } from './words.ts';

/** Open cases shown. */
const listed = 10;

/** Words to the left, numbers to the right, and the last column as long as it is. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const last = rows[0].length - 1;
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  const cell = (text: string, k: number): string => {
    if (k === last) return text;
    return k === 0 ? text.padEnd(widths[k]) : text.padStart(widths[k]);
  };
  return rows.map((row) => `  ${row.map(cell).join('  ')}`);
}

function converterTable(result: GateResult): readonly string[] {
  const groups = byConverter(result.cases);
  if (groups.length === 0) return [];
  const head = ['converter', 'proved', 'refuted', 'undecided', 'failed', 'lost', 'ulps', 'time'];
  const rows = groups.map(({ converter, counts, largestRounding, seconds: taken }) => [
    converter,
    ...[counts.proved, counts.refuted, counts.undecided].map(count),
    ...[counts.converterFailed, counts.workerFailed].map(count),
    largestRounding === null ? '' : ulps(largestRounding),
    seconds(taken),
  ]);
  return table([head, ...rows]);
}

/** "3 layers of at most 2 channels". */
export function sizeText({ layers, channels }: GateFailure): string {
  const plural = (n: number, noun: string): string => `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
  return `${plural(layers, 'layer')} of at most ${plural(channels, 'channel')}`;
}

function failureLines(failure: GateFailure): readonly string[] {
  const { folder, original, converted, verdict, tried, reproduce } = failure;
  const files = [original, converted, verdict].filter((file) => file !== null);
  return [
    `Smallest failing network: ${sizeText(failure)}, from ${failure.converter}, ${caseName(failure)}`,
    `  ${outcomeText(failure.outcome)}`,
    `  after ${count(tried)} smaller ones tried; in ${folder}: ${files.join(', ')}`,
    `  again: ${reproduce}`,
  ];
}

function openLines(result: GateResult): readonly string[] {
  const open = openCases(result);
  const shown = open.slice(0, listed);
  const lines = shown.map(
    (one) => `  ${one.converter}, ${caseName(one)}: ${outcomeText(one.outcome)}`,
  );
  const more = open.length - shown.length;
  return more > 0 ? [...lines, `  and ${count(more)} more (--json)`] : lines;
}

function changeLines(changes: Changes): readonly string[] {
  const groups = changeGroups(changes).flatMap(({ title, lines }) => [
    `  ${title}`,
    ...lines.map((line) => `    ${line}`),
  ]);
  return [changesHeadline(changes), ...groups];
}

/** Several lines, ending in a line break. */
export function gateText(result: GateResult, changes: Changes | null): string {
  const lines = [
    headline(result),
    ...converterTable(result),
    ...openLines(result),
    ...(result.failure === null ? [] : failureLines(result.failure)),
    ...(changes === null ? [] : changeLines(changes)),
  ];
  return `${lines.join('\n')}\n`;
}
