/**
 * How often a law is tried, and what a failure says: in one place for every property.
 *
 * `npm test` tries each law as often as it asks for, from one fixed seed, so that a red build is red for
 * everybody. `npm run test:long` multiplies the runs and draws a seed. The environment decides:
 * PLAINPROOF_RUNS multiplies, PLAINPROOF_SEED and PLAINPROOF_PATH replay one failure, PLAINPROOF_SECONDS
 * ends a law early, PLAINPROOF_LEDGER names a file that collects one line of JSON for each law.
 */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';

const { PLAINPROOF_RUNS, PLAINPROOF_SEED, PLAINPROOF_PATH, PLAINPROOF_SECONDS, PLAINPROOF_LEDGER } =
  process.env;

const ownVariables: ReadonlySet<string> = new Set(
  ['RUNS', 'SEED', 'PATH', 'SECONDS', 'LEDGER'].map((name) => `PLAINPROOF_${name}`),
);

const everydaySeed = 20;

/** One line of the ledger. */
export interface LawRun {
  readonly law: string;
  readonly file: string;
  readonly seed: number;
  readonly runs: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly failure: string | null;
}

/** So many runs a day, more in a long run. */
function runs(everyday: number): number {
  const factor = Number(PLAINPROOF_RUNS ?? 1);
  if (!(factor > 0)) throw new Error(`PLAINPROOF_RUNS=${PLAINPROOF_RUNS ?? ''} is no factor`);
  return Math.max(1, Math.round(everyday * factor));
}

/** Milliseconds to wait for a test of laws: those it takes every day, or what a long run allows. */
export function patience(everyday: number): number {
  return Math.max(everyday, 2000 * Number(PLAINPROOF_SECONDS ?? 0));
}

interface LawOptions<T> {
  /** Runs of `npm test`. */
  readonly runs: number;
  /** More about the smallest counterexample: what it is, where it was saved. */
  readonly describe?: (counterexample: T) => Promise<string> | string;
}

function replayCommand(
  law: string,
  file: string,
  details: Pick<fc.RunDetails<unknown>, 'seed' | 'counterexamplePath'>,
): string {
  // What else was asked for has to be asked for again: a gap closed, say.
  const kept = Object.entries(process.env)
    .filter(([name]) => name.startsWith('PLAINPROOF_') && !ownVariables.has(name))
    .map(([name, value]) => `${name}='${value ?? ''}' `);
  const at = `${kept.join('')}PLAINPROOF_SEED=${details.seed} PLAINPROOF_PATH=${details.counterexamplePath ?? ''}`;
  // The pattern is a regular expression: what is not a word matches anything.
  return `${at} npx vitest run ${file} -t '${law.replaceAll(/[^\w ,-]/g, '.')}'`;
}

/** Tries a law; throws with the smallest counterexample, seed, path and the command that replays it. */
export async function hold<T>(
  property: fc.IAsyncProperty<T> | fc.IProperty<T>,
  options: LawOptions<T>,
): Promise<void> {
  const { currentTestName = '', testPath = '' } = expect.getState();
  const file = path.relative(process.cwd(), testPath);
  const law = currentTestName.replaceAll(' > ', ' ');
  const seed = PLAINPROOF_SEED === undefined ? everydaySeed : Number(PLAINPROOF_SEED);
  const started = performance.now();
  const details = await fc.check<T>(property, {
    numRuns: runs(options.runs),
    seed,
    ...(PLAINPROOF_PATH === undefined ? {} : { path: PLAINPROOF_PATH }),
    ...(PLAINPROOF_SECONDS === undefined
      ? {}
      : { interruptAfterTimeLimit: 1000 * Number(PLAINPROOF_SECONDS) }),
  });
  const { numRuns, numSkips } = details;
  const replay = details.failed ? replayCommand(law, file, details) : null;
  if (PLAINPROOF_LEDGER !== undefined) {
    const seconds = (performance.now() - started) / 1000;
    const counts = { runs: numRuns, skipped: numSkips, seconds, failure: replay };
    const line: LawRun = { law, file, seed, ...counts };
    appendFileSync(PLAINPROOF_LEDGER, `${JSON.stringify(line)}\n`);
  }
  if (replay === null) return;
  const more =
    details.counterexample === null || options.describe === undefined
      ? ''
      : `\n${await options.describe(details.counterexample)}`;
  throw new Error(`${fc.defaultReportMessage(details)}\n\nReplay: ${replay}${more}`, {
    cause: details.errorInstance,
  });
}
