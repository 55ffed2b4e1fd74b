/**
 * BasicBlock, y = relu(x + B2(W2 ∗ relu(B1(W1 ∗ x)))), against its residual-free twins.
 *
 * Two blocks behind a stem that ends in a ReLU, so every reserved value is non-negative.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import {
  biasOf,
  columns,
  dirac,
  fold,
  permuteColumns,
  permuteRows,
  rows,
  type Filter,
} from '../../../src/networks/filter.ts';
import {
  joinNorms,
  permuteNorm,
  unitNorm,
  unitNormAround,
  type Norm,
} from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

export interface BasicBlock {
  readonly first: Filter;
  readonly firstNorm: Norm;
  readonly second: Filter;
  readonly secondNorm: Norm;
}

export interface BasicNetwork {
  readonly stem: Filter;
  readonly blocks: readonly BasicBlock[];
  readonly head: Filter;
}

export const channels = 4;

export function drawBasicNetwork(random: Random, bias = false): BasicNetwork {
  const block = (middle: number): BasicBlock => ({
    first: random.filter(channels, middle, 3, { bias }),
    firstNorm: random.norm(middle),
    second: random.filter(middle, channels, 3, { bias }),
    secondNorm: random.norm(channels),
  });
  return {
    stem: random.filter(3, channels, 3, { bias: true }),
    blocks: [block(4), block(3)],
    head: random.filter(channels, 3, 1, { bias: true }),
  };
}

/** Draws the stem and the head around whatever a block is. */
export function around(
  network: BasicNetwork,
  block: (sketch: Sketch, x: TensorId, block: BasicBlock, name: string) => TensorId,
): Model {
  const sketch = new Sketch();
  let x = sketch.relu('stem.relu', sketch.conv('stem', sketch.input(3, 5, 7), network.stem));
  network.blocks.forEach((b, k) => (x = block(sketch, x, b, `block${k + 1}`)));
  return sketch.head(x, network.head);
}

export function residualBlock(sketch: Sketch, x: TensorId, b: BasicBlock, name: string): TensorId {
  const first = sketch.norm(`${name}.bn1`, sketch.conv(`${name}.conv1`, x, b.first), b.firstNorm);
  const hidden = sketch.relu(`${name}.relu1`, first);
  const second = sketch.conv(`${name}.conv2`, hidden, b.second);
  const branch = sketch.norm(`${name}.bn2`, second, b.secondNorm);
  return sketch.relu(`${name}.relu2`, sketch.add(`${name}.add`, x, branch));
}

/**
 * The usual conversion: reserve in conv1 and bn1, merge in a conv2 with its batch norm folded.
 * `order` says where reserved (first in the list of rows) and own channels go; `unit` is the batch norm
 * of the reserved channels, or null to fold bn1 as well.
 */
export function plainBlock(
  order: (count: number) => readonly number[],
  unit: ((norm: Norm) => Norm) | null,
): typeof residualBlock {
  return (sketch, x, b, name) => {
    const c = channels;
    const places = order(c + b.first.outChannels);
    const own = unit === null ? fold(b.first, b.firstNorm) : b.first;
    const reserved = permuteRows(rows(dirac(c, 3), own), places);
    let hidden = sketch.conv(`${name}.conv1`, x, reserved);
    if (unit !== null) {
      const norm = joinNorms(unit(b.firstNorm), b.firstNorm);
      hidden = sketch.norm(`${name}.bn1`, hidden, permuteNorm(norm, places));
    }
    hidden = sketch.relu(`${name}.relu1`, hidden);
    const merged = columns(dirac(c, 3), fold(b.second, b.secondNorm));
    return sketch.relu(
      `${name}.relu2`,
      sketch.conv(`${name}.conv2`, hidden, permuteColumns(merged, places)),
    );
  };
}

