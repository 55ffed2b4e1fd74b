/**
 * Models of a single layer with inputs, for every kind of layer: small, not square, with strides,
 * dilations, groups and uneven padding, so that borders count and no axis can be taken for another.
 */
import fc from 'fast-check';
import { ModelBuilder } from '../../src/model/builder.ts';
import type { LayerKind, LayerSpec, OpaqueFunction } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { elements, type Padding, type Pair, type Shape } from '../../src/model/shape.ts';

export interface Case {
  readonly model: Model;
  readonly inputs: readonly Float32Array[];
}

/**
 * Multiples of 2⁻¹⁴ below 64: their products round, their sums cancel, zeros and ties are frequent; and
 * one in ten any float32 up to 10⁴, subnormals included.
 */
const value: fc.Arbitrary<number> = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -(2 ** 20), max: 2 ** 20 }).map((n) => n / 2 ** 14) },
  { weight: 1, arbitrary: fc.float({ noNaN: true, min: -10000, max: 10000 }) },
);

/** Long arrays come from a seed: they are there to fill a kernel's vector registers, not to be shrunk. */
function floats(length: number): fc.Arbitrary<Float32Array> {
  if (length > 300) return fc.integer().map((seed) => seeded(length, seed));
  return fc
    .array(value, { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));
}

/** Uniform in (−1, 1), by a linear congruential generator (Knuth's MMIX multiplier modulo 2³²). */
function seeded(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1284865837) + 3037000493) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

const size = fc.integer({ min: 1, max: 7 });
const shape: fc.Arbitrary<Shape> = fc.record({
  channels: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom(8, 12, 16, 17, 35) },
  ),
  height: size,
  width: size,
});
const step: fc.Arbitrary<Pair> = fc.record({
  y: fc.integer({ min: 1, max: 3 }),
  x: fc.integer({ min: 1, max: 3 }),
});
const dilation: fc.Arbitrary<Pair> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ y: 1, x: 1 }) },
  { weight: 1, arbitrary: step },
);

function padding(min: number, max: Pair): fc.Arbitrary<Padding> {
  const along = (most: number): fc.Arbitrary<number> => fc.integer({ min, max: most });
  return fc.record({
    top: along(max.y),
    left: along(max.x),
    bottom: along(max.y),
    right: along(max.x),
  });
}

/** One entry for all channels, or one for each. */
function entries(channels: number): fc.Arbitrary<Float32Array> {
  return fc.oneof(floats(1), floats(channels));
}

const wiring = { name: 'layer', inputs: [0] };

function conv(input: Shape): fc.Arbitrary<LayerSpec> {
  const divisors = [1, 2, 3, 4, 5, 6, 8].filter((g) => input.channels % g === 0);
  return fc
    .record({
      kernel: step,
      strides: step,
      dilations: dilation,
      groups: fc.constantFrom(...divisors, input.channels),
      perGroup: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom(8, 19)),
      pads: padding(-1, { y: 3, x: 3 }),
      hasBias: fc.boolean(),
    })
    .chain(({ perGroup, hasBias, ...window }) => {
      const outChannels = window.groups * perGroup;
      const taps = window.kernel.y * window.kernel.x;
      return fc.record({
        ...constants({ ...wiring, kind: 'conv' as const, outChannels, ...window }),
        weight: floats(outChannels * (input.channels / window.groups) * taps),
        bias: hasBias ? floats(outChannels) : fc.constant(null),
      });
    });
}

/** A record of arbitraries that each yield the value given. */
function constants<T extends object>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> };
function constants(values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).map(([k, v]) => [k, fc.constant(v)]));
}

function opaqueOf(name: OpaqueFunction): fc.Arbitrary<LayerSpec> {
  const given = { ...wiring, kind: 'opaque' as const, function: name };
  switch (name) {
    case 'hardSigmoid':
      return fc.constantFrom(0.2, 1 / 6).map((alpha) => {
        return { ...given, alpha: Math.fround(alpha), beta: 0.5 };
      });
    case 'hardSwish':
      return fc.constant({ ...given, alpha: 1 / 6, beta: 0.5 });
    case 'elu':
      return fc.constantFrom(1, 0.5).map((alpha) => ({ ...given, alpha, beta: 0 }));
    default:
      return fc.constant({ ...given, alpha: 0, beta: 0 });
  }
}

