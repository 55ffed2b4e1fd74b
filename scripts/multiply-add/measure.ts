/**
 * Whether a kernel multiplies and adds, seen from outside: reserved channels come back bit for bit, whatever
 * stands beside them.
 *
 * Inputs are floats of either sign whose exponents are spread over 2^±60. A kernel that adds and subtracts its
 * inputs before it multiplies (Winograd, FFT) loses the small ones in the large ones.
 */
import type { Kernel, KernelName } from '../../src/kernels/kernel.ts';
import { filled, layers, numbers, type Reserving } from './shapes.ts';

/** Reserved values, and how many of them came back with other bits, the sign of zero aside. */
export interface Count {
  readonly values: number;
  readonly altered: number;
}

/** How a kernel passes reserved values on. */
export interface Passing extends Count {
  readonly kernel: KernelName;
  readonly layer: string;
  /** The same with subnormal values among the input. */
  readonly subnormal: Count;
}

/** Of either sign, with binary exponents from `lowest` on, so many of them. */
function wide(seed: number, lowest: number, exponents: number): () => number {
  const next = numbers(seed);
  return () => {
    const sign = next() < 0.5 ? -1 : 1;
    const exponent = lowest + Math.floor(next() * exponents);
    return sign * (1 + next()) * 2 ** exponent;
  };
}

async function count(
  kernel: Kernel,
  { model, source }: Reserving,
  input: Float32Array,
): Promise<Count> {
  const output = model.outputs[0].tensor;
  const run = await kernel.run(model, [input], [output]);
  if (!run.ok) throw new Error(`${kernel.name}: ${run.failure.reason}`);
  const result = run.value.get(output) ?? new Float32Array();
  let [values, altered] = [0, 0];
  for (let k = 0; k < result.length; k++) {
    const from = source(k);
    if (from === null) continue;
    values += 1;
    // Floats of the same value have the same bits, but for zeros.
    if (result[k] !== input[from]) altered += 1;
  }
  return { values, altered };
}

/** Every layer of `layers` on one kernel. */
export async function measurePassing(kernel: Kernel): Promise<readonly Passing[]> {
  const found: Passing[] = [];
  for (const [layer, make] of layers) {
    const reserving = make();
    const large = filled(reserving.model, wide(7, -60, 120));
    const small = filled(reserving.model, wide(8, -142, 25));
    found.push({
      kernel: kernel.name,
      layer,
      ...(await count(kernel, reserving, large)),
      subnormal: await count(kernel, reserving, small),
    });
  }
  return found;
}
