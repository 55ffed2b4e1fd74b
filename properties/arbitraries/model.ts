/**
 * Arbitrary small models with every kind of layer: a list of steps, each a kind, what it reads, and a
 * seed for its parameters. A step that does not fit is left out, so lists shrink freely.
 */
import fc from 'fast-check';
import { Random } from '../../src/blocks/random.ts';
import { ModelBuilder } from '../../src/model/builder.ts';
import { inferShape } from '../../src/model/infer-shape.ts';
import type { LayerKind, LayerSpec, OpaqueFunction, TensorId } from '../../src/model/layer.ts';
import type { Layout, Model } from '../../src/model/model.ts';
import { elements, isVector, type Padding, type Pair, type Shape } from '../../src/model/shape.ts';

const kinds: readonly LayerKind[] = [
  ...(['conv', 'dense', 'batchNorm', 'scale', 'translate', 'add', 'subtract', 'multiply'] as const),
  ...(['concat', 'select', 'pad', 'relu', 'clip', 'leakyRelu', 'prelu', 'maxPool'] as const),
  ...(['averagePool', 'globalAveragePool', 'flatten', 'opaque'] as const),
];

const functions: readonly OpaqueFunction[] = [
  ...(['softmax', 'sigmoid', 'hardSigmoid', 'hardSwish', 'silu', 'gelu'] as const),
  ...(['geluTanh', 'tanh', 'elu'] as const),
];

interface Step {
  readonly kind: LayerKind;
  readonly reads: number;
  readonly other: number;
  readonly seed: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  reads: fc.nat(20),
  other: fc.nat(20),
  seed: fc.nat(1_000_000),
});

/** Draws parameters for one layer. */
class Parameters {
  readonly random: Random;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  int(low: number, high: number): number {
    return low + (this.random.bits() % (high - low + 1));
  }

  pair(low: number, high: number): Pair {
    return { y: this.int(low, high), x: this.int(low, high) };
  }

  pads(high: number): Padding {
    const [top, left, bottom, right] = [0, 0, 0, 0].map(() => this.int(0, high));
    return { top, left, bottom, right };
  }

  floats(count: number): Float32Array {
    return Float32Array.from({ length: count }, () => this.random.between(-1.5, 1.5));
  }

  /** One value, or one per channel. */
  some(channels: number): Float32Array {
    return this.floats(this.random.chance(0.5) ? 1 : channels);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)];
  }
}

function clipBounds(p: Parameters, channels: number): { lower: Float32Array; upper: Float32Array } {
  const lower = p.some(channels);
  const upper = p.some(channels).map((v) => Math.abs(v) + 2);
  const side = p.int(0, 3);
  return {
    lower: side === 1 ? Float32Array.of(-Infinity) : lower,
    upper: side === 2 ? Float32Array.of(Infinity) : upper,
  };
}

function opaque(p: Parameters): { function: OpaqueFunction; alpha: number; beta: number } {
  const name = p.pick(functions);
  const own = { alpha: p.floats(1)[0], beta: p.floats(1)[0] };
  if (name === 'hardSwish') return { function: name, alpha: 1 / 6, beta: 1 / 2 };
  if (name === 'hardSigmoid') return { function: name, ...own };
  return { function: name, alpha: name === 'elu' ? own.alpha : 0, beta: 0 };
}

