/**
 * Not slips of converters but of provers: pairs that agree almost everywhere, and that a verifier calls
 * equal as soon as it forgets the border, a sign, a range or that a function mixes channels.
 */
import type { TensorId } from '../../../src/model/layer.ts';
import { mover } from '../correct/border.ts';
import { exchangedOutputs } from '../correct/sign.ts';
import { compose, filterFrom, scaleColumns, scaleRows } from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair, type Drawing } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

type Step = (s: Sketch, x: TensorId) => TensorId;

/** Pairs that differ between the two convolutions of one small network. */
function betweenConvolutions(): Pair[] {
  const random = new Random(2400);
  const first = random.filter(3, 4, 3, { bias: true });
  const second = random.filter(4, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  const network =
    (between: Step, to = second, from = first) =>
    (s: Sketch) => {
      const x = between(s, s.conv('conv1', s.input(3, 5, 7), from));
      return s.head(s.relu('relu2', s.conv('conv2', x, to)), head);
    };
  const relu: Step = (s, x) => s.relu('relu', x);
  const nothing: Step = (_, x) => x;
  const pair = (
    name: string,
    note: string,
    original: Drawing['original'],
    converted: Drawing['converted'],
  ): Pair =>
    sketchedPair({ name: `wrong-${name}`, expected: 'different', note, original, converted });
  const signs = [1, -1, 1, 1];
  const pools =
    (y: number, x: number): Step =>
    (s, t) =>
      s.averagePool('tiles', s.relu('relu', t), { y, x }, { stride: 2 });
  return [
    pair(
      'moved-there-and-back',
      'a column is pushed out of the image and does not come back',
      network(nothing),
      network((s, x) => s.conv('back', s.conv('there', x, mover(4, 1, 0)), mover(4, 1, 2))),
    ),
    pair(
      'moved-by-one-kernel',
      'two moves in one kernel keep the column that two layers lose',
      network((s, x) => s.conv('back', s.conv('there', x, mover(4, 0, 1)), mover(4, 2, 1))),
      network((s, x) => s.conv('both', x, compose(mover(4, 2, 1), mover(4, 0, 1)))),
    ),
    pair(
      'rescaled-by-minus-one',
      'a negative factor does not pass a ReLU',
      network(relu),
      network(relu, scaleColumns(second, signs), scaleRows(first, signs)),
    ),
    pair(
      'maximum-rescaled-by-minus-one',
      'a negative factor does not pass a maximum',
      network((s, x) => s.maxPool('max', x, 2, 2)),
      network(
        (s, x) => s.maxPool('max', x, 2, 2),
        scaleColumns(second, signs),
        scaleRows(first, signs),
      ),
    ),
    pair(
      'difference-of-non-negatives',
      'relu(a − b) taken for a − b because a and b are not negative',
      network((s, x) => {
        const y = relu(s, x);
        return s.relu('again', s.subtract('minus', y, s.maxPool('max', y, 3, 1, 1)));
      }),
      network((s, x) => {
        const y = relu(s, x);
        return s.subtract('minus', y, s.maxPool('max', y, 3, 1, 1));
      }),
    ),
    pair(
      'clip-after-doubling',
      'ReLU6 of twice a ReLU6 clips',
      network((s, x) => s.scale('two', s.clip('act', x, 0, 6), [2])),
      network((s, x) => s.clip('again', s.scale('two', s.clip('act', x, 0, 6), [2]), 0, 6)),
    ),
    pair(
      'shifted-clip',
      'clip(x + 1, 0, 6) − 1 is clip(x, −1, 5)',
      network((s, x) => s.clip('act', x, 0, 5)),
      network((s, x) => s.translate('back', s.clip('act', s.translate('up', x, [1]), 0, 6), [-1])),
    ),
    pair(
      'average-of-uneven-tiles',
      '2×2 windows do not tile a 5×7 image',
      network(relu),
      network(pools(1, 1)),
    ),
    pair(
      'pad-with-one',
      'padding holds one, not zero',
      network((s, x) => s.pad('pad', relu(s, x), 1, 0)),
      network((s, x) => s.pad('pad', relu(s, x), 1, 1)),
    ),
    pair(
      'product-squared',
      'x·x for x·y',
      network((s, x) => s.multiply('product', relu(s, x), s.opaque('gate', x, 'sigmoid'))),
      network((s, x) => s.multiply('product', relu(s, x), relu(s, x))),
    ),
    pair(
      'other-gate',
      'hard swish for SiLU',
      network((s, x) => s.opaque('gate', x, 'silu')),
      network((s, x) => s.opaque('gate', x, 'hardSwish', 1 / 6, 0.5)),
    ),
    pair(
      'other-gelu',
      'the tanh approximation for the exact GELU',
      network((s, x) => s.opaque('gate', x, 'gelu')),
      network((s, x) => s.opaque('gate', x, 'geluTanh')),
    ),
  ];
}

/** A softmax over all channels against one over each half. */
function splitSoftmax(): Pair {
  const random = new Random(2410);
  const conv = random.filter(3, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'wrong-softmax-split',
    expected: 'different',
    note: 'a softmax over half the channels',
    original: (s) =>
      s.head(s.opaque('softmax', s.conv('conv', s.input(3, 5, 7), conv), 'softmax'), head),
    converted: (s) => {
      const x = s.conv('conv', s.input(3, 5, 7), conv);
      const halves = [
        s.opaque('low', s.select('lower', x, [0, 1]), 'softmax'),
        s.opaque('high', s.select('upper', x, [2, 3]), 'softmax'),
      ];
      return s.head(s.concat('both', halves), head);
    },
  });
}

