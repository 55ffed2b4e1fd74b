/** What a linear layer makes of the linear maps that its inputs are: one map more, or why there is none. */
import type { Elementwise } from '../model/layer.ts';
import { isPadded, type Padding, type Shape } from '../model/shape.ts';
import type { DraftConv, DraftLayer } from './draft.ts';
import { affineOf, isPointwise, type Pointwise } from './pointwise.ts';
import {
  identityStencil,
  refused,
  rescaled,
  selected,
  stacked,
  summed,
  type Stencil,
  type StencilResult,
} from './stencil.ts';
import { composedStencil, readsOutside } from './stencil-product.ts';

/** Layers that may stand on a branch that is merged. */
export type LinearLayer =
  | DraftConv
  | Pointwise
  | (Elementwise & { readonly kind: 'add' | 'subtract' })
  | Extract<DraftLayer, { kind: 'concat' | 'select' | 'pad' | 'averagePool' }>;

export function isLinearLayer(layer: DraftLayer): layer is LinearLayer {
  switch (layer.kind) {
    case 'add':
    case 'subtract':
    case 'conv':
    case 'concat':
    case 'select':
    case 'pad':
    case 'averagePool':
      return true;
    default:
      return isPointwise(layer);
  }
}

function convStencil(conv: DraftConv, shape: Shape): Stencil {
  const { weight, rowScale, bias, inChannels, groups, kernel, strides, dilations, pads } = conv;
  const row = weight.length / conv.outChannels;
  return {
    ...{ inChannels, groups, strides, shape },
    y: { first: 0 - pads.top, step: dilations.y, count: kernel.y },
    x: { first: 0 - pads.left, step: dilations.x, count: kernel.x },
    weight:
      rowScale === null
        ? Float64Array.from(weight)
        : Float64Array.from(weight, (w, at) => w * rowScale[Math.floor(at / row)]),
    bias: bias === null ? new Float64Array(conv.outChannels) : Float64Array.from(bias),
  };
}

function padStencil(pads: Padding, shape: Shape): Stencil {
  const identity = identityStencil(shape);
  const at = (first: number): Stencil['y'] => ({ first: 0 - first, step: 1, count: 1 });
  return { ...identity, y: at(pads.top), x: at(pads.left) };
}

function poolStencil(layer: Extract<DraftLayer, { kind: 'averagePool' }>, shape: Shape): Stencil {
  const { kernel, strides, pads } = layer;
  const area = kernel.y * kernel.x;
  return {
    ...identityStencil(shape),
    y: { first: 0 - pads.top, step: 1, count: kernel.y },
    x: { first: 0 - pads.left, step: 1, count: kernel.x },
    strides,
    weight: new Float64Array(shape.channels * area).fill(1 / area),
  };
}

/**
 * The layer's result as a map from `source`; `inputs` are those of its operands, whose last channel holds ones where
 * `ones` says so.
 */
export function throughLayer(
  layer: LinearLayer,
  inputs: readonly Stencil[],
  of: { readonly source: Shape; readonly result: Shape; readonly ones: boolean },
): StencilResult {
  const { source, result, ones } = of;
  const [input] = inputs;
  const after = (second: Stencil): StencilResult =>
    composedStencil(input, second, { source, ones, second: layer.name });
  switch (layer.kind) {
    case 'conv':
      return after(convStencil(layer, result));
    case 'batchNorm':
    case 'scale':
    case 'translate':
      return { ok: true, stencil: rescaled(input, affineOf(layer, result.channels)) };
    case 'add':
    case 'subtract':
      return summed(input, inputs[1], layer.kind === 'add' ? 1 : -1);
    case 'concat': {
      let all: StencilResult = { ok: true, stencil: input };
      for (const next of inputs.slice(1)) if (all.ok) all = stacked(all.stencil, next);
      return all;
    }
    case 'select':
      return { ok: true, stencil: selected(input, layer.channels) };
    case 'pad':
      return layer.value !== 0 && isPadded(layer.pads)
        ? refused(`${layer.name} pads with ${layer.value}, and a convolution with zero`)
        : after(padStencil(layer.pads, result));
    case 'averagePool': {
      const pool = poolStencil(layer, result);
      if (!layer.countIncludePad && readsOutside(pool, input.shape)) {
        return refused(
          `${layer.name} divides by fewer pixels at the border, where a convolution does not`,
        );
      }
      return after(pool);
    }
  }
}
