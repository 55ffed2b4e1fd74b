/**
 * `plainproof prune`: takes channels out of a model and proves that the small network equals the masked one.
 *
 * The proof is about the two files as written. Channels that cannot go are no error: they are listed, and both
 * files have them.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { saveOnnx } from '../formats/onnx/save-onnx.ts';
import { readModel } from '../formats/read-model.ts';
import { failed, type Result } from '../model/failure.ts';
import type { Model } from '../model/model.ts';
import { maskings, type Masking } from '../prune/mask.ts';
import { planOf, planText, type Plan } from '../prune/plan.ts';
import { prune, type PruneOptions } from '../prune/prune.ts';
import { summaryOf } from '../report/model-summary.ts';
import { pruningText } from '../report/pruning.ts';
import { verdictText } from '../report/terminal.ts';
import { exitCodeOf } from './exit-code.ts';
import { share } from './option.ts';
import { print, reportFailure, reportUsage, writeWhole } from './output.ts';

interface Options {
  readonly output: string;
  readonly plan?: string;
  readonly slim?: number;
  readonly mask?: Masking;
  readonly writePlan?: string;
  readonly masked?: string;
}

export function declarePrune(program: Command, end: (code: number) => void): void {
  program
    .command('prune')
    .summary('take channels out of a model and prove that nothing but the masked ones is missing')
    .description(
      'Takes channels out of a model, best one without shortcuts, and proves that for every input the\n' +
        'small network computes what the one with these channels masked does.\n' +
        'Exit code: 0 proved, 1 refuted, 2 undecided, 64 wrong usage, 65 a file that cannot be read or\n' +
        'written, or a plan that does not fit the model.',
    )
    .argument('<model>', 'model file: ONNX, Keras layers-model or tfjs graph-model')
    .requiredOption('-o, --output <file>', 'where to write the small model, as ONNX')
    .option('--plan <file>', 'channels that stay, by layer, as JSON (schemas/plan.schema.json)')
    .option(
      '--slim <share>',
      'the share of channels to go, those with the smallest batch norm scales',
      share,
    )
    .addOption(
      new Option(
        '--mask <what>',
        'with --slim, what a masked channel holds: zero, or the offset of its batch norm (default)',
      ).choices(maskings),
    )
    .option('--write-plan <file>', 'write what was masked as a plan')
    .option('--masked <file>', 'write the masked network too, as ONNX')
    .action(async (file: string, options: Options) => {
      end(await runPrune(file, options));
    });
}

async function readPlan(file: string): Promise<Result<Plan>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return failed('unreadable-file', '', `cannot be read (${code})`);
  }
  try {
    const json: unknown = JSON.parse(text);
    return planOf(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed('bad-attribute', '', `no JSON: ${error.message.split('\n')[0]}`);
  }
}

/** What to prune, or the exit code of why not. */
async function pruneOptions({ plan, slim, mask }: Options): Promise<PruneOptions | number> {
  if ((plan === undefined) === (slim === undefined)) {
    return reportUsage('one of --plan and --slim is needed');
  }
  if (slim !== undefined) return { slim, ...(mask === undefined ? {} : { masked: mask }) };
  if (mask !== undefined) return reportUsage('a plan says itself what masked channels hold');
  const file = plan ?? '';
  const read = await readPlan(file);
  return read.ok ? { plan: read.value } : reportFailure(file, read.failure);
}

async function runPrune(file: string, options: Options): Promise<number> {
  const chosen = await pruneOptions(options);
  if (typeof chosen === 'number') return chosen;
  const source = await readModel(file);
  if (!source.ok) return reportFailure(file, source.failure);
  const pruning = prune(source.value.model, chosen);
  if (!pruning.ok) return reportFailure(options.plan ?? file, pruning.failure);
  if (options.writePlan !== undefined) {
    const written = await writeWhole(options.writePlan, planText(pruning.value.plan));
    if (!written.ok) return reportFailure(options.writePlan, written.failure);
  }
  const { small, masked } = pruning.value;
  const folder = options.masked === undefined ? await mkdtemp(path.join(tmpdir(), 'prune-')) : null;
  try {
    const maskedFile = options.masked ?? path.join(folder ?? '', 'masked.onnx');
    const files: readonly (readonly [string, Model])[] = [
      [maskedFile, masked],
      [options.output, small],
    ];
    for (const [target, model] of files) {
      const saved = await saveOnnx(target, model);
      if (!saved.ok) return await reportFailure(target, saved.failure);
    }
    await print(pruningText(pruning.value, source.value.model, options.output));
    const name = options.masked ?? `${file} with those channels masked`;
    return await prove({ file: maskedFile, name }, options.output);
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/** Reads both files and prints the verdict about them. */
async function prove(
  original: { readonly file: string; readonly name: string },
  small: string,
): Promise<number> {
  const { verifyChecked } = await import('../checking/verify-checked.ts');
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const masked = await readModel(original.file);
  if (!masked.ok) return reportFailure(original.file, masked.failure);
  const pruned = await readModel(small);
  if (!pruned.ok) return reportFailure(small, pruned.failure);
  const read = elapsed();
  const verdict = await verifyChecked(masked.value, pruned.value);
  const total = elapsed();
  const record = {
    ...{ verdict, kernels: [] },
    original: { ...summaryOf(masked.value, false), path: original.name },
    converted: summaryOf(pruned.value, false),
    timings: { read, kernels: 0, verify: total - read, total },
  };
  await print(verdictText(record));
  return exitCodeOf(verdict);
}