/** The same channel's share of two different pairs of channels. */
function softmaxOfOthers(): Pair {
  const random = new Random(2411);
  const conv = random.filter(3, 3, 3, { bias: true });
  const head = random.filter(1, 3, 1, { bias: true });
  const network = (other: number) => (s: Sketch) => {
    const x = s.select('two', s.conv('conv', s.input(3, 5, 7), conv), [0, other]);
    return s.head(s.select('first', s.opaque('softmax', x, 'softmax'), [0]), head);
  };
  return sketchedPair({
    name: 'wrong-softmax-of-others',
    expected: 'different',
    note: 'the first channel of a softmax, beside another second one',
    original: network(1),
    converted: network(2),
  });
}

/** Inputs in [1, 2] keep the sum under a 3×3 of ones above 5 inside the image but not in its corners. */
function rangeAtTheBorder(): Pair {
  const ones = filterFrom({ inChannels: 1, outChannels: 1, height: 3, width: 3 }, () => 1, [-5]);
  const head = filterFrom({ inChannels: 1, outChannels: 2, height: 1, width: 1 }, () => 1);
  return sketchedPair({
    name: 'wrong-range-at-the-border',
    expected: 'different',
    note: 'positive inside the image, negative in its corners, where the padding reads zero',
    original: (s) => s.head(s.relu('relu', s.conv('ones', s.input(1, 5, 7), ones)), head),
    converted: (s) => s.head(s.conv('ones', s.input(1, 5, 7), ones), head),
    inputRange: { lower: 1, upper: 2 },
  });
}

/** The range that makes ReLU6 a ReLU is half as wide as the one claimed. */
function rangeTooWide(): Pair {
  const conv = filterFrom(
    { inChannels: 2, outChannels: 3, height: 3, width: 3 },
    (o) => (o - 1) / 2,
  );
  const head = filterFrom({ inChannels: 3, outChannels: 2, height: 1, width: 1 }, (o, i) => o + i);
  const network = (upper: number) => (s: Sketch) =>
    s.head(s.clip('act', s.conv('conv', s.input(2, 5, 7), conv), 0, upper), head);
  // Eighteen weights of 1/2: up to 6.75 where every input is near 3/4.
  return sketchedPair({
    name: 'wrong-range-too-wide',
    expected: 'different',
    note: 'ReLU6 is reached only where almost all inputs are near the end of the range',
    original: network(6),
    converted: network(Infinity),
    inputRange: { lower: -0.75, upper: 0.75 },
  });
}

export function reasoningPairs(): Pair[] {
  return [
    ...betweenConvolutions(),
    splitSoftmax(),
    softmaxOfOthers(),
    rangeAtTheBorder(),
    rangeTooWide(),
    exchangedOutputs(),
  ];
}
