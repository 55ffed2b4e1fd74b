/**
 * A shortcut as one linear map: the identity, or a convolution with affine channel maps around it.
 *
 * y[o](p) = Σ_i Σ_t after.scale[o]·w[o,i,t]·before.scale[i]·x[i](p·strides + t·dilations − pads) + bias[o].
 * Nothing is multiplied out here; merging reads each coefficient once. Two convolutions on a shortcut,
 * and poolings, are not handled.
 */
import { isPadded, type Shape } from '../model/shape.ts';
import type { Draft, DraftConv, DraftLayer } from './draft.ts';
import { composed, composedRun, isPointwise, type ChannelAffine } from './pointwise.ts';

export interface LinearMap {
  /** Null: y[c] = before.scale[c]·x[c] + bias[c]. */
  readonly conv: DraftConv | null;
  readonly before: ChannelAffine;
  readonly afterScale: Float64Array;
  readonly bias: Float64Array;
}

export type LinearMapResult =
  { readonly ok: true; readonly map: LinearMap } | { readonly ok: false; readonly reason: string };

/** The layers of a shortcut that starts from a tensor of shape `input`, as one map. */
export function linearMap(
  draft: Draft,
  layers: readonly DraftLayer[],
  input: Shape,
): LinearMapResult {
  const refuse = (reason: string): LinearMapResult => ({ ok: false, reason });
  const convs: DraftConv[] = [];
  const runs: ChannelAffine[] = [];
  let run = composedRun([], input.channels);
  for (const layer of layers) {
    if (layer.kind === 'conv') {
      convs.push(layer);
      runs.push(run);
      run = composedRun([], layer.outChannels);
    } else if (isPointwise(layer)) {
      run = composed(composedRun([layer], draft.shape(layer.output).channels), run);
    } else {
      return refuse(`${layer.name} (${layer.kind}) on the shortcut is neither conv nor batch norm`);
    }
  }
  if (convs.length > 1) return refuse('there is more than one convolution on the shortcut');
  if (convs.length === 0) {
    const afterScale = new Float64Array(input.channels).fill(1);
    return { ok: true, map: { conv: null, before: run, afterScale, bias: run.offset } };
  }
  const [conv] = convs;
  const [before] = runs;
  if (before.offset.some((t) => t !== 0) && isPadded(conv.pads)) {
    return refuse(`an offset ahead of the padded ${conv.name} is no constant`);
  }
  return {
    ok: true,
    map: { conv, before, afterScale: run.scale, bias: biasOf(conv, before, run) },
  };
}

function biasOf(conv: DraftConv, before: ChannelAffine, after: ChannelAffine): Float64Array {
  const bias = new Float64Array(conv.outChannels);
  const perGroup = conv.inChannels / conv.groups;
  const outPerGroup = conv.outChannels / conv.groups;
  const taps = conv.kernel.y * conv.kernel.x;
  const constant = before.offset.some((t) => t !== 0);
  for (let o = 0; o < conv.outChannels; o++) {
    let sum = 0;
    const first = Math.floor(o / outPerGroup) * perGroup;
    for (let i = 0; constant && i < perGroup; i++) {
      const at = (o * perGroup + i) * taps;
      for (let t = 0; t < taps; t++) sum += conv.weight[at + t] * before.offset[first + i];
    }
    sum = sum * (conv.rowScale === null ? 1 : conv.rowScale[o]) + (conv.bias?.[o] ?? 0);
    bias[o] = after.scale[o] * sum + after.offset[o];
  }
  return bias;
}

/** Whether no layer of the side looks at the sign or size of its values. */
export function isLinearSide(layers: readonly DraftLayer[]): boolean {
  return layers.every((layer) => layer.kind === 'conv' || isPointwise(layer));
}
