/**
 * Runs a converter on a file, whatever kind of converter it is; what it does wrong is an outcome.
 *
 * A function is only told apart from one that hangs from outside: it may never give the process back. So
 * it is announced to whoever watches, time limit and all, and what runs longer is ended with its worker.
 */
import path from 'node:path';
import { saveOnnx } from '../formats/onnx/save-onnx.ts';
import { modelChunks } from '../formats/onnx/write.ts';
import { readModel } from '../formats/read-model.ts';
import { describeFailure } from '../model/failure.ts';
import type { Model } from '../model/model.ts';
import type { ConverterFailureKind, Outcome } from './case.ts';
import { lastWords, runCommand } from './command.ts';
import type { PreparedConverter } from './settings.ts';

/** What a worker is at, so that it can be ended from outside with the right words. */
export type Phase =
  | { readonly phase: 'command'; readonly group: number }
  | { readonly phase: 'function'; readonly timeLimit: number }
  | { readonly phase: 'verifying' };

export type Watch = (phase: Phase) => void;

export function broken(failure: ConverterFailureKind, message: string): Outcome {
  return { kind: 'converterFailed', failure, message };
}

export const lost = (message: string): Outcome => ({ kind: 'workerFailed', message });

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Null where the converter is content with what it did. */
export async function runConverter(
  converter: PreparedConverter,
  [input, output]: readonly [string, string],
  { folder, watch }: { readonly folder: string; readonly watch: Watch },
): Promise<Outcome | null> {
  switch (converter.kind) {
    case 'command': {
      const words = converter.words.map((word) =>
        word.replaceAll('{input}', () => input).replaceAll('{output}', () => output),
      );
      const { env, timeLimit } = converter;
      const cwd = path.resolve(folder, converter.cwd);
      const started = (group: number): void => watch({ phase: 'command', group });
      const end = await runCommand({ words, cwd, env, timeLimit, started });
      switch (end.kind) {
        case 'ended':
          if (end.code === 0) return null;
          return broken('crashed', `exit code ${end.code}\n${lastWords(end.said)}`.trim());
        case 'killed':
          return broken('crashed', `ended by ${end.signal}\n${lastWords(end.said)}`.trim());
        case 'timedOut':
          return broken('timedOut', `${overdue(timeLimit)}\n${lastWords(end.said)}`.trim());
        case 'notStarted':
          return broken('crashed', `could not be started: ${end.reason}`);
      }
    }
    case 'model': {
      // Read once more, for the converter alone: it might write to what it is given.
      const own = await readModel(input);
      if (!own.ok) return lost(describeFailure(input, own.failure));
      watch({ phase: 'function', timeLimit: converter.timeLimit });
      try {
        const result: unknown = await converter.convert(own.value.model);
        watch({ phase: 'verifying' });
        return await saveResult(output, result);
      } catch (error) {
        return broken('crashed', messageOf(error));
      }
    }
    case 'file':
      watch({ phase: 'function', timeLimit: converter.timeLimit });
      try {
        await converter.convertFile(input, output);
        return null;
      } catch (error) {
        return broken('crashed', messageOf(error));
      }
  }
}

export function overdue(milliseconds: number): string {
  return `took longer than ${milliseconds / 1000} s`;
}

function isModel(value: unknown): value is Model {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['inputs', 'outputs', 'tensors', 'layers'].every((field) => field in value)
  );
}

async function saveResult(output: string, result: unknown): Promise<Outcome | null> {
  if (result === undefined) return broken('wroteNothing', 'the function returned nothing');
  if (!isModel(result)) return broken('wroteBroken', 'what the function returned is no model');
  try {
    const fits = modelChunks(result);
    if (!fits.ok) {
      return broken('wroteBroken', describeFailure('the model returned', fits.failure));
    }
    // What is wrong from here on is the file system's.
    const saved = await saveOnnx(output, result);
    return saved.ok ? null : lost(saved.failure.reason);
  } catch (error) {
    // A model by its fields, but not by what is in them.
    return broken('wroteBroken', `the model returned cannot be written: ${messageOf(error)}`);
  }
}
