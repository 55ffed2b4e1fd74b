/**
 * A block that somebody's file holds, as a graph in letters: each count of channels becomes a letter, the input's C.
 *
 * What the file says of parameters is left out: an audit is about all of them. Padding has to be what keeps the
 * size of an image, as the language of blocks has it, in the layer or ahead of it (padding-ahead.ts). Channels may be cut in two and joined: what is left of C beside
 * R is C − R, or each is C/2 where they are as many. Counts that are one in the file and not in letters are refused.
 */
import { failed, success, type Result } from '../model/failure.ts';
import { perChannel, type Layer, type TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { Padding, Pair } from '../model/shape.ts';
import { Counts, cutOf } from './channel-counts.ts';
import type { Activation, Block, Node, Operation } from './graph.ts';
import { behind, paddedBy, type Source } from './padding-ahead.ts';
import { plus, printed, sameSize, sizeOf, times, unit } from './size.ts';

/** What a layer is in a block, or why it is none. */
type Read = Operation | string;

function isSame(pads: Padding, kernel: Pair, dilations: Pair): boolean {
  const [y, x] = [(kernel.y - 1) * dilations.y, (kernel.x - 1) * dilations.x];
  const [top, left] = [kernel, kernel].map((_, k) => {
    const taps = k === 0 ? kernel.y : kernel.x;
    return Math.floor((taps - 1) / 2) * (k === 0 ? dilations.y : dilations.x);
  });
  // With a stride the last rows and columns may be left out.
  return pads.top === top && pads.left === left && pads.bottom <= y - top && pads.right <= x - left;
}

const one = { y: 1, x: 1 };
const act = (activation: Activation): Operation => ({ kind: 'activation', activation });

function poolOf(layer: Extract<Layer, { kind: 'maxPool' | 'averagePool' }>): Read {
  const { kind, kernel, strides, pads } = layer;
  const dilations = layer.kind === 'maxPool' ? layer.dilations : one;
  const isSquare = kernel.y === kernel.x && strides.y === strides.x && dilations.y === 1;
  if (!isSquare || dilations.x !== 1) return 'a window that is not square';
  if (!isSame(pads, kernel, one)) return 'padding that does not keep the size';
  if (layer.kind === 'averagePool' && layer.countIncludePad && pads.top > 0) {
    return 'an average that counts its padding';
  }
  return { kind, kernel: sizeOf(kernel.y), stride: sizeOf(strides.y), border: 'zero' };
}

function opaqueOf(layer: Extract<Layer, { kind: 'opaque' }>): Read {
  switch (layer.function) {
    case 'gelu':
    case 'silu':
    case 'sigmoid':
    case 'tanh':
    case 'hardSwish':
    case 'hardSigmoid':
      return act({ kind: layer.function });
    case 'elu':
      return act({ kind: 'elu', alpha: layer.alpha });
    case 'geluTanh':
    case 'softmax':
      return `the function ${layer.function}`;
  }
}

function operationOf(layer: Layer, channels: number): Read {
  switch (layer.kind) {
    case 'conv': {
      const { kernel, strides, dilations, pads, groups } = layer;
      if (strides.y !== strides.x || dilations.y !== dilations.x) {
        return 'a stride or dilation that differs between the axes';
      }
      if (!isSame(pads, kernel, dilations)) return 'padding that does not keep the size';
      const isEach = groups > 1 && groups === channels && layer.outChannels === channels;
      return {
        kind: 'conv',
        kernel: [sizeOf(kernel.y), sizeOf(kernel.x)],
        stride: sizeOf(strides.y),
        dilation: dilations.y,
        groups: isEach ? 'depthwise' : sizeOf(groups),
        border: 'zero',
      };
    }
    case 'batchNorm':
    case 'scale':
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'globalAveragePool':
      return { kind: layer.kind };
    case 'translate':
      return { kind: 'shift' };
    case 'relu':
    case 'prelu':
      return act({ kind: layer.kind });
    case 'leakyRelu':
      return act({ kind: 'leakyRelu', slope: layer.slope });
    case 'clip': {
      const [lower, upper] = [layer.lower, layer.upper].map((bounds) => perChannel(bounds, 0));
      const isShared = [layer.lower, layer.upper].every((bounds) =>
        bounds.every((bound) => bound === bounds[0]),
      );
      if (isShared && lower === 0 && upper === Infinity) return act({ kind: 'relu' });
      if (!isShared || !Number.isFinite(lower) || !Number.isFinite(upper)) {
        return 'a clip whose bounds are open or differ between channels';
      }
      return act({ kind: 'clip', lower, upper });
    }
    case 'maxPool':
    case 'averagePool':
      return poolOf(layer);
    case 'opaque':
      return opaqueOf(layer);
    case 'concat':
      return { kind: 'concat' };
    case 'select':
      return { kind: 'part', from: [] };
    case 'dense':
    case 'pad':
    case 'flatten':
      return `a layer of the kind ${layer.kind}`;
  }
}

function refusedAt(layer: Layer, what: string): Result<never> {
  return failed('unsupported-operator', layer.name, `${what} is not part of a block`);
}

function inTheWay(name: string, reason: string): Result<never> {
  return failed('unsupported-operator', name, `stands in the way: ${reason}`);
}

/** A convolution's bias is a layer of its own in a block. */
function biasBehind(conv: Node): Node {
  const { id, name } = conv;
  return {
    ...conv,
    id: id + 1,
    name: `${name}.bias`,
    operation: { kind: 'shift' },
    inputs: [conv],
  };
}

/** The network as one block. Errors: `unsupported-operator` for what the language of blocks does not have. */
export function blockOf(model: Model, name: string): Result<Block> {
  const [input, ...otherInputs] = model.inputs;
  const [output, ...otherOutputs] = model.outputs;
  if (otherInputs.length > 0 || otherOutputs.length > 0) {
    return failed('not-a-model', '', 'a block has one input and one output');
  }
  const counts = new Counts();
  const shape = shapeOf(model, input.tensor);
  const x: Node = {
    id: 0,
    name: input.name,
    operation: { kind: 'input' },
    inputs: [],
    channels: counts.of(shape.channels),
    stride: unit,
    place: null,
  };
  // Cuts first, so that a convolution that makes as many channels as are left is taken to mean it.
  for (const cut of model.layers.flatMap((layer) => cutOf(model, layer) ?? [])) counts.cut(cut);
  const nodes: Node[] = [x];
  const byTensor = new Map<TensorId, Source>([[input.tensor, { node: x, ahead: null }]]);
  for (const layer of model.layers) {
    const sources = layer.inputs.flatMap((tensor) => byTensor.get(tensor) ?? []);
    const [source] = sources.filter(({ ahead }) => ahead !== null).concat(sources);
    if (layer.kind === 'pad') {
      const padded = paddedBy(layer, source);
      if (typeof padded === 'string') return inTheWay(layer.name, padded);
      byTensor.set(layer.output, padded);
      continue;
    }
    const placed = behind(layer, source);
    if (typeof placed === 'string') return inTheWay(source.ahead?.name ?? layer.name, placed);
    const inputs = sources.map(({ node }) => node);
    const operation = operationOf(placed.layer, shapeOf(model, layer.inputs[0]).channels);
    if (typeof operation === 'string') return refusedAt(layer, operation);
    const read = 'border' in operation ? { ...operation, border: placed.border } : operation;
    const sized = sizesOf(model, layer, { inputs, counts, operation: read });
    if (typeof sized === 'string') return refusedAt(layer, sized);
    const isStrided = 'stride' in read;
    const widest = inputs.find(({ stride }) => stride !== null)?.stride ?? null;
    const stride = widest !== null && isStrided ? times(widest, read.stride) : widest;
    const node: Node = {
      id: nodes.length,
      name: layer.name,
      inputs,
      ...sized,
      stride: read.kind === 'globalAveragePool' ? null : stride,
      place: null,
    };
    nodes.push(node);
    const biased = layer.kind === 'conv' && layer.bias !== null ? biasBehind(node) : null;
    if (biased !== null) nodes.push(biased);
    byTensor.set(layer.output, { node: biased ?? node, ahead: placed.ahead });
  }
  const end = byTensor.get(output.tensor);
  if (end?.ahead) return inTheWay(end.ahead.name, 'nothing reads it');
  return success({
    kind: 'block',
    name,
    source: '',
    input: 'any',
    sizes: { ...counts.numbers, H: shape.height, W: shape.width },
    nodes,
    output: end?.node ?? x,
    mistakes: [],
  });
}

/** The layer with its channels in letters, or what of it is no part of a block. */
function sizesOf(
  model: Model,
  layer: Layer,
  of: { readonly inputs: readonly Node[]; readonly counts: Counts; readonly operation: Operation },
): Pick<Node, 'operation' | 'channels'> | string {
  const { inputs, counts, operation } = of;
  const [{ channels }] = inputs;
  const made = shapeOf(model, layer.output).channels;
  switch (operation.kind) {
    case 'conv':
      return { operation, channels: counts.of(made) };
    case 'concat': {
      const all = plus(...inputs.map((node) => node.channels));
      const known = counts.set(made, all);
      return sameSize(known, all)
        ? { operation, channels: all }
        : `a concatenation of ${printed(all)} channels where ${printed(known)} are as many`;
    }
    case 'part': {
      const cut = cutOf(model, layer);
      if (cut === null) return 'a selection of channels other than the first ones or all others';
      const [front, rest] = counts.cut(cut);
      const isFront = layer.kind === 'select' && layer.channels[0] === 0;
      return isFront
        ? { operation, channels: front }
        : { operation: { kind: 'part', from: front }, channels: rest };
    }
    case 'add':
    case 'subtract':
    case 'multiply': {
      const other = inputs.find((node) => !sameSize(node.channels, channels));
      return other === undefined
        ? { operation, channels }
        : `${operation.kind} of ${printed(channels)} and of ${printed(other.channels)} channels`;
    }
    default:
      return { operation, channels };
  }
}
