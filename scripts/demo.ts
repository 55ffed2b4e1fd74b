/**
 * `npm run demo`: real conversions, proved from the files they were written to, and one wrong one.
 *
 * Artefacts go to reports/demo/: every model, and every verdict as text and as JSON. Ends with a table;
 * exits with 1 when any verdict is not the expected one.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import Table from 'cli-table3';
import { cifarResnet } from '../src/blocks/cifar-resnet.ts';
import { resnet } from '../src/blocks/resnet.ts';
import { count, scaled, ulps } from '../src/report/number.ts';
import { verdictText } from '../src/report/terminal.ts';
import { run, save, type Case, type Outcome } from './demo/case.ts';
import { misread } from './demo/count-channels.ts';
import { extractNsfwjs } from './extract-nsfwjs.ts';

const folder = path.resolve(import.meta.dirname, '../reports/demo');

const seed = 20211101;

function resnetFile(depth: 18 | 34 | 50, stages: number): (folder: string) => Promise<string> {
  const part = stages === 4 ? '' : `-stage${stages}`;
  return (to) => save(path.join(to, `resnet${depth}${part}.onnx`), resnet(depth, { seed, stages }));
}

function nsfwjs(to: string): Promise<string> {
  return extractNsfwjs(path.join(to, 'nsfwjs-mobilenet-v2'));
}

const keep = { strategy: 'auto', inputRange: null, foldBatchNorm: false, fuse: false } as const;
const fold = { ...keep, foldBatchNorm: true } as const;
const mobilenet = { inputRange: { lower: 0, upper: 1 }, foldBatchNorm: true, fuse: true } as const;

const cases: readonly Case[] = [
  {
    title: 'MobileNetV2 (nsfwjs)',
    name: 'mobilenet-prelu',
    original: nsfwjs,
    options: { ...mobilenet, strategy: 'prelu' },
    expected: 'proved',
  },
  {
    title: 'MobileNetV2 (nsfwjs)',
    name: 'mobilenet-shift',
    original: nsfwjs,
    options: { ...mobilenet, strategy: 'shift' },
    expected: 'proved',
  },
  {
    title: 'ResNet-18, batch norms kept',
    name: 'resnet18-kept',
    original: resnetFile(18, 4),
    options: keep,
    expected: 'proved',
  },
  {
    title: 'ResNet-18, folded',
    name: 'resnet18-folded',
    original: resnetFile(18, 4),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'ResNet-34, batch norms kept',
    name: 'resnet34-kept',
    original: resnetFile(34, 4),
    options: keep,
    expected: 'proved',
  },
  {
    title: 'ResNet-34, folded',
    name: 'resnet34-folded',
    original: resnetFile(34, 4),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'ResNet-50, first stage',
    name: 'resnet50-stage1-folded',
    original: resnetFile(50, 1),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'CIFAR ResNet-1202',
    name: 'cifar1202-folded',
    original: (to) => save(path.join(to, 'cifar1202.onnx'), cifarResnet({ depth: 1202, seed })),
    options: fold,
    expected: 'proved',
  },
  {
    title: 'ResNet-20, equal widths, WRONG',
    name: 'wrong-projection',
    original: (to) =>
      save(
        path.join(to, 'resnet20-equal-widths.onnx'),
        cifarResnet({ depth: 20, seed, widths: [16, 16, 16] }),
      ),
    options: fold,
    mistake: misread,
    expected: 'refuted',
  },
];

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
