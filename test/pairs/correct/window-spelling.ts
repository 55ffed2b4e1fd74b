/**
 * Padding, pooling and flattening in several spellings: a Pad layer merged into what follows it, a
 * global average as a full window or as a depthwise convolution, a vector in another order.
 */
import { filterFrom, permuteColumns, tap } from '../../../src/networks/filter.ts';
import type { Pair } from '../pair.ts';
import { Random } from '../../../src/networks/random.ts';
import { sketchedPair } from '../sketched-pair.ts';
import type { Sketch } from '../../../src/networks/sketch.ts';

export function windowSpellingPairs(): Pair[] {
  const random = new Random(1200);
  const first = random.filter(3, 4, 3, { bias: true });
  const second = random.filter(4, 4, 3, { bias: true });
  const head = random.filter(4, 3, 1, { bias: true });
  const uneven = { top: 1, left: 0, bottom: 2, right: 1 };
  const start = (s: Sketch): number => s.relu('relu', s.conv('conv1', s.input(3, 4, 8), first));

  const padIntoConvolution = sketchedPair({
    name: 'pad-into-convolution',
    expected: 'exact',
    note: 'uneven zero padding becomes the pads of a strided convolution',
    original: (s) => {
      const x = s.pad('pad', start(s), uneven);
      return s.head(s.relu('relu2', s.conv('conv2', x, second, { pads: 0, stride: 2 })), head);
    },
    converted: (s) =>
      s.head(s.relu('relu2', s.conv('conv2', start(s), second, { pads: uneven, stride: 2 })), head),
  });
  const padTwice = sketchedPair({
    name: 'pad-added-to-pads',
    expected: 'exact',
    note: 'a Pad layer before an already padded convolution',
    original: (s) => s.head(s.conv('conv2', s.pad('pad', start(s), 1), second), head),
    converted: (s) => s.head(s.conv('conv2', start(s), second, { pads: 2 }), head),
  });
  const cropped = sketchedPair({
    name: 'pad-then-crop',
    expected: 'exact',
    note: 'pixels added and taken away again by negative padding',
    original: (s) => {
      const x = s.pad('pad', start(s), 2);
      return s.head(s.conv('conv2', s.pad('crop', x, -2), second), head);
    },
    converted: (s) => s.head(s.conv('conv2', start(s), second), head),
  });
  const zeroBeforeMaximum = sketchedPair({
    name: 'zero-pad-before-max-pool',
    expected: 'exact',
    note: 'behind a ReLU zero is never above the maximum, so padding with it is ignoring it',
    original: (s) => s.head(s.maxPool('max', s.pad('pad', start(s), 1), 3, 2), head),
    converted: (s) => s.head(s.maxPool('max', start(s), 3, 2, 1), head),
  });
  const unusedPad = sketchedPair({
    name: 'unused-pad-before-max-pool',
    expected: 'exact',
    note: 'a row and column that no window reaches',
    original: (s) => {
      const x = s.pad('pad', start(s), { top: 0, left: 0, bottom: 1, right: 1 });
      return s.head(s.maxPool('max', x, 2, 2), head);
    },
    converted: (s) => s.head(s.maxPool('max', start(s), 2, 2), head),
  });
  const fullWindow = sketchedPair({
    name: 'global-average-as-window',
    expected: 'exact',
    note: 'an average over the whole 4×8 image',
    original: (s) => s.head(start(s), head),
    converted: (s) =>
      s.finish(s.dense('head', s.averagePool('pool', start(s), { y: 4, x: 8 }), head)),
  });
  const size = { inChannels: 4, outChannels: 4, groups: 4, height: 4, width: 8 };
  const asConvolution = sketchedPair({
    name: 'global-average-as-convolution',
    expected: 'exact',
    note: 'a depthwise convolution with 1/32 everywhere; 32 is a power of two',
    original: (s) => s.head(start(s), head),
    converted: (s) => {
      const mean = filterFrom(size, () => 1 / 32);
      return s.finish(s.dense('head', s.conv('pool', start(s), mean, { pads: 0 }), head));
    },
  });
  const window = random.filter(4 * 32, 3, 1, { bias: true });
  const denseAsConvolution = sketchedPair({
    name: 'dense-as-convolution',
    expected: 'exact',
    note: 'flatten and dense as one convolution with a kernel of the size of the image',
    original: (s) => s.finish(s.dense('dense', s.flatten('flatten', start(s)), window)),
    converted: (s) => {
      const kernel = filterFrom(
        { inChannels: 4, outChannels: 3, height: 4, width: 8 },
        (o, i, y, x) => tap(window, o, (i * 4 + y) * 8 + x, 0, 0),
        window.bias,
      );
      return s.finish(s.conv('dense', start(s), kernel, { pads: 0 }));
    },
  });
  const otherOrder = sketchedPair({
    name: 'flatten-order',
    expected: 'exact',
    note: 'pixels before channels, with the columns of the dense layer permuted',
    original: (s) => s.finish(s.dense('dense', s.flatten('flatten', start(s)), window)),
    converted: (s) => {
      const order = Array.from({ length: 128 }, (_, k) => (k % 4) * 32 + Math.floor(k / 4));
      const x = s.flatten('flatten', start(s), 'hwc');
      return s.finish(s.dense('dense', x, permuteColumns(window, order)));
    },
  });
  const places = random.permutation(4);
  const otherChannels = sketchedPair({
    name: 'flatten-permuted-channels',
    expected: 'exact',
    note: 'channels permuted before the flatten, columns of the dense layer with them',
    original: (s) => s.finish(s.dense('dense', s.flatten('flatten', start(s)), window)),
    converted: (s) => {
      const order = Array.from(
        { length: 128 },
        (_, k) => places[Math.floor(k / 32)] * 32 + (k % 32),
      );
      const x = s.flatten('flatten', s.select('shuffle', start(s), places));
      return s.finish(s.dense('dense', x, permuteColumns(window, order)));
    },
  });
  const averageCounts = sketchedPair({
    name: 'average-pool-as-convolution',
    expected: 'exact',
    note: 'a padded 2×2 average that counts its padding is a depthwise convolution with 1/4',
    original: (s) =>
      s.head(s.averagePool('mean', start(s), { y: 2, x: 2 }, { stride: 2, pads: 1 }), head),
    converted: (s) => {
      const quarter = filterFrom({ ...size, height: 2, width: 2 }, () => 0.25);
      return s.head(s.conv('mean', start(s), quarter, { pads: 1, stride: 2 }), head);
    },
  });
  return [
    padIntoConvolution,
    padTwice,
    cropped,
    zeroBeforeMaximum,
    unusedPad,
    fullWindow,
    asConvolution,
    denseAsConvolution,
    otherOrder,
    otherChannels,
    averageCounts,
  ];
}
