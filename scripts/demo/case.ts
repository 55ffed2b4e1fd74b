/**
 * One case of the demo: a model that becomes a file, a conversion of that file that becomes another
 * file, and a verdict about the two files. Nothing is handed from one stage to the next in memory.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { convert, type ConvertOptions } from '../../src/convert/convert.ts';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { readModel } from '../../src/formats/read-model.ts';
import { compareOnKernels } from '../../src/kernel-comparison.ts';
import type { KernelName } from '../../src/kernels/kernel.ts';
import type { Source } from '../../src/formats/source.ts';
import { describeFailure, type Result } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';
import { runDetails } from '../../src/cli/run-details.ts';
import { verdictJsonText } from '../../src/report/json.ts';
import { summaryOf } from '../../src/report/model-summary.ts';
import type { VerdictRecord } from '../../src/report/record.ts';
import { verdictText } from '../../src/report/terminal.ts';
import { verifyChecked } from '../../src/checking/verify-checked.ts';
import { step } from './progress.ts';

export interface Case {
  readonly title: string;
  /** The stem of the files written. */
  readonly name: string;
  /** Path of the original's file. */
  readonly original: (folder: string) => Promise<string>;
  readonly options: ConvertOptions;
  /** A mistake the converter makes before it starts; none unless told. */
  readonly mistake?: (model: Model) => Result<Model>;
  readonly expected: 'proved' | 'refuted';
  /** Kernels that a report shows both models on, with how long they take; none unless told. */
  readonly kernels?: readonly KernelName[];
}

export interface Outcome {
  readonly case: Case;
  readonly record: VerdictRecord;
  readonly asExpected: boolean;
}

/** The demo's own inputs are good: a failure here is the demo's failure. */
export function must<T>(file: string, result: Result<T>): T {
  if (!result.ok) throw new Error(describeFailure(file, result.failure));
  return result.value;
}

export async function save(file: string, model: Result<Model>): Promise<string> {
  must(file, await saveOnnx(file, must(file, model)));
  return file;
}

async function convertFile(file: string, target: string, example: Case): Promise<void> {
  const { model } = must(file, await readModel(file));
  const seen = example.mistake === undefined ? model : must(file, example.mistake(model));
  const conversion = must(file, convert(seen, example.options));
  if (conversion.kept.length > 0) {
    throw new Error(`${file}: ${conversion.kept.length} shortcuts were kept`);
  }
  must(target, await saveOnnx(target, conversion.model));
}

function summary(source: Source, detailed: boolean): VerdictRecord['original'] {
  const own = path.relative(process.cwd(), source.path).split(path.sep).join('/');
  return summaryOf({ ...source, path: own }, detailed);
}

async function onKernels(
  [original, converted]: readonly [Model, Model],
  { kernels = [], options: { inputRange } }: Case,
): Promise<VerdictRecord['kernels']> {
  const comparisons = await compareOnKernels(original, converted, {
    kernels,
    inputRange,
    latency: true,
  });
  return must('kernels', comparisons);
}

/** `detailed`: whether a report will be made of it. */
async function verifyFiles(
  files: readonly string[],
  example: Case,
  detailed: boolean,
): Promise<VerdictRecord> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const original = must(files[0], await readModel(files[0]));
  const converted = must(files[1], await readModel(files[1]));
  const read = elapsed();
  const verdict = await verifyChecked(original, converted, {
    inputRange: example.options.inputRange ?? null,
    account: detailed,
  });
  const decided = elapsed();
  const { kernels: names = [] } = example;
  const kernels = detailed ? await onKernels([original.model, converted.model], example) : [];
  const total = elapsed();
  const timings = { read, kernels: total - decided, verify: decided - read, total };
  const [before, after] = [summary(original, detailed), summary(converted, detailed)];
  const { inputRange } = example.options;
  const options = {
    ...(inputRange === null ? {} : { inputRange }),
    ...(names.length === 0 ? {} : { kernels: names }),
  };
  const run = detailed ? await runDetails([before.path, after.path], options) : null;
  return { verdict, kernels, original: before, converted: after, timings, run };
}

/** Writes both models to the folder and verifies what was written. */
export async function convertAndVerify(
  example: Case,
  folder: string,
  detailed: boolean,
): Promise<VerdictRecord> {
  const { name, title } = example;
  const original = await step(`${title}: original`, () => example.original(folder));
  const converted = path.join(folder, `${name}.onnx`);
  await step(`${title}: converted`, () => convertFile(original, converted, example));
  return step(`${title}: verified`, () => verifyFiles([original, converted], example, detailed));
}

export async function run(example: Case, folder: string): Promise<Outcome> {
  const { name, expected } = example;
  const record = await convertAndVerify(example, folder, false);
  await writeFile(path.join(folder, `${name}.json`), verdictJsonText(record));
  await writeFile(path.join(folder, `${name}.txt`), verdictText(record));
  return { case: example, record, asExpected: record.verdict.verdict === expected };
}
