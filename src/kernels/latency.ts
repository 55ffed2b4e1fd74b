/**
 * How long models take on a kernel, run in turns so that all see the same machine at the same time.
 *
 * What comes of it are seconds of this machine now: only their ratio means anything elsewhere, and not much. The
 * first run of each warms up and is left out where there are enough others.
 */
import { success, type Result } from '../model/failure.ts';
import type { Model } from '../model/model.ts';
import type { Kernel } from './kernel.ts';

export interface LatencyOptions {
  readonly kernel: Kernel;
  readonly models: { readonly original: Model; readonly converted: Model };
  /** One array per model input, channel-major. */
  readonly inputs: readonly Float32Array[];
  /** Seconds after which no further pair of runs is begun. */
  readonly budget: number;
}

/** Seconds of single runs, as many of either. */
export interface Latency {
  readonly original: readonly number[];
  readonly converted: readonly number[];
}

/** Enough for a median and its spread. */
const mostRuns = 11;

/** Fewer runs than this are all kept, the first included. */
const fewRuns = 3;

interface Ready {
  run(): Promise<Result<null>>;
  close(): Promise<void>;
}

async function ready({ kernel, inputs }: TurnsOptions, model: Model): Promise<Result<Ready>> {
  if (kernel.prepare !== undefined) {
    const prepared = await kernel.prepare(model);
    if (!prepared.ok) return prepared;
    const { run, close } = prepared.value;
    return success({ run: () => run(inputs), close });
  }
  const outputs = model.outputs.map(({ tensor }) => tensor);
  return success({
    run: async () => {
      const result = await kernel.run(model, inputs, outputs);
      return result.ok ? success(null) : result;
    },
    close: () => Promise.resolve(),
  });
}

async function timed({ run }: Ready): Promise<Result<number>> {
  const start = performance.now();
  const result = await run();
  return result.ok ? success((performance.now() - start) / 1000) : result;
}

export interface TurnsOptions {
  readonly kernel: Kernel;
  /** Models of the same inputs. */
  readonly models: readonly Model[];
  /** One array per model input, channel-major. */
  readonly inputs: readonly Float32Array[];
  /** Seconds after which no further round is begun. */
  readonly budget: number;
  /** Rounds at most; 11 unless told. */
  readonly rounds?: number;
}

/** Every model once a round: seconds of single runs, as many of each. */
async function takeTurns(
  models: readonly Ready[],
  { budget, rounds = mostRuns }: TurnsOptions,
): Promise<Result<number[][]>> {
  const seconds = models.map((): number[] => []);
  const start = performance.now();
  do {
    for (const [k, model] of models.entries()) {
      const run = await timed(model);
      if (!run.ok) return run;
      seconds[k].push(run.value);
    }
  } while (seconds[0].length < rounds && performance.now() - start < budget * 1000);
  return success(seconds);
}

/**
 * Seconds of single runs of each model, as many of each, the models taking turns.
 * Errors: whatever the kernel reports.
 */
export async function measureInTurns(
  options: TurnsOptions,
): Promise<Result<readonly (readonly number[])[]>> {
  const made: Ready[] = [];
  try {
    for (const model of options.models) {
      const next = await ready(options, model);
      if (!next.ok) return next;
      made.push(next.value);
    }
    const seconds = await takeTurns(made, options);
    if (!seconds.ok) return seconds;
    const warm = seconds.value[0].length > fewRuns ? 1 : 0;
    return success(seconds.value.map((own) => own.slice(warm)));
  } finally {
    for (const { close } of made) await close();
  }
}

/** Errors: whatever the kernel reports. */
export async function measureLatency(options: LatencyOptions): Promise<Result<Latency>> {
  const { models, ...others } = options;
  const seconds = await measureInTurns({ ...others, models: [models.original, models.converted] });
  if (!seconds.ok) return seconds;
  const [original, converted] = seconds.value;
  return success({ original, converted });
}
