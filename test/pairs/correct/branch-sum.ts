/**
 * Siblings of RepVGG whose branches add up to one convolution: DiracNet, ACNet, MobileOne and RepMixer.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import { centred, dirac, fold, scaleRows, sum, type Filter } from '../../../src/networks/filter.ts';
import { factors, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

const width = 4;

interface Recipe {
  readonly branches: (sketch: Sketch, x: TensorId) => TensorId;
  readonly kernel: Filter;
}

/** α·x + β·(W ∗ x), with W already divided by its norm. */
function diracNet(random: Random): Recipe {
  const weight = random.filter(width, width, 3);
  const alpha = random.values(width, 0.25, 1.5);
  const beta = random.values(width, -1, 1);
  return {
    branches: (sketch, x) =>
      sketch.add(
        'add',
        sketch.scale('alpha', x, alpha),
        sketch.scale('beta', sketch.conv('conv', x, weight), beta),
      ),
    kernel: sum(scaleRows(dirac(width, 3), alpha), scaleRows(weight, beta)),
  };
}

/** 3×3, 3×1 and 1×3, a batch norm each. */
function acNet(random: Random): Recipe {
  const sizes: readonly (readonly [number, number])[] = [
    [3, 3],
    [3, 1],
    [1, 3],
  ];
  const parts = sizes.map((size) => ({
    filter: random.filter(width, width, size, { bias: true }),
    norm: random.norm(width),
  }));
  return {
    branches: (sketch, x) =>
      parts
        .map(({ filter, norm }, k) =>
          sketch.norm(`bn${k}`, sketch.conv(`conv${k}`, x, filter), norm),
        )
        .reduce((total, y, k) => sketch.add(`add${k}`, total, y)),
    kernel: sum(...parts.map(({ filter, norm }) => centred(fold(filter, norm), 3, 3))),
  };
}

/** Three depthwise 3×3, a depthwise 1×1 and a batch norm of the input itself. */
function mobileOne(random: Random): Recipe {
  const groups = width;
  const parts = [3, 3, 3, 1].map((size) => ({
    filter: random.filter(width, width, size, { groups }),
    norm: random.norm(width),
  }));
  const skip = random.norm(width);
  const through = fold(dirac(width, 3, groups), skip);
  return {
    branches: (sketch, x) =>
      parts
        .map(({ filter, norm }, k) =>
          sketch.norm(`bn${k}`, sketch.conv(`conv${k}`, x, filter), norm),
        )
        .reduce((total, y, k) => sketch.add(`add${k}`, total, y), sketch.norm('skip', x, skip)),
    kernel: sum(through, ...parts.map(({ filter, norm }) => centred(fold(filter, norm), 3, 3))),
  };
}

/** x + s·(mix(x) − norm(x)), depthwise, mix itself a RepVGG-like sum of one convolution and a norm. */
function repMixer(random: Random): Recipe {
  const groups = width;
  const filter = random.filter(width, width, 3, { groups });
  const norms: readonly Norm[] = [random.norm(width), random.norm(width)];
  const layerScale = random.values(width, -1, 1);
  const one = dirac(width, 3, groups);
  const minus = fold(one, norms[1]);
  const inner = sum(
    fold(filter, norms[0]),
    scaleRows(
      minus,
      factors(norms[1]).map(() => -1),
    ),
  );
  return {
    branches: (sketch, x) => {
      const mixed = sketch.norm('mix.bn', sketch.conv('mix', x, filter), norms[0]);
      const difference = sketch.subtract('difference', mixed, sketch.norm('norm', x, norms[1]));
      return sketch.add('add', x, sketch.scale('scale', difference, layerScale));
    },
    kernel: sum(one, scaleRows(inner, layerScale)),
  };
}

export function branchSumPairs(): Pair[] {
  const recipes: readonly (readonly [string, (random: Random) => Recipe, string])[] = [
    ['dirac-net', diracNet, 'diag(α)·I + diag(β)·W in one 3×3'],
    ['ac-net', acNet, 'the cross in the middle row and column of the 3×3'],
    ['mobile-one', mobileOne, 'five depthwise branches in one'],
    ['rep-mixer', repMixer, 'I + s·(mix − norm), by a subtraction'],
  ];
  const grains: readonly Grain[] = ['coarse', 'fine'];
  return recipes.flatMap(([name, recipe, note], index) =>
    grains.map((grain): Pair => {
      const random = new Random(700 + index, grain);
      const stem = random.filter(2, width, 3, { bias: true });
      const head = random.filter(width, 3, 1, { bias: true });
      const blocks = [recipe(random), recipe(random)];
      const draw = (step: (sketch: Sketch, x: TensorId, r: Recipe) => TensorId): Model => {
        const sketch = new Sketch();
        let x = sketch.conv('stem', sketch.input(2, 7, 5), stem);
        // The ReLU stands before each block, as in DiracNet; the last result is of either sign.
        for (const block of blocks) x = step(sketch, sketch.relu('relu', x), block);
        return sketch.head(x, head);
      };
      return {
        name: grain === 'coarse' ? name : `${name}-fine`,
        original: draw((sketch, x, r) => r.branches(sketch, x)),
        converted: draw((sketch, x, r) => sketch.conv('conv', x, r.kernel)),
        inputRange: null,
        expected: grain === 'coarse' ? 'exact' : 'rounded',
        note,
      };
    }),
  );
}
