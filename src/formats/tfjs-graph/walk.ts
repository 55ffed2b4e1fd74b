/** Walks a graph in computable order, from its inputs to its outputs, and translates node by node. */
import type { ModelBuilder } from '../../model/builder.ts';
import { quote } from '../json.ts';
import type { StoredTensor } from '../tfjs-weights.ts';
import { KernelCache, type GraphValue, type TensorValue } from './constants.ts';
import { attribute, type Graph, type GraphNode, type Source } from './graph.ts';
import { NodeCall, type DataFormat } from './node-call.ts';
import { operators } from './operators.ts';

/** Nodes the outputs need, each after its inputs, first inputs first; null after a failure. */
function order(builder: ModelBuilder, graph: Graph): readonly GraphNode[] | null {
  const state = new Map<string, 'open' | 'done'>();
  const ordered: GraphNode[] = [];
  for (const output of graph.outputs) {
    const stack = [output.node];
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const node = graph.nodes.get(name);
      if (node === undefined) {
        builder.fail('missing-tensor', name, 'the node is read but is not there');
        return null;
      }
      const seen = state.get(name);
      if (seen !== undefined) {
        stack.pop();
        if (seen === 'open') ordered.push(node);
        state.set(name, 'done');
        continue;
      }
      state.set(name, 'open');
      // Last input first onto the stack, so that the first is computed first.
      for (const source of node.inputs.toReversed()) {
        const sourceState = state.get(source.node);
        // What is opened and not done is exactly the path from the output to this node.
        if (sourceState === 'open') {
          builder.fail('cycle', name, 'the node reads its own result');
          return null;
        }
        if (sourceState === undefined) stack.push(source.node);
      }
    }
  }
  return ordered;
}

const formatted = new Set([
  'AvgPool',
  'Conv2D',
  'DepthwiseConv2d',
  'DepthwiseConv2dNative',
  'FusedBatchNorm',
  'FusedBatchNormV2',
  'FusedBatchNormV3',
  'FusedDepthwiseConv2dNative',
  'MaxPool',
  '_FusedConv2D',
]);

/** The order of axes all images share; null after a failure. */
function commonFormat(builder: ModelBuilder, nodes: readonly GraphNode[]): DataFormat | null {
  let common: DataFormat | null = null;
  for (const node of nodes) {
    if (!formatted.has(node.operator)) continue;
    const format = attribute.text(node, 'data_format') ?? 'NHWC';
    if ((format !== 'NHWC' && format !== 'NCHW') || (common !== null && common !== format)) {
      builder.fail('unsupported-operator', node.name, `data_format ${quote(format)} among others`);
      return null;
    }
    common = format;
  }
  return common ?? 'NHWC';
}

function addInput(builder: ModelBuilder, node: GraphNode, format: DataFormat): TensorValue | null {
  const fail = (reason: string): null => {
    builder.fail('bad-shape', node.name, reason);
    return null;
  };
  const type = attribute.type(node, 'dtype');
  if (type !== null && type !== 'DT_FLOAT') return fail(`the input is ${type}, not DT_FLOAT`);
  const shape = attribute.shape(node, 'shape');
  if (shape === null) return fail('the input has no shape');
  const [first, ...sides] = shape;
  const batch = first === -1 ? null : first;
  if (sides.includes(-1)) return fail(`the input's shape ${quote(shape)} is not static`);
  if (sides.length === 1) {
    const [channels] = sides;
    const tensor = builder.input(node.name, { channels, height: 1, width: 1 }, 'vector', batch);
    return { kind: 'tensor', tensor, rank: 2 };
  }
  if (sides.length !== 3)
    return fail(`the input's shape ${quote(shape)} is no image and no vector`);
  const [a, b, c] = sides;
  const nhwc = format === 'NHWC';
  const extent = nhwc ? { height: a, width: b, channels: c } : { channels: a, height: b, width: c };
  const tensor = builder.input(node.name, extent, nhwc ? 'nhwc' : 'nchw', batch);
  return { kind: 'tensor', tensor, rank: 4 };
}

/** The batch a placeholder states, or null. */
function batchOf(node: GraphNode | undefined): number | null {
  const [first] = (node === undefined ? null : attribute.shape(node, 'shape')) ?? [];
  return first === undefined || first === -1 ? null : first;
}

/** Operators whose named results are told apart by more than a number. */
function wrongSlot(graph: Graph, source: Source): boolean {
  const operator = graph.nodes.get(source.node)?.operator ?? '';
  return operator.startsWith('FusedBatchNorm') && source.slot !== null && source.slot !== 'y';
}

/** Adds the graph's layers to the builder, and its outputs; what is wrong goes to the builder. */
export function addGraph(
  builder: ModelBuilder,
  graph: Graph,
  weights: ReadonlyMap<string, StoredTensor>,
): void {
  const nodes = order(builder, graph);
  const format = nodes === null ? null : commonFormat(builder, nodes);
  if (nodes === null || format === null) return;
  const values = new Map<string, readonly GraphValue[]>();
  const batches = graph.inputs.map((name) => batchOf(graph.nodes.get(name)));
  const [batch = null] = batches;
  for (const name of graph.inputs) {
    const node = graph.nodes.get(name);
    if (node?.operator !== 'Placeholder') {
      builder.fail('missing-tensor', name, 'an input of the model is no Placeholder');
      return;
    }
    if (batchOf(node) !== batch) builder.fail('bad-shape', name, 'inputs of different batches');
    const input = addInput(builder, node, format);
    if (input === null) return;
    values.set(name, [input]);
  }
  const find = (source: Source): GraphValue | null => {
    const value = wrongSlot(graph, source) ? undefined : values.get(source.node)?.[source.index];
    if (value !== undefined) return value;
    builder.fail(
      'missing-tensor',
      source.node,
      `its result ${source.index} is read but not computed`,
    );
    return null;
  };
  const kernels = new KernelCache();
  for (const node of nodes) {
    if (values.has(node.name)) continue;
    if (node.operator === 'Const') {
      const stored = weights.get(node.name);
      if (stored === undefined) {
        builder.fail('missing-data', node.name, 'the file has no such weight');
        return;
      }
      values.set(node.name, [{ kind: 'constant', stored, shape: stored.shape }]);
      continue;
    }
    if (node.operator === 'Placeholder') {
      builder.fail('missing-tensor', node.name, 'the Placeholder is no input of the signature');
      return;
    }
    const translate = operators.get(node.operator);
    if (translate === undefined) {
      const reason = `TensorFlow operator ${quote(node.operator)} is not supported`;
      builder.fail('unsupported-operator', node.name, reason);
      return;
    }
    const inputs = node.inputs.map(find).filter((value) => value !== null);
    if (inputs.length !== node.inputs.length) return;
    values.set(
      node.name,
      translate(new NodeCall({ builder, node, inputs, format, batch, kernels })),
    );
    if (builder.failure !== null) return;
  }
  for (const output of graph.outputs) {
    const value = find(output);
    if (value === null) return;
    if (value.kind !== 'tensor') {
      builder.fail('not-a-model', output.node, 'an output of the model is a constant');
      return;
    }
    const name = output.index === 0 ? output.node : `${output.node}:${output.index}`;
    const image = format === 'NHWC' ? 'nhwc' : 'nchw';
    builder.output(name, value.tensor, value.rank === 2 ? 'vector' : image, batch);
  }
}
