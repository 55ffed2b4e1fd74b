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

/**
 * Zero where a kink is: (x + bias) + weight · relu(x + bias), activated. The ReLU is over the same channel, or over
 * `twin` times it, where rounding puts the kink beside the zero. Not the other way round: what an original has twice
 * is twice.
 */
function meeting(weight: number, twin: number): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 3, 4);
  const channel = (name: string, factor: number): number =>
    sketch.conv(
      name,
      input,
      filterFrom(pointwise, () => factor, [factor * bias]),
    );
  const line = channel('line', 1);
  const bent = sketch.conv(
    'bent',
    sketch.relu('relu', twin === 1 ? line : channel('twin', twin)),
    filterFrom(pointwise, () => weight / twin),
  );
  return sketch.finish(sketch.relu('last', sketch.add('add', line, bent)));
}

describe.each([0.3, 0.7, 1 / 3, 11, 0.01])('a kink moved by rounding, by way of %f', (twin) => {
  test.each([0.4, -0.4, -1.7])('is that of a sum that is zero there, with weight %f', (weight) => {
    expect(attempt(meeting(weight, 1), meeting(weight, twin)).kind).toBe('equal');
  });

  test('and is not with another weight', () => {
    expect(attempt(meeting(0.4, 1), meeting(0.4001, twin)).kind).toBe('unmatched');
    expect(attempt(meeting(-0.4, 1), meeting(-0.4001, twin)).kind).toBe('unmatched');
  });
});

/** 0.3·a + b for channels a and b, both clipped to [0, 6] and b falling; `rescaled` multiplies and divides on the way. */
function sumOfClipped(share: number, rescaled: boolean): Model {
  const sketch = new Sketch();
  const size = { inChannels: 2, outChannels: 2, height: 1, width: 1 };
  const weights = [0.9, 0.2, -0.7, -0.14];
  const mixed = sketch.conv(
    'conv',
    sketch.input(2, 3, 4),
    filterFrom(size, (o, i) => weights[2 * o + i] ?? 0, [bias, 0.9]),
  );
  const factor = rescaled ? 0.35 : 1;
  const sum = sketch.conv(
    'sum',
    sketch.clip('clip', mixed, 0, 6),
    filterFrom({ ...size, outChannels: 1 }, (_, i) => (i === 0 ? share : 1.1) * factor),
  );
  const last = sketch.conv(
    'last',
    sketch.relu('relu', sum),
    filterFrom(pointwise, () => 1 / factor),
  );
  return sketch.finish(last);
}

test('a sum of channels that are not below zero is not, but for rounding', () => {
  expect(attempt(sumOfClipped(0.3, false), sumOfClipped(0.3, true)).kind).toBe('equal');
  expect(attempt(sumOfClipped(0.3, false), sumOfClipped(0.31, true)).kind).toBe('unmatched');
  // Below zero now and then: here the last activation does bend.
  expect(attempt(sumOfClipped(-0.3, false), sumOfClipped(-0.3, true)).kind).toBe('equal');
});

/** relu((share + rest)·c − 0.5) for c = min(relu(x + bias), 6); `rest` of it by way of a batch norm that makes it 11·c. */
function shares(share: number, rest: number): Model {
  const sketch = new Sketch();
  const x = sketch.conv(
    'conv',
    sketch.input(1, 3, 4),
    filterFrom(pointwise, () => 1, [bias]),
  );
  const clipped = sketch.clip('clip', x, 0, 6);
  const bent = sketch.clip(
    'bent',
    sketch.conv(
      'small',
      clipped,
      filterFrom(pointwise, () => 0.7),
    ),
    0,
    2,
  );
  const [variance, epsilon] = [1.7, 1e-5].map(Math.fround);
  const norm = {
    scale: [11 * Math.sqrt(variance + epsilon)],
    offset: [0],
    mean: [0],
    variance: [variance],
    epsilon,
  };
  const far = rest === 0 ? clipped : sketch.norm('bn', clipped, norm);
  const merged = sketch.conv(
    'merge',
    sketch.concat('all', [clipped, bent, far]),
    filterFrom({ ...pointwise, inChannels: 3 }, (_, i) => [share, 0.3, rest / 11][i] ?? 0, [-0.5]),
  );
  return sketch.finish(sketch.relu('last', merged));
}

test.each([0.2, 1.1, -0.4])(
  'slopes that cancel but for rounding leave the function flat: %f',
  (share) => {
    expect(attempt(shares(1.2, 0), shares(share, 1.2 - share)).kind).toBe('equal');
    expect(attempt(shares(1.2, 0), shares(share, 1.2002 - share)).kind).toBe('unmatched');
  },
);
