/**
 * A refutation for the reader's eyes: where the models part and why, the input, and both outputs.
 */
import type { Counterexample, Difference, Verdict } from '../../verdict/verdict.ts';
import { count, significant } from '../number.ts';
import type { Network } from '../network.ts';
import type { VerdictRecord } from '../record.ts';
import { markup, nothing, type Markup } from './markup.ts';
import { picture } from './png.ts';

type Shape = readonly [channels: number, height: number, width: number];

/** Channels shown of a tensor, at most. */
const mostChannels = 8;

/** Values of a vector shown, at most. */
const mostValues = 4096;

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k])) most = Math.max(most, Math.abs(values[k]));
  }
  return most;
}

/** What the colours mean. */
function scaleBar(scale: number): Markup {
  const ramp = Float64Array.from({ length: 61 }, (_, k) => (k - 30) / 30);
  return markup`<p class="scale"><span>−${significant(scale)}</span> <img alt="" width="122" height="10" src="${picture(ramp, { width: 61, height: 1 }, 1)}"> <span>${significant(scale)}</span></p>`;
}

/** A tensor as pictures of its channels; a vector is one row of as many pixels. */
function tensor(title: string, values: ArrayLike<number>, shape: Shape, scale: number): Markup {
  const [channels, height, width] = shape;
  const isVector = height === 1 && width === 1;
  const area = height * width;
  const shown = isVector ? 1 : Math.min(channels, mostChannels);
  const size = isVector ? { width: Math.min(channels, mostValues), height: 1 } : { width, height };
  const images = Array.from({ length: shown }, (_, channel) => {
    const own = Array.prototype.slice.call(
      values,
      channel * area,
      channel * area + size.width * size.height,
    );
    const numbers = Float64Array.from(own, Number);
    const label = isVector ? `${title}: ${channels} values` : `${title}, channel ${channel}`;
    return markup`<img class="${isVector ? 'vector' : 'pixels'}" alt="${label}" title="${label}" width="${size.width}" height="${size.height}" src="${picture(numbers, size, scale)}">`;
  });
  const rest = channels - shown;
  const more =
    isVector || rest <= 0 ? nothing : markup`<p class="dim">and ${rest} more channels</p>`;
  return markup`<figure class="tensor"><figcaption>${title} <span class="dim">${shape.join(' × ')}</span></figcaption><div class="images">${images}</div>${more}${scaleBar(scale)}</figure>`;
}

function differenceList(difference: Difference): Markup {
  const { layer, channel, originalLayer, originalChannel, cause, term } = difference;
  const closest =
    originalLayer === null
      ? nothing
      : markup`<dt>closest in the original</dt><dd><code>${originalLayer}</code>${originalChannel === null ? '' : `, channel ${originalChannel}`}</dd>`;
  const { originalCoefficient: before, convertedCoefficient: after } = difference;
  const coefficient =
    before === null && after === null
      ? nothing
      : markup`<dt>coefficient${term === null ? '' : ' of'}</dt><dd>${term ?? ''}<table class="small"><tbody><tr><th scope="row">original</th><td class="num"><code>${before === null ? 'none' : String(before)}</code></td></tr><tr><th scope="row">converted</th><td class="num"><code>${after === null ? 'none' : String(after)}</code></td></tr></tbody></table></dd>`;
  return markup`<dl class="wide"><dt>first layer that differs</dt><dd><code>${layer}</code>, channel ${channel}</dd><dt>cause</dt><dd>${cause}</dd>${closest}${coefficient}</dl>`;
}

function shapesOf({ nodes, outputs }: Network): {
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
} {
  return {
    inputs: nodes.filter(({ kind }) => kind === 'input').map(({ shape }) => shape),
    outputs: outputs.map((position) => nodes[position].shape),
  };
}

function fits([channels, height, width]: Shape, values: ArrayLike<number>): boolean {
  return channels * height * width === values.length;
}

/** Where shapes are not known, a tensor is shown as one long row. */
function shapeFor(values: ArrayLike<number>, candidates: readonly Shape[]): Shape {
  return candidates.find((shape) => fits(shape, values)) ?? [values.length, 1, 1];
}

function pictures(counterexample: Counterexample, network: Network | null): Markup {
  const shapes = network === null ? { inputs: [], outputs: [] } : shapesOf(network);
  const inputs = counterexample.inputs.map((values, k) => {
    const shape = shapeFor(values, shapes.inputs.slice(k));
    const title = counterexample.inputs.length === 1 ? 'input' : `input ${k}`;
    return tensor(title, values, shape, largest(values));
  });
  const { originalOutput, convertedOutput, output } = counterexample;
  const shape = shapeFor(originalOutput, shapes.outputs);
  const scale = Math.max(largest(originalOutput), largest(convertedOutput));
  const difference = originalOutput.map((value, k) => convertedOutput[k] - value);
  return markup`<div class="tensors">${inputs}${tensor(`${output}, original`, originalOutput, shape, scale)}${tensor(`${output}, converted`, convertedOutput, shape, scale)}${tensor(`${output}, difference`, difference, shape, largest(difference))}</div>`;
}

function gapList(counterexample: Counterexample): Markup {
  const { index, output, gap, bound, boundKind, roundingNoise, channel = null } = counterexample;
  const [a, b] = [counterexample.originalOutput[index], counterexample.convertedOutput[index]];
  const at =
    channel === null
      ? nothing
      : markup`<dt>at that channel</dt><dd>${significant(channel.gap)}, where ${significant(channel.bound)} could be noise (${channel.boundKind}) and rounded parameters explain ${significant(channel.roundingNoise)}; with the original’s channel in its place the models are proved equal</dd>`;
  const replays = counterexample.replays.map(({ kernel, gap: own, layerGap }) => {
    const layer =
      layerGap === null ? '' : `, ${significant(layerGap)} at the first differing layer alone`;
    return markup`<dt>on ${kernel}</dt><dd>${significant(own)} end to end${layer}</dd>`;
  });
  return markup`<dl class="wide"><dt>most at</dt><dd><code>${output}[${index}]</code>: ${String(a)} in the original, ${String(b)} in the converted model</dd><dt>difference</dt><dd><b>${significant(gap)}</b>, where ${significant(bound)} could be noise (${boundKind})</dd><dt>rounded parameters</dt><dd>explain ${significant(roundingNoise)} of it (measured)</dd>${at}${replays}</dl>`;
}

function heading(verdict: Verdict): string {
  return verdict.verdict === 'refuted' ? 'Where they differ' : 'Where the proof stops';
}

export function refutationSection(record: VerdictRecord): Markup {
  const { verdict, original, run = null } = record;
  if (verdict.verdict === 'proved') return nothing;
  const { firstDifference } = verdict;
  const where = firstDifference === null ? nothing : differenceList(firstDifference);
  if (verdict.verdict === 'undecided') {
    return firstDifference === null
      ? nothing
      : markup`<section id="difference" aria-labelledby="h-difference"><h2 id="h-difference">${heading(verdict)}</h2>${where}</section>`;
  }
  const { counterexample } = verdict;
  const total = counterexample.inputs.reduce((sum, values) => sum + values.length, 0);
  const again =
    run === null
      ? nothing
      : markup`<p>To replay it, run <code class="command">${run.command}</code>: the search is seeded, so it finds the same ${count(total)} input values, which <code>--json</code> writes out in full.</p>`;
  return markup`<section id="difference" aria-labelledby="h-difference"><h2 id="h-difference">${heading(verdict)}</h2>${where}${pictures(counterexample, original.details?.network ?? null)}${gapList(counterexample)}${again}</section>`;
}
