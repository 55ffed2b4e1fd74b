/** Branches and neighbouring layers merged although something stands in the way, or merged askew. */
import type { Model } from '../../../src/model/model.ts';
import { drawExcited, excited } from '../correct/channel-order.ts';
import { diverseBranches, diverseMerged, drawDiverseBranch } from '../correct/diverse-branch.ts';
import { drawRepVgg, reparameterized, repVggOriginal, repVggPlain } from '../correct/rep-vgg.ts';
import {
  centred,
  compose,
  dirac,
  filterFrom,
  fold,
  type Filter,
} from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair, type Drawing } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

type Recipe = (random: Random) => Pick<Drawing, 'original' | 'converted'>;

/** Bugs 8 and 9: identity kernels of a grouped RepVGG. */
function groupedIdentity(): Pair[] {
  const n = drawRepVgg(new Random(2300), 3, 0);
  const right = dirac(6, 3, 3);
  const centre = (value: (o: number, i: number) => number): Filter =>
    filterFrom(right, (o, i, y, x) => (y === 1 && x === 1 ? value(o, i) : 0));
  const pair = (name: string, skip: Filter, note: string): Pair => ({
    name: `wrong-${name}`,
    original: repVggOriginal(n),
    converted: repVggPlain(n, (b) => reparameterized(n, b, skip)),
    inputRange: null,
    expected: 'different',
    note,
  });
  return [
    pair(
      'identity-index-in-group',
      centre((o, i) => (i === o ? 1 : 0)),
      'bug 8: the identity sits at input o of the group, not at o mod (C/g)',
    ),
    pair(
      'identity-of-ones',
      centre(() => 1),
      'bug 9: the identity kernel is one for every channel of the group',
    ),
  ];
}

/** Bug 7, in both branches that have it. */
function naivelyPadded(pooled: boolean): Pair {
  const n = drawDiverseBranch(new Random(2310), 'naively');
  return {
    name: `wrong-padded-bias${pooled ? '-pooled' : ''}`,
    original: diverseBranches(n, 'naively', pooled),
    converted: diverseMerged(n, pooled),
    inputRange: null,
    expected: 'different',
    note: 'bug 7: a bias before a padded convolution, seen at the border only',
  };
}

const single = (width: number, random: Random): Filter =>
  random.filter(width, 3, 1, { bias: true });

/** Bug 13 with an activation between. */
const overRelu: Recipe = (random) => {
  const a = random.filter(3, 4, 1, { bias: true });
  const b = random.filter(4, 4, 1, { bias: true });
  const head = single(4, random);
  return {
    original: (s) => s.head(s.conv('b', s.relu('relu', s.conv('a', s.input(3, 5, 7), a)), b), head),
    converted: (s) => s.head(s.conv('ab', s.input(3, 5, 7), compose(b, a)), head),
  };
};

/** Bug 13: two padded 3×3 are no 5×5, even without any bias; the border tells. */
const overPadding: Recipe = (random) => {
  const a = random.filter(3, 4, 3);
  const b = random.filter(4, 4, 3, { bias: true });
  const head = single(4, random);
  return {
    original: (s) => s.head(s.relu('relu', s.conv('b', s.conv('a', s.input(3, 5, 7), a), b)), head),
    converted: (s) => s.head(s.relu('relu', s.conv('ab', s.input(3, 5, 7), compose(b, a))), head),
  };
};

/** Bug 13: the first strides, the kernels are multiplied as if it did not. */
const overStride: Recipe = (random) => {
  const a = random.filter(3, 4, 1, { bias: true });
  const b = random.filter(4, 4, 3, { bias: true });
  const head = single(4, random);
  return {
    original: (s) => {
      const x = s.conv('a', s.input(3, 9, 7), a, { stride: 2 });
      return s.head(s.relu('relu', s.conv('b', x, b, { pads: 0 })), head);
    },
    converted: (s) => {
      const x = s.conv('ab', s.input(3, 9, 7), compose(b, a), { pads: 0, stride: 2 });
      return s.head(s.relu('relu', x), head);
    },
  };
};

