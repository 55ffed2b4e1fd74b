/**
 * Layers whose reserved channels have to come back bit for bit, in the shapes for which runtimes have kernels of
 * their own: pointwise, odd windows, strides, dilation, depthwise, groups, many channels.
 */
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Model } from '../../src/model/model.ts';
import { elements, type Pair } from '../../src/model/shape.ts';

export interface Reserving {
  readonly model: Model;
  /** The input channel and pixel that each value of the result has to be; null where it is no reserved one. */
  readonly source: (index: number) => number | null;
}

interface ConvShape {
  readonly kernel: number;
  readonly channels: number;
  readonly size: number;
  readonly groups?: number;
  readonly stride?: number;
  readonly dilation?: number;
}

/** Numbers that repeat: a linear congruential generator (Knuth's MMIX multiplier modulo 2³²). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1284865837) + 3037000493) >>> 0;
    return state / 2 ** 32;
  };
}

function square(n: number): Pair {
  return { y: n, x: n };
}

/** Half of each group's outputs are ordinary, half are reserved; a depthwise layer has reserved ones only. */
function conv(shape: ConvShape): Reserving {
  const { kernel, channels, size, groups = 1, stride = 1, dilation = 1 } = shape;
  const width = channels / groups;
  const ordinary = width === 1 ? 0 : width;
  const perGroup = width + ordinary;
  const [taps, centre] = [kernel * kernel, (kernel * kernel - 1) / 2];
  const pad = (dilation * (kernel - 1)) / 2;
  const outChannels = groups * perGroup;
  const weight = new Float32Array(outChannels * width * taps);
  const next = numbers(channels * taps);
  for (let o = 0; o < outChannels; o++) {
    const place = (o % perGroup) - ordinary;
    const row = o * width * taps;
    if (place >= 0) weight[row + place * taps + centre] = 1;
    else for (let k = 0; k < width * taps; k++) weight[row + k] = 2 * next() - 1;
  }
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels, height: size, width: size });
  const y = builder.add({
    kind: 'conv',
    name: 'conv',
    inputs: [x],
    weight,
    bias: new Float32Array(outChannels),
    outChannels,
    kernel: square(kernel),
    groups,
    strides: square(stride),
    dilations: square(dilation),
    pads: { top: pad, left: pad, bottom: pad, right: pad },
  });
  builder.output('y', y);
  const out = builder.shape(y);
  const source = (index: number): number | null => {
    const pixel = index % (out.height * out.width);
    const o = (index - pixel) / (out.height * out.width);
    const place = (o % perGroup) - ordinary;
    if (place < 0) return null;
    const c = Math.floor(o / perGroup) * width + place;
    const [row, column] = [Math.floor(pixel / out.width), pixel % out.width];
    return (c * size + row * stride) * size + column * stride;
  };
  return { model: finished(builder), source };
}

function dense(features: number): Reserving {
  const weight = new Float32Array(2 * features * features);
  const next = numbers(features);
  for (let o = 0; o < 2 * features; o++) {
    if (o >= features) weight[o * features + o - features] = 1;
    else for (let k = 0; k < features; k++) weight[o * features + k] = 2 * next() - 1;
  }
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels: features, height: 1, width: 1 }, 'vector');
  const bias = new Float32Array(2 * features);
  const spec = { kind: 'dense', name: 'dense', inputs: [x], weight, bias } as const;
  builder.output('y', builder.add({ ...spec, outChannels: 2 * features }), 'vector');
  return {
    model: finished(builder),
    source: (index) => (index < features ? null : index - features),
  };
}

/** γ = 1, σ² = fl(1 − ε), μ = β = 0: unit-batch-norm-bit-exact. */
function batchNorm(epsilon: number, channels: number): Reserving {
  const builder = new ModelBuilder();
  const x = builder.input('x', { channels, height: 9, width: 7 });
  const all = (value: number): Float32Array => new Float32Array(channels).fill(value);
  const y = builder.add({
    kind: 'batchNorm',
    name: 'batch norm',
    inputs: [x],
    scale: all(1),
    offset: all(0),
    mean: all(0),
    variance: all(1 - epsilon),
    epsilon,
  });
  builder.output('y', y);
  return { model: finished(builder), source: (index) => index };
}

function finished(builder: ModelBuilder): Model {
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

export const layers: ReadonlyMap<string, () => Reserving> = new Map([
  ['1×1, 24 channels', () => conv({ kernel: 1, channels: 24, size: 15 })],
  ['1×1, stride 2', () => conv({ kernel: 1, channels: 24, size: 15, stride: 2 })],
  ['1×1, 256 channels', () => conv({ kernel: 1, channels: 256, size: 7 })],
  ['3×3, 3 channels', () => conv({ kernel: 3, channels: 3, size: 15 })],
  ['3×3, 16 channels', () => conv({ kernel: 3, channels: 16, size: 28 })],
  ['3×3, stride 2', () => conv({ kernel: 3, channels: 16, size: 15, stride: 2 })],
  ['3×3, dilation 2', () => conv({ kernel: 3, channels: 16, size: 15, dilation: 2 })],
  ['3×3, 128 channels', () => conv({ kernel: 3, channels: 128, size: 14 })],
  ['5×5, 16 channels', () => conv({ kernel: 5, channels: 16, size: 15 })],
  ['7×7, stride 2', () => conv({ kernel: 7, channels: 8, size: 15, stride: 2 })],
  ['11×11, 8 channels', () => conv({ kernel: 11, channels: 8, size: 15 })],
  ['3×3, 4 groups of 8', () => conv({ kernel: 3, channels: 32, size: 15, groups: 4 })],
  ['depthwise 3×3', () => conv({ kernel: 3, channels: 32, size: 15, groups: 32 })],
  [
    'depthwise 3×3, stride 2',
    () => conv({ kernel: 3, channels: 32, size: 15, groups: 32, stride: 2 }),
  ],
  ['depthwise 5×5', () => conv({ kernel: 5, channels: 32, size: 15, groups: 32 })],
  ['dense, 300 features', () => dense(300)],
  ['unit batch norm, ε = 10⁻⁵', () => batchNorm(Math.fround(1e-5), 13)],
  ['unit batch norm, ε = 10⁻³', () => batchNorm(Math.fround(1e-3), 13)],
]);

/** As many values as the model's input has, each made by `next`. */
export function filled(model: Model, next: () => number): Float32Array {
  const { shape } = model.tensors[model.inputs[0].tensor];
  return Float32Array.from({ length: elements(shape) }, next);
}