/** The layer, for an input of the shape given. */
function layerOn(kind: LayerKind | OpaqueFunction, input: Shape): fc.Arbitrary<LayerSpec> {
  const { channels } = input;
  switch (kind) {
    case 'conv':
      return conv(input);
    case 'dense':
      return fc.integer({ min: 1, max: 20 }).chain((outChannels) =>
        fc.record({
          ...constants({ ...wiring, kind, outChannels }),
          weight: floats(outChannels * channels),
          bias: fc.oneof(floats(outChannels), fc.constant(null)),
        }),
      );
    case 'batchNorm':
      return fc.record({
        ...constants({ ...wiring, kind }),
        scale: floats(channels),
        offset: floats(channels),
        mean: floats(channels),
        variance: floats(channels).map((values) => values.map(Math.abs)),
        epsilon: fc.constantFrom(1e-5, 1e-3, 0.5).map(Math.fround),
      });
    case 'scale':
      return fc.record({
        ...constants({ ...wiring, kind }),
        operation: fc.constantFrom('multiply' as const, 'divide' as const),
        // Away from zero, so that quotients stay finite.
        factor: entries(channels).map((a) => a.map((v) => (Math.abs(v) < 1e-3 ? 1.5 : v))),
      });
    case 'translate':
      return fc.record({ ...constants({ ...wiring, kind }), addend: entries(channels) });
    case 'add':
    case 'subtract':
    case 'multiply':
      return fc.constantFrom(
        { ...wiring, kind, inputs: [0, 1] },
        { ...wiring, kind, inputs: [0, 0] },
      );
    case 'concat':
      return fc.constantFrom([0], [0, 1], [1, 0, 1]).map((inputs) => ({ ...wiring, kind, inputs }));
    case 'select':
      return fc
        .array(fc.nat({ max: channels - 1 }), { minLength: 1, maxLength: 8 })
        .map((list) => ({ ...wiring, kind, channels: Int32Array.from(list) }));
    case 'pad':
      return fc.record({
        ...constants({ ...wiring, kind }),
        pads: padding(-2, { y: 3, x: 3 }),
        value: fc.oneof(fc.constant(0), value),
      });
    case 'clip':
      return fc.oneof(
        fc.constant({ ...wiring, kind, lower: Float32Array.of(0), upper: Float32Array.of(6) }),
        fc.constant({
          ...wiring,
          kind,
          lower: Float32Array.of(-3),
          upper: Float32Array.of(Infinity),
        }),
        fc.tuple(entries(channels), entries(channels), fc.boolean()).map(([a, b, open]) => ({
          ...wiring,
          kind,
          lower: a.map((v) => (open ? -Infinity : -Math.abs(v))),
          upper: b.map(Math.abs),
        })),
      );
    case 'leakyRelu':
      return fc
        .constantFrom(0.01, 0.2, -0.5, 3)
        .map((slope) => ({ ...wiring, kind, slope: Math.fround(slope) }));
    case 'prelu':
      return fc.record({ ...constants({ ...wiring, kind }), slopes: entries(channels) });
    case 'maxPool':
      return fc.tuple(step, dilation).chain(([kernel, dilations]) =>
        fc.record({
          ...constants({ ...wiring, kind, kernel, dilations }),
          strides: step,
          pads: padding(0, {
            y: dilations.y * (kernel.y - 1),
            x: dilations.x * (kernel.x - 1),
          }),
        }),
      );
    case 'averagePool':
      return step.chain((kernel) =>
        fc.record({
          ...constants({ ...wiring, kind, kernel }),
          strides: step,
          pads: padding(0, { y: kernel.y - 1, x: kernel.x - 1 }),
          countIncludePad: fc.boolean(),
        }),
      );
    case 'flatten':
      return fc
        .constantFrom('chw' as const, 'hwc' as const)
        .map((order) => ({ ...wiring, kind, order }));
    case 'relu':
    case 'globalAveragePool':
      return fc.constant({ ...wiring, kind });
    case 'opaque':
      return opaqueOf('sigmoid');
    default:
      return opaqueOf(kind);
  }
}

function modelOf(shapes: readonly Shape[], layer: LayerSpec): Model | null {
  const builder = new ModelBuilder();
  shapes.forEach((each, k) => builder.input(`x${k}`, each));
  builder.output('y', builder.add(layer));
  const model = builder.finish();
  return model.ok ? model.value : null;
}

/** The shapes of two inputs; the second is broadcast along some axes, or has other channels to be joined. */
function shapesFor(kind: LayerKind | OpaqueFunction): fc.Arbitrary<readonly Shape[]> {
  switch (kind) {
    case 'dense':
      return fc.integer({ min: 1, max: 90 }).map((channels) => [{ channels, height: 1, width: 1 }]);
    case 'concat':
      return fc
        .tuple(shape, fc.integer({ min: 1, max: 4 }))
        .map(([a, channels]) => [a, { ...a, channels }]);
    case 'add':
    case 'subtract':
    case 'multiply':
      return fc
        .tuple(shape, fc.boolean(), fc.boolean(), fc.boolean())
        .map(([a, c, y, x]) => [
          a,
          { channels: c ? 1 : a.channels, height: y ? 1 : a.height, width: x ? 1 : a.width },
        ]);
    default:
      return shape.map((a) => [a]);
  }
}

/** Single-layer models of the kind, with inputs. */
export function arbitraryCase(kind: LayerKind | OpaqueFunction): fc.Arbitrary<Case> {
  return shapesFor(kind).chain((shapes) =>
    layerOn(kind, shapes[0])
      .map((layer) => modelOf(shapes, layer))
      .filter((model) => model !== null)
      .chain((model) =>
        fc
          .tuple(...shapes.map((each) => floats(elements(each))))
          .map((inputs) => ({ model, inputs })),
      ),
  );
}

export const layerKinds = [
  ...(['conv', 'dense', 'batchNorm', 'scale', 'translate', 'add', 'subtract', 'multiply'] as const),
  ...(['concat', 'select', 'pad', 'relu', 'clip', 'leakyRelu', 'prelu', 'maxPool'] as const),
  ...(['averagePool', 'globalAveragePool', 'flatten'] as const),
];

export const opaqueFunctions = [
  ...(['softmax', 'sigmoid', 'hardSigmoid', 'hardSwish', 'silu'] as const),
  ...(['gelu', 'geluTanh', 'tanh', 'elu'] as const),
];