/** Bug 13: the first convolution is grouped, its channels are multiplied as if it were not. */
const overGroups: Recipe = (random) => {
  const a = random.filter(4, 4, 1, { groups: 2 });
  const b = random.filter(4, 4, 3, { bias: true });
  const head = single(4, random);
  const misread = filterFrom({ ...a, groups: 1 }, (o, i) => a.weight[o * 2 + (i % 2)]);
  return {
    original: (s) => s.head(s.relu('relu', s.conv('b', s.conv('a', s.input(4, 5, 7), a), b)), head),
    converted: (s) =>
      s.head(s.relu('relu', s.conv('ab', s.input(4, 5, 7), compose(b, misread))), head),
  };
};

/** Bug 13: a batch norm folded into a convolution whose result is also added unnormalised. */
const secondReader: Recipe = (random) => {
  const a = random.filter(3, 4, 3, { bias: true });
  const norm = random.norm(4);
  const head = single(4, random);
  return {
    original: (s) => {
      const x = s.conv('a', s.input(3, 5, 7), a);
      return s.head(s.add('add', x, s.relu('relu', s.norm('bn', x, norm))), head);
    },
    converted: (s) => {
      const x = s.conv('a', s.input(3, 5, 7), fold(a, norm));
      return s.head(s.add('add', x, s.relu('relu', x)), head);
    },
  };
};

const branchMissing: Recipe = (random) => {
  const a = random.filter(3, 4, 3, { bias: true });
  const b = random.filter(3, 4, 1);
  const head = single(4, random);
  return {
    original: (s) => {
      const x = s.input(3, 5, 7);
      return s.head(s.relu('relu', s.add('add', s.conv('a', x, a), s.conv('b', x, b))), head);
    },
    converted: (s) => {
      const corner = filterFrom(centred(b, 3, 3), (o, i, y, x) =>
        y === 0 && x === 0 ? b.weight[o * 3 + i] : 0,
      );
      const merged = { ...a, weight: a.weight.map((w, k) => w + corner.weight[k]) };
      return s.head(s.relu('relu', s.conv('ab', s.input(3, 5, 7), merged)), head);
    },
  };
};

const operandsSwapped: Recipe = (random) => {
  const a = random.filter(3, 4, 3, { bias: true });
  const b = random.filter(3, 4, 3);
  const head = single(4, random);
  const draw =
    (swapped: boolean) =>
    (s: Sketch): Model => {
      const x = s.input(3, 5, 7);
      const [p, q] = [s.conv('a', x, a), s.conv('b', x, b)];
      const y = swapped ? s.subtract('subtract', q, p) : s.subtract('subtract', p, q);
      return s.head(s.relu('relu', y), head);
    };
  return { original: draw(false), converted: draw(true) };
};

const countedPadding: Recipe = (random) => {
  const a = random.filter(3, 4, 3, { bias: true });
  const head = single(4, random);
  const draw =
    (countIncludePad: boolean) =>
    (s: Sketch): Model => {
      const x = s.relu('relu', s.conv('a', s.input(3, 5, 7), a));
      const window = { stride: 2, pads: 1, countIncludePad };
      return s.head(s.averagePool('mean', x, { y: 3, x: 3 }, window), head);
    };
  return { original: draw(false), converted: draw(true) };
};

/** Right behind a ReLU only: zero padding beats a maximum that is negative. */
const paddedMaximum: Recipe = (random) => {
  const a = random.filter(3, 4, 3);
  const head = single(4, random);
  return {
    original: (s) =>
      s.head(s.maxPool('max', s.pad('pad', s.conv('a', s.input(3, 5, 7), a), 1), 3, 2), head),
    converted: (s) => s.head(s.maxPool('max', s.conv('a', s.input(3, 5, 7), a), 3, 2, 1), head),
  };
};

