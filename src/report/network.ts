/**
 * A model as a drawing and a table of it need it: its graph, without weights.
 *
 * Plain data that goes into a verdict's JSON, so that a report can be made from that file alone.
 */
import type { LayerKind } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { statistics } from '../model/statistics.ts';
import { layerKind } from './inspection.ts';

/** An input of the model, or a layer with its result. */
export interface NetworkNode {
  readonly name: string;
  readonly kind: LayerKind | 'input';
  /** The kind with what tells it from others of its kind: "conv 3×3 stride 2×2". */
  readonly text: string;
  /** Positions in the network of what it reads. */
  readonly inputs: readonly number[];
  /** Channels, rows and columns of the result. */
  readonly shape: readonly [number, number, number];
  readonly parameters: number;
  readonly macs: number;
}

/** Inputs first, then layers in computable order. */
export interface Network {
  readonly nodes: readonly NetworkNode[];
  /** Positions of what the model gives out. */
  readonly outputs: readonly number[];
}

export function networkOf(model: Model): Network {
  const positions = new Map<number, number>();
  const nodes: NetworkNode[] = [];
  const shapeOf = (tensor: number): readonly [number, number, number] => {
    const { channels, height, width } = model.tensors[tensor].shape;
    return [channels, height, width];
  };
  for (const { name, tensor } of model.inputs) {
    positions.set(tensor, nodes.length);
    const own = { name, kind: 'input', text: 'input', inputs: [], parameters: 0, macs: 0 } as const;
    nodes.push({ ...own, shape: shapeOf(tensor) });
  }
  const at = (tensor: number): readonly number[] => {
    const position = positions.get(tensor);
    return position === undefined ? [] : [position];
  };
  for (const { layer, parameters, macs } of statistics(model).layers) {
    const { name, kind, output } = layer;
    const inputs = layer.inputs.flatMap(at);
    positions.set(output, nodes.length);
    const text = layerKind(layer);
    nodes.push({ name, kind, text, inputs, shape: shapeOf(output), parameters, macs });
  }
  return { nodes, outputs: model.outputs.flatMap(({ tensor }) => at(tensor)) };
}
