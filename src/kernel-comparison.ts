/**
 * Both models on real kernels, layer by layer, on one input: what `--kernels` adds to a verdict.
 *
 * A verdict is about real numbers; this says how far the kernels at hand are from them. Each layer runs
 * alone on the kernel's own activations, so the bound it is held to is tight and presumes no order of
 * summation. It decides nothing: a kernel that does not conform is no difference between the models.
 */
import { measureConformance, type Conformance } from './kernels/conformance.ts';
import type { KernelName } from './kernels/kernel.ts';
import { measureLatency, type Latency } from './kernels/latency.ts';
import { openKernel } from './kernels/open.ts';
import { success, type Result } from './model/failure.ts';
import type { Model } from './model/model.ts';
import { candidateInputs, type InputRange } from './refutation/inputs.ts';

export interface KernelComparison {
  readonly kernel: KernelName;
  readonly original: Conformance;
  readonly converted: Conformance;
  /** Null where nobody asked for it. */
  readonly latency: Latency | null;
}

export interface ComparisonOptions {
  readonly kernels: readonly KernelName[];
  readonly inputRange: InputRange | null;
  /** Whether to measure how long both models take as well. */
  readonly latency?: boolean;
}

/** Seconds on one kernel after which no further run is begun. */
const budget = 5;

async function compareOn(
  name: KernelName,
  models: { readonly original: Model; readonly converted: Model },
  inputs: readonly Float32Array[],
  isTimed: boolean,
): Promise<Result<KernelComparison>> {
  const opened = await openKernel(name);
  if (!opened.ok) return opened;
  const kernel = opened.value;
  try {
    const original = await measureConformance({ model: models.original, kernel, inputs });
    if (!original.ok) return original;
    const converted = await measureConformance({ model: models.converted, kernel, inputs });
    if (!converted.ok) return converted;
    const conformance = { original: original.value, converted: converted.value };
    if (!isTimed) return success({ kernel: name, ...conformance, latency: null });
    const latency = await measureLatency({ kernel, models, inputs, budget });
    return latency.ok ? success({ kernel: name, ...conformance, latency: latency.value }) : latency;
  } finally {
    await kernel.close();
  }
}

/** Errors: `missing-data` for a kernel that is not installed, and whatever a kernel reports. */
export async function compareOnKernels(
  original: Model,
  converted: Model,
  options: ComparisonOptions,
): Promise<Result<readonly KernelComparison[]>> {
  const [inputs] = candidateInputs(original, options.inputRange);
  const { latency = false } = options;
  const comparisons: KernelComparison[] = [];
  for (const name of options.kernels) {
    const comparison = await compareOn(name, { original, converted }, inputs, latency);
    if (!comparison.ok) return comparison;
    comparisons.push(comparison.value);
  }
  return success(comparisons);
}
