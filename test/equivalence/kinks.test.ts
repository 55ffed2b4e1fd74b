/**
 * Channels that are piecewise linear functions of one number: kinks that rounding puts beside one another, and
 * slopes that are sums of products of batch norms.
 */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove, type Attempt } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function attempt(original: Model, converted: Model): Attempt {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 });
}

const pointwise = { inChannels: 1, outChannels: 1, height: 1, width: 1 };
const bias = -0.7;

type Last = 'nothing' | 'relu' | 'relu6';

function activated(sketch: Sketch, x: number, last: Last): Model {
  if (last === 'nothing') return sketch.finish(x);
  return sketch.finish(last === 'relu' ? sketch.relu('last', x) : sketch.clip('last', x, 0, 6));
}

/** 1.3·(x + bias) + 0.4, activated. */
function handedOn(last: Last): Model {
  const sketch = new Sketch();
  const x = sketch.conv(
    'conv',
    sketch.input(1, 3, 4),
    filterFrom(pointwise, () => 1, [bias]),
  );
  return activated(
    sketch,
    sketch.conv(
      'merge',
      x,
      filterFrom(pointwise, () => 1.3, [0.4]),
    ),
    last,
  );
}

/** The same with x + bias as relu(a·(x + bias))/a − relu(−b·(x + bias))/b; `slip` multiplies one of the shares. */
function bothSigns([a, b]: readonly [number, number], last: Last, slip = 1): Model {
  const sketch = new Sketch();
  const two = { ...pointwise, outChannels: 2 };
  const signs = sketch.conv(
    'signs',
    sketch.input(1, 3, 4),
    filterFrom(two, (o) => (o === 0 ? a : -b), [a * bias, -b * bias]),
  );
  const merged = sketch.conv(
    'merge',
    sketch.relu('relu', signs),
    filterFrom(
      { ...pointwise, inChannels: 2 },
      (_, i) => (i === 0 ? (1.3 / a) * slip : -1.3 / b),
      [0.4],
    ),
  );
  return activated(sketch, merged, last);
}

describe.each(['nothing', 'relu', 'relu6'] as const)('both signs, then %s', (last) => {
  test.each([
    [1, 1],
    [3, 3],
    [3, 0.7],
    [0.01, 11],
    [1 / 3, 64],
  ])('by %f and %f', (a, b) => {
    expect(attempt(handedOn(last), bothSigns([a, b], last)).kind).toBe('equal');
    for (const slip of [1.00001, 0.99999, 1.5]) {
      expect(attempt(handedOn(last), bothSigns([a, b], last, slip)).kind).toBe('unmatched');
    }
  });
});

interface Saturating {
  /** Weight of the clipped channel in the sum. */
  readonly weight: number;
  /** Where the sum is clipped. */
  readonly upper: number;
}

/**
 * min(r + weight · bn(min(r, 6)), upper) for r = relu(x + bias): the sum is clipped before or after the kink at 6.
 * `folded` writes the batch norm into the convolution.
 */
function saturating({ weight, upper }: Saturating, folded: boolean): Model {
  const sketch = new Sketch();
  const x = sketch.conv(
    'conv',
    sketch.input(1, 3, 4),
    filterFrom(pointwise, () => 1, [bias]),
  );
  const r = sketch.relu('relu', x);
  const low = sketch.clip('low', r, 0, 6);
  const [gamma, variance, epsilon] = [1.1, 1.7, 1e-5].map(Math.fround);
  const factor = gamma / Math.sqrt(variance + epsilon);
  const scaled = sketch.conv(
    'scaled',
    low,
    filterFrom(pointwise, () => weight * (folded ? factor : 1)),
  );
  const norm = { scale: [gamma], offset: [0], mean: [0], variance: [variance], epsilon };
  const branch = folded ? scaled : sketch.norm('bn', scaled, norm);
  return sketch.finish(sketch.clip('sum', sketch.add('add', branch, r), 0, upper));
}

describe.each([
  { weight: 0.9, upper: 4 },
  { weight: 0.9, upper: 40 },
  { weight: -0.6, upper: 1 },
  { weight: -0.6, upper: 40 },
])('a sum with a clipped copy of itself, clipped: %j', (extent) => {
  test('is proved, and itself exactly', () => {
    expect(attempt(saturating(extent, false), saturating(extent, true)).kind).toBe('equal');
    expect(attempt(saturating(extent, false), saturating(extent, false))).toMatchObject({
      kind: 'equal',
      exact: true,
    });
  });

  test.each([{ weight: 1.0001 * extent.weight }, { upper: 1.0001 * extent.upper }])(
    'and is not with %j',
    (other) => {
      const wrong = saturating({ ...extent, ...other }, true);
      expect(attempt(saturating(extent, false), wrong).kind).toBe('unmatched');
    },
  );
});
