/**
 * One channel becomes two, and the next layer shares its weight between them; and channels scaled up
 * in one layer and down in the next, across a ReLU.
 */
import type { Model } from '../../../src/model/model.ts';
import {
  filterFrom,
  permuteRows,
  scaleColumns,
  scaleRows,
  tap,
  type Filter,
} from '../../../src/networks/filter.ts';
import { permuteNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

const width = 4;

export interface TwoLayers {
  readonly first: Filter;
  readonly norm: Norm;
  readonly second: Filter;
  readonly head: Filter;
}

export function drawTwoLayers(random: Random): TwoLayers {
  return {
    first: random.filter(3, width, 3, { bias: true }),
    norm: random.norm(width),
    second: random.filter(width, 5, 3, { bias: true }),
    head: random.filter(5, 3, 1, { bias: true }),
  };
}

export function twoLayers(n: TwoLayers): (sketch: Sketch) => Model {
  return (sketch) => {
    const first = sketch.norm('bn', sketch.conv('conv1', sketch.input(3, 5, 7), n.first), n.norm);
    const second = sketch.conv('conv2', sketch.relu('relu1', first), n.second);
    return sketch.head(sketch.relu('relu2', second), n.head);
  };
}

/** Each channel of `copies` is appended once more; `share` is what the first copy keeps of a weight. */
function splitChannels(
  n: TwoLayers,
  copies: readonly number[],
  share: (weight: number) => number,
): TwoLayers {
  const order = [...Array.from({ length: width }, (_, c) => c), ...copies];
  const second = filterFrom(
    { ...n.second, inChannels: order.length },
    (o, i, y, x) => {
      const weight = tap(n.second, o, order[i], y, x);
      if (!copies.includes(order[i])) return weight;
      const kept = Math.fround(share(weight));
      return i < width ? kept : weight - kept;
    },
    n.second.bias,
  );
  return { ...n, first: permuteRows(n.first, order), norm: permuteNorm(n.norm, order), second };
}

/** Channel c is multiplied by up[c] before the ReLU and by down[c] after it. */
function rescale(n: TwoLayers, up: readonly number[], down: readonly number[]): TwoLayers {
  const by = (values: readonly number[]): number[] => values.map((v, c) => v * up[c]);
  return {
    ...n,
    norm: { ...n.norm, scale: by(n.norm.scale), offset: by(n.norm.offset) },
    second: scaleColumns(n.second, down),
  };
}

/** The factors go into conv1 and the mean instead of into the batch norm's scale. */
function rescaleConvolution(n: TwoLayers, up: readonly number[]): TwoLayers {
  const by = (values: readonly number[]): number[] => values.map((v, c) => v * up[c]);
  return {
    ...n,
    first: scaleRows(n.first, up),
    norm: { ...n.norm, mean: by(n.norm.mean), offset: by(n.norm.offset) },
    second: scaleColumns(
      n.second,
      up.map((f) => 1 / f),
    ),
  };
}

export function channelSplitPairs(): Pair[] {
  const pair = (
    name: string,
    grain: Grain,
    expected: Pair['expected'],
    change: (n: TwoLayers) => TwoLayers,
    note: string,
  ): Pair => {
    const n = drawTwoLayers(new Random(900, grain));
    return sketchedPair({
      name,
      expected,
      note,
      original: twoLayers(n),
      converted: twoLayers(change(n)),
    });
  };
  return [
    pair('channel-halves', 'fine', 'exact', (n) => splitChannels(n, [1, 3], (w) => w / 2), '½ + ½'),
    pair(
      'channel-quarters',
      'coarse',
      'exact',
      (n) => splitChannels(n, [0], (w) => w / 4),
      '¼ + ¾',
    ),
    pair(
      'channel-split-random',
      'fine',
      'rounded',
      (n) => splitChannels(n, [0, 2], (w) => w * (0.3 + 0.5 * Math.abs(w))),
      'another share of every weight, the rest rounded',
    ),
    pair(
      'rescaled-by-powers-of-two',
      'fine',
      'exact',
      (n) => rescale(n, [4, 0.5, 1, 1024], [0.25, 2, 1, 1 / 1024]),
      'positive factors pass a ReLU',
    ),
    pair(
      'rescaled-convolution',
      'fine',
      'rounded',
      (n) => rescaleConvolution(n, [3, 0.7, 1, 11]),
      'conv1 by c, conv2 by 1/c; bn has γ, so μ and β are scaled too',
    ),
    pair(
      'rescaled-by-thirds',
      'fine',
      'rounded',
      (n) => rescale(n, [3, 1 / 3, 5, 1], [1 / 3, 3, 0.2, 1]),
      '3 and 1/3 are not powers of two',
    ),
  ];
}
