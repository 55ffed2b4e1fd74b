/** Activations lost, added, or with other bounds and slopes. */
import { shapeOf, type Model } from '../../src/model/model.ts';
import type { Layer, LayerSpec, OpaqueFunction } from '../../src/model/layer.ts';
import {
  altered,
  differs,
  layerFault,
  once,
  rewriteLayer,
  shifted,
  where,
  type Fault,
} from './fault.ts';

const activations: readonly Layer['kind'][] = ['relu', 'clip', 'prelu', 'leakyRelu', 'opaque'];

function clip(layer: Layer, lower: Float32Array, upper: Float32Array): LayerSpec {
  return { kind: 'clip', name: layer.name, inputs: layer.inputs, lower, upper };
}

/** The same function of every channel as an array with an entry for each. */
function spread(values: Float32Array, channels: number): Float32Array {
  return values.length === channels ? values : new Float32Array(channels).fill(values[0]);
}

function channelsOf(layer: Layer, model: Model): number {
  const named = model.layers.find((l) => l.name === layer.name) ?? layer;
  return shapeOf(model, named.output).channels;
}

const confused: Partial<Record<OpaqueFunction, OpaqueFunction>> = {
  sigmoid: 'hardSigmoid',
  hardSigmoid: 'sigmoid',
  silu: 'hardSwish',
  hardSwish: 'silu',
  gelu: 'geluTanh',
  geluTanh: 'gelu',
  tanh: 'sigmoid',
};

const parameters = (name: OpaqueFunction): { readonly alpha: number; readonly beta: number } =>
  name === 'hardSigmoid' || name === 'hardSwish'
    ? { alpha: Math.fround(1 / 6), beta: 0.5 }
    : { alpha: 0, beta: 0 };

const places = (model: Model, fits: (layer: Layer) => boolean) =>
  model.layers.filter(fits).map((layer) => ({ layer: layer.name, at: 0 }));

export const activationFaults: readonly Fault[] = [
  {
    name: 'activation-lost',
    source: 'bug 13: fused across an activation',
    places: (model) => places(model, (layer) => activations.includes(layer.kind)),
    inject: (model, { layer }) => rewriteLayer(model, layer, ({ inputs }) => inputs[0]),
  },
  {
    name: 'relu-added',
    source: 'a ReLU where the original has none',
    places: (model) =>
      places(model, (layer) => ['conv', 'dense', 'batchNorm', 'add'].includes(layer.kind)).filter(
        ({ layer: name }) => {
          const { output } = model.layers.find((l) => l.name === name) ?? { output: -1 };
          return !model.layers.some((l) => l.kind === 'relu' && l.inputs[0] === output);
        },
      ),
    inject: (model, { layer: name }) =>
      rewriteLayer(model, name, (layer, add) =>
        add({ kind: 'relu', name: `${name}.relu`, inputs: [add(layer)] }),
      ),
  },
  layerFault({
    name: 'relu6-for-relu',
    source: 'bug 6: every channel, reserved ones included, is clipped at 6',
    kinds: ['relu'],
    entries: () => once(true),
    change: (layer) => clip(layer, Float32Array.of(0), Float32Array.of(6)),
  }),
  layerFault({
    name: 'relu-for-relu6',
    source: 'bug 5',
    kinds: ['clip'],
    entries: ({ upper }) => once(upper.some(Number.isFinite)),
    change: (layer) => clip(layer, layer.lower, Float32Array.of(Infinity)),
  }),
  layerFault({
    name: 'clipped-too-low',
    source: 'an upper bound of 5.9 for 6',
    kinds: ['clip'],
    entries: ({ upper }) => where(upper.length, (c) => upper[c] === 6),
    change: (layer, at) =>
      clip(
        layer,
        layer.lower,
        altered(layer.upper, at, () => 5.9),
      ),
  }),
  layerFault({
    name: 'reserved-clipped',
    source: 'bug 6, one channel that has no upper bound',
    kinds: ['clip'],
    entries: ({ upper }) => where(upper.length, (c) => upper[c] === Infinity),
    change: (layer, at) =>
      clip(
        layer,
        layer.lower,
        altered(layer.upper, at, () => 6),
      ),
  }),
  layerFault({
    name: 'reserved-rectified',
    source: 'bug 1, one channel that has no lower bound, or a slope of one',
    kinds: ['clip', 'prelu'],
    entries: (layer) =>
      layer.kind === 'clip'
        ? where(layer.lower.length, (c) => layer.lower[c] === -Infinity)
        : where(layer.slopes.length, (c) => layer.slopes[c] === 1),
    change: (layer, at) =>
      layer.kind === 'clip'
        ? clip(
            layer,
            altered(layer.lower, at, () => 0),
            layer.upper,
          )
        : { ...layer, slopes: altered(layer.slopes, at, () => 0) },
  }),
  layerFault({
    name: 'relu-for-slopes',
    source: 'bug 1: a plain ReLU for slopes and bounds stated for each channel',
    kinds: ['prelu', 'leakyRelu', 'clip'],
    entries: (layer) => once(layer.kind !== 'clip' || layer.lower.some((l) => l !== 0)),
    change: ({ name, inputs }) => ({ kind: 'relu', name, inputs }),
  }),
  layerFault({
    name: 'slopes-off-by-one',
    source: 'every channel has its neighbour’s slope, or bounds',
    kinds: ['prelu', 'clip'],
    entries: (layer) =>
      once(
        layer.kind === 'prelu'
          ? differs(layer.slopes, shifted(layer.slopes))
          : differs(layer.lower, shifted(layer.lower)) ||
              differs(layer.upper, shifted(layer.upper)),
      ),
    change(layer, _, model) {
      if (layer.kind === 'prelu') return { ...layer, slopes: shifted(layer.slopes) };
      const channels = channelsOf(layer, model);
      return clip(
        layer,
        shifted(spread(layer.lower, channels)),
        shifted(spread(layer.upper, channels)),
      );
    },
  }),
  layerFault({
    name: 'slope-changed',
    source: 'a slope of 0.01 for another',
    kinds: ['leakyRelu', 'prelu'],
    entries: (layer) =>
      layer.kind === 'leakyRelu' ? once(true) : where(layer.slopes.length, () => true),
    change: (layer, at) => {
      const other = (slope: number): number =>
        Math.fround(Math.abs(slope - 0.01) < 1e-3 ? 0.02 : 0.01);
      return layer.kind === 'leakyRelu'
        ? { ...layer, slope: other(layer.slope) }
        : { ...layer, slopes: altered(layer.slopes, at, other) };
    },
  }),
  layerFault({
    name: 'relu-leaks',
    source: 'leaky ReLU of slope 0.01 for ReLU',
    kinds: ['relu'],
    entries: () => once(true),
    change: ({ name, inputs }) => ({
      kind: 'leakyRelu',
      name,
      inputs,
      slope: Math.fround(0.01),
    }),
  }),
  layerFault({
    name: 'another-smooth-function',
    source: 'a function taken for its approximation',
    kinds: ['opaque'],
    entries: (layer) => once(confused[layer.function] !== undefined),
    change(layer) {
      const other = confused[layer.function];
      return other === undefined ? null : { ...layer, function: other, ...parameters(other) };
    },
  }),
];
