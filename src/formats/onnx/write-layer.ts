/** Each kind of layer as ONNX nodes. The last node has the layer's name and gives the layer's result. */
import { success, type Result } from '../../model/failure.ts';
import type { Clip, Flatten, Layer, Select } from '../../model/layer.ts';
import { isVector, type Padding } from '../../model/shape.ts';
import {
  cannot,
  channelConstant,
  float,
  int,
  ints,
  isFloat32,
  pair,
  sides,
  single,
  type LayerContext,
  type Single,
} from './layer-node.ts';
import { writeOpaque } from './write-opaque.ts';

function writeClip(layer: Clip, context: LayerContext): void {
  const { graph } = context;
  const { lower, upper, name } = layer;
  const isLow = lower.some((v) => v !== -Infinity);
  const isHigh = upper.some((v) => v !== Infinity);
  if ((!isLow || lower.length === 1) && (!isHigh || upper.length === 1)) {
    const bound = (part: string, values: Float32Array): string =>
      graph.floats(`${name}.${part}`, values, []);
    const low = isLow ? [bound('min', lower)] : isHigh ? [''] : [];
    const high = isHigh ? [bound('max', upper)] : [];
    single(layer, context, { operator: 'Clip', rank: null, constants: [...low, ...high] });
    return;
  }
  const constants = (part: string, values: Float32Array): readonly string[] => [
    channelConstant(layer, context, part, values),
  ];
  if (!isHigh) {
    single(layer, context, { operator: 'Max', rank: null, constants: constants('min', lower) });
    return;
  }
  if (!isLow) {
    single(layer, context, { operator: 'Min', rank: null, constants: constants('max', upper) });
    return;
  }
  const rank = graph.rank(layer.inputs[0]);
  const raised = graph.unique(`${name}/max`);
  const low = channelConstant(layer, context, 'min', lower);
  const high = channelConstant(layer, context, 'max', upper);
  graph.helper('Max', `${name}/max`, {
    inputs: [graph.as(layer.inputs[0], rank), low],
    output: raised,
  });
  const output = context.result(layer.output, rank);
  graph.node('Min', name, { inputs: [raised, high], output });
}

/** The constant step of the channels selected, 0 where they have none. */
function stepOf(channels: Int32Array): number {
  if (channels.length === 1) return 1;
  const step = channels[1] - channels[0];
  return channels.every((c, i) => i === 0 || c - channels[i - 1] === step) ? step : 0;
}

function writeSelect(layer: Select, context: LayerContext): void {
  const { graph } = context;
  const { channels, name } = layer;
  const step = stepOf(channels);
  if (step === 1 && channels.length === context.shape(layer.inputs[0]).channels) {
    graph.alias(layer.output, layer.inputs[0]);
    return;
  }
  if (step === 0) {
    const indices = graph.integers(`${name}.indices`, [...channels]);
    const attributes = [int('axis', 1)];
    single(layer, context, { operator: 'Gather', rank: null, constants: [indices], attributes });
    return;
  }
  const past = channels[channels.length - 1] + Math.sign(step);
  // A negative position would count from the end; this one is before the start whatever the extent.
  const end = past < 0 ? -(2 ** 31) : past;
  const constants = [
    graph.integers(`${name}.starts`, [channels[0]]),
    graph.integers(`${name}.ends`, [end]),
    graph.integers(`${name}.axes`, [1]),
    graph.integers(`${name}.steps`, [step]),
  ];
  single(layer, context, { operator: 'Slice', rank: null, constants });
}

function writeFlatten(layer: Flatten, context: LayerContext): void {
  const { graph } = context;
  const shape = context.shape(layer.inputs[0]);
  if (isVector(shape)) {
    graph.alias(layer.output, layer.inputs[0]);
    return;
  }
  let input = graph.as(layer.inputs[0], 4);
  if (layer.order === 'hwc' && shape.channels > 1) {
    const moved = graph.unique(`${layer.name}/nhwc`);
    const perm = [ints('perm', [0, 2, 3, 1])];
    graph.helper('Transpose', `${layer.name}/nhwc`, { inputs: [input], output: moved }, perm);
    input = moved;
  }
  const output = context.result(layer.output, 2);
  graph.node('Flatten', layer.name, { inputs: [input], output }, [int('axis', 1)]);
}

const negative = (pads: Padding): boolean => sides(pads).some((p) => p < 0);

