/**
 * From a decoded ONNX graph to a model: orders the nodes, says what the graph's inputs are, reads node
 * after node, and says how the outputs lie.
 *
 * It is pure: values in other files come as bytes. Nodes that no output depends on are not looked at.
 */
import { ModelBuilder } from '../../model/builder.ts';
import { failed, type Result } from '../../model/failure.ts';
import type { Layout, Model } from '../../model/model.ts';
import type { Shape } from '../../model/shape.ts';
import { isShared } from '../file-bytes.ts';
import { axesOf, batchAxis, liesAs, type Activation, type Axis, type Label } from './axes.ts';
import { constantOf, constantType } from './constant.ts';
import type { ExternalData } from './external-data.ts';
import { orderGraph, type OrderedGraph } from './graph-order.ts';
import type { ModelProto, NodeProto, TensorProto, ValueInfoProto } from './messages.ts';
import { NodeReader, type GraphContext, type Value } from './node-reader.ts';
import { operators, opsetRange } from './operators.ts';
import { vectorInput } from './operators/layout.ts';
import { fusedReader, type Fused } from './patterns.ts';

const labels: Readonly<Record<Layout, readonly Label[]>> = {
  nchw: ['n', 'c', 'h', 'w'],
  nhwc: ['n', 'h', 'w', 'c'],
  vector: ['n', 'c'],
};

/** Operators that leave the axes of their input where they are, so that a layout can be seen through them. */
const layoutBlind: ReadonlySet<string> = new Set(
  ['Add', 'Cast', 'Clip', 'Div', 'Dropout', 'Identity', 'Max', 'Min', 'Mul', 'Neg', 'Relu'].concat(
    'Sub',
  ),
);

/** Whether every way from a graph input ends in a transposition from NHWC to NCHW. */
function isChannelsLast(name: string, readers: OrderedGraph['readers']): boolean {
  const names = [name];
  const seen = new Set(names);
  let transposed = false;
  for (let at = names.pop(); at !== undefined; at = names.pop()) {
    for (const node of readers.get(at) ?? []) {
      if (node.operator === 'Transpose') {
        const perm = node.attributes.find((a) => a.name === 'perm')?.ints.join();
        if (perm !== '0,3,1,2') return false;
        transposed = true;
      } else if (layoutBlind.has(node.operator)) {
        for (const output of node.outputs) if (!seen.has(output)) names.push(output);
        node.outputs.forEach((output) => seen.add(output));
      } else return false;
    }
  }
  return transposed;
}

interface InputPort {
  readonly shape: Shape;
  readonly layout: Layout;
  readonly batch: number | null;
}

function inputPort(info: ValueInfoProto, channelsLast: boolean): Result<InputPort> {
  const { name, dims } = info;
  const type = constantType(info.elementType);
  if (type !== 'float' && type !== 'half') {
    return failed('unsupported-operator', name, `an input of element type ${info.elementType}`);
  }
  if (dims === null || (dims.length !== 4 && dims.length !== 2)) {
    const rank = dims === null ? 'unknown' : String(dims.length);
    return failed('unsupported-operator', name, `an input of rank ${rank}; 4 and 2 are read`);
  }
  const layout = dims.length === 2 ? 'vector' : channelsLast ? 'nhwc' : 'nchw';
  const extent = (label: Label): number => {
    const at = labels[layout].indexOf(label);
    return at < 0 ? 1 : (dims[at] ?? 0);
  };
  const shape = { channels: extent('c'), height: extent('h'), width: extent('w') };
  if (Object.values(shape).some((n) => n < 1)) {
    const said = dims.map((d) => d ?? '?').join('×');
    return failed('bad-shape', name, `an input of ${said}: only the batch may be free`);
  }
  const batch = extent('n');
  return { ok: true, value: { shape, layout, batch: batch >= 1 ? batch : null } };
}

/** `missing` external files are failures only of the tensors that need them. */
export interface GraphFiles {
  readonly external: ExternalData;
  /** Bytes of all files together: what the values folding may allocate are measured by. */
  readonly bytes: number;
}

class GraphReader {
  readonly #model: ModelProto;
  readonly #files: GraphFiles;
  readonly #ordered: OrderedGraph;
  /** Weights in shared memory are looked through beside it (digest.ts). */
  readonly #builder = new ModelBuilder(isShared);
  readonly #values = new Map<string, Value>();
  readonly #initializers = new Map<string, TensorProto>();
  readonly #returned: ReadonlySet<string>;
  readonly #fused = new Map<NodeProto, Fused>();

  constructor(model: ModelProto, files: GraphFiles, ordered: OrderedGraph) {
    this.#model = model;
    this.#files = files;
    this.#ordered = ordered;
    this.#returned = new Set(model.outputs.map((o) => o.name));
    for (const tensor of model.initializers) this.#initializers.set(tensor.name, tensor);
  }

