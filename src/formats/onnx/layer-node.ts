/** What the writers of layers share: attributes, constants, and the layer that is one node. */
import { failed, type Result } from '../../model/failure.ts';
import type { Layer } from '../../model/layer.ts';
import type { Padding, Pair, Shape } from '../../model/shape.ts';
import type { AttributeSpec } from './encode.ts';
import type { GraphWriter, Rank } from './graph-writer.ts';

/** What a layer's writer has at hand. */
export interface LayerContext {
  readonly graph: GraphWriter;
  readonly shape: (tensor: number) => Shape;
  /** A name for the layer's result in the rank it is computed in; recorded with the graph. */
  readonly result: (tensor: number, rank: Rank) => string;
}

export const int = (name: string, value: number): AttributeSpec => ({ name, kind: 'int', value });
export const ints = (name: string, value: readonly number[]): AttributeSpec => ({
  name,
  kind: 'ints',
  value,
});
export const float = (name: string, value: number): AttributeSpec => ({
  name,
  kind: 'float',
  value,
});

export const pair = (name: string, { y, x }: Pair): AttributeSpec => ints(name, [y, x]);
export const sides = ({ top, left, bottom, right }: Padding): readonly number[] => [
  ...[top, left],
  ...[bottom, right],
];

export function isFloat32(value: number): boolean {
  return Math.fround(value) === value;
}

/** The layer written as a single node, most of them. `rank`: of result and inputs; null keeps the input's. */
export interface Single {
  readonly operator: string;
  readonly rank: Rank | null;
  readonly constants?: readonly string[];
  readonly attributes?: readonly AttributeSpec[];
}

export function single(layer: Layer, context: LayerContext, spec: Single): void {
  const { graph, result } = context;
  const ranks = layer.inputs.map((t) => graph.rank(t));
  const rank = spec.rank ?? (ranks.every((r) => r === 2) ? 2 : 4);
  const inputs = [...layer.inputs.map((t) => graph.as(t, rank)), ...(spec.constants ?? [])];
  const output = result(layer.output, rank);
  graph.node(spec.operator, layer.name, { inputs, output }, spec.attributes);
}

/** A constant that broadcasts along the channels of the layer's input. */
export function channelConstant(
  layer: Layer,
  { graph }: LayerContext,
  part: string,
  values: Float32Array,
): string {
  const vector = graph.rank(layer.inputs[0]) === 2 || values.length === 1;
  const dims = vector ? [values.length] : [values.length, 1, 1];
  return graph.floats(`${layer.name}.${part}`, values, dims);
}

export function cannot(layer: Layer, reason: string): Result<null> {
  return failed('cannot-write', layer.name, reason);
}
