/**
 * A channel that an activation made non-negative stays so on its way through further layers, however it is
 * handed on: read with a stride, rescaled, written twice, through a batch norm that is the identity but for
 * rounding. The next activation then bends nothing.
 */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove, type Attempt } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

interface Way {
  /** Multiplies the channel ahead of its first activation; the last layer divides by it. */
  readonly factor: number;
  /** What the first of two copies keeps; 1 for one copy. */
  readonly share: number;
  readonly stride: number;
  /** Of the batch norm that hands it on: γ = √(σ²+ε) and β = μ, rounded. */
  readonly mean: number;
  readonly variance: number;
  /** Added to β by mistake, for a factor of one. */
  readonly mistake: number;
}

const size = { inChannels: 1, outChannels: 1, height: 1, width: 1 };
const epsilon = 1e-5;

/** relu(−x − 17.3) of every pixel, or every second. */
function original(stride: number): Model {
  const sketch = new Sketch();
  const conv = sketch.conv(
    'conv',
    sketch.input(1, 5, 5),
    filterFrom(size, () => -0.7, [-17.3]),
  );
  const kept = sketch.conv(
    'kept',
    sketch.relu('relu', conv),
    filterFrom(size, () => 1),
    { stride },
  );
  return sketch.finish(kept);
}

function converted({ factor, share, stride, mean, variance, mistake }: Way): Model {
  const sketch = new Sketch();
  const copies = share === 1 ? 1 : 2;
  const conv = sketch.conv(
    'conv',
    sketch.input(1, 5, 5),
    filterFrom(
      { ...size, outChannels: copies },
      () => -0.7 * factor,
      Array.from({ length: copies }, () => -17.3 * factor),
    ),
  );
  const handed = sketch.conv(
    'handed',
    sketch.relu('relu', conv),
    filterFrom({ ...size, inChannels: copies }, (_, i) => (i === 0 ? share : 1 - share)),
    { stride },
  );
  const norm = sketch.norm('bn', handed, {
    scale: [Math.sqrt(Math.fround(variance) + Math.fround(epsilon))],
    offset: [mean + factor * mistake],
    mean: [mean],
    variance: [variance],
    epsilon,
  });
  const last = sketch.conv(
    'last',
    sketch.relu('again', norm),
    filterFrom(size, () => 1 / factor),
  );
  return sketch.finish(last);
}

function attempt(way: Way): Attempt {
  const options = { inputRange: everything, maxUlps: 16 };
  return prove(original(way.stride), converted(way), options);
}

const ways = [1, 2].flatMap((stride) =>
  [1, 64, 3].flatMap((factor) =>
    [1, 0.3].flatMap((share) => [
      { stride, factor, share, mean: 0.73, variance: 1.9, mistake: 0 },
      { stride, factor, share, mean: -2.6, variance: 0.31, mistake: 0 },
    ]),
  ),
);

describe.each(ways)('%j', (way) => {
  test('is proved', () => {
    expect(attempt(way)).toMatchObject({ kind: 'equal', exact: false });
  });

  test.each([1e-3, -1e-3])('and is not with β off by %f', (mistake) => {
    expect(attempt({ ...way, mistake }).kind).toBe('unmatched');
  });
});
