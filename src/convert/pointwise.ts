/**
 * Layers that multiply every channel by a number and add another: batch norm, scale, translate, as one
 * affine map in float64. The only place of the converter that knows the formula of a batch norm.
 */
import { perChannel, type BatchNorm, type Scale, type Translate } from '../model/layer.ts';
import type { DraftLayer } from './draft.ts';

export type Pointwise = BatchNorm | Scale | Translate;

/** y[c] = scale[c] · x[c] + offset[c]. */
export interface ChannelAffine {
  readonly scale: Float64Array;
  readonly offset: Float64Array;
}

export function isPointwise(layer: DraftLayer): layer is Pointwise {
  return layer.kind === 'batchNorm' || layer.kind === 'scale' || layer.kind === 'translate';
}

function identityAffine(channels: number): ChannelAffine {
  return { scale: new Float64Array(channels).fill(1), offset: new Float64Array(channels) };
}

/** The layer as an affine map of `channels` channels; each entry carries a few float64 roundings. */
export function affineOf(layer: Pointwise, channels: number): ChannelAffine {
  const { scale, offset } = identityAffine(channels);
  for (let c = 0; c < channels; c++) {
    switch (layer.kind) {
      case 'batchNorm':
        scale[c] = layer.scale[c] / Math.sqrt(layer.variance[c] + layer.epsilon);
        offset[c] = layer.offset[c] - layer.mean[c] * scale[c];
        break;
      case 'scale': {
        const factor = perChannel(layer.factor, c);
        scale[c] = layer.operation === 'multiply' ? factor : 1 / factor;
        break;
      }
      case 'translate':
        offset[c] = perChannel(layer.addend, c);
        break;
    }
  }
  return { scale, offset };
}

/** First `inner`, then `outer`. */
export function composed(outer: ChannelAffine, inner: ChannelAffine): ChannelAffine {
  return {
    scale: outer.scale.map((s, c) => s * inner.scale[c]),
    offset: outer.offset.map((t, c) => t + outer.scale[c] * inner.offset[c]),
  };
}

/** A run of pointwise layers as one map. */
export function composedRun(layers: readonly Pointwise[], channels: number): ChannelAffine {
  return layers.reduce(
    (run, layer) => composed(affineOf(layer, channels), run),
    identityAffine(channels),
  );
}