/** The strided kernel reads the odd pixels where the original reads the even ones. */
const otherPhase: Recipe = (random) => {
  const a = random.filter(3, 4, 1, { bias: true });
  const head = single(4, random);
  const shifted = filterFrom(
    { ...a, height: 2, width: 2 },
    (o, i, y, x) => (y === 1 && x === 1 ? a.weight[o * 3 + i] : 0),
    a.bias,
  );
  return {
    original: (s) => s.head(s.relu('relu', s.conv('a', s.input(3, 6, 8), a, { stride: 2 })), head),
    converted: (s) =>
      s.head(s.relu('relu', s.conv('a', s.input(3, 6, 8), shifted, { stride: 2, pads: 0 })), head),
  };
};

/** The gate multiplies what stands behind the second convolution instead of what it was computed from. */
function misplacedGate(): Pair {
  const n = drawExcited(new Random(2390));
  return sketchedPair({
    name: 'wrong-gate-on-another-tensor',
    expected: 'different',
    note: 'a squeeze-and-excite gate multiplied onto another tensor',
    original: excited(n, false),
    converted: (s) => {
      const x = s.relu(
        'relu1',
        s.norm('conv1.bn', s.conv('conv1', s.input(3, 5, 7), n.conv), n.norm),
      );
      let gate = s.conv('squeeze', s.globalAveragePool('mean', x), n.squeeze);
      gate = s.conv('excite', s.relu('squeeze.relu', gate), n.excite);
      const y = s.norm('conv2.bn', s.conv('conv2', x, n.last), n.lastNorm);
      const gated = s.multiply('gated', y, s.opaque('gate', gate, 'sigmoid'));
      return s.head(s.relu('relu2', gated), n.head);
    },
  });
}

/** Features permuted, and the gate by one place more. */
function unshuffledGate(): Pair {
  const n = drawExcited(new Random(2391));
  return sketchedPair({
    name: 'wrong-gate-off-by-one-channel',
    expected: 'different',
    note: 'every feature is multiplied by its neighbour’s gate',
    original: excited(n, false),
    converted: excited(
      {
        ...n,
        excite: filterFrom(
          n.excite,
          (o, i) => n.excite.weight[((o + 1) % 4) * 3 + i],
          n.excite.bias,
        ),
      },
      true,
      [2, 0, 3, 1],
    ),
  });
}

export function wrongMergingPairs(): Pair[] {
  const recipes: readonly (readonly [string, Recipe, string])[] = [
    ['fused-over-relu', overRelu, 'bug 13: two 1×1 fused across a ReLU'],
    ['fused-over-padding', overPadding, 'bug 13: two padded 3×3 fused to one 5×5'],
    [
      'fused-over-stride',
      overStride,
      'bug 13: the dilation that the first stride asks for is lost',
    ],
    ['fused-over-groups', overGroups, 'bug 13: groups of the first ignored'],
    ['fused-with-second-reader', secondReader, 'bug 13: the first has another reader'],
    ['pointwise-in-the-corner', branchMissing, 'a 1×1 written into the corner of the 3×3'],
    ['operands-swapped', operandsSwapped, 'b − a for a − b'],
    ['padding-counted', countedPadding, 'an average pool that counts its padding'],
    ['pad-before-max-pool', paddedMaximum, 'zero padding dropped where values may be negative'],
    ['other-phase', otherPhase, 'a strided 1×1 that reads the neighbouring pixel'],
  ];
  return [
    ...groupedIdentity(),
    naivelyPadded(false),
    naivelyPadded(true),
    ...recipes.map(([name, recipe, note], k) =>
      sketchedPair({
        name: `wrong-${name}`,
        expected: 'different',
        note,
        ...recipe(new Random(2350 + k)),
      }),
    ),
    misplacedGate(),
    unshuffledGate(),
  ];
}
