/**
 * `plainproof gate`: does a converter compute the same function, on networks drawn for it and on real models?
 *
 * On a terminal one line says how far it is; elsewhere only failures and the summary are written. Interrupted
 * once, it stops and reports what it has; interrupted twice, it is gone.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { CaseResult, GateResult, Shard } from '../gate/case.ts';
import { exitCode } from './exit-code.ts';
import { nonNegative, nonNegativeInteger, positiveInteger, shard } from './option.ts';
import { print, report, reportFailure, reportUsage, writeWhole } from './output.ts';

interface Options {
  readonly converter?: readonly string[];
  readonly model?: readonly string[];
  readonly networks?: number;
  readonly seed?: number;
  readonly shard?: Shard;
  readonly workers?: number;
  readonly cache: boolean;
  readonly failure: string;
  readonly shrinkSeconds: number;
  readonly json?: string;
}

export function declareGate(program: Command, end: (code: number) => void): void {
  program
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
    .option('--seed <n>', 'draw other networks', nonNegativeInteger)
    .option('--shard <k/n>', 'try the k-th of n parts of the cases', shard)
    .option('--workers <n>', 'processes at a time; one a core unless given', positiveInteger)
    .option('--no-cache', 'prove models even where an earlier run proved the same pair')
    .option(
      '--failure <folder>',
      'where the smallest failing network is saved',
      'plainproof-failure',
    )
    .option('--shrink-seconds <s>', 'time for making the first failure small', nonNegative, 120)
    .option('--json <file>', 'write the result as JSON, and while it runs what there is of it')
    .action(async (config: string | undefined, options: Options) => {
      end(await runGateCommand(config, options));
    });
}

async function runGateCommand(given: string | undefined, options: Options): Promise<number> {
  const [{ readConfig, configNames }, { overridden }, { runGate }, { gateVerdict }] =
    await Promise.all([
      import('../gate/read-config.ts'),
      import('../gate/settings.ts'),
      import('../gate/gate.ts'),
      import('../gate/case.ts'),
    ]);
  const file = given ?? configNames.find((name) => existsSync(name));
  if (file === undefined) {
    return reportUsage(`there is none of ${configNames.join(', ')}; plainproof init writes one`);
  }
  const config = await readConfig(file);
  if (!config.ok) {
    for (const mistake of config.mistakes) await report(`${file}: ${mistake}`);
    return exitCode.unreadable;
  }
  const { converter, model, networks, seed } = options;
  const chosen = overridden(config.value, {
    ...(converter === undefined ? {} : { converters: converter }),
    ...(model === undefined ? {} : { models: model.map((name) => path.resolve(name)) }),
    ...(networks === undefined ? {} : { networks }),
    ...(seed === undefined ? {} : { seed }),
  });
  if ('unknown' in chosen) return reportUsage(`${file} has no converter '${chosen.unknown}'`);

  const progress = new Progress(options.json);
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const run = await runGate(chosen.settings, {
    shard: options.shard ?? null,
    workers: options.workers ?? availableParallelism(),
    cache: options.cache,
    failureFolder: options.failure,
    shrinkSeconds: options.shrinkSeconds,
    signal: controller.signal,
    onCase: (ended, soFar) => progress.ended(ended, soFar),
    onShrinking: () => progress.shrinking(),
  });
  progress.clear();
  if (!run.ok) return reportFailure(file, run.failure);
  const { gateText } = await import('../report/gate-text.ts');
  await print(gateText(run.value));
  const written = await writeJson(options.json, run.value);
  return written ?? exitCode[gateVerdict(run.value)];
}

/** The exit code where it cannot be written, else null. */
async function writeJson(file: string | undefined, result: GateResult): Promise<number | null> {
  if (file === undefined) return null;
  const written = await writeWhole(file, `${JSON.stringify(result, null, 2)}\n`);
  return written.ok ? null : reportFailure(file, written.failure);
}

/** Milliseconds between two states of the result on disk. */
const checkpoint = 10_000;

/** Says how far it is, on a terminal, and keeps the JSON readable should the process be killed. */
class Progress {
  readonly #json: string | undefined;
  #done = 0;
  #failed = 0;
  #written = performance.now();

  constructor(json: string | undefined) {
    this.#json = json;
  }

  ended({ outcome }: CaseResult, soFar: () => GateResult): void {
    this.#done += 1;
    if (outcome.kind !== 'proved') this.#failed += 1;
    this.#line(`${this.#done} cases, ${this.#failed} not proved`);
    if (this.#json === undefined || performance.now() - this.#written < checkpoint) return;
    this.#written = performance.now();
    void writeWhole(this.#json, `${JSON.stringify(soFar(), null, 2)}\n`);
  }

  shrinking(): void {
    this.#line(`${this.#done} cases, ${this.#failed} not proved; shrinking the first`);
  }

  #line(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
}
