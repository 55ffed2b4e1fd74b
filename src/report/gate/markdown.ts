/**
 * A gate's result as Markdown: what a CI system shows on the page of a run.
 *
 * GitHub's flavour, below its limit of 1 MiB whatever happens, for cases beyond the first few are counted and
 * long texts cut. Names and messages come from files and converters, so nothing in them is taken as markup.
 */
import type { Changes } from '../../gate/baseline.ts';
import type { GateFailure, GateResult } from '../../gate/case.ts';
import { count, seconds, ulps } from '../number.ts';
import { changeGroups, changesHeadline } from './changes.ts';
import { byConverter } from './converter-summary.ts';
import { sizeText } from './terminal.ts';
import { caseName, headline, openCases, outcomeText } from './words.ts';

const listed = 20;
const longest = 500;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** Text that means itself, also in a cell of a table. */
function plain(text: string): string {
  return shortened(text)
    .replace(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .replace(/[\\`*_[\]#+|~<>&@$]/g, (c) => `\\${c}`);
}

/** Text as code, fenced longer than any run of backticks in it. */
function codeBlock(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}sh\n${text}\n${fence}`;
}

function converterTable(result: GateResult): string {
  const groups = byConverter(result.cases);
  if (groups.length === 0) return '';
  const head =
    '| converter | proved | refuted | undecided | failed | lost | largest rounding | time |';
  const rows = groups.map(({ converter, counts, largestRounding, seconds: taken }) => {
    const cells = [
      plain(converter),
      ...[counts.proved, counts.refuted, counts.undecided].map(count),
      ...[counts.converterFailed, counts.workerFailed].map(count),
      largestRounding === null ? '' : `${ulps(largestRounding)} ulps`,
      seconds(taken),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [head, '|---|--:|--:|--:|--:|--:|--:|--:|', ...rows].join('\n');
}

function failureSection(failure: GateFailure): string {
  const { folder, original, converted, verdict, tried, reproduce } = failure;
  const files = [original, converted, verdict].filter((file) => file !== null);
  return [
    `### Smallest failing network: ${sizeText(failure)}`,
    `${plain(failure.converter)}, from ${plain(caseName(failure))}, after ${count(tried)} smaller ones tried:`,
    `> ${plain(outcomeText(failure.outcome))}`,
    `In ${plain(folder)}: ${files.map(plain).join(', ')}. Again:`,
    codeBlock(reproduce),
  ].join('\n\n');
}

function openSection(result: GateResult): string {
  const open = openCases(result);
  if (open.length === 0) return '';
  const rows = open.slice(0, listed).map((one) => {
    const cells = [one.converter, caseName(one), outcomeText(one.outcome)].map(plain);
    return `| ${cells.join(' | ')} |`;
  });
  const more = open.length - rows.length;
  const rest = more > 0 ? `\n\nand ${count(more)} more` : '';
  const table = ['| converter | case | outcome |', '|---|---|---|', ...rows].join('\n');
  return `### Not proved\n\n${table}${rest}`;
}

function changeSection(changes: Changes): string {
  const groups = changeGroups(changes).map(
    ({ title, lines }) => `**${title}**\n\n${lines.map((line) => `- ${plain(line)}`).join('\n')}`,
  );
  return ['### Changes', plain(changesHeadline(changes)), ...groups].join('\n\n');
}

/** Ends in a line break. */
export function gateMarkdown(result: GateResult, changes: Changes | null): string {
  const sections = [
    `## plainproof gate`,
    `**${plain(headline(result))}**`,
    converterTable(result),
    result.failure === null ? '' : failureSection(result.failure),
    openSection(result),
    changes === null ? '' : changeSection(changes),
    `plainproof ${plain(result.version)}, seed ${result.seed}, configuration \`${result.configDigest.slice(0, 12)}\`, ${seconds(result.seconds)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}
