/**
 * RepVGG, B3(W3 ∗ x) + B1(W1 ∗ x) + Bi(x), re-parameterised to one 3×3, also with groups, and RM-RepVGG,
 * where the first ⌊rC⌋ channels pass the block untouched and only the rest get the three branches.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import type { Model } from '../../../src/model/model.ts';
import {
  centred,
  dirac,
  fold,
  rows,
  sum,
  tap,
  filterFrom,
  type Filter,
} from '../../../src/networks/filter.ts';
import type { Norm } from '../../../src/networks/norm.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { Sketch } from '../../../src/networks/sketch.ts';

const repVggWidth = 6;

export interface RepVggBlock {
  readonly large: Filter;
  readonly largeNorm: Norm;
  readonly small: Filter;
  readonly smallNorm: Norm;
  /** Null where the block strides and has no identity branch. */
  readonly identityNorm: Norm | null;
}

export interface RepVggNetwork {
  readonly stem: Filter;
  readonly blocks: readonly RepVggBlock[];
  readonly groups: number;
  /** Channels that pass. */
  readonly passing: number;
  readonly head: Filter;
}

export function drawRepVgg(random: Random, groups: number, passing: number): RepVggNetwork {
  const own = repVggWidth - passing;
  const block = (): RepVggBlock => ({
    large: random.filter(repVggWidth, own, 3, { groups }),
    largeNorm: random.norm(own),
    small: random.filter(repVggWidth, own, 1, { groups }),
    smallNorm: random.norm(own),
    identityNorm: random.norm(own),
  });
  return {
    stem: random.filter(3, repVggWidth, 3, { bias: true }),
    blocks: [block(), block()],
    groups,
    passing,
    head: random.filter(repVggWidth, 3, 1, { bias: true }),
  };
}

const passed = (n: RepVggNetwork): number[] => Array.from({ length: n.passing }, (_, c) => c);
const kept = (n: RepVggNetwork): number[] =>
  Array.from({ length: repVggWidth - n.passing }, (_, c) => c + n.passing);

/** No activation after the stem: the passing channels are of either sign at first. */
export function repVggOriginal(n: RepVggNetwork): Model {
  const sketch = new Sketch();
  let x = sketch.conv('stem', sketch.input(3, 5, 7), n.stem);
  n.blocks.forEach((b, k) => {
    const at = `block${k + 1}`;
    const large = sketch.norm(`${at}.bn3`, sketch.conv(`${at}.conv3`, x, b.large), b.largeNorm);
    const small = sketch.norm(`${at}.bn1`, sketch.conv(`${at}.conv1`, x, b.small), b.smallNorm);
    let y = sketch.add(`${at}.add1`, large, small);
    if (b.identityNorm !== null) {
      const own = n.passing === 0 ? x : sketch.select(`${at}.rest`, x, kept(n));
      y = sketch.add(`${at}.add2`, y, sketch.norm(`${at}.bn0`, own, b.identityNorm));
    }
    if (n.passing > 0) {
      y = sketch.concat(`${at}.concat`, [sketch.select(`${at}.pass`, x, passed(n)), y]);
    }
    x = sketch.relu(`${at}.relu`, y);
  });
  return sketch.head(x, n.head);
}

/** The Dirac kernel of the channels from `skipped` on. */
function identity(n: RepVggNetwork): Filter {
  if (n.passing === 0) return dirac(repVggWidth, 3, n.groups);
  const whole = dirac(repVggWidth, 3);
  return filterFrom({ ...whole, outChannels: repVggWidth - n.passing }, (o, i, y, x) =>
    tap(whole, o + n.passing, i, y, x),
  );
}

export function reparameterized(
  n: RepVggNetwork,
  b: RepVggBlock,
  skip: Filter = identity(n),
): Filter {
  const branches = [
    fold(b.large, b.largeNorm),
    centred(fold(b.small, b.smallNorm), 3, 3),
    ...(b.identityNorm === null ? [] : [fold(skip, b.identityNorm)]),
  ];
  const own = sum(...branches);
  if (n.passing === 0) return own;
  const whole = dirac(repVggWidth, 3);
  const first = filterFrom({ ...whole, outChannels: n.passing }, (o, i, y, x) =>
    tap(whole, o, i, y, x),
  );
  return rows(first, own);
}

export function repVggPlain(
  n: RepVggNetwork,
  kernel: (b: RepVggBlock, index: number) => Filter = (b) => reparameterized(n, b),
): Model {
  const sketch = new Sketch();
  let x: TensorId = sketch.conv('stem', sketch.input(3, 5, 7), n.stem);
  n.blocks.forEach((b, k) => {
    x = sketch.relu(`block${k + 1}.relu`, sketch.conv(`block${k + 1}.conv`, x, kernel(b, k)));
  });
  return sketch.head(x, n.head);
}

export function repVggPairs(): Pair[] {
  const pair = (
    name: string,
    grain: Grain,
    shape: { readonly groups: number; readonly passing: number },
    note: string,
  ): Pair => {
    const n = drawRepVgg(new Random(600, grain), shape.groups, shape.passing);
    return {
      name,
      original: repVggOriginal(n),
      converted: repVggPlain(n),
      inputRange: null,
      expected: grain === 'coarse' ? 'exact' : 'rounded',
      note,
    };
  };
  const dense = { groups: 1, passing: 0 };
  return [
    pair('rep-vgg', 'coarse', dense, 'three branches in one 3×3'),
    pair('rep-vgg-fine', 'fine', dense, 'the same, rounded once'),
    pair('rep-vgg-grouped', 'coarse', { groups: 3, passing: 0 }, 'identity at i mod C/g'),
    pair('rep-vgg-grouped-fine', 'fine', { groups: 2, passing: 0 }, 'the same, rounded once'),
    pair('rep-vgg-depthwise', 'coarse', { groups: 6, passing: 0 }, 'one channel in a group'),
    pair('rm-rep-vgg', 'coarse', { groups: 1, passing: 4 }, 'four of six channels pass'),
    pair('rm-rep-vgg-fine', 'fine', { groups: 1, passing: 2 }, 'two of six channels pass'),
  ];
}
