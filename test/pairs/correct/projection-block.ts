/**
 * Blocks whose shortcut is a strided 1×1 projection, with unequal and with equal widths, and the
 * Bottleneck. A 3×3 kernel with stride 2 and padding 1 has its centre where a 1×1 with stride 2 reads,
 * so Dirac rows keep exactly the pixels the projection needs.
 */
import type { Model } from '../../../src/model/model.ts';
import {
  centred,
  columns,
  diagonal,
  dirac,
  fold,
  permuteColumns,
  permuteRows,
  rows,
  type Filter,
} from '../../../src/networks/filter.ts';
import { joinNorms, permuteNorm, unitNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

interface Unit {
  readonly filter: Filter;
  readonly norm: Norm;
}

export interface ProjectionNetwork {
  readonly stem: Filter;
  readonly branch: readonly Unit[];
  readonly shortcut: Unit | null;
  readonly stride: number;
  readonly head: Filter;
}

function drawUnit(random: Random, from: number, to: number, kernel: number, bias: boolean): Unit {
  return { filter: random.filter(from, to, kernel, { bias }), norm: random.norm(to) };
}

export function drawStrided(random: Random, from: number, to: number): ProjectionNetwork {
  return {
    stem: random.filter(2, from, 3, { bias: true }),
    branch: [drawUnit(random, from, 3, 3, false), drawUnit(random, 3, to, 3, false)],
    shortcut: drawUnit(random, from, to, 1, false),
    stride: 2,
    head: random.filter(to, 3, 1, { bias: true }),
  };
}

function drawBottleneck(random: Random, stride: number): ProjectionNetwork {
  const to = stride === 1 ? 5 : 6;
  return {
    stem: random.filter(2, 5, 3, { bias: true }),
    branch: [
      drawUnit(random, 5, 3, 1, true),
      drawUnit(random, 3, 3, 3, false),
      drawUnit(random, 3, to, 1, false),
    ],
    shortcut: stride === 1 ? null : drawUnit(random, 5, to, 1, true),
    stride,
    head: random.filter(to, 3, 1, { bias: true }),
  };
}

/** The layer of the branch that strides: the first 3×3 one. */
function strideOf(network: ProjectionNetwork, index: number): number {
  return network.branch.findIndex((u) => u.filter.height === 3) === index ? network.stride : 1;
}

export function residual(network: ProjectionNetwork): Model {
  const sketch = new Sketch();
  const x = sketch.relu('stem.relu', sketch.conv('stem', sketch.input(2, 6, 9), network.stem));
  let branch = x;
  network.branch.forEach((unit, k) => {
    if (k > 0) branch = sketch.relu(`relu${k}`, branch);
    branch = sketch.conv(`conv${k + 1}`, branch, unit.filter, { stride: strideOf(network, k) });
    branch = sketch.norm(`bn${k + 1}`, branch, unit.norm);
  });
  let shortcut = x;
  if (network.shortcut !== null) {
    const { filter, norm } = network.shortcut;
    shortcut = sketch.conv('downsample', x, filter, { stride: network.stride });
    shortcut = sketch.norm('downsample.bn', shortcut, norm);
  }
  const out = sketch.relu('relu', sketch.add('add', branch, shortcut));
  return sketch.head(out, network.head);
}

export function plain(
  network: ProjectionNetwork,
  order: (count: number) => number[],
  style: 'kept' | 'folded',
): Model {
  const sketch = new Sketch();
  const reserved = network.stem.outChannels;
  let x = sketch.relu('stem.relu', sketch.conv('stem', sketch.input(2, 6, 9), network.stem));
  let places: number[] | null = null;
  network.branch.forEach(({ filter, norm }, k) => {
    const stride = strideOf(network, k);
    const own = style === 'folded' ? fold(filter, norm) : filter;
    if (k === network.branch.length - 1) {
      const shortcut =
        network.shortcut === null
          ? dirac(reserved, filter.height)
          : centred(
              fold(network.shortcut.filter, network.shortcut.norm),
              filter.height,
              filter.width,
            );
      const merged = columns(shortcut, fold(filter, norm));
      x = sketch.conv('merge', x, places === null ? merged : permuteColumns(merged, places));
      return;
    }
    const through = dirac(reserved, filter.height);
    const whole = k === 0 ? rows(through, own) : diagonal(through, own);
    const fits = places === null ? whole : permuteColumns(whole, places);
    places = order(whole.outChannels);
    x = sketch.conv(`conv${k + 1}`, x, permuteRows(fits, places), { stride });
    if (style === 'kept') {
      const joined = joinNorms(unitNorm(reserved, norm.epsilon), norm);
      x = sketch.norm(`bn${k + 1}`, x, permuteNorm(joined, places));
    }
    x = sketch.relu(`relu${k + 1}`, x);
  });
  return sketch.head(sketch.relu('relu', x), network.head);
}

export function projectionPairs(): Pair[] {
  const straight = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
  const shuffle = new Random(200);
  const shuffled = (count: number): number[] => shuffle.permutation(count);
  const cases: readonly {
    readonly name: string;
    readonly draw: (random: Random) => ProjectionNetwork;
    readonly note: string;
  }[] = [
    {
      name: 'strided-block',
      draw: (random) => drawStrided(random, 3, 5),
      note: 'stride 2, 3 → 5 channels, the projection in the centre tap',
    },
    {
      name: 'strided-block-equal-width',
      draw: (random) => drawStrided(random, 4, 4),
      note: 'stride 2, 4 → 4 channels: a projection all the same',
    },
    {
      name: 'bottleneck',
      draw: (random) => drawBottleneck(random, 1),
      note: '1×1, 3×3, 1×1 with an identity shortcut; the 3×3 is block-diagonal',
    },
    {
      name: 'bottleneck-strided',
      draw: (random) => drawBottleneck(random, 2),
      note: '1×1, 3×3 with stride 2, 1×1 and a projection',
    },
  ];
  return cases.flatMap(({ name, draw, note }, k) => {
    const grains: readonly (readonly [Grain, Pair['expected']])[] = [
      ['coarse', 'exact'],
      ['fine', 'rounded'],
    ];
    return grains.map(([grain, expected]): Pair => {
      const network = draw(new Random(210 + k, grain));
      const order = k % 2 === 0 ? straight : shuffled;
      return {
        name: grain === 'coarse' ? name : `${name}-fine`,
        original: residual(network),
        converted: plain(network, order, grain === 'coarse' ? 'kept' : 'folded'),
        inputRange: null,
        expected,
        note,
      };
    });
  });
}
