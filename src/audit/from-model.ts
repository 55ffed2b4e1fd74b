/**
 * A block that somebody's file holds, as a graph in letters: each count of channels becomes a letter, the input's C.
 *
 * What the file says of parameters is left out: an audit is about all of them. Padding has to be what keeps the
 * size of an image, as the language of blocks has it; where channels are cut or joined their counts would have to
 * add up, so that is refused.
 */
import { failed, success, type Result } from '../model/failure.ts';
import { perChannel, type Layer, type TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import type { Padding, Pair } from '../model/shape.ts';
import type { Activation, Block, Node, Operation } from './graph.ts';
import { letter, sizeOf, times, unit, type Size } from './size.ts';

const names = ['C', 'M', 'N', 'K', 'L', 'P', 'Q', 'R', 'T', 'U'];

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
    case 'dense':
    case 'concat':
    case 'select':
    case 'pad':
    case 'flatten':
      return `a layer of the kind ${layer.kind}`;
  }
}

/** The network as one block. Errors: `unsupported-operator` for what the language of blocks does not have. */
export function blockOf(model: Model, name: string): Result<Block> {
  const [input, ...otherInputs] = model.inputs;
  const [output, ...otherOutputs] = model.outputs;
  if (otherInputs.length > 0 || otherOutputs.length > 0) {
    return failed('not-a-model', '', 'a block has one input and one output');
  }
  const letters = new Map<number, Size>();
  const sizes: Record<string, number> = {};
  const sizeFor = (channels: number): Size => {
    const known = letters.get(channels);
    if (known !== undefined) return known;
    const own = names[letters.size] ?? `M${letters.size}`;
    const size = letter(own);
    letters.set(channels, size);
    sizes[own] = channels;
    return size;
  };
  const shape = shapeOf(model, input.tensor);
  const x: Node = {
    id: 0,
    name: input.name,
    operation: { kind: 'input' },
    inputs: [],
    channels: sizeFor(shape.channels),
    stride: unit,
    place: null,
  };
  const nodes: Node[] = [x];
  const byTensor = new Map<TensorId, Node>([[input.tensor, x]]);
  for (const layer of model.layers) {
    const inputs = layer.inputs.flatMap((tensor) => byTensor.get(tensor) ?? []);
    const [first] = inputs;
    const from = shapeOf(model, layer.inputs[0]).channels;
    const operation = operationOf(layer, from);
    if (typeof operation === 'string') {
      return failed('unsupported-operator', layer.name, `${operation} is not part of a block`);
    }
    const isStrided = 'stride' in operation;
    const widest = inputs.find(({ stride }) => stride !== null)?.stride ?? null;
    const stride = widest !== null && isStrided ? times(widest, operation.stride) : widest;
    const node: Node = {
      id: nodes.length,
      name: layer.name,
      operation,
      inputs,
      channels:
        operation.kind === 'conv' ? sizeFor(shapeOf(model, layer.output).channels) : first.channels,
      stride: operation.kind === 'globalAveragePool' ? null : stride,
      place: null,
    };
    nodes.push(node);
    byTensor.set(layer.output, node);
  }
  const last = byTensor.get(output.tensor) ?? x;
  const image = { H: shape.height, W: shape.width };
  return success({
    kind: 'block',
    name,
    source: '',
    input: 'any',
    sizes: { ...sizes, ...image },
    nodes,
    output: last,
    mistakes: [],
  });
}
