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

/** Coefficients in float64, the factors of the rows multiplied in. */
function coefficients({ weight, rowScale, outChannels }: DraftConv): Float64Array {
  const values = Float64Array.from(weight);
  if (rowScale === null) return values;
  const row = values.length / outChannels;
  for (let o = 0, at = 0; o < outChannels; o++) {
    for (const end = at + row; at < end; at++) values[at] *= rowScale[o];
  }
  return values;
}

/**
 * out[o·stride + j] = Σ_m factors[o·inner + m] · rows[m·length + j]: a matrix product that skips factors
 * of zero (a Dirac row costs one row) and takes the others four at a time.
 */
function multiply(
  factors: Float64Array,
  rows: Float64Array,
  sizes: { readonly outer: number; readonly inner: number; readonly length: number },
): Float64Array {
  const { outer, inner, length } = sizes;
  const out = new Float64Array(outer * length);
  const used = new Int32Array(inner);
  for (let o = 0; o < outer; o++) {
    let count = 0;
    for (let m = 0; m < inner; m++) if (factors[o * inner + m] !== 0) used[count++] = m;
    const from = o * length;
    let next = 0;
    for (; next + 4 <= count; next += 4) {
      const [m0, m1, m2, m3] = [used[next], used[next + 1], used[next + 2], used[next + 3]];
      const f0 = factors[o * inner + m0];
      const f1 = factors[o * inner + m1];
      const f2 = factors[o * inner + m2];
      const f3 = factors[o * inner + m3];
      const [r0, r1, r2, r3] = [m0 * length, m1 * length, m2 * length, m3 * length];
      for (let j = 0; j < length; j++) {
        out[from + j] +=
          f0 * rows[r0 + j] + f1 * rows[r1 + j] + f2 * rows[r2 + j] + f3 * rows[r3 + j];
      }
    }
    for (; next < count; next++) {
      const factor = factors[o * inner + used[next]];
      const row = used[next] * length;
      for (let j = 0; j < length; j++) out[from + j] += factor * rows[row + j];
    }
  }
  return out;
}

/** The transposition of the last two axes of an array of `outer` × `rows` × `columns`. */
function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  if (rows === 1 || columns === 1) return values;
  const result = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += rows * columns) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        result[start + j * rows + i] = values[start + i * columns + j];
      }
    }
  }
  return result;
}

/**
 * Weight and bias of second ∘ first, one of the two 1×1. Weights are O × I × taps; with the taps of the
 * second moved ahead of its inputs, both cases are one product of matrices.
 */
function product(first: DraftConv, second: DraftConv): Pick<DraftConv, 'weight' | 'bias'> {
  const taps = second.kernel.y * second.kernel.x;
  const inner = second.inChannels;
  const length = first.inChannels * first.kernel.y * first.kernel.x;
  const factors = transposed(coefficients(second), inner, taps);
  const outer = second.outChannels * taps;
  const values = multiply(factors, coefficients(first), { outer, inner, length });
  const bias = new Float64Array(second.outChannels);
  for (let o = 0; o < second.outChannels; o++) {
    bias[o] = second.bias === null ? 0 : second.bias[o];
    if (first.bias === null) continue;
    for (let at = o * taps * inner; at < (o + 1) * taps * inner; at++) {
      bias[o] += factors[at] * first.bias[at % inner];
    }
  }
  const weight = transposed(values, taps, length);
  return { weight, bias: bias.some((v) => v !== 0) ? bias : null };
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
