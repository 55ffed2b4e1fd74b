/**
 * Fuses two convolutions between which nothing stands into one.
 *
 * Either the second is 1×1 without padding, then the result has the first one's window and both
 * strides; or the first is 1×1 without padding and stride, and the second reads no zeros in place of the
 * first one's bias: it is not padded, or there is no bias. Both have one group: fusing across groups
 * would make a depthwise layer dense. The tensor in between has no other reader and is no output.
 */
import { isPadded } from '../model/shape.ts';
import type { Draft, DraftConv } from './draft.ts';

/** More weights than this in one layer is a fusion nobody wants. */
const largestWeight = 2 ** 28;

function isPixelwise({ kernel, pads }: DraftConv): boolean {
  return kernel.y === 1 && kernel.x === 1 && !isPadded(pads);
}

function hasBias({ bias }: DraftConv): boolean {
  return bias !== null && bias.some((v) => v !== 0);
}

function canFuse(first: DraftConv, second: DraftConv): boolean {
  if (first.groups !== 1 || second.groups !== 1 || first.dense !== second.dense) return false;
  const kernel = isPixelwise(second) ? first.kernel : second.kernel;
  const size = second.outChannels * first.inChannels * kernel.y * kernel.x;
  if (size > largestWeight) return false;
  if (isPixelwise(second)) return true;
  const plain = isPixelwise(first) && first.strides.y === 1 && first.strides.x === 1;
  return plain && (!isPadded(second.pads) || !hasBias(first));
}

function scaleOf({ rowScale }: DraftConv, o: number): number {
  return rowScale === null ? 1 : rowScale[o];
}

/** out[from + j·step] += factor · values[at + j], for j < length. */
function accumulate(
  out: { readonly values: Float64Array; readonly from: number; readonly step: number },
  factor: number,
  row: { readonly values: DraftConv['weight']; readonly at: number; readonly length: number },
): void {
  const { values, from, step } = out;
  for (let j = 0, to = from; j < row.length; j++, to += step) {
    values[to] += factor * row.values[row.at + j];
  }
}

/**
 * Weight and bias of second ∘ first. One of the two is 1×1: with a pixelwise second, row m of the first
 * is a run of I·T numbers added to row o; with a pixelwise first, a run of I numbers added at tap t.
 */
function product(first: DraftConv, second: DraftConv): Pick<DraftConv, 'weight' | 'bias'> {
  const firstTaps = first.kernel.y * first.kernel.x;
  const taps = second.kernel.y * second.kernel.x;
  const length = first.inChannels * firstTaps;
  const row = length * taps;
  const values = new Float64Array(second.outChannels * row);
  const bias = new Float64Array(second.outChannels);
  const inner = second.inChannels;
  for (let o = 0, at = 0; o < second.outChannels; o++) {
    const outer = scaleOf(second, o);
    bias[o] = second.bias === null ? 0 : second.bias[o];
    for (let m = 0; m < inner; m++) {
      for (let t = 0; t < taps; t++, at++) {
        const coefficient = second.weight[at] * outer;
        if (coefficient === 0) continue;
        if (first.bias !== null) bias[o] += coefficient * first.bias[m];
        const to = { values, from: o * row + t, step: taps };
        const run = { values: first.weight, at: m * length, length };
        accumulate(to, coefficient * scaleOf(first, m), run);
      }
    }
  }
  return { weight: values, bias: bias.some((v) => v !== 0) ? bias : null };
}

function fused(first: DraftConv, second: DraftConv): DraftConv {
  const window = isPixelwise(second) ? first : second;
  const { kernel, dilations, pads } = window;
  return {
    ...second,
    ...product(first, second),
    name: second.synthetic ? first.name : second.name,
    synthetic: first.synthetic && second.synthetic,
    inputs: first.inputs,
    rowScale: null,
    inChannels: first.inChannels,
    kernel,
    dilations,
    pads,
    strides: {
      y: first.strides.y * second.strides.y,
      x: first.strides.x * second.strides.x,
    },
  };
}

export function fuseConvolutions(draft: Draft): void {
  for (const layer of draft.layers()) {
    if (layer.kind !== 'conv' || !draft.has(layer)) continue;
    let conv = layer;
    for (;;) {
      const reader = draft.soleReader(conv.output);
      if (reader === null || reader.kind !== 'conv' || !canFuse(conv, reader)) break;
      const next = fused(conv, reader);
      draft.replace([conv, reader], [next]);
      conv = next;
    }
  }
}
