/**
 * RMNeXt-style block: a grouped 3×3 from C to (T−1)·C channels, a pointwise convolution back, and a
 * shortcut. Extra groups hold the Dirac kernel, so the converted 3×3 stays grouped.
 */
import { besideGroups, columns, dirac, fold, type Filter } from '../../../src/networks/filter.ts';
import { joinNorms, unitNorm, type Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

const channels = 4;
const perGroup = 2;

interface GroupedNetwork {
  readonly stem: Filter;
  readonly grouped: Filter;
  readonly groupedNorm: Norm;
  readonly pointwise: Filter;
  readonly pointwiseNorm: Norm;
  readonly head: Filter;
}

function draw(random: Random): GroupedNetwork {
  return {
    stem: random.filter(3, channels, 3, { bias: true }),
    grouped: random.filter(channels, 2 * channels, 3, { groups: channels / perGroup, bias: true }),
    groupedNorm: random.norm(2 * channels),
    pointwise: random.filter(2 * channels, channels, 1),
    pointwiseNorm: random.norm(channels),
    head: random.filter(channels, 3, 1, { bias: true }),
  };
}

/**
 * The two inputs of a group give four outputs; the reserved groups give two. One convolution has one
 * ratio, so the reserved channels are duplicated (each group's Dirac twice) and merged at one half each.
 */
function reserved(): Filter {
  const group = dirac(perGroup, 3);
  const twice: Filter = {
    ...group,
    outChannels: 2 * perGroup,
    weight: [...group.weight, ...group.weight],
  };
  return besideGroups(twice, twice);
}

export function groupedBlockPairs(): Pair[] {
  const build = (name: string, grain: Grain, expected: Pair['expected']): Pair => {
    const n = draw(new Random(300, grain));
    const left = new Sketch();
    const x = left.relu('stem.relu', left.conv('stem', left.input(3, 5, 7), n.stem));
    let y = left.norm('bn1', left.conv('conv1', x, n.grouped), n.groupedNorm);
    y = left.conv('conv2', left.relu('relu1', y), n.pointwise);
    y = left.relu('relu2', left.add('add', left.norm('bn2', y, n.pointwiseNorm), x));
    const original = left.head(y, n.head);

    const right = new Sketch();
    let z = right.relu('stem.relu', right.conv('stem', right.input(3, 5, 7), n.stem));
    z = right.select('twice', z, [0, 1, 2, 3, 0, 1, 2, 3]);
    const half = { ...dirac(channels, 1) };
    // Reserved outputs come as a, b, a, b, c, d, c, d.
    const spread: Filter = {
      ...half,
      inChannels: 2 * channels,
      weight: Array.from({ length: channels * 2 * channels }, (_, at) => {
        const o = Math.floor(at / (2 * channels));
        const i = at % (2 * channels);
        const source = Math.floor(i / (2 * perGroup)) * perGroup + (i % perGroup);
        return source === o ? 0.5 : 0;
      }),
    };
    z = right.conv('conv1', z, besideGroups(reserved(), n.grouped));
    z = right.norm(
      'bn1',
      z,
      joinNorms(unitNorm(2 * channels, n.groupedNorm.epsilon), n.groupedNorm),
    );
    z = right.conv(
      'conv2',
      right.relu('relu1', z),
      columns(spread, fold(n.pointwise, n.pointwiseNorm)),
    );
    return {
      name,
      original,
      converted: right.head(right.relu('relu2', z), n.head),
      inputRange: null,
      expected,
      note: 'extra groups of the 3×3 hold Dirac kernels, each reserved channel twice at one half',
    };
  };
  return [
    build('grouped-block', 'coarse', 'exact'),
    build('grouped-block-fine', 'fine', 'rounded'),
  ];
}