/** Everything stays unfolded: conv2 keeps both halves apart, a 1×1 convolution adds them. */
function keptBlock(sketch: Sketch, x: TensorId, b: BasicBlock, name: string): TensorId {
  const c = channels;
  const first = sketch.conv(`${name}.conv1`, x, rows(dirac(c, 3), b.first));
  const firstNorm = joinNorms(unitNorm(c, b.firstNorm.epsilon), b.firstNorm);
  const hidden = sketch.relu(`${name}.relu1`, sketch.norm(`${name}.bn1`, first, firstNorm));
  const empty = (filter: Filter): Filter => ({
    ...filter,
    weight: filter.weight.map(() => 0),
    bias: null,
  });
  const second = rows(columns(dirac(c, 3), empty(b.second)), columns(empty(dirac(c, 3)), b.second));
  const secondNorm = joinNorms(unitNorm(c, b.secondNorm.epsilon), b.secondNorm);
  const apart = sketch.norm(
    `${name}.bn2`,
    sketch.conv(`${name}.conv2`, hidden, second),
    secondNorm,
  );
  return sketch.relu(
    `${name}.relu2`,
    sketch.conv(`${name}.merge`, apart, columns(dirac(c, 1), dirac(c, 1))),
  );
}

/** Convolution biases go into the means of the batch norms behind them. */
function movedBlock(sketch: Sketch, x: TensorId, b: BasicBlock, name: string): TensorId {
  const move = (norm: Norm, filter: Filter): Norm => ({
    ...norm,
    mean: norm.mean.map((mean, o) => mean - biasOf(filter, o)),
  });
  const moved: BasicBlock = {
    first: { ...b.first, bias: null },
    firstNorm: move(b.firstNorm, b.first),
    second: { ...b.second, bias: null },
    secondNorm: move(b.secondNorm, b.second),
  };
  return keptBlock(sketch, x, moved, name);
}

const straight = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

export function basicBlockPairs(): Pair[] {
  const exact = drawBasicNetwork(new Random(101, 'coarse'));
  const fine = drawBasicNetwork(new Random(102), true);
  const moving = drawBasicNetwork(new Random(103, 'coarse'), true);
  const shuffle = new Random(104);
  const c = channels;
  const unit = (norm: Norm): Norm => unitNorm(c, norm.epsilon);
  const probe = new Random(105);
  const probed = (norm: Norm): Norm =>
    unitNormAround(probe.values(c, -1, 2), probe.values(c, 0.1, 3), norm.epsilon);
  const last = (count: number): number[] => [...straight(count).slice(c), ...straight(c)];
  const pair = (
    name: string,
    network: BasicNetwork,
    block: typeof residualBlock,
    expected: Pair['expected'],
    note: string,
  ): Pair => ({
    name: `basic-block-${name}`,
    original: around(network, residualBlock),
    converted: around(network, block),
    inputRange: null,
    expected,
    note,
  });
  return [
    pair('reserved-first', exact, plainBlock(straight, unit), 'exact', 'rows [Dirac; W1]'),
    pair('reserved-last', exact, plainBlock(last, unit), 'exact', 'rows [W1; Dirac]'),
    pair(
      'reserved-shuffled',
      exact,
      plainBlock((n) => shuffle.permutation(n), unit),
      'exact',
      'rows of conv1 and columns of conv2 in one random order',
    ),
    pair('all-folded', exact, plainBlock(straight, null), 'exact', 'bn1 folded; nothing rounds'),
    pair('kept', fine, keptBlock, 'rounded', 'no fold; 1 − ε rounds in the unit batch norms'),
    pair('kept-dyadic', moving, keptBlock, 'exact', 'no fold; 1 − ε is a float32'),
    pair('moved-biases', moving, movedBlock, 'exact', 'biases subtracted from the means'),
    pair('moved-biases-fine', fine, movedBlock, 'rounded', 'the same, where the means round'),
    pair('folded-fine', fine, plainBlock(straight, null), 'rounded', 'float32 folding'),
    pair(
      'folded-fine-shuffled',
      fine,
      plainBlock((n) => shuffle.permutation(n), null),
      'rounded',
      'float32 folding and a random order',
    ),
    pair('unit-variance', fine, plainBlock(last, unit), 'rounded', 'γ = 1, σ² = fl(1 − ε)'),
    pair('unit-probed', fine, plainBlock(last, probed), 'rounded', 'γ = fl(√(σ²+ε)), β = μ'),
  ];
}
