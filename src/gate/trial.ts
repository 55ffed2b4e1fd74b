/**
 * One converter on one network: written as ONNX, converted, read back, verified.
 *
 * Runs in a worker. Whatever the converter does wrong is an outcome; what can go wrong with the worker
 * itself, such as a full disk, is one as well, of another kind.
 */
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { saveOnnx } from '../formats/onnx/save-onnx.ts';
import { readModel } from '../formats/read-model.ts';
import type { Source } from '../formats/source.ts';
import { describeFailure } from '../model/failure.ts';
import { layoutAssumptions, signatureMismatch } from '../model/signature.ts';
import { statistics } from '../model/statistics.ts';
import { drawNetwork, type NetworkRecipe } from '../networks/network.ts';
import { verdictJsonText } from '../report/json.ts';
import type { ModelSummary } from '../report/record.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { verify } from '../verify.ts';
import type { Outcome } from './case.ts';
import { broken, lost, messageOf, runConverter, type Watch } from './conversion.ts';
import { recall, remember, type Pair } from './remembered-proofs.ts';
import type { Settings } from './settings.ts';

export type Subject =
  | { readonly kind: 'network'; readonly recipe: NetworkRecipe }
  /** An absolute path. */
  | { readonly kind: 'model'; readonly file: string };

export interface Trial {
  /** Name of the converter. */
  readonly converter: string;
  readonly subject: Subject;
  /** Empty and for this trial alone; what is in it afterwards are the files named in `trialFiles`. */
  readonly folder: string;
  /** Whether a verdict is written out, and a proof remembered must not do. */
  readonly keep: boolean;
  /** Whether proofs of earlier runs count. */
  readonly cache: boolean;
}

export const trialFiles = {
  original: 'original.onnx',
  converted: 'converted.onnx',
  verdict: 'verdict.json',
} as const;

export async function tryConverter(
  settings: Settings,
  trial: Trial,
  watch: Watch,
): Promise<Outcome> {
  const converter = settings.converters.find(({ name }) => name === trial.converter);
  if (converter === undefined) return lost(`there is no converter ${trial.converter}`);
  const input = await inputFile(trial);
  if (input.outcome !== null) return input.outcome;
  const original = await readModel(input.file);
  if (!original.ok) {
    const said = describeFailure(input.file, original.failure);
    const open = original.failure.code === 'unsupported-operator';
    return open ? { kind: 'undecided', reason: said } : lost(said);
  }
  const output = path.join(trial.folder, trialFiles.converted);
  const failure = await runConverter(converter, [input.file, output], {
    folder: path.dirname(settings.file),
    watch,
  });
  if (failure !== null) return failure;
  watch({ phase: 'verifying' });
  const written = await stat(output).catch(() => null);
  if (written === null) return broken('wroteNothing', `nothing was written to ${output}`);
  const converted = await readModel(output);
  if (!converted.ok) {
    const said = describeFailure('the converted model', converted.failure);
    const open = converted.failure.code === 'unsupported-operator';
    return open ? { kind: 'undecided', reason: said } : broken('wroteBroken', said);
  }
  const mismatch = signatureMismatch(original.value.model, converted.value.model);
  if (mismatch !== null) {
    return broken('wroteBroken', describeFailure('the converted model', mismatch));
  }
  return compare(original.value, converted.value, settings, trial);
}

/** The file the converter reads: a network is drawn and written, a model is there already. */
async function inputFile({
  subject,
  folder,
}: Trial): Promise<{ readonly file: string; readonly outcome: Outcome | null }> {
  if (subject.kind === 'model') return { file: subject.file, outcome: null };
  const file = path.join(folder, trialFiles.original);
  const saved = await saveOnnx(file, drawNetwork(subject.recipe).original);
  return { file, outcome: saved.ok ? null : lost(saved.failure.reason) };
}

async function compare(
  original: Source,
  converted: Source,
  settings: Settings,
  trial: Trial,
): Promise<Outcome> {
  const { inputRange, maxUlps } = settings;
  const pair: Pair = {
    original: original.sha256,
    converted: converted.sha256,
    inputRange,
    maxUlps,
  };
  // A network is verified in less time than it takes to look up what was made of it.
  const cached = trial.cache && !trial.keep && trial.subject.kind === 'model';
  const known = cached ? await recall(pair) : null;
  if (known !== null) return { kind: 'proved', ...known, remembered: true };
  const start = performance.now();
  const verdict = await verify(original.model, converted.model, {
    inputRange,
    ...(maxUlps === null ? {} : { maxUlps }),
  });
  const layouts = layoutAssumptions(original.model, converted.model);
  const told = { ...verdict, assumptions: [...verdict.assumptions, ...layouts] };
  if (trial.keep) {
    const seconds = (performance.now() - start) / 1000;
    const written = await writeVerdict(trial.folder, [original, converted], told, seconds);
    if (written !== null) return written;
  }
  const outcome = outcomeOf(told);
  if (cached && outcome.kind === 'proved') await remember(pair, outcome);
  return outcome;
}

function outcomeOf(verdict: Verdict): Outcome {
  switch (verdict.verdict) {
    case 'proved': {
      const { grade, maxUlps, assumptions } = verdict;
      return { kind: 'proved', grade, maxUlps, assumptions, remembered: false };
    }
    case 'refuted': {
      const { firstDifference, counterexample } = verdict;
      return {
        kind: 'refuted',
        cause: firstDifference?.cause ?? 'the outputs differ',
        layer: firstDifference?.layer ?? null,
        channel: firstDifference?.channel ?? null,
        gap: counterexample.gap,
        replays: counterexample.replays.map(({ kernel, gap }) => ({ kernel, gap })),
      };
    }
    case 'undecided':
      return { kind: 'undecided', reason: verdict.reason };
  }
}

/** Null where it was written. */
async function writeVerdict(
  folder: string,
  sources: readonly Source[],
  verdict: Verdict,
  seconds: number,
): Promise<Outcome | null> {
  const [original, converted] = sources.map(({ path: file, sha256, model }): ModelSummary => {
    const { parameters, macs } = statistics(model);
    return { path: path.basename(file), sha256, parameters, macs };
  });
  const timings = { read: 0, kernels: 0, verify: seconds, total: seconds };
  const file = path.join(folder, trialFiles.verdict);
  try {
    await writeFile(file, verdictJsonText({ verdict, kernels: [], original, converted, timings }));
    return null;
  } catch (error) {
    return lost(`cannot write ${file}: ${messageOf(error)}`);
  }
}
