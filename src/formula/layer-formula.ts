/**
 * The formula of a layer: one for each kind, and for each of its variants.
 *
 * A formula in t is to be read at t = x(o, p, q); see pointwise.ts and positional.ts for the letters.
 */
import type { Layer, LayerKind, OpaqueFunction } from '../model/layer.ts';
import type { Formula } from './language.ts';
import * as pointwise from './pointwise.ts';
import * as positional from './positional.ts';

type ByKind = { readonly [K in LayerKind]: (layer: Extract<Layer, { kind: K }>) => Formula };

const opaque: Readonly<Record<OpaqueFunction, Formula>> = {
  softmax: positional.softmax,
  sigmoid: pointwise.sigmoid,
  hardSigmoid: pointwise.hardSigmoid,
  hardSwish: pointwise.hardSwish,
  silu: pointwise.silu,
  gelu: pointwise.gelu,
  geluTanh: pointwise.geluTanh,
  tanh: pointwise.tanh,
  elu: pointwise.elu,
};

const byKind: ByKind = {
  conv: ({ bias }) => (bias === null ? positional.convolution : positional.biasedConvolution),
  dense: ({ bias }) => (bias === null ? positional.dense : positional.biasedDense),
  batchNorm: () => pointwise.batchNorm,
  scale: ({ operation }) => (operation === 'multiply' ? pointwise.multiplied : pointwise.divided),
  translate: () => pointwise.translated,
  add: () => positional.sum,
  subtract: () => positional.difference,
  multiply: () => positional.product,
  concat: () => positional.concat,
  select: () => positional.select,
  pad: () => positional.pad,
  relu: () => pointwise.relu,
  clip: () => pointwise.clip,
  leakyRelu: () => pointwise.leakyRelu,
  prelu: () => pointwise.prelu,
  maxPool: () => positional.maxPool,
  averagePool: ({ countIncludePad }) =>
    countIncludePad ? positional.averagePool : positional.averagePoolInside,
  globalAveragePool: () => positional.globalAveragePool,
  flatten: ({ order }) =>
    order === 'chw' ? positional.flattenRowMajor : positional.flattenChannelLast,
  opaque: (layer) => opaque[layer.function],
};

export function formulaOf<K extends LayerKind>(layer: Extract<Layer, { kind: K }>): Formula {
  return byKind[layer.kind](layer);
}
