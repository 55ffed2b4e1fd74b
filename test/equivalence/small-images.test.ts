/** Images smaller than a kernel: taps that read outside at every pixel count for nothing, however they are written. */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

interface Image {
  readonly height: number;
  readonly width: number;
}

const channels = { inChannels: 2, outChannels: 2 };
const pointwise = { ...channels, height: 1, width: 1 };
const square = { ...channels, height: 3, width: 3 };

const before = (o: number, i: number): number => Math.cos(1 + 2 * o + i);
const behind = (o: number, i: number, y: number, x: number): number =>
  Math.sin(1 + 18 * o + 9 * i + 3 * y + x);

/** relu(x), padded by one pixel, a 1×1 convolution, a 3×3 convolution of stride 2, the mean if asked, one more 1×1. */
function spelledOut({ height, width }: Image, mean: boolean): Model {
  const sketch = new Sketch();
  const bent = sketch.relu('bent', sketch.input(2, height, width));
  const inner = sketch.conv('inner', sketch.pad('pad', bent, 1), filterFrom(pointwise, before));
  const outer = sketch.conv('outer', inner, filterFrom(square, behind), { stride: 2, pads: 0 });
  const last = mean ? sketch.globalAveragePool('mean', outer) : outer;
  return sketch.finish(
    sketch.relu('end', sketch.conv('last', last, filterFrom(pointwise, before))),
  );
}

/** The same with one 3×3 convolution, four times as much, and one weight `changed`. */
function merged({ height, width }: Image, mean: boolean, changed: number): Model {
  const sketch = new Sketch();
  const bent = sketch.relu('bent', sketch.input(2, height, width));
  const both = filterFrom(
    square,
    (o, i, y, x) =>
      4 *
      (behind(o, 0, y, x) * before(0, i) + behind(o, 1, y, x) * before(1, i)) *
      (o + i === 0 && y === 1 && x === 1 ? changed : 1),
  );
  const outer = sketch.conv('outer', bent, both, { stride: 2 });
  const last = mean ? sketch.globalAveragePool('mean', outer) : outer;
  const quarter = filterFrom(pointwise, (o, i) => before(o, i) / 4);
  return sketch.finish(sketch.relu('end', sketch.conv('last', last, quarter)));
}

describe.each([
  [1, 1],
  [1, 3],
  [2, 2],
  [3, 5],
  [4, 2],
])('%i × %i pixels', (height, width) => {
  test.each([false, true])('mean %s', (mean) => {
    const image = { height, width };
    const verdictOf = (changed: number): string =>
      prove(spelledOut(image, mean), merged(image, mean, changed), {
        inputRange: everything,
        maxUlps: 16,
      }).kind;
    expect(verdictOf(1)).toBe('equal');
    expect(verdictOf(1.001)).toBe('unmatched');
  });
});
