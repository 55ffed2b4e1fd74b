/**
 * Neighbouring layers multiplied into one: convolutions into convolutions where nothing is padded in
 * between, batch norms into what stands before or behind them, and other spellings of one convolution.
 */
import type { Model } from '../../../src/model/model.ts';
import {
  compose,
  diagonal,
  dirac,
  filterFrom,
  fold,
  permuteColumns,
  tap,
  ungrouped,
  type Filter,
} from '../../../src/networks/filter.ts';
import { factors } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { sketchedPair, type Drawing } from '../sketched-pair.ts';

type Recipe = (random: Random) => Pick<Drawing, 'original' | 'converted'>;

const headOf = (random: Random, channels: number): Filter =>
  random.filter(channels, 3, 1, { bias: true });

/** A 1×1 without bias may be followed by padding: zero stays zero. */
const pointwiseFirst: Recipe = (random) => {
  const first = random.filter(3, 5, 1);
  const second = random.filter(5, 4, 3, { bias: true });
  const head = headOf(random, 4);
  return {
    original: (s) =>
      s.head(
        s.relu('relu', s.conv('conv2', s.conv('conv1', s.input(3, 5, 7), first), second)),
        head,
      ),
    converted: (s) =>
      s.head(s.relu('relu', s.conv('conv', s.input(3, 5, 7), compose(second, first))), head),
  };
};

/** With a bias the 3×3 must not be padded. */
const pointwiseFirstUnpadded: Recipe = (random) => {
  const first = random.filter(3, 5, 1, { bias: true });
  const second = random.filter(5, 4, 3, { bias: true });
  const head = headOf(random, 4);
  return {
    original: (s) => {
      const x = s.conv('conv1', s.input(3, 5, 7), first);
      return s.head(s.relu('relu', s.conv('conv2', x, second, { pads: 0, stride: 2 })), head);
    },
    converted: (s) => {
      const merged = compose(second, first);
      const x = s.conv('conv', s.input(3, 5, 7), merged, { pads: 0, stride: 2 });
      return s.head(s.relu('relu', x), head);
    },
  };
};

/** A padded 3×3 followed by a 1×1: biases add up after the padding. */
const pointwiseLast: Recipe = (random) => {
  const first = random.filter(3, 5, 3, { bias: true });
  const second = random.filter(5, 4, 1, { bias: true });
  const norm = random.norm(4);
  const head = headOf(random, 4);
  return {
    original: (s) => {
      const x = s.conv('conv1', s.input(3, 6, 7), first, { stride: 2 });
      return s.head(s.relu('relu', s.norm('bn', s.conv('conv2', x, second), norm)), head);
    },
    converted: (s) => {
      const merged = fold(compose(second, first), norm);
      return s.head(s.relu('relu', s.conv('conv', s.input(3, 6, 7), merged, { stride: 2 })), head);
    },
  };
};

/** Two unpadded 3×3 are one 5×5; the input is padded before both. */
const twoLarge: Recipe = (random) => {
  const first = random.filter(2, 3, 3, { bias: true });
  const second = random.filter(3, 4, 3, { bias: true });
  const head = headOf(random, 4);
  return {
    original: (s) => {
      const x = s.conv('conv1', s.input(2, 5, 6), first, { pads: 2 });
      return s.head(s.relu('relu', s.conv('conv2', x, second, { pads: 0 })), head);
    },
    converted: (s) => {
      const x = s.conv('conv', s.input(2, 5, 6), compose(second, first), { pads: 2 });
      return s.head(s.relu('relu', x), head);
    },
  };
};

/** Conv–BN with groups, a depthwise convolution and a dense layer with its own batch norm. */
const normFolding: Recipe = (random) => {
  const grouped = random.filter(4, 6, 3, { groups: 2, bias: true });
  const groupedNorm = random.norm(6);
  const depthwise = random.filter(6, 12, 3, { groups: 6 });
  const depthwiseNorm = random.norm(12);
  const dense = random.filter(12, 4, 1, { bias: true });
  const denseNorm = random.norm(4);
  const draw =
    (folded: boolean): Drawing['original'] =>
    (s) => {
      const convolution = (
        name: string,
        x: number,
        filter: Filter,
        norm: typeof groupedNorm,
        stride: number,
      ): number =>
        folded
          ? s.conv(name, x, fold(filter, norm), { stride })
          : s.norm(`${name}.bn`, s.conv(name, x, filter, { stride }), norm);
      let x = convolution('grouped', s.input(4, 7, 5), grouped, groupedNorm, 1);
      x = convolution('depthwise', s.relu('relu1', x), depthwise, depthwiseNorm, 2);
      x = s.globalAveragePool('pool', s.relu('relu2', x));
      return folded
        ? s.finish(s.dense('dense', x, fold(dense, denseNorm)))
        : s.finish(s.norm('dense.bn', s.dense('dense', x, dense), denseNorm));
    };
  return { original: draw(false), converted: draw(true) };
};

/** A batch norm before an unpadded convolution folds forwards; one alone is a depthwise 1×1. */
const normForwards: Recipe = (random) => {
  const norm = random.norm(3);
  const second = random.filter(3, 4, 3, { bias: true });
  const last = random.norm(4);
  const head = headOf(random, 4);
  const affine = fold(dirac(3, 1), norm);
  return {
    original: (s) => {
      const x = s.conv('conv', s.norm('bn1', s.input(3, 5, 7), norm), second, { pads: 0 });
      return s.head(s.norm('bn2', s.relu('relu', x), last), head);
    },
    converted: (s) => {
      const x = s.conv('conv', s.input(3, 5, 7), compose(second, affine), { pads: 0 });
      const alone = fold(dirac(4, 1, 4), last);
      return s.head(s.conv('depthwise', s.relu('relu', x), alone), head);
    },
  };
};

