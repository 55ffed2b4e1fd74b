/**
 * How long two models take on a kernel, run in turns so that both see the same machine at the same time.
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

async function ready({ kernel, inputs }: LatencyOptions, model: Model): Promise<Result<Ready>> {
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

/** Errors: whatever the kernel reports. */
export async function measureLatency(options: LatencyOptions): Promise<Result<Latency>> {
  const original = await ready(options, options.models.original);
  if (!original.ok) return original;
  const converted = await ready(options, options.models.converted);
  if (!converted.ok) {
    await original.value.close();
    return converted;
  }
  const [before, after]: [number[], number[]] = [[], []];
  const start = performance.now();
  try {
    do {
      const first = await timed(original.value);
      if (!first.ok) return first;
      const second = await timed(converted.value);
      if (!second.ok) return second;
      before.push(first.value);
      after.push(second.value);
    } while (before.length < mostRuns && performance.now() - start < options.budget * 1000);
  } finally {
    await original.value.close();
    await converted.value.close();
  }
  const warm = before.length > fewRuns ? 1 : 0;
  return success({ original: before.slice(warm), converted: after.slice(warm) });
}
