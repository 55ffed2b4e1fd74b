/**
 * `npm run demo`: real conversions, proved from the files they were written to, and one wrong one.
 *
 * Artefacts go to reports/demo/: every model, and every verdict as text and as JSON. Ends with a table;
 * exits with 1 when any verdict is not the expected one.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import { count, scaled, ulps } from '../src/report/number.ts';
import { verdictText } from '../src/report/terminal.ts';
import { run, type Outcome } from './demo/case.ts';
import { cases } from './demo/cases.ts';

const folder = path.resolve(import.meta.dirname, '../reports/demo');

function row({ case: example, record, asExpected }: Outcome): string[] {
  const { verdict, original, converted, timings } = record;
  const [grade, rounding] =
    verdict.verdict === 'proved' ? [verdict.grade, ulps(verdict.maxUlps)] : ['', ''];
  const change = (show: (n: number) => string, a: number | null, b: number | null): string =>
    `${show(a ?? 0)} → ${show(b ?? 0)}`;
  return [
    example.title,
    example.options.strategy,
    asExpected ? verdict.verdict : `${verdict.verdict}, NOT ${example.expected}`,
    grade,
    rounding,
    change(scaled, original.parameters, converted.parameters),
    change(scaled, original.macs, converted.macs),
    timings.total.toFixed(2),
  ];
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const start = performance.now();
const outcomes: Outcome[] = [];
for (const example of cases) outcomes.push(await run(example, folder));

const table = new Table({
  head: ['model', 'strategy', 'verdict', 'grade', 'ulps', 'parameters', 'MACs', 'seconds'],
  colAligns: ['left', 'left', 'left', 'left', 'right', 'right', 'right', 'right'],
  style: { head: [], border: [] },
});
for (const outcome of outcomes) table.push(row(outcome));
for (const { case: example, record } of outcomes) {
  if (example.mistake !== undefined) console.log(`\n${verdictText(record)}`);
}
console.log(table.toString());
const failures = outcomes.filter((outcome) => !outcome.asExpected);
const seconds = (performance.now() - start) / 1000;
console.log(
  `${count(outcomes.length - failures.length)} of ${count(outcomes.length)} as expected, ` +
    `${seconds.toFixed(0)} s in all; files in ${path.relative(process.cwd(), folder)}/`,
);
// z3 and the kernels may leave worker threads behind.
process.exit(failures.length === 0 ? 0 : 1);
