/**
 * A model as an ONNX file.
 *
 * Opset 17 (20 where a Gelu needs it): what current runtimes and the widely deployed ones read. The file
 * keeps the signature the model states: names, layout (transpositions at the border), fixed or free
 * batch. Layer names become node names, equal constants are stored once, and the same model gives the
 * same bytes. Reading the file back gives the model again, save that what computes nothing (a flattening
 * of a vector, a selection of all channels) leaves no layer, and that two layers which are one when seen
 * in ONNX (per-channel clips from below and above, a sigmoid times its argument) come back as one. It
 * never uses external data: a file above protobuf's 2 GiB is refused.
 */
import { failed, success, type Result } from '../../model/failure.ts';
import type { TensorId } from '../../model/layer.ts';
import type { Model, Port } from '../../model/model.ts';
import { shapeOf } from '../../model/model.ts';
import { encodeModel, type PortSpec } from './encode.ts';
import { GraphWriter, type Rank } from './graph-writer.ts';
import { writeLayer } from './write-layer.ts';
import { geluOpset } from './write-opaque.ts';

/** Opset and the IR version that came with it. */
const common = { opset: 17, irVersion: 8 } as const;
const withGelu = { opset: geluOpset, irVersion: 9 } as const;

const largestFile = 2 ** 31 - 1;

function portSpec(model: Model, { name, tensor, layout, batch }: Port): PortSpec {
  const { channels, height, width } = shapeOf(model, tensor);
  const image = layout === 'nchw' ? [channels, height, width] : [height, width, channels];
  return { name, dims: [batch ?? 'batch', ...(layout === 'vector' ? [channels] : image)] };
}

function rankOf(port: Port): Rank {
  return port.layout === 'vector' ? 2 : 4;
}

function writeInputs(graph: GraphWriter, model: Model): void {
  for (const { name, tensor, layout } of model.inputs) {
    if (layout !== 'nhwc') {
      graph.define(tensor, name, layout === 'vector' ? 2 : 4);
      continue;
    }
    const output = graph.unique(`${name}/nchw`);
    graph.helper('Transpose', `${name}/nchw`, { inputs: [name], output }, [
      { name: 'perm', kind: 'ints', value: [0, 3, 1, 2] },
    ]);
    graph.define(tensor, output, 4);
  }
}

/** Outputs whose tensor could not be computed under their own name get a node that renames it. */
function writeOutputs(graph: GraphWriter, model: Model): void {
  for (const port of model.outputs) {
    const { name, tensor, layout } = port;
    const source = graph.existing(tensor, rankOf(port));
    if (source === name) continue;
    const base = graph.base(tensor);
    if (layout === 'nhwc') {
      graph.helper('Transpose', `${base}/nhwc`, { inputs: [graph.as(tensor, 4)], output: name }, [
        { name: 'perm', kind: 'ints', value: [0, 2, 3, 1] },
      ]);
    } else if (source === null) graph.turn(tensor, rankOf(port), name);
    else graph.helper('Identity', `${base}/output`, { inputs: [source], output: name });
  }
}

/**
 * The bytes of `writeOnnx` as chunks, in order, weights among them as views into the model.
 * Errors: `cannot-write` (what ONNX has no word for, naming the layer), `too-large` (above 2 GiB).
 */
export function modelChunks(model: Model): Result<readonly Uint8Array[]> {
  const ports = [...model.inputs, ...model.outputs];
  const names = ports.map((p) => p.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    return failed('cannot-write', twice, 'two inputs or outputs of one name');
  const graph = new GraphWriter(
    names,
    model.layers.map((layer) => layer.name),
  );
  writeInputs(graph, model);
  // Outputs by tensor, as long as their names are to be had.
  const wanted = new Map<TensorId, Port[]>();
  for (const port of model.outputs) {
    if (port.layout === 'nhwc') continue;
    wanted.set(port.tensor, [...(wanted.get(port.tensor) ?? []), port]);
  }
  const layerNames = new Map(model.layers.map((l) => [l.output, l.name]));
  const result = (tensor: TensorId, rank: Rank): string => {
    const port = wanted.get(tensor)?.find((p) => rankOf(p) === rank);
    const name = port?.name ?? graph.unique(layerNames.get(tensor) ?? '');
    graph.define(tensor, name, rank);
    return name;
  };
  const context = { graph, result, shape: (tensor: TensorId) => shapeOf(model, tensor) };
  for (const layer of model.layers) {
    const written = writeLayer(layer, context);
    if (!written.ok) return written;
  }
  writeOutputs(graph, model);
  const gelu = graph.nodes.some((node) => node.operator === 'Gelu');
  const weights = graph.initializers.reduce((sum, i) => sum + i.values.byteLength, 0);
  const tooLarge = failed('too-large', '', 'an ONNX file above 2 GiB');
  if (weights > largestFile) return tooLarge;
  const chunks = encodeModel({
    ...(gelu ? withGelu : common),
    nodes: graph.nodes,
    initializers: graph.initializers,
    inputs: model.inputs.map((port) => portSpec(model, port)),
    outputs: model.outputs.map((port) => portSpec(model, port)),
  });
  const total = chunks.reduce((sum, c) => sum + c.length, 0);
  return total > largestFile ? tooLarge : success(chunks);
}

/**
 * The model as the bytes of an ONNX file.
 * Errors: those of `modelChunks`.
 */
export function writeOnnx(model: Model): Result<Uint8Array> {
  const chunks = modelChunks(model);
  if (!chunks.ok) return chunks;
  const bytes = new Uint8Array(chunks.value.reduce((sum, c) => sum + c.length, 0));
  let at = 0;
  for (const chunk of chunks.value) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return success(bytes);
}
