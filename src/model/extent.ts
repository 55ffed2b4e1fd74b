/**
 * How much a model asks of who compares or evaluates it, against what its parameters warrant.
 *
 * A file of a hundred bytes can state a tensor of 2³⁰ channels or a pool over a whole large image. What is compared
 * channel by channel and tap by tap would not fit into memory, so it is refused before; a network of any use has so
 * many parameters that it does not come near.
 */
import type { AveragePool, Layer } from './layer.ts';
import type { Model } from './model.ts';
import type { Padding, Pair, Shape } from './shape.ts';
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

/** Values of a result that are padding and nothing else: a constant may be another one at each of them. */
function paddedOnly(pads: Padding, reach: Pair, to: Shape): number {
  const beyond = (pad: number, taps: number): number => Math.max(0, pad - taps);
  const rows = beyond(pads.top, reach.y) + beyond(pads.bottom, reach.y);
  const columns = beyond(pads.left, reach.x) + beyond(pads.right, reach.x);
  const pixels = Math.min(rows, to.height) * to.width + Math.min(columns, to.width) * to.height;
  return pixels * to.channels;
}

/** Padding by itself is common where it is narrow. */
const narrow: Pair = { y: 16, x: 16 };

/** What a layer adds to a comparison that is no parameter. */
function extentOf(layer: Layer, to: Shape): number {
  switch (layer.kind) {
    case 'averagePool':
      return tapsOf(layer, to) + paddedOnly(layer.pads, layer.kernel, to);
    case 'conv': {
      const { kernel, dilations, pads } = layer;
      return paddedOnly(pads, { y: kernel.y * dilations.y, x: kernel.x * dilations.x }, to);
    }
    case 'pad':
      return paddedOnly(layer.pads, narrow, to);
    default:
      return 0;
  }
}

/** Channels of all tensors, and what layers add to them. */
function channelsAndTaps(model: Model): number {
  const channels = model.tensors.reduce((all, { shape }) => all + shape.channels, 0);
  return model.layers.reduce(
    (all, layer) => all + extentOf(layer, model.tensors[layer.output].shape),
    channels,
  );
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
  return `the models have ${stated} channels, taps of pools and padded pixels; ${most} are compared for so many parameters`;
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
