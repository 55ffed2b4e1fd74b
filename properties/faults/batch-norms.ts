/** Batch norms copied, read or replaced wrongly. */
import type { BatchNorm } from '../../src/model/layer.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { Random } from '../../src/blocks/random.ts';
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

/** A fault of all channels, where it changes something. */
function wholeNorm(
  name: string,
  source: string,
  change: (layer: BatchNorm, model: Model) => BatchNorm,
): Fault {
  const changes = (layer: BatchNorm, now: BatchNorm): boolean =>
    now.epsilon !== layer.epsilon ||
    [
      [layer.scale, now.scale],
      [layer.offset, now.offset],
      [layer.mean, now.mean],
      [layer.variance, now.variance],
    ].some(([a, b]) => differs(a, b));
  return layerFault({
    name,
    source,
    kinds: ['batchNorm'],
    entries: (layer, model) => once(changes(layer, change(layer, model))),
    change: (layer, _, model) => change(layer, model),
  });
}

/** A fault of one channel. */
function oneChannel(
  name: string,
  source: string,
  fits: (layer: BatchNorm, c: number) => boolean,
  change: (layer: BatchNorm, c: number) => Partial<BatchNorm>,
): Fault {
  return layerFault({
    name,
    source,
    kinds: ['batchNorm'],
    entries: (layer) => where(layer.scale.length, (c) => fits(layer, c)),
    change: (layer, c) => ({ ...layer, ...change(layer, c) }),
  });
}

const to = (values: Float32Array, c: number, value: number): Float32Array =>
  altered(values, c, () => value);

/** Whether channel c passes what it reads, up to the rounding of its parameters. */
function isUnit({ scale, offset, mean, variance, epsilon }: BatchNorm, c: number): boolean {
  const factor = scale[c] / Math.sqrt(variance[c] + epsilon);
  return Math.abs(factor - 1) < 1e-6 && Math.abs(offset[c] - factor * mean[c]) < 1e-6;
}

/** Bug 14: the statistics that one image gives the layer's input. */
function batchStatistics(layer: BatchNorm, model: Model): BatchNorm {
  const random = new Random(14);
  const images = model.inputs.map(({ tensor }) =>
    Float64Array.from(random.symmetric(elements(shapeOf(model, tensor)), 1)),
  );
  // The layer may be a copy whose inputs are another model's: its name is what the two share.
  const original = model.layers.find((l) => l.name === layer.name) ?? layer;
  const [tensor] = original.inputs;
  const values = evaluate(model, images, { keep: [tensor] }).values.get(tensor);
  const { channels, height, width } = shapeOf(model, tensor);
  const area = height * width;
  const mean = new Float32Array(channels);
  const variance = new Float32Array(channels);
  for (let c = 0; c < channels && values !== undefined; c++) {
    const pixels = values.subarray(c * area, (c + 1) * area);
    mean[c] = pixels.reduce((sum, v) => sum + v, 0) / area;
    variance[c] = pixels.reduce((sum, v) => sum + (v - mean[c]) ** 2, 0) / area;
  }
  return { ...layer, mean, variance };
}

const [small, large] = [Math.fround(1e-5), Math.fround(1e-3)];

export const batchNormFaults: readonly Fault[] = [
  wholeNorm('epsilon-copied', 'bug 3', (layer) => ({
    ...layer,
    epsilon: layer.epsilon > 1e-4 ? small : large,
  })),
  wholeNorm('epsilon-forgotten', 'divided by σ, not by √(σ²+ε)', (layer) => ({
    ...layer,
    epsilon: layer.variance.every((v) => v > 0) ? 0 : layer.epsilon,
  })),
  oneChannel('default-norm-for-identity', 'bug 4', isUnit, (layer, c) => ({
    scale: to(layer.scale, c, 1),
    offset: to(layer.offset, c, 0),
    mean: to(layer.mean, c, 0),
    variance: to(layer.variance, c, 1),
  })),
  oneChannel(
    'mean-and-variance-exchanged',
    'μ read as σ² and σ² as μ',
    ({ mean, variance }, c) => mean[c] > 0 && mean[c] !== variance[c],
    ({ mean, variance }, c) => ({
      mean: to(mean, c, variance[c]),
      variance: to(variance, c, mean[c]),
    }),
  ),
  oneChannel(
    'scale-sign-lost',
    '|γ| for γ',
    ({ scale }, c) => scale[c] < 0,
    ({ scale }, c) => ({ scale: altered(scale, c, Math.abs) }),
  ),
  oneChannel(
    'root-missing',
    'γ/(σ²+ε) for γ/√(σ²+ε)',
    ({ scale, variance }, c) => scale[c] !== 0 && variance[c] !== 1,
    ({ scale, variance, epsilon }, c) => ({
      scale: altered(scale, c, (g) => g / Math.sqrt(variance[c] + epsilon)),
    }),
  ),
  wholeNorm('deviation-for-variance', 'σ read as σ²', (layer) => ({
    ...layer,
    variance: layer.variance.map((v) => Math.sqrt(v)),
  })),
  oneChannel(
    'mean-dropped',
    'μ = 0',
    ({ mean }, c) => mean[c] !== 0,
    ({ mean }, c) => ({ mean: to(mean, c, 0) }),
  ),
  oneChannel(
    'offset-dropped',
    'β = 0',
    ({ offset }, c) => offset[c] !== 0,
    ({ offset }, c) => ({ offset: to(offset, c, 0) }),
  ),
  oneChannel(
    'pruned-constant',
    'bug 10: γ = 0, and β ≠ 0 taken for zero',
    ({ scale, offset }, c) => scale[c] === 0 && offset[c] !== 0,
    ({ offset }, c) => ({ offset: to(offset, c, 0) }),
  ),
  wholeNorm('scale-and-offset-exchanged', 'γ read as β and β as γ', (layer) => ({
    ...layer,
    scale: layer.offset,
    offset: layer.scale,
  })),
  wholeNorm('statistics-off-by-one', 'every channel has its neighbour’s statistics', (layer) => ({
    ...layer,
    mean: shifted(layer.mean),
    variance: shifted(layer.variance),
  })),
  wholeNorm('batch-statistics', 'bug 14', batchStatistics),
  {
    name: 'norm-lost',
    source: 'taken for folded, and dropped',
    places: (model) => normsOf(model),
    inject: (model, { layer }) => rewriteLayer(model, layer, ({ inputs }) => inputs[0]),
  },
  {
    name: 'norm-applied-twice',
    source: 'bug 15: folded, and left in place',
    places: (model) => normsOf(model),
    inject: (model, { layer }) =>
      rewriteLayer(model, layer, (norm, add) => add({ ...norm, inputs: [add(norm)] })),
  },
];

function normsOf(model: Model) {
  return model.layers
    .filter((layer) => layer.kind === 'batchNorm')
    .map((layer) => ({ layer: layer.name, at: 0 }));
}