/** The layer a step means on inputs of these shapes; null where it would be none, or one that computes nothing. */
function layerOf(
  { kind, seed }: Step,
  name: string,
  [a, b]: readonly [TensorId, TensorId],
  shape: Shape,
): LayerSpec | null {
  const p = new Parameters(seed);
  const { channels } = shape;
  const wiring = { name, inputs: [a] };
  switch (kind) {
    case 'conv': {
      const groups = p.pick([1, 1, 2, channels].filter((g) => channels % g === 0));
      const outChannels = groups * p.int(1, 3);
      const kernel = p.pair(1, 3);
      const weight = p.floats(outChannels * (channels / groups) * kernel.y * kernel.x);
      const bias = p.random.chance(0.5) ? p.floats(outChannels) : null;
      const window = { strides: p.pair(1, 2), dilations: p.pair(1, 2), pads: p.pads(2) };
      return { ...wiring, kind, weight, bias, outChannels, kernel, groups, ...window };
    }
    case 'dense': {
      const outChannels = p.int(1, 5);
      const bias = p.random.chance(0.5) ? p.floats(outChannels) : null;
      return { ...wiring, kind, weight: p.floats(outChannels * channels), bias, outChannels };
    }
    case 'batchNorm': {
      const [scale, offset, mean] = [0, 0, 0].map(() => p.floats(channels));
      const variance = p.floats(channels).map(Math.abs);
      return { ...wiring, kind, scale, offset, mean, variance, epsilon: Math.fround(1e-3) };
    }
    case 'scale': {
      const operation = p.pick(['multiply', 'divide'] as const);
      const factor = p.some(channels).map((v) => v + Math.sign(v) * 0.5);
      return { ...wiring, kind, operation, factor };
    }
    case 'translate':
      return { ...wiring, kind, addend: p.some(channels) };
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'concat':
      return { name, kind, inputs: [a, b] };
    case 'select': {
      const count = p.int(1, channels + 1);
      const step = p.pick([1, 2, -1]);
      const start = step > 0 ? 0 : channels - 1;
      const regular = Int32Array.from({ length: count }, (_, i) => start + i * step);
      const chosen = regular.map((c) => (p.random.chance(0.2) ? p.int(0, channels - 1) : c));
      const whole = chosen.length === channels && chosen.every((c, i) => c === i);
      return whole ? null : { ...wiring, kind, channels: chosen };
    }
    case 'pad': {
      const pads = p.pads(2);
      const none = Object.values(pads).every((side) => side === 0);
      return none ? null : { ...wiring, kind, pads, value: p.floats(1)[0] };
    }
    case 'relu':
    case 'globalAveragePool':
      return { ...wiring, kind };
    case 'clip':
      return { ...wiring, kind, ...clipBounds(p, channels) };
    case 'leakyRelu':
      return { ...wiring, kind, slope: p.floats(1)[0] };
    case 'prelu':
      return { ...wiring, kind, slopes: p.some(channels) };
    case 'maxPool': {
      const kernel = p.pair(1, 3);
      // onnxruntime wants padding below the kernel's extent whatever the dilation.
      const pads = p.pads(Math.min(kernel.y, kernel.x) - 1);
      const [strides, dilations] = [p.pair(1, 2), p.pair(1, 2)];
      return { ...wiring, kind, kernel, strides, dilations, pads };
    }
    case 'averagePool': {
      const kernel = p.pair(1, 3);
      const pads = p.pads(Math.min(kernel.y, kernel.x) - 1);
      const countIncludePad = p.random.chance(0.5);
      return { ...wiring, kind, kernel, strides: p.pair(1, 2), pads, countIncludePad };
    }
    case 'flatten': {
      const orders = channels === 1 ? (['chw'] as const) : (['chw', 'hwc'] as const);
      return isVector(shape) ? null : { ...wiring, kind, order: p.pick(orders) };
    }
    case 'opaque':
      return { ...wiring, kind, ...opaque(p) };
  }
}

/**
 * Every tensor nobody reads is an output, so that no layer is idle; of one-sided clips in a row, and of a
 * sigmoid's product with its own argument, there is none: a reader rightly takes those for one layer.
 */
function build(
  input: Shape,
  layouts: readonly Layout[],
  batch: number | null,
  steps: readonly Step[],
): Model {
  const builder = new ModelBuilder();
  const [inLayout, outLayout] = layouts;
  const vector = isVector(input) && outLayout === 'vector';
  builder.input('image', input, vector ? 'vector' : inLayout, batch);
  const read = new Set<TensorId>();
  const producers = new Map<TensorId, LayerSpec>();
  let count = 1;
  for (const one of steps) {
    const wired: [TensorId, TensorId] = [
      count - 1 - (one.reads % Math.min(count, 4)),
      one.other % count,
    ];
    const layer = layerOf(one, `layer${count}`, wired, builder.shape(wired[0]));
    if (layer === null) continue;
    const from = layer.inputs.map((tensor) => producers.get(tensor)?.kind);
    if (layer.kind === 'clip' && from.includes('clip')) continue;
    if (layer.kind === 'multiply' && from.includes('opaque')) continue;
    const shape = inferShape(
      layer,
      layer.inputs.map((tensor) => builder.shape(tensor)),
    );
    if (!shape.ok || elements(shape.value) > 5000) continue;
    producers.set(builder.add(layer), layer);
    layer.inputs.forEach((tensor) => read.add(tensor));
    count++;
  }
  for (let tensor = 0; tensor < count; tensor++) {
    if (read.has(tensor)) continue;
    const shape = builder.shape(tensor);
    // One value alone lies in every layout at once.
    const plain = elements(shape) === 1 || (outLayout === 'vector' && !isVector(shape));
    builder.output(`result${tensor}`, tensor, plain ? 'nchw' : outLayout, batch);
  }
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

const extent = fc.integer({ min: 1, max: 6 });

export const randomModel: fc.Arbitrary<Model> = fc
  .record({
    shape: fc.record({ channels: fc.integer({ min: 1, max: 4 }), height: extent, width: extent }),
    inLayout: fc.constantFrom<Layout>('nchw', 'nhwc'),
    outLayout: fc.constantFrom<Layout>('nchw', 'nhwc', 'vector'),
    batch: fc.constantFrom(null, 1),
    steps: fc.array(step, { minLength: 1, maxLength: 10 }),
  })
  .map(({ shape, inLayout, outLayout, batch, steps }) =>
    build(shape, [inLayout, outLayout], batch, steps),
  );
