/**
 * Explicit padding in a file, as part of the layer behind it: zeros ahead of a convolution are zeros around it; and
 * zeros ahead of pointwise layers and a convolution or an average pool are a border of what those make of zero.
 *
 * Padding that is neither is named; nothing is guessed of it.
 */
import type { Layer } from '../model/layer.ts';
import { noPadding, type Padding } from '../model/shape.ts';
import type { Border, Node } from './graph.ts';
import { isOne } from './common-kernel.ts';
import { isAffine, isConv } from './side.ts';

/** Zeros around a tensor of the file that its node is without. */
export interface Ahead {
  readonly pads: Padding;
  /** The layer that pads. */
  readonly name: string;
  /** Whether there are pointwise layers behind, which make their shifts of the zeros. */
  readonly isShifted: boolean;
}

/** A tensor of the file as what node, and padded by what. */
export interface Source {
  readonly node: Node;
  readonly ahead: Ahead | null;
}

/** A layer with the padding ahead of it taken in, or passed on. */
export interface Behind {
  readonly layer: Layer;
  readonly border: Border;
  readonly ahead: Ahead | null;
}

function sum(a: Padding, b: Padding): Padding {
  return {
    top: a.top + b.top,
    left: a.left + b.left,
    bottom: a.bottom + b.bottom,
    right: a.right + b.right,
  };
}

function isNone(pads: Padding): boolean {
  return Object.values(pads).every((side) => side === 0);
}

/** What the padding makes of its source, or why it stands in the way. */
export function paddedBy(
  { name, pads, value }: Extract<Layer, { kind: 'pad' }>,
  { node, ahead }: Source,
): Source | string {
  if (value !== 0) return `it pads with ${value}, and only zeros are part of a convolution`;
  if (Object.values(pads).some((side) => side < 0)) return 'it cuts rows or columns off';
  if (ahead?.isShifted === true) return `there are layers between ${ahead.name} and this padding`;
  return { node, ahead: { pads: sum(pads, ahead?.pads ?? noPadding), name, isShifted: false } };
}

/** Whether each pixel of the layer is made of one pixel, and zeros outside are made a constant of each channel. */
function isPointwise(layer: Layer): boolean {
  if (layer.kind !== 'conv') {
    return layer.kind === 'batchNorm' || layer.kind === 'scale' || layer.kind === 'translate';
  }
  const { kernel, strides, pads } = layer;
  return [kernel.y, kernel.x, strides.y, strides.x].every((size) => size === 1) && isNone(pads);
}

/** Of a node: a border of shifts would go on to what is ahead of it. */
function isPointwiseNode(node: Node): boolean {
  return (
    isAffine(node) ||
    (isConv(node) && [...node.operation.kernel, node.operation.stride].every(isOne))
  );
}

/** The layer, of which `source` is the padded input, or why that padding stands in the way. */
export function behind(layer: Layer, { node, ahead }: Source): Behind | string {
  if (ahead === null) return { layer, border: 'zero', ahead };
  // The border of a graph is what all pointwise layers ahead make of zero, and so has to be this one.
  const isWhole = ahead.isShifted || !isPointwiseNode(node);
  const midway = `it is between pointwise layers, of which ${layer.name} reads a border`;
  if (isPointwise(layer)) {
    return isWhole ? { layer, border: 'zero', ahead: { ...ahead, isShifted: true } } : midway;
  }
  if (layer.kind !== 'conv' && layer.kind !== 'averagePool') {
    return `${layer.name} reads it, which is no convolution`;
  }
  if (layer.kind === 'conv' && !ahead.isShifted) {
    return { layer: { ...layer, pads: sum(layer.pads, ahead.pads) }, border: 'zero', ahead: null };
  }
  if (!isNone(layer.pads)) return `${layer.name} reads it beside padding of its own`;
  if (!isWhole) return midway;
  const { pads } = ahead;
  const padded =
    layer.kind === 'conv' ? { ...layer, pads } : { ...layer, pads, countIncludePad: false };
  return { layer: padded, border: 'shift', ahead: null };
}
