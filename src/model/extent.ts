/**
 * How much a model asks of who compares or evaluates it, against what its parameters warrant.
 *
 * A file of a hundred bytes can state a tensor of 2³⁰ channels or a pool over a whole large image. What is compared
 * channel by channel and tap by tap would not fit into memory, so it is refused before; a network of any use has so
 * many parameters that it does not come near.
 */
import type { AveragePool } from './layer.ts';
import type { Model } from './model.ts';
import type { Shape } from './shape.ts';
import { statistics } from './statistics.ts';

/** Taps of an average pool that differ: near the border, those of each position with padding. */
function tapsOf({ kernel, pads }: AveragePool, to: Shape): number {
  const rows = Math.min(to.height, pads.top + pads.bottom + 1);
  const columns = Math.min(to.width, pads.left + pads.right + 1);
  return kernel.y * kernel.x * rows * columns;
}

/**
 * Terms of all sums, those of a sum within a sum counted again: a chain of additions counts with its square. A sum
 * that is read twice has a name and is one term.
 */
function termsOfSums(model: Model): number {
  const terms = new Float64Array(model.tensors.length).fill(1);
  const reads = new Int32Array(model.tensors.length);
  for (const { inputs } of model.layers) for (const input of inputs) reads[input] += 1;
  let total = 0;
  for (const { kind, inputs, output } of model.layers) {
    if (kind !== 'add' && kind !== 'subtract') continue;
    terms[output] = inputs.reduce((all, input) => all + (reads[input] > 1 ? 1 : terms[input]), 0);
    total += terms[output];
  }
  return total;
}

/** Channels of all tensors, and taps that are no parameters. */
function channelsAndTaps(model: Model): number {
  const channels = model.tensors.reduce((sum, { shape }) => sum + shape.channels, 0);
  return model.layers.reduce((sum, layer) => {
    if (layer.kind !== 'averagePool') return sum;
    return sum + tapsOf(layer, model.tensors[layer.output].shape);
  }, channels);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}

/** Why the models are not compared; null where they are. */
export function tooLargeToCompare(models: readonly Model[]): string | null {
  const parameters = sum(models.map((model) => statistics(model).parameters));
  const most = 2 ** 20 + parameters;
  const stated = sum(models.map(channelsAndTaps));
  const terms = sum(models.map(termsOfSums));
  const mostTerms = 2 ** 20 + parameters;
  if (terms > mostTerms) {
    return `the models have sums of ${terms} terms; ${mostTerms} are compared for so many parameters`;
  }
  if (stated <= most) return null;
  return `the models have ${stated} channels and taps of pools; ${most} are compared for so many parameters`;
}

/** Why the models are not evaluated; null where they are. */
export function tooLargeToEvaluate(models: readonly Model[]): string | null {
  const costs = models.map(statistics);
  const parameters = sum(costs.map((cost) => cost.parameters));
  const values = sum(costs.map(({ peakActivationBytes }) => peakActivationBytes / 4));
  const mostValues = 2 ** 22 + 8 * parameters;
  if (values > mostValues) {
    return `they hold ${values} values at a time; ${mostValues} are evaluated for so many parameters`;
  }
  const macs = sum(costs.map((cost) => cost.macs));
  const mostMacs = 2 ** 28 + 2 ** 11 * parameters;
  if (macs <= mostMacs) return null;
  return `they take ${macs} multiply-adds; ${mostMacs} are evaluated for so many parameters`;
}