/** Errors: `cannot-write` for what ONNX has no word for. */
export function writeLayer(layer: Layer, context: LayerContext): Result<null> {
  const { graph, shape } = context;
  const write = (spec: Single): Result<null> => {
    single(layer, context, spec);
    return success(null);
  };
  const weight = (part: string, values: Float32Array, dims: readonly number[]): string =>
    graph.floats(`${layer.name}.${part}`, values, dims);
  const bias = (values: Float32Array | null): readonly string[] =>
    values === null ? [] : [weight('bias', values, [values.length])];
  switch (layer.kind) {
    case 'conv': {
      const { kernel, outChannels, groups, strides, dilations, pads } = layer;
      if (negative(pads)) return cannot(layer, 'a convolution with negative padding');
      const perGroup = shape(layer.inputs[0]).channels / groups;
      const dims = [outChannels, perGroup, kernel.y, kernel.x];
      const constants = [weight('weight', layer.weight, dims), ...bias(layer.bias)];
      const attributes = [
        pair('dilations', dilations),
        int('group', groups),
        pair('kernel_shape', kernel),
        ints('pads', sides(pads)),
        pair('strides', strides),
      ];
      return write({ operator: 'Conv', rank: 4, constants, attributes });
    }
    case 'dense': {
      const dims = [layer.outChannels, shape(layer.inputs[0]).channels];
      const constants = [weight('weight', layer.weight, dims), ...bias(layer.bias)];
      return write({ operator: 'Gemm', rank: 2, constants, attributes: [int('transB', 1)] });
    }
    case 'batchNorm': {
      if (!isFloat32(layer.epsilon)) return cannot(layer, `epsilon ${layer.epsilon} is no float32`);
      const one = (part: 'scale' | 'offset' | 'mean' | 'variance'): string =>
        weight(part, layer[part], [layer[part].length]);
      const constants = [one('scale'), one('offset'), one('mean'), one('variance')];
      const attributes = [float('epsilon', layer.epsilon)];
      return write({ operator: 'BatchNormalization', rank: null, constants, attributes });
    }
    case 'scale': {
      const constants = [channelConstant(layer, context, 'factor', layer.factor)];
      const operator = layer.operation === 'multiply' ? 'Mul' : 'Div';
      return write({ operator, rank: null, constants });
    }
    case 'translate': {
      const constants = [channelConstant(layer, context, 'addend', layer.addend)];
      return write({ operator: 'Add', rank: null, constants });
    }
    case 'add':
      return write({ operator: 'Add', rank: null });
    case 'subtract':
      return write({ operator: 'Sub', rank: null });
    case 'multiply':
      return write({ operator: 'Mul', rank: null });
    case 'concat':
      return write({ operator: 'Concat', rank: null, attributes: [int('axis', 1)] });
    case 'select':
      writeSelect(layer, context);
      return success(null);
    case 'pad': {
      if (negative(layer.pads)) return cannot(layer, 'negative padding');
      if (!isFloat32(layer.value)) return cannot(layer, `padding with ${layer.value}, no float32`);
      const { top, left, bottom, right } = layer.pads;
      const constants = [
        graph.integers(`${layer.name}.pads`, [0, 0, top, left, 0, 0, bottom, right]),
        weight('value', Float32Array.of(layer.value), []),
      ];
      return write({ operator: 'Pad', rank: 4, constants });
    }
    case 'relu':
      return write({ operator: 'Relu', rank: null });
    case 'clip':
      writeClip(layer, context);
      return success(null);
    case 'leakyRelu': {
      if (!isFloat32(layer.slope)) return cannot(layer, `slope ${layer.slope} is no float32`);
      return write({
        operator: 'LeakyRelu',
        rank: null,
        attributes: [float('alpha', layer.slope)],
      });
    }
    case 'prelu': {
      const constants = [channelConstant(layer, context, 'slopes', layer.slopes)];
      return write({ operator: 'PRelu', rank: null, constants });
    }
    case 'maxPool': {
      const { kernel, strides, dilations, pads } = layer;
      const [rows, columns] = [Math.max(pads.top, pads.bottom), Math.max(pads.left, pads.right)];
      if (rows >= kernel.y || columns >= kernel.x) {
        return cannot(layer, 'padding as wide as the kernel, which onnxruntime refuses');
      }
      const attributes = [
        pair('dilations', dilations),
        pair('kernel_shape', kernel),
        ints('pads', sides(pads)),
        pair('strides', strides),
      ];
      return write({ operator: 'MaxPool', rank: 4, attributes });
    }
    case 'averagePool': {
      const { kernel, strides, pads } = layer;
      const attributes = [
        int('count_include_pad', layer.countIncludePad ? 1 : 0),
        pair('kernel_shape', kernel),
        ints('pads', sides(pads)),
        pair('strides', strides),
      ];
      return write({ operator: 'AveragePool', rank: 4, attributes });
    }
    case 'globalAveragePool':
      return write({ operator: 'GlobalAveragePool', rank: 4 });
    case 'flatten':
      writeFlatten(layer, context);
      return success(null);
    case 'opaque':
      return writeOpaque(layer, context);
  }
}
