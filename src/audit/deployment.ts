/**
 * A block at its own sizes, weights drawn at random, beside what `plainproof convert` makes of it: the peak of
 * activation memory and, where asked for, how long both take on a kernel.
 *
 * Both are as they are written: batch norms stay where a merge does not need them folded. The peak is that of
 * `plainproof inspect`, layers one by one and each writing a tensor of its own. What a range has to be is taken for
 * granted, with the input's values in [0, 1] or [−1, 1]. Times are of this machine now; only their ratio is shown.
 */
import { convert } from '../convert/convert.ts';
import type { InputRange } from '../convert/range.ts';
import type { Strategy } from '../convert/strategy.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { measureLatency } from '../kernels/latency.ts';
import type { Model } from '../model/model.ts';
import { elements } from '../model/shape.ts';
import { statistics } from '../model/statistics.ts';
import { Random } from '../blocks/random.ts';
import { graphCost } from './cost.ts';
import { draw } from './draw.ts';
import type { Block } from './graph.ts';
import type { StrategyName } from './residual-trial.ts';
import { valueOf, type Numbers } from './size.ts';

export type Removal = StrategyName | 'one convolution';

export interface Deployment {
  readonly removal: Removal;
  /** Bytes for one image. */
  readonly peak: { readonly original: number; readonly plain: number };
  /** Median of the plain one's times over that of the block's; null where nobody asked. */
  readonly latency: { readonly kernel: string; readonly ratio: number } | null;
}

/** More weights than this are not drawn for the sake of a figure. */
const mostWeights = 2 ** 24;

/** Seconds on a pair of models after which no further run is begun. */
const budget = 1;

const signed = { lower: -1, upper: 1 };

function optionsOf(removal: Removal): { strategy: Strategy; inputRange: InputRange | null } {
  switch (removal) {
    case 'one convolution':
      return { strategy: 'auto', inputRange: signed };
    case 'nonnegative':
      return { strategy: removal, inputRange: { lower: 0, upper: 1 } };
    case 'shift':
      return { strategy: removal, inputRange: signed };
    case 'prelu':
    case 'split':
      return { strategy: removal, inputRange: null };
  }
}

/** The model with nothing left to remove; null where the converter leaves something. */
function plainOf(model: Model, removal: Removal): Model | null {
  const options = { ...optionsOf(removal), foldBatchNorm: false, fuse: false };
  const conversion = convert(model, options);
  return conversion.ok && conversion.value.kept.length === 0 ? conversion.value.model : null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

async function latencyOf(
  kernel: Kernel,
  original: Model,
  converted: Model,
): Promise<Deployment['latency']> {
  const random = new Random(1);
  const inputs = original.inputs.map(({ tensor }) =>
    random.symmetric(elements(original.tensors[tensor].shape), 1),
  );
  const models = { original, converted };
  const measured = await measureLatency({ kernel, models, inputs, budget });
  if (!measured.ok) return null;
  const ratio = median(measured.value.converted) / median(measured.value.original);
  return { kernel: kernel.name, ratio };
}

/** By each way of removing; none where the sizes are no network's, or too large to draw. */
export async function deploymentsOf(
  block: Block,
  removals: readonly Removal[],
  { numbers, timedOn }: { readonly numbers: Numbers; readonly timedOn: Kernel | null },
): Promise<readonly Deployment[]> {
  if (removals.length === 0) return [];
  if (!(valueOf(graphCost(block.nodes).weights, numbers) <= mostWeights)) return [];
  const original = draw(block.output, { numbers, seed: 1 });
  if (!original.ok) return [];
  const found: Deployment[] = [];
  for (const removal of removals) {
    const plain = plainOf(original.value, removal);
    if (plain === null) continue;
    const [before, after] = [original.value, plain].map((model) => statistics(model));
    found.push({
      removal,
      peak: { original: before.peakActivationBytes, plain: after.peakActivationBytes },
      latency: timedOn === null ? null : await latencyOf(timedOn, original.value, plain),
    });
  }
  return found;
}
