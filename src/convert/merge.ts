/**
 * The Merge half of the RM operation (arXiv 2111.00687): the last convolution of the branch, its batch
 * norm folded in, with columns that read the reserved channels and add the shortcut's map of them.
 *
 * Coefficients are computed in float64 and rounded once: here into float32, or later where `precise`
 * asks for float64 because more is going to be multiplied in.
 */
import type { DraftConv, Floats } from './draft.ts';
import type { LinearMap } from './linear-map.ts';
import type { ChannelAffine } from './pointwise.ts';
import type { MergeTaps } from './sampling.ts';
import type { Reserve } from './strategy.ts';

export interface Merge {
  readonly map: LinearMap;
  readonly taps: MergeTaps;
  /** What stands between the convolution and the addition. */
  readonly tail: ChannelAffine;
  readonly precise: boolean;
}

type Visit = (output: number, input: number, tap: number, coefficient: number) => void;

/** Calls `visit` for every coefficient of the shortcut, taps numbered as the last convolution's. */
function forEachCoefficient({ map, taps }: Merge, visit: Visit): void {
  const { conv, before, afterScale } = map;
  if (conv === null) {
    before.scale.forEach((scale, c) => visit(c, c, taps.taps[0], scale));
    return;
  }
  const inputs = conv.inChannels / conv.groups;
  const perGroup = conv.outChannels / conv.groups;
  const count = taps.taps.length;
  for (let o = 0, at = 0; o < conv.outChannels; o++) {
    const first = Math.floor(o / perGroup) * inputs;
    const scale = afterScale[o] * (conv.rowScale === null ? 1 : conv.rowScale[o]);
    for (let i = first; i < first + inputs; i++) {
      const factor = scale * before.scale[i];
      for (let t = 0; t < count; t++) visit(o, i, taps.taps[t], conv.weight[at++] * factor);
    }
  }
}

/** Scale of row o of the branch's own coefficients, and their bias. */
function ownRow(conv: DraftConv, { tail, map }: Merge, o: number): readonly [number, number] {
  const scale = tail.scale[o] * (conv.rowScale === null ? 1 : conv.rowScale[o]);
  const bias = tail.scale[o] * (conv.bias === null ? 0 : conv.bias[o]);
  return [scale, bias + tail.offset[o] + map.bias[o]];
}

function nullIfZero(bias: Float64Array): Float64Array | null {
  return bias.some((v) => v !== 0) ? bias : null;
}

/** The last convolution (one group) over reserved and own channels, the shortcut added in. */
export function mergeInto(conv: DraftConv, reserve: Reserve, merge: Merge): DraftConv {
  const { restore, offset, inputs } = reserve;
  const reserved = restore.length;
  const taps = conv.kernel.y * conv.kernel.x;
  const head = reserved * taps;
  const own = conv.inChannels * taps;
  const row = head + own;
  const length = conv.outChannels * row;
  const weight: Floats = merge.precise ? new Float64Array(length) : new Float32Array(length);
  const bias = new Float64Array(conv.outChannels);
  for (let o = 0, from = 0; o < conv.outChannels; o++) {
    const [scale, constant] = ownRow(conv, merge, o);
    bias[o] = constant;
    const start = o * row + head;
    if (scale === 1) {
      weight.set(conv.weight.subarray(from, from + own), start);
      from += own;
    } else {
      for (let at = start; at < start + own; at++) weight[at] = conv.weight[from++] * scale;
    }
  }
  forEachCoefficient(merge, (o, i, tap, coefficient) => {
    for (let k = i; k < reserved; k += inputs) {
      const at = o * row + k * taps + tap;
      weight[at] = coefficient * restore[k];
      // The rounded coefficient times the offset: what it adds is taken away again exactly.
      if (offset !== null) bias[o] -= weight[at] * offset[k];
    }
  });
  return {
    ...conv,
    weight,
    rowScale: null,
    bias: nullIfZero(bias),
    inChannels: reserved + conv.inChannels,
  };
}
