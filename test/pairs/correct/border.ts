/**
 * What happens at and outside the image's border: kernels larger than the image, a bias that padding
 * cuts off, pixels moved away and back, averages of averages.
 */
import type { Model } from '../../../src/model/model.ts';
import {
  centred,
  columns,
  compose,
  filterFrom,
  tap,
  type Filter,
} from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random, type Grain } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

/** One at a single tap: the image moved by (centre − tap). */
export function mover(channels: number, y: number, x: number): Filter {
  const size = { inChannels: channels, outChannels: channels, height: 3, width: 3 };
  return filterFrom(size, (o, i, v, u) => (o === i && v === y && u === x ? 1 : 0));
}

function tapsOutside(): Pair {
  const random = new Random(1600);
  const first = random.filter(3, 4, 3, { bias: true });
  const large = random.filter(4, 4, 3, { bias: true });
  const other = random.filter(4, 4, 3);
  const centreOnly = filterFrom(
    { ...large, height: 1, width: 1 },
    (o, i) => tap(large, o, i, 1, 1),
    large.bias,
  );
  // Eight of nine taps never meet a pixel of a 1×1 image, whatever their weights.
  const disguised = filterFrom(
    other,
    (o, i, y, x) => (y === 1 && x === 1 ? tap(large, o, i, 1, 1) : tap(other, o, i, y, x)),
    large.bias,
  );
  const draw =
    (...filters: Filter[]) =>
    (s: Sketch): Model => {
      let x = s.globalAveragePool('mean', s.conv('conv1', s.input(3, 4, 8), first));
      filters.forEach((f, k) => (x = s.relu(`relu${k}`, s.conv(`vector${k}`, x, f))));
      return s.finish(x);
    };
  return sketchedPair({
    name: 'taps-outside-the-image',
    expected: 'exact',
    note: 'a padded 3×3 on a 1×1 image is its centre tap',
    original: draw(large, centreOnly),
    converted: draw(disguised, large),
  });
}

/** A bias cut off by padding is one more input channel that holds ones. */
function biasAsChannel(): Pair {
  const random = new Random(1610, 'coarse');
  const first = random.filter(3, 4, 1, { bias: true });
  const second = random.filter(4, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'bias-as-channel',
    expected: 'exact',
    note: '1×1 with bias and padded 3×3 fused, the bias as a channel of ones',
    original: (s) => {
      const x = s.conv('conv2', s.conv('conv1', s.input(3, 5, 7), first), second);
      return s.head(s.relu('relu', x), head);
    },
    converted: (s) => {
      const input = s.input(3, 5, 7);
      const ones = s.translate('ones', s.scale('zeros', s.select('one', input, [0]), [0]), [1]);
      const linear = compose({ ...second, bias: null }, { ...first, bias: null });
      const constant = compose(
        { ...second, bias: null },
        { ...first, inChannels: 1, weight: [...(first.bias ?? [])], bias: null },
      );
      const merged = { ...columns(linear, constant), bias: second.bias };
      const x = s.conv('merged', s.concat('with-ones', [input, ones]), merged);
      return s.head(s.relu('relu', x), head);
    },
  });
}

/** Moved left and back right inside a margin wide enough for nothing to be lost. */
function movedWithMargin(): Pair {
  const random = new Random(1620);
  const conv = random.filter(2, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'moved-with-margin',
    expected: 'exact',
    note: 'padded, moved there and back, cropped: nothing is lost',
    original: (s) => s.head(s.relu('relu', s.conv('conv', s.input(2, 5, 7), conv)), head),
    converted: (s) => {
      let x = s.pad('margin', s.input(2, 5, 7), 1);
      x = s.conv('back', s.conv('there', x, mover(2, 1, 0)), mover(2, 1, 2));
      return s.head(s.relu('relu', s.conv('conv', x, conv, { pads: 0 })), head);
    },
  });
}

function stridedComposition(grain: Grain): Pair {
  const random = new Random(1630, grain);
  const a = random.filter(2, 3, 3);
  const b = random.filter(3, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: grain === 'coarse' ? 'strided-composition' : 'strided-composition-fine',
    expected: grain === 'coarse' ? 'exact' : 'rounded',
    note: 'a 3×3 with stride 2 behind an unpadded 3×3, as one 5×5 with stride 2',
    original: (s) => {
      const x = s.conv('a', s.input(2, 9, 7), a, { pads: 0 });
      return s.head(s.relu('relu', s.conv('b', x, b, { pads: 0, stride: 2 })), head);
    },
    converted: (s) => {
      const x = s.conv('ab', s.input(2, 9, 7), compose(b, a), { pads: 0, stride: 2 });
      return s.head(s.relu('relu', x), head);
    },
  });
}

function strideAsDilation(): Pair {
  const random = new Random(1640, 'coarse');
  const a = random.filter(2, 3, 1, { bias: true });
  const b = random.filter(3, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'stride-as-dilation',
    expected: 'exact',
    note: 'a 3×3 behind a 1×1 with stride 2 is a dilated 3×3 with stride 2',
    original: (s) => {
      const x = s.conv('a', s.input(2, 9, 11), a, { stride: 2 });
      return s.head(s.relu('relu', s.conv('b', x, b, { pads: 0 })), head);
    },
    converted: (s) => {
      const window = { pads: 0, stride: 2, dilation: 2 };
      return s.head(s.relu('relu', s.conv('ab', s.input(2, 9, 11), compose(b, a), window)), head);
    },
  });
}

function averageOfAverages(): Pair {
  const random = new Random(1650);
  const conv = random.filter(2, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'average-of-averages',
    expected: 'exact',
    note: '2×2 windows tile a 4×8 image, so their average is the average',
    original: (s) => s.head(s.relu('relu', s.conv('conv', s.input(2, 4, 8), conv)), head),
    converted: (s) => {
      const x = s.relu('relu', s.conv('conv', s.input(2, 4, 8), conv));
      return s.head(s.averagePool('tiles', x, { y: 2, x: 2 }, { stride: 2 }), head);
    },
  });
}

function largerKernel(): Pair {
  const random = new Random(1660);
  const conv = random.filter(2, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  return sketchedPair({
    name: 'kernel-in-a-larger-one',
    expected: 'exact',
    note: 'a 3×3 in the centre of a 7×7 larger than the image',
    original: (s) => s.head(s.relu('relu', s.conv('conv', s.input(2, 5, 6), conv)), head),
    converted: (s) =>
      s.head(s.relu('relu', s.conv('conv', s.input(2, 5, 6), centred(conv, 7, 7))), head),
  });
}

export function borderPairs(): Pair[] {
  return [
    tapsOutside(),
    biasAsChannel(),
    movedWithMargin(),
    stridedComposition('coarse'),
    stridedComposition('fine'),
    strideAsDilation(),
    averageOfAverages(),
    largerKernel(),
  ];
}
