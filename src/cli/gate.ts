/**
 * `plainproof gate`: does a converter compute the same function, on networks drawn for it and on real models?
 *
 * On a terminal one line says how far it is; elsewhere only failures and the summary are written. Interrupted
 * once, it stops and reports what it has; interrupted twice, it is gone.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { CaseResult, GateResult, Shard } from '../gate/case.ts';
import type { Standing } from '../gate/gate.ts';
import { exitCode } from './exit-code.ts';
import { nonNegative, nonNegativeInteger, positiveInteger, seed, shard } from './option.ts';
import { addReportOptions, readBaseline, reportGate, type ReportOptions } from './gate-report.ts';
import { printAside, reportFailure, reportUsage, writeWhole } from './output.ts';

interface Options extends ReportOptions {
  readonly converter?: readonly string[];
  readonly model?: readonly string[];
  readonly networks?: number;
  readonly seed?: number;
  readonly shard?: Shard;
  readonly workers?: number;
  readonly cache: boolean;
  readonly failure: string;
  readonly shrinkSeconds: number;
}

export function declareGate(program: Command, end: (code: number) => void): void {
  const command = program
    .command('gate')
    .summary('prove or refute what a converter does, on many networks')
    .description(
      'Draws networks, has them converted, proves or refutes every result, and shrinks the first failure.\n' +
        'Exit code: 0 all proved, 1 a conversion is wrong or a converter failed, 2 something is undecided or\n' +
        'the run was interrupted, 64 wrong usage, 65 a file that cannot be read or written.',
    )
    .argument('[config]', 'configuration; plainproof.config.ts, .mjs or .json unless given')
    .option('--converter <name...>', 'try these of the converters only')
    .option('--model <file...>', 'try these models instead of what is configured')
    .option('--networks <n>', 'draw so many networks', nonNegativeInteger)
    .option('--seed <n>', 'draw other networks', seed)
    .option('--shard <k/n>', 'try the k-th of n parts of the cases', shard)
    .option('--workers <n>', 'processes at a time; one a core unless given', positiveInteger)
    .option('--no-cache', 'prove models even where an earlier run proved the same pair')
    .option(
      '--failure <folder>',
      'where the smallest failing network is saved',
      'plainproof-failure',
    )
    .option('--shrink-seconds <s>', 'time for making the first failure small', nonNegative, 120);
  addReportOptions(command).action(async (config: string | undefined, options: Options) => {
    end(await runGateCommand(config, options));
  });
}

/** One a core, as far as each has a GiB: kernels and solver are wasm with large heaps. */
function usualWorkers(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / 2 ** 30)));
}

async function runGateCommand(given: string | undefined, options: Options): Promise<number> {
  const [{ readConfig, configNames }, { overridden }, { runGate }, { gateJsonText }] =
    await Promise.all([
      import('../gate/read-config.ts'),
      import('../gate/settings.ts'),
      import('../gate/gate.ts'),
      import('../report/gate/json.ts'),
    ]);
  const file = given ?? configNames.find((name) => existsSync(name));
  if (file === undefined) {
    return reportUsage(`there is none of ${configNames.join(', ')}; plainproof init writes one`);
  }
  const config = await readConfig(file);
  if (!config.ok) {
    for (const mistake of config.mistakes) await printAside(`plainproof: ${file}: ${mistake}\n`);
    return exitCode.unreadable;
  }
  const { converter, model, networks } = options;
  const chosen = overridden(config.value, {
    ...(converter === undefined ? {} : { converters: converter }),
    ...(model === undefined ? {} : { models: model.map((name) => path.resolve(name)) }),
    ...(networks === undefined ? {} : { networks }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  if ('unknown' in chosen) return reportUsage(`${file} has no converter '${chosen.unknown}'`);

  const baseline = await readBaseline(options);
  if (!baseline.ok) return reportFailure(options.baseline ?? '', baseline.failure);

  const kept = options.json === '-' ? undefined : options.json;
  const progress = new Progress(kept, gateJsonText);
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  let unsaved: string | null = null;
  const run = await runGate(chosen.settings, {
    shard: options.shard ?? null,
    workers: options.workers ?? usualWorkers(),
    cache: options.cache,
    failureFolder: options.failure,
    shrinkSeconds: options.shrinkSeconds,
    signal: controller.signal,
    onCase: (ended, standing) => progress.ended(ended, standing),
    onShrinking: () => progress.shrinking(),
    onUnsaved: (reason) => {
      unsaved = reason;
    },
  });
  await progress.finish();
  if (!run.ok) return reportFailure(file, run.failure);
  if (unsaved !== null) {
    await printAside(`plainproof: the failing network could not be saved: ${String(unsaved)}\n`);
  }
  return reportGate(run.value, options, { baseline: baseline.value, configFile: file });
}

/** Milliseconds between two states of the result on disk. */
const checkpoint = 10_000;

/** Milliseconds between two lines where there is no terminal. */
const quiet = 30_000;

/** Says how far it is, and keeps the JSON readable should the process be killed. */
class Progress {
  readonly #file: string | undefined;
  readonly #text: (result: GateResult) => string;
  #open = 0;
  #told = '';
  #toldAt = performance.now();
  #writtenAt = performance.now();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(file: string | undefined, text: (result: GateResult) => string) {
    this.#file = file;
    this.#text = text;
  }

  ended({ outcome }: CaseResult, { done, total, soFar }: Standing): void {
    if (outcome.kind !== 'proved') this.#open += 1;
    const now = performance.now();
    this.#told = `${done} of ${total} cases${this.#open === 0 ? '' : `, ${this.#open} not proved`}`;
    this.#tell(this.#told, now - this.#toldAt >= quiet);
    if (this.#file === undefined || now - this.#writtenAt < checkpoint) return;
    this.#writtenAt = now;
    this.#writing = this.#writing.then(() => writeWhole(this.#file ?? '', this.#text(soFar())));
  }

  shrinking(): void {
    this.#tell(`${this.#told}; looking for the smallest network that fails`, true);
  }

  #tell(text: string, due: boolean): void {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
    else if (due) {
      this.#toldAt = performance.now();
      process.stderr.write(`plainproof: ${text}\n`);
    }
  }

  /** Waits for what is being written, so that it does not replace what comes after. */
  async finish(): Promise<void> {
    await this.#writing;
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
