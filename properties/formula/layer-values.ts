/**
 * What the letters of a layer's formula are for a layer with its weights and inputs: plain numbers.
 */
import type { Values } from '../../src/formula/evaluate.ts';
import { perChannel, type Layer } from '../../src/model/layer.ts';
import type { Padding, Pair, Shape } from '../../src/model/shape.ts';
import type { Operand } from '../../src/semantics/operand.ts';

type Functions = Values['functions'];

/** x(c, row, column), zero outside the domain. */
function reader({ shape, values }: Operand): (...at: readonly number[]) => number {
  const { channels, height, width } = shape;
  return (c, y, x) => {
    if (c < 0 || c >= channels) throw new Error(`channel ${c} is read`);
    if (y < 0 || y >= height || x < 0 || x >= width) return 0;
    return values[(c * height + y) * width + x];
  };
}

/** x(k, c, row, column), repeated along axes of extent 1. */
function repeated(operands: readonly Operand[]): (...at: readonly number[]) => number {
  return (k, c, y, x) => {
    const { channels, height, width } = operands[k].shape;
    return reader(operands[k])(channels === 1 ? 0 : c, height === 1 ? 0 : y, width === 1 ? 0 : x);
  };
}

/** The first tap inside a domain of `size` for output `at`, and how many there are. Found by trying all. */
function run(of: {
  readonly at: number;
  readonly size: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}): readonly [first: number, count: number] {
  const inside: number[] = [];
  for (let tap = 0; tap < of.taps; tap++) {
    const place = of.at * of.stride + tap * of.dilation - of.before;
    if (place >= 0 && place < of.size) inside.push(tap);
  }
  return [inside[0], inside.length];
}

interface Window {
  readonly kernel: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly pads: Padding;
}

function windowValues({ kernel, strides, dilations, pads }: Window, from: Shape): Values {
  const vertical = { size: from.height, taps: kernel.y, stride: strides.y, dilation: dilations.y };
  const horizontal = { size: from.width, taps: kernel.x, stride: strides.x, dilation: dilations.x };
  const rows = (p: number) => run({ at: p, ...vertical, before: pads.top });
  const columns = (q: number) => run({ at: q, ...horizontal, before: pads.left });
  return {
    symbols: {
      ...{ k_y: kernel.y, k_x: kernel.x, s_y: strides.y, s_x: strides.x },
      ...{ d_y: dilations.y, d_x: dilations.x, p_y: pads.top, p_x: pads.left },
    },
    functions: {
      top: (p) => rows(p)[0],
      rows: (p) => rows(p)[1],
      left: (q) => columns(q)[0],
      columns: (q) => columns(q)[1],
    },
  };
}

const biases = (bias: Float32Array | null): Functions => ({ b: (o) => bias?.[o] ?? 0 });

/** The layer's own letters, besides x and t. */
function ownValues(layer: Layer, operands: readonly Operand[]): Values {
  const { shape } = operands[0];
  const { channels: C, height: H, width: W } = shape;
  const none: Values = { symbols: {}, functions: {} };
  switch (layer.kind) {
    case 'conv': {
      const { weight, groups, outChannels, kernel } = layer;
      const perGroup = C / groups;
      const window = windowValues(layer, shape);
      return {
        symbols: { ...window.symbols, C: perGroup },
        functions: {
          ...biases(layer.bias),
          w: (o, c, i, j) => weight[((o * perGroup + c) * kernel.y + i) * kernel.x + j],
          group: (o, c) => Math.floor(o / (outChannels / groups)) * perGroup + c,
        },
      };
    }
    case 'dense':
      return {
        symbols: { C },
        functions: { ...biases(layer.bias), w: (o, c) => layer.weight[o * C + c] },
      };
    case 'batchNorm':
      return {
        symbols: { eps: layer.epsilon },
        functions: {
          gamma: (o) => layer.scale[o],
          beta: (o) => layer.offset[o],
          mu: (o) => layer.mean[o],
          sigma2: (o) => layer.variance[o],
        },
      };
    case 'scale':
      return { ...none, functions: { a: (o) => perChannel(layer.factor, o) } };
    case 'translate':
      return { ...none, functions: { b: (o) => perChannel(layer.addend, o) } };
    case 'clip':
      return {
        ...none,
        functions: { l: (o) => perChannel(layer.lower, o), h: (o) => perChannel(layer.upper, o) },
      };
    case 'leakyRelu':
      return { ...none, symbols: { a: layer.slope } };
    case 'prelu':
      return { ...none, functions: { a: (o) => perChannel(layer.slopes, o) } };
    case 'concat': {
      const starts = [0];
      for (const operand of operands)
        starts.push(starts[starts.length - 1] + operand.shape.channels);
      return {
        ...none,
        functions: {
          start: (k) => starts[k],
          part: (o) => starts.findLastIndex((start) => start <= o),
        },
      };
    }
    case 'select':
      return { ...none, functions: { channel: (o) => layer.channels[o] } };
    case 'pad':
      return {
        ...none,
        symbols: { H, W, p_y: layer.pads.top, p_x: layer.pads.left, v: layer.value },
      };
    case 'maxPool':
      return windowValues(layer, shape);
    case 'averagePool':
      return windowValues({ ...layer, dilations: { y: 1, x: 1 } }, shape);
    case 'globalAveragePool':
    case 'flatten':
      return { ...none, symbols: { C, H, W } };
    case 'opaque':
      return { ...none, symbols: { C, alpha: layer.alpha, beta: layer.beta } };
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'relu':
      return none;
  }
}

/** All letters of the layer's formula but o, p, q and t. */
export function valuesOf(layer: Layer, operands: readonly Operand[]): Values {
  const { symbols, functions } = ownValues(layer, operands);
  const several = ['concat', 'add', 'subtract', 'multiply'].includes(layer.kind);
  const x = several ? repeated(operands) : reader(operands[0]);
  return { symbols, functions: { ...functions, x } };
}