/** A batch norm spelled out: subtract the mean, multiply, add. */
const normSpelled: Recipe = (random) => {
  const conv = random.filter(3, 4, 3);
  const norm = random.norm(4);
  const head = headOf(random, 4);
  const minus = norm.mean.map((mean) => -mean);
  return {
    original: (s) =>
      s.head(s.relu('relu', s.norm('bn', s.conv('conv', s.input(3, 5, 7), conv), norm)), head),
    converted: (s) => {
      let x = s.translate('minus-mean', s.conv('conv', s.input(3, 5, 7), conv), minus);
      x = s.scale('factor', x, factors(norm));
      return s.head(s.relu('relu', s.translate('plus-offset', x, norm.offset)), head);
    },
  };
};

/** A grouped convolution is a dense one with zeros; a dilated 3×3 is a 5×5 with zeros. */
const writtenOut: Recipe = (random) => {
  const grouped = random.filter(4, 6, 3, { groups: 2, bias: true });
  const dilated = random.filter(6, 4, 3, { bias: true });
  const head = headOf(random, 4);
  const sparse = filterFrom(
    { ...dilated, height: 5, width: 5 },
    (o, i, y, x) => (y % 2 === 0 && x % 2 === 0 ? tap(dilated, o, i, y / 2, x / 2) : 0),
    dilated.bias,
  );
  return {
    original: (s) => {
      const x = s.relu('relu', s.conv('conv1', s.input(4, 7, 6), grouped));
      return s.head(s.relu('relu2', s.conv('conv2', x, dilated, { dilation: 2 })), head);
    },
    converted: (s) => {
      const x = s.relu('relu', s.conv('conv1', s.input(4, 7, 6), ungrouped(grouped)));
      return s.head(s.relu('relu2', s.conv('conv2', x, sparse)), head);
    },
  };
};

/** Two convolutions of one input added, against one convolution of the input twice. */
const addedTogether: Recipe = (random) => {
  const a = random.filter(3, 4, 3, { bias: true });
  const b = random.filter(3, 4, 3);
  const last = random.filter(4, 4, 1, { bias: true });
  const head = headOf(random, 8);
  return {
    original: (s) => {
      const x = s.input(3, 5, 7);
      const y = s.relu('relu', s.add('add', s.conv('a', x, a), s.conv('b', x, b)));
      return s.head(
        s.relu('relu2', s.conv('last', s.concat('twice', [y, y]), diagonal(last, last))),
        head,
      );
    },
    converted: (s): Model => {
      const both = filterFrom(
        { ...a, inChannels: 6 },
        (o, i, y, x) => (i < 3 ? tap(a, o, i, y, x) : tap(b, o, i - 3, y, x)),
        a.bias,
      );
      const order = [5, 0, 3, 1, 4, 2];
      const input = s.input(3, 5, 7);
      const twice = s.select('shuffled', s.concat('twice', [input, input]), order);
      const y = s.relu('relu', s.conv('ab', twice, permuteColumns(both, order)));
      const z = s.relu('relu2', s.conv('last', y, last));
      return s.head(s.concat('twice-late', [z, z]), head);
    },
  };
};

export function convolutionFusionPairs(): Pair[] {
  const recipes: readonly (readonly [string, Recipe, string, readonly Grain[]])[] = [
    ['pointwise-first', pointwiseFirst, '1×1 without bias, then padded 3×3', ['coarse', 'fine']],
    ['pointwise-first-unpadded', pointwiseFirstUnpadded, '1×1 with bias', ['coarse', 'fine']],
    ['pointwise-last', pointwiseLast, 'padded, strided 3×3, then 1×1 and BN', ['coarse', 'fine']],
    ['two-large', twoLarge, '3×3 and 3×3 without padding between are a 5×5', ['coarse', 'fine']],
    ['norm-folding', normFolding, 'grouped, depthwise and dense', ['coarse', 'fine']],
    ['norm-forwards', normForwards, 'BN into the convolution behind it', ['coarse', 'fine']],
    ['norm-spelled', normSpelled, 'BN as translate, scale, translate', ['coarse', 'fine']],
  ];
  const spellings: readonly (readonly [string, Recipe, string])[] = [
    ['written-out', writtenOut, 'groups and dilation as explicit zeros'],
    ['added-together', addedTogether, 'a sum of convolutions as one of a concatenation'],
  ];
  const pair = (
    name: string,
    recipe: Recipe,
    note: string,
    grain: Grain,
    expected: Pair['expected'],
    index: number,
  ): Pair => sketchedPair({ name, expected, note, ...recipe(new Random(1000 + index, grain)) });
  return [
    ...recipes.flatMap(([name, recipe, note, grains], k) =>
      grains.map((grain) =>
        grain === 'coarse'
          ? pair(name, recipe, note, grain, 'exact', k)
          : pair(`${name}-fine`, recipe, note, grain, 'rounded', k),
      ),
    ),
    ...spellings.map(([name, recipe, note], k) =>
      pair(name, recipe, note, 'fine', 'exact', 50 + k),
    ),
  ];
}
