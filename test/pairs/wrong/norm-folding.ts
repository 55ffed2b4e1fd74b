/** Batch norms folded, kept, copied or pruned wrongly. */
import type { Model } from '../../../src/model/model.ts';
import { shapeOf } from '../../../src/model/model.ts';
import { elements } from '../../../src/model/shape.ts';
import { evaluate } from '../../../src/semantics/evaluate.ts';
import {
  around,
  channels,
  drawBasicNetwork,
  plainBlock,
  residualBlock,
  type BasicNetwork,
} from '../correct/basic-block.ts';
import { drawTwoLayers, twoLayers } from '../correct/channel-split.ts';
import { drawPrunable, prunable, pruned } from '../correct/dead-channel.ts';
import { edit } from '../edit.ts';
import {
  biasOf,
  filterFrom,
  fold,
  scaleRows,
  tap,
  type Filter,
} from '../../../src/networks/filter.ts';
import { factors, unitNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

const straight = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

/** Bugs 3, 4 and 14, in blocks whose batch norms are kept. */
function keptNorms(): Pair[] {
  const drawn = drawBasicNetwork(new Random(2200));
  const withEpsilon = (from: BasicNetwork, epsilon: number, keepSum = false): BasicNetwork => {
    const set = (norm: Norm): Norm => ({
      ...norm,
      variance: norm.variance.map((v) => (keepSum ? v + norm.epsilon - epsilon : v)),
      epsilon,
    });
    return {
      ...from,
      blocks: from.blocks.map((b) => ({
        ...b,
        firstNorm: set(b.firstNorm),
        secondNorm: set(b.secondNorm),
      })),
    };
  };
  const network = withEpsilon(drawn, Math.fround(1e-3));
  const original = around(network, residualBlock);
  const unit = (norm: Norm): Norm => unitNorm(channels, norm.epsilon);
  // Powers of two near 10⁻⁵, so that everything but the mistake is exact.
  const dyadic = withEpsilon(drawBasicNetwork(new Random(2201, 'coarse')), 2 ** -16, true);
  const standard = (): Norm => ({ ...unitNorm(channels, 0), epsilon: 2 ** -16 });
  const pair = (name: string, from: Model, converted: Model, note: string): Pair => ({
    name: `wrong-${name}`,
    original: from,
    converted,
    inputRange: null,
    expected: 'different',
    note,
  });
  return [
    pair(
      'epsilon-copied',
      original,
      edit(around(network, plainBlock(straight, unit)), 'block1.bn1', (l) =>
        l.kind === 'batchNorm' ? { ...l, epsilon: Math.fround(1e-5) } : l,
      ),
      'bug 3: ε = 10⁻⁵ where the source has 10⁻³',
    ),
    pair(
      'epsilon-folded',
      original,
      around(withEpsilon(drawn, Math.fround(1e-5)), plainBlock(straight, null)),
      'bug 3 in a fold: ε = 10⁻⁵ everywhere',
    ),
    pair(
      'default-norm-as-identity',
      around(dyadic, residualBlock),
      around(dyadic, plainBlock(straight, standard)),
      'bug 4: γ = σ² = 1, ε = 2⁻¹⁶ on the reserved channels',
    ),
    pair('batch-statistics', original, withBatchStatistics(original), 'bug 14: training mode'),
    pair(
      'scale-and-offset-exchanged',
      original,
      edit(around(network, plainBlock(straight, unit)), 'block2.bn1', (l) =>
        l.kind === 'batchNorm' ? { ...l, scale: l.offset, offset: l.scale } : l,
      ),
      'γ and β in each other’s place',
    ),
    pair(
      'deviation-for-variance',
      original,
      edit(original, 'block1.bn2', (l) =>
        l.kind === 'batchNorm' ? { ...l, variance: l.variance.map((v) => Math.sqrt(v)) } : l,
      ),
      'σ stored where σ² belongs',
    ),
  ];
}

/** Replaces each batch norm's statistics by those one image gives it, from the input on. */
function withBatchStatistics(model: Model): Model {
  const random = new Random(2210);
  const image = Float64Array.from(
    random.values(elements(shapeOf(model, model.inputs[0].tensor)), -1, 1),
  );
  let result = model;
  for (const layer of model.layers) {
    if (layer.kind !== 'batchNorm') continue;
    const shape = shapeOf(model, layer.inputs[0]);
    const area = shape.height * shape.width;
    const keep = [layer.inputs[0]];
    const values = evaluate(result, [image], { keep }).values.get(layer.inputs[0]);
    if (values === undefined) throw new Error('the tensor was kept');
    const mean = new Float32Array(shape.channels);
    const variance = new Float32Array(shape.channels);
    for (let c = 0; c < shape.channels; c++) {
      const pixels = values.subarray(c * area, (c + 1) * area);
      const average = pixels.reduce((sum, v) => sum + v, 0) / area;
      mean[c] = average;
      variance[c] = pixels.reduce((sum, v) => sum + (v - average) ** 2, 0) / area;
    }
    result = edit(result, layer.name, (l) =>
      l.kind === 'batchNorm' ? { ...l, mean, variance } : l,
    );
  }
  return result;
}

/** Bugs 11, 12, 15: one convolution and its batch norm, folded in seven wrong ways. */
function folds(): Pair[] {
  const n = drawTwoLayers(new Random(2220, 'coarse'));
  const s = factors(n.norm);
  const good = fold(n.first, n.norm);
  const withBias = (bias: (o: number) => number): Filter => ({
    ...good,
    bias: straight(4).map(bias),
  });
  const network = (filter: Filter, norm: Norm | null) => (sketch: Sketch) => {
    let x = sketch.conv('conv1', sketch.input(3, 5, 7), filter);
    if (norm !== null) x = sketch.norm('bn', x, norm);
    const y = sketch.conv('conv2', sketch.relu('relu1', x), n.second);
    return sketch.head(sketch.relu('relu2', y), n.head);
  };
  const { mean, offset, scale } = n.norm;
  const own = (o: number): number => biasOf(n.first, o);
  const deviation = n.norm.variance.map((v) => Math.sqrt(v + n.norm.epsilon));
  const cases: readonly (readonly [string, string, (sketch: Sketch) => Model])[] = [
    [
      'bias-dropped',
      'bug 11: the convolution’s own bias is left out of the fold',
      network(
        withBias((o) => offset[o] - s[o] * mean[o]),
        null,
      ),
    ],
    [
      'bias-not-scaled',
      'bug 11: the bias is added without the factor of the batch norm',
      network(
        withBias((o) => own(o) - s[o] * mean[o] + offset[o]),
        null,
      ),
    ],
    [
      'mean-not-scaled',
      'the mean is subtracted without the factor',
      network(
        withBias((o) => s[o] * own(o) - mean[o] + offset[o]),
        null,
      ),
    ],
    [
      'order-swapped',
      'folded as if the batch norm stood before the convolution’s bias and offset were one',
      network(
        withBias((o) => s[o] * (own(o) + offset[o] - mean[o])),
        null,
      ),
    ],
    ['folded-twice', 'bug 15: folded, and the batch norm left in place', network(good, n.norm)],
    [
      'epsilon-outside-the-root',
      'γ/(√σ² + ε) for γ/√(σ²+ε)',
      network(
        fold(n.first, {
          ...n.norm,
          variance: n.norm.variance.map((v) => (Math.sqrt(v) + n.norm.epsilon) ** 2),
          epsilon: 0,
        }),
        null,
      ),
    ],
    [
      'factor-without-scale',
      'divided by √(σ²+ε), γ forgotten',
      network(
        {
          ...scaleRows(
            n.first,
            deviation.map((d) => 1 / d),
          ),
          bias: good.bias,
        },
        scale.length === 4 ? null : n.norm,
      ),
    ],
  ];
  return cases.map(([name, note, converted]) =>
    sketchedPair({
      name: `wrong-${name}`,
      expected: 'different',
      note,
      original: twoLayers(n),
      converted,
    }),
  );
}

/** Batch norm before the ReLU against batch norm behind it. */
function normBehindRelu(): Pair {
  const n = drawTwoLayers(new Random(2230));
  return sketchedPair({
    name: 'wrong-norm-behind-relu',
    expected: 'different',
    note: 'the batch norm and the ReLU change places',
    original: twoLayers(n),
    converted: (s) => {
      const x = s.relu('relu1', s.conv('conv1', s.input(3, 5, 7), n.first));
      const y = s.conv('conv2', s.norm('bn', x, n.norm), n.second);
      return s.head(s.relu('relu2', y), n.head);
    },
  });
}

/** Bug 12: a grouped convolution folded and written out as if every group read every channel. */
function groupsIgnored(): Pair {
  const random = new Random(2240);
  const grouped = random.filter(4, 6, 3, { groups: 2, bias: true });
  const norm = random.norm(6);
  const head = random.filter(6, 3, 1, { bias: true });
  return sketchedPair({
    name: 'wrong-groups-ignored',
    expected: 'different',
    note: 'bug 12: the second group reads the first group’s channels',
    original: (s) =>
      s.head(s.relu('relu', s.norm('bn', s.conv('conv', s.input(4, 5, 7), grouped), norm)), head),
    converted: (s) => {
      const ignored = filterFrom({ ...grouped, groups: 1 }, (o, i, y, x) =>
        i < 2 ? tap(grouped, o, i, y, x) : 0,
      );
      const folded = fold({ ...ignored, bias: grouped.bias }, norm);
      return s.head(s.relu('relu', s.conv('conv', s.input(4, 5, 7), folded)), head);
    },
  });
}

/** Bug 10: pruned channels that were constants, not zero. */
function prunedConstants(): Pair[] {
  const pair = (name: string, kernel: number, constants: readonly number[], note: string): Pair => {
    const n = drawPrunable(new Random(2250), [0.5, 0.25], kernel);
    return sketchedPair({
      name: `wrong-${name}`,
      expected: 'different',
      note,
      original: (s) => s.head(prunable(s, n), n.head),
      converted: (s) => {
        const less = pruned(n, constants);
        return s.head(prunable(s, less), less.head);
      },
    });
  };
  return [
    pair('pruned-constant', 1, [0, 0], 'bug 10: γ = 0 but β > 0, pruned as if it were zero'),
    pair(
      'pruned-constant-at-the-border',
      3,
      [0.5, 0.25],
      'bug 10 in part: the constant is not seen through the padding, the bias is',
    ),
  ];
}

export function wrongNormPairs(): Pair[] {
  return [...keptNorms(), ...folds(), normBehindRelu(), groupsIgnored(), ...prunedConstants()];
}
