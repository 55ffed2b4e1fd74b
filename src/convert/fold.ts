/**
 * Folds batch norms, scales and translations into the convolution or dense layer they follow.
 *
 * Nothing is multiplied here: the factors are kept beside the weights and rounded once with them. A
 * batch norm whose input has another reader, or is an output, stays; so does one ahead of a convolution.
 */
import type { Draft, DraftConv } from './draft.ts';
import { affineOf, isPointwise, type Pointwise } from './pointwise.ts';

function folded(conv: DraftConv, layer: Pointwise): DraftConv {
  const { scale, offset } = affineOf(layer, conv.outChannels);
  const { rowScale: inner } = conv;
  const rowScale = inner === null ? scale : scale.map((s, o) => s * inner[o]);
  const bias = offset.map((t, o) => t + (conv.bias === null ? 0 : conv.bias[o] * scale[o]));
  return {
    ...conv,
    rowScale,
    bias: bias.some((v) => v !== 0) ? bias : null,
    output: layer.output,
  };
}

export function foldBatchNorms(draft: Draft): void {
  for (const layer of draft.layers()) {
    if (layer.kind !== 'conv') continue;
    let conv = layer;
    for (;;) {
      const reader = draft.soleReader(conv.output);
      if (reader === null || !isPointwise(reader)) break;
      const next = folded(conv, reader);
      draft.replace([conv, reader], [next]);
      conv = next;
    }
  }
}
