/**
 * Two networks that are claimed to be one function, on an input: in float64 against its rigorous error bound, and on
 * real kernels, each layer against its float32 bound. No tolerance is chosen here.
 */
import { measureConformance } from '../kernels/conformance.ts';
import type { Kernel, KernelName } from '../kernels/kernel.ts';
import type { Model } from '../model/model.ts';
import { evaluate } from '../semantics/evaluate.ts';

export interface Pair {
  readonly original: Model;
  readonly plain: Model;
}

/** The output entry at which the two are farthest apart. */
export interface Apart {
  readonly index: number;
  readonly original: number;
  readonly plain: number;
  readonly gap: number;
  /** What float64 may have rounded, both networks together. */
  readonly bound: number;
}

export interface KernelTrial {
  readonly kernel: KernelName;
  /** Largest error of a layer over what float32 allows it; at most 1 where the kernel conforms. */
  readonly worstRatio: number;
  /** Between the two networks, end to end. */
  readonly gap: number;
}

export interface Trial {
  readonly apart: Apart;
  readonly kernels: readonly KernelTrial[];
}

/** Whether the two are the same number as far as float64 can tell. */
export function agrees({ gap, bound }: Apart): boolean {
  return gap <= bound;
}

export function apartOn({ original, plain }: Pair, input: Float32Array): Apart {
  const inputs = [Float64Array.from(input)];
  const sides = [original, plain].map((model) => {
    const { values, errors } = evaluate(model, inputs, { bound: true });
    const [{ tensor }] = model.outputs;
    return { values: values.get(tensor), errors: errors?.get(tensor) };
  });
  const [first, second] = sides;
  let worst: Apart = { index: 0, original: 0, plain: 0, gap: -1, bound: 0 };
  let worstExcess = -Infinity;
  first.values?.forEach((value, index) => {
    const other = second.values?.[index] ?? NaN;
    const bound = (first.errors?.[index] ?? NaN) + (second.errors?.[index] ?? NaN);
    const gap = Math.abs(value - other);
    if (gap - bound <= worstExcess) return;
    worstExcess = gap - bound;
    worst = { index, original: value, plain: other, gap, bound };
  });
  return worst;
}

async function onKernel(
  kernel: Kernel,
  { original, plain }: Pair,
  input: Float32Array,
): Promise<KernelTrial> {
  let worstRatio = 0;
  const outputs: Float32Array[] = [];
  for (const model of [original, plain]) {
    const conformance = await measureConformance({ model, kernel, inputs: [input] });
    if (!conformance.ok) throw new Error(conformance.failure.reason);
    worstRatio = Math.max(worstRatio, conformance.value.worstRatio);
    const [{ tensor }] = model.outputs;
    const run = await kernel.run(model, [input], [tensor]);
    if (!run.ok) throw new Error(run.failure.reason);
    outputs.push(run.value.get(tensor) ?? new Float32Array());
  }
  const [first, second] = outputs;
  const gap = first.reduce((most, value, k) => Math.max(most, Math.abs(value - second[k])), 0);
  return { kernel: kernel.name, worstRatio, gap };
}

export async function tried(
  pair: Pair,
  input: Float32Array,
  kernels: readonly Kernel[],
): Promise<Trial> {
  const apart = apartOn(pair, input);
  const seen: KernelTrial[] = [];
  for (const kernel of kernels) seen.push(await onKernel(kernel, pair, input));
  return { apart, kernels: seen };
}