  read(): Result<Model> {
    const batch = this.#readInputs();
    if (batch === undefined) return this.#builder.finish();
    const context = this.#context(batchAxis(batch));
    for (const node of this.#ordered.nodes) {
      this.#readNode(node, context);
      if (this.#builder.failure !== null) return this.#builder.finish();
    }
    for (const output of this.#model.outputs) this.#readOutput(output.name, batch, context);
    return this.#builder.finish();
  }

  #context(batch: Axis): GraphContext {
    return {
      builder: this.#builder,
      opset: this.#model.opsets.get('') ?? 0,
      batch,
      unread: (name) => !this.#ordered.readers.has(name) && !this.#returned.has(name),
      onlyReader: (name) => this.#onlyReader(name),
      budget: 2 ** 22 + this.#files.bytes,
      names: new Map(),
    };
  }

  #onlyReader(name: string): NodeProto | null {
    const list = this.#ordered.readers.get(name) ?? [];
    return list.length === 1 && !this.#returned.has(name) ? list[0] : null;
  }

  /** Inputs of the graph that are no initializers; gives their common batch, undefined after a failure. */
  #readInputs(): number | null | undefined {
    let batch: number | null | undefined;
    for (const info of this.#model.inputs) {
      if (this.#initializers.has(info.name)) continue;
      const port = inputPort(info, isChannelsLast(info.name, this.#ordered.readers));
      if (!port.ok) {
        const { code, node, reason } = port.failure;
        this.#builder.fail(code, node, reason);
        return undefined;
      }
      const { shape, layout } = port.value;
      batch = batch === undefined ? port.value.batch : batch;
      if (batch !== port.value.batch) {
        this.#builder.fail('unsupported-operator', info.name, 'the inputs have different batches');
        return undefined;
      }
      if (this.#values.has(info.name))
        this.#builder.fail('not-a-model', info.name, 'a second input');
      const tensor = this.#builder.input(info.name, shape, layout, batch);
      const axes = axesOf(labels[layout], shape, batchAxis(batch));
      this.#values.set(info.name, { kind: 'activation', tensor, axes });
    }
    return this.#builder.failure === null ? batch : undefined;
  }

  /** What a name stands for; initializers are decoded when first asked for. Null where it is not known. */
  #value(name: string): Value | null {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const tensor = this.#initializers.get(name);
    if (tensor === undefined) return null;
    const bytes =
      tensor.external === null ? null : this.#files.external.slice(name, tensor.external);
    const value = bytes?.ok === false ? bytes : constantOf(tensor, bytes?.value ?? null);
    if (!value.ok) {
      this.#builder.fail(value.failure.code, value.failure.node, value.failure.reason);
      return null;
    }
    this.#values.set(name, value.value);
    return value.value;
  }

  #readNode(proto: NodeProto, context: GraphContext): void {
    const around = { onlyReader: context.onlyReader, value: (name: string) => this.#value(name) };
    const standard = proto.domain === '' || proto.domain === 'ai.onnx';
    const later = standard ? fusedReader(proto, around) : null;
    if (later !== null) {
      this.#fused.set(later.reader, later.fused);
      return;
    }
    const fused = this.#fused.get(proto);
    const inputs =
      fused?.inputs ?? proto.inputs.map((name) => (name === '' ? null : this.#value(name)));
    const node = new NodeReader(proto, inputs, context);
    const operator = fused?.operator ?? (standard ? operators.get(proto.operator) : undefined);
    if (operator === undefined) {
      node.unsupported(standard ? 'not an operator that is read' : `of domain ${proto.domain}`);
      return;
    }
    const outputs = operator(node);
    node.finish();
    for (const [i, name] of proto.outputs.entries()) {
      if (name !== '' && i < outputs.length) this.#values.set(name, outputs[i]);
    }
  }

  #readOutput(name: string, batch: number | null, context: GraphContext): void {
    const value = this.#value(name);
    if (value === null) {
      this.#builder.fail('missing-tensor', name, 'nothing computes this output');
      return;
    }
    if (value.kind === 'constant') {
      this.#builder.fail('unsupported-operator', name, 'an output that depends on no input');
      return;
    }
    const settled = value.axes.length === 2 ? this.#settled(name, value, context) : value;
    const shape = this.#builder.shape(settled.tensor);
    const layouts: readonly Layout[] = ['nchw', 'nhwc', 'vector'];
    const layout = layouts.find((l) => liesAs(settled, labels[l], shape));
    if (layout === undefined) {
      this.#builder.fail('unsupported-operator', name, 'an output that is no image and no vector');
      return;
    }
    this.#builder.output(name, settled.tensor, layout, batch);
  }

  #settled(name: string, value: Activation, context: GraphContext): Activation {
    const proto = { name, operator: 'output', domain: '', inputs: [], outputs: [], attributes: [] };
    return vectorInput(new NodeReader(proto, [], context), value) ?? value;
  }
}

/**
 * Errors: whatever the graph gets wrong, naming the node; `unsupported-operator` where it may be right
 * but is not understood.
 */
export function readGraph(model: ModelProto, files: GraphFiles): Result<Model> {
  const opset = model.opsets.get('');
  if (opset === undefined) return failed('not-a-model', '', 'no ONNX model: it states no opset');
  if (opset < opsetRange.oldest || opset > opsetRange.newest) {
    const range = `${opsetRange.oldest} to ${opsetRange.newest}`;
    return failed('unsupported-operator', '', `opset ${opset}; ${range} are read`);
  }
  const ordered = orderGraph(model);
  return ordered.ok ? new GraphReader(model, files, ordered.value).read() : ordered;
}
