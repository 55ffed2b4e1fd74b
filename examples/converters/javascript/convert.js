/**
 * A small converter in plain JavaScript, for `plainproof gate` to judge: it knows nothing of plainproof.
 *
 * It removes the identity shortcut of basic blocks (Reserve and Merge, arXiv 2111.00687): the first
 * convolution also passes on the block's input, through Dirac kernels and the block's ReLU, and the second
 * adds it to its result. That takes an input without negative values, so a block is only converted where a
 * ReLU stands before it. Batch norms inside are folded. Everything else stays as it is.
 *
 *   node convert.js [--skip-sign-check] <input.onnx> <output.onnx>
 *
 * --skip-sign-check is the mistake of several published converters: the ReLU then also cuts off what is
 * negative in an input that no ReLU has seen.
 */
import { floatOf, floatTensor, floatsOf, intOf, intsOf, readOnnx, writeOnnx } from './onnx.js';

/** Whether every side is padded so that a kernel of odd size keeps rows and columns. */
function keepsSize(conv, height, width) {
  const [y, x] = [(height - 1) / 2, (width - 1) / 2];
  const wanted = [y, x, y, x];
  const pads = intsOf(conv, 'pads', [0, 0, 0, 0]);
  return (
    height % 2 === 1 &&
    width % 2 === 1 &&
    pads.every((pad, side) => pad === wanted[side]) &&
    intsOf(conv, 'strides', [1, 1]).every((stride) => stride === 1) &&
    intsOf(conv, 'dilations', [1, 1]).every((dilation) => dilation === 1) &&
    intOf(conv, 'group', 1) === 1
  );
}

/** What is asked of a graph again and again. */
function indexed(graph) {
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const producers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node])));
  const outputs = new Set(graph.output.map(({ name }) => name));
  const readers = (name) => graph.node.filter((node) => node.input.includes(name)).length;
  /** The node of this kind that makes the tensor, if nobody else reads it. */
  const sole = (name, operator) => {
    const node = producers.get(name);
    const usable = node?.opType === operator && readers(name) === 1 && !outputs.has(name);
    return usable ? node : undefined;
  };
  return { constants, producers, sole };
}

/** A convolution and the batch norm after it, if there is one, that make the tensor. */
function convolution(index, name) {
  const norm = index.sole(name, 'BatchNormalization');
  const conv = index.sole(norm === undefined ? name : norm.input[0], 'Conv');
  const weight = conv && index.constants.get(conv.input[1]);
  if (weight === undefined) return undefined;
  const [outChannels, inChannels, height, width] = weight.dims.map(Number);
  if (!keepsSize(conv, height, width)) return undefined;
  return { conv, norm, input: conv.input[0], outChannels, inChannels, height, width };
}

/** The block that ends in this sum, its shortcut being the operand at `side`. */
function basicBlock(index, add, side, { checkSign }) {
  const shortcut = add.input[side];
  const second = convolution(index, add.input[1 - side]);
  const relu = second && index.sole(second.input, 'Relu');
  const first = relu && convolution(index, relu.input[0]);
  if (first === undefined || first.input !== shortcut) return undefined;
  if (first.inChannels !== second.outChannels) return undefined;
  if (checkSign && index.producers.get(shortcut)?.opType !== 'Relu') return undefined;
  return { add, first, relu, second, channels: first.inChannels };
}

/** Weights and biases in float64, the batch norm folded in. */
function folded(index, { conv, norm, outChannels }) {
  const numbers = (name) => floatsOf(index.constants.get(name));
  const weight = Float64Array.from(numbers(conv.input[1]));
  const bias = new Float64Array(outChannels);
  if (conv.input.length > 2) bias.set(numbers(conv.input[2]));
  if (norm === undefined) return { weight, bias };
  const [scale, offset, mean, variance] = norm.input.slice(1).map(numbers);
  const epsilon = floatOf(norm, 'epsilon', 1e-5);
  const row = weight.length / outChannels;
  for (let o = 0; o < outChannels; o++) {
    const factor = scale[o] / Math.sqrt(variance[o] + epsilon);
    for (let k = o * row; k < (o + 1) * row; k++) weight[k] *= factor;
    bias[o] = (bias[o] - mean[o]) * factor + offset[o];
  }
  return { weight, bias };
}

/** Output channels that pass on every input channel, after those that there are. */
function reserve({ weight, bias }, { inChannels, height, width }) {
  const area = height * width;
  const rows = new Float64Array(inChannels * inChannels * area);
  for (let c = 0; c < inChannels; c++) rows[(c * inChannels + c) * area + (area - 1) / 2] = 1;
  return {
    weight: [...weight, ...rows],
    bias: [...bias, ...new Float64Array(inChannels)],
  };
}

/** Input channels that are added to the outputs, after those that there are. */
function merge({ weight, bias }, { inChannels, outChannels, height, width }) {
  const area = height * width;
  const merged = [];
  for (let o = 0; o < outChannels; o++) {
    merged.push(...weight.subarray(o * inChannels * area, (o + 1) * inChannels * area));
    const passed = new Float64Array(outChannels * area);
    passed[o * area + (area - 1) / 2] = 1;
    merged.push(...passed);
  }
  return { weight: merged, bias: [...bias] };
}

function replace(graph, conv, { weight, bias }, dims) {
  const names = ['weight', 'bias'].map((part) => `${conv.name}.plain.${part}`);
  graph.initializer.push(
    floatTensor(names[0], dims, weight),
    floatTensor(names[1], [dims[0]], bias),
  );
  conv.input = [conv.input[0], ...names];
}

function convertBlock(graph, index, { add, first, relu, second, channels }) {
  const { outChannels: inner, height, width } = first;
  const reserved = reserve(folded(index, first), first);
  const merged = merge(folded(index, second), second);
  replace(graph, first.conv, reserved, [inner + channels, channels, height, width]);
  replace(graph, second.conv, merged, [channels, inner + channels, second.height, second.width]);
  first.conv.output = [relu.input[0]];
  second.conv.output = [add.output[0]];
  const gone = new Set([first.norm, second.norm, add]);
  graph.node = graph.node.filter((node) => !gone.has(node));
}

function convert(graph, options) {
  for (const add of graph.node.filter(({ opType }) => opType === 'Add')) {
    const index = indexed(graph);
    const block = basicBlock(index, add, 0, options) ?? basicBlock(index, add, 1, options);
    if (block !== undefined) convertBlock(graph, index, block);
  }
  const used = new Set(graph.node.flatMap((node) => node.input));
  graph.initializer = graph.initializer.filter(({ name }) => used.has(name));
}

const flags = process.argv.slice(2).filter((word) => word.startsWith('--'));
const files = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (files.length !== 2 || flags.some((flag) => flag !== '--skip-sign-check')) {
  console.error('usage: node convert.js [--skip-sign-check] <input.onnx> <output.onnx>');
  process.exit(64);
}
const model = readOnnx(files[0]);
convert(model.graph, { checkSign: !flags.includes('--skip-sign-check') });
writeOnnx(files[1], model);
