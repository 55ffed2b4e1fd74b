/**
 * Constants that zero padding cuts off belong to the channel: what one layer leaves of them in its border, the
 * next one reads.
 */
import { describe, expect, test } from 'vitest';
import { prove, type Attempt } from '../../src/equivalence/prove.ts';
import { everything } from '../../src/equivalence/interval.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom, fold, tap, type Filter } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function attempt(original: Model, converted: Model): Attempt {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 });
}

function expectApart(a: Model, b: Model): void {
  expect(attempt(a, b).kind).toBe('unmatched');
  expect(attempt(b, a).kind).toBe('unmatched');
}

const square = { inChannels: 1, outChannels: 1, height: 3, width: 3 };

/** All weights off by a unit in the last place, up or down. */
function rounded(filter: Filter): Filter {
  return filterFrom(
    filter,
    (o, i, y, x) => {
      const weight = Math.fround(tap(filter, o, i, y, x));
      return weight * (1 + ((x + y) % 2 === 0 ? 1 : -1) * 2 ** -23);
    },
    filter.bias,
  );
}

function changed(filter: Filter, at: readonly [number, number], by: number): Filter {
  return filterFrom(
    filter,
    (o, i, y, x) => tap(filter, o, i, y, x) * (y === at[0] && x === at[1] ? by : 1),
    filter.bias,
  );
}

describe('a constant that is a thousand times smaller in the border of the layer that is read', () => {
  // The upper row reads above the image: what the bias of the stem adds is large but in the top row.
  const uneven = filterFrom(square, (_o, _i, y) => (y === 0 ? 900.7 : 0.3));
  const even = filterFrom(square, (_o, _i, y, x) => 0.1 + 0.7 * y - 0.3 * x, [0.4]);

  function network(first: Filter, second: Filter): Model {
    const sketch = new Sketch();
    const x = sketch.input(1, 5, 6);
    const stem = sketch.conv(
      'stem',
      x,
      filterFrom(square, (_o, _i, y, kx) => 0.2 + y - kx, [1]),
    );
    const y = sketch.conv('second', sketch.conv('first', stem, first), second);
    return sketch.finish(sketch.relu('relu', y));
  }

  test('is no reason to forgive less', () => {
    const found = attempt(network(uneven, even), network(rounded(uneven), rounded(even)));
    if (found.kind !== 'equal') throw new Error('a rounded pair is not proved');
    expect(found.exact).toBe(false);
    expect(found.ulps).toBeLessThan(8);
  });

  test.each([
    [2, 1],
    [1, 2],
  ] as const)('is none to forgive more at tap %i,%i', (y, x) => {
    expectApart(network(uneven, even), network(uneven, changed(even, [y, x], 1 + 2 ** -17)));
    expectApart(network(uneven, even), network(changed(uneven, [y, x], 1 + 2 ** -17), even));
  });
});

describe('a channel read as it is and normalized', () => {
  // Large terms in the middle, small ones in the top row: there it shows best what the normalization adds.
  const uneven = filterFrom(square, (_o, _i, y) => (y === 0 ? 900.7 : 0.3), [0.2]);
  const norm = { scale: [0.7], offset: [0.9], mean: [0.4], variance: [1.3], epsilon: 1e-3 };

  /** The two of them, one convolution each where `apart` is given. */
  function network(apart: Filter | null): Model {
    const sketch = new Sketch();
    const stem = sketch.conv(
      'stem',
      sketch.input(1, 5, 6),
      filterFrom(square, (_o, _i, y, x) => 0.2 + y - x, [1]),
    );
    const plain = sketch.conv('plain', stem, uneven);
    const normal =
      apart === null ? sketch.norm('norm', plain, norm) : sketch.conv('normal', stem, apart);
    const both = ['a', 'b'].map((name, i) => sketch.relu(name, i === 0 ? plain : normal));
    return sketch.finish(sketch.concat('both', both));
  }

  test('is the same channel twice, but for a constant', () => {
    expect(attempt(network(null), network(fold(uneven, norm))).kind).toBe('equal');
    expect(attempt(network(null), network(rounded(fold(uneven, norm)))).kind).toBe('equal');
  });

  test.each([
    [0, 0],
    [2, 2],
  ] as const)('is not where the weight at %i,%i is another', (y, x) => {
    const other = changed(fold(uneven, norm), [y, x], 1 + 2 ** -17);
    expectApart(network(null), network(other));
  });

  test('is not where that constant is another', () => {
    const folded = fold(uneven, norm);
    const bias = (folded.bias ?? []).map((b) => b + 2 ** -12);
    expectApart(network(null), network({ ...folded, bias }));
  });
});

describe('a pixel at which no constant is', () => {
  // Only the lower row of weights: the last row of the image reads nothing but padding.
  const lower = filterFrom(square, (_o, _i, y, x) => (y === 2 ? 0.7 - 0.6 * x : 0));

  /** The bias of the stem at the pixel below, then a convolution of that. */
  function network(filter: Filter, bias: number): Model {
    const sketch = new Sketch();
    const x = sketch.input(2, 4, 3);
    const stem = sketch.conv(
      'stem',
      x,
      filterFrom({ ...square, inChannels: 2 }, (_o, i, y, kx) => 0.2 + i + y - kx, [0.9]),
    );
    const y = sketch.conv('lower', stem, { ...filter, bias: [bias] });
    return sketch.finish(sketch.relu('relu', y));
  }

  test('has none in a model that rounds either', () => {
    expect(attempt(network(lower, 0), network(rounded(lower), 0)).kind).toBe('equal');
  });

  test.each([2 ** -20, -1e-30])('is not one with %d', (bias) => {
    expectApart(network(lower, 0), network(rounded(lower), bias));
  });
});

describe('channels that are nothing but constants, through two layers', () => {
  const size = { inChannels: 2, outChannels: 2, height: 3, width: 3 };
  const weights = filterFrom(size, (o, i, y, x) => 0.3 + o - 0.7 * i + 0.1 * y * x);
  const next = filterFrom(size, (o, i, y, x) => 0.9 - o * 0.4 + 0.3 * i + 0.2 * y - 0.1 * x);
  const swapped = (f: Filter): Filter => filterFrom(f, (o, i, y, x) => tap(f, 1 - o, i, y, x));
  const turned = (f: Filter): Filter => filterFrom(f, (o, i, y, x) => tap(f, o, 1 - i, y, x));

  function network(first: Filter, second: Filter): Model {
    const sketch = new Sketch();
    const norm = { scale: [0, 0], offset: [1.5, -0.7], mean: [0, 0], variance: [1, 1] };
    const x = sketch.norm('constant', sketch.input(2, 6, 5), { ...norm, epsilon: 0 });
    const y = sketch.conv('second', sketch.conv('first', x, first), second);
    return sketch.finish(sketch.relu('relu', y));
  }

  test('are found in another order', () => {
    const other = network(swapped(weights), turned(next));
    expect(attempt(network(weights, next), other).kind).toBe('equal');
    expect(
      attempt(network(weights, next), network(rounded(swapped(weights)), rounded(turned(next))))
        .kind,
    ).toBe('equal');
  });

  test('are told from others that differ by a constant', () => {
    const copied = filterFrom(size, (_o, i, y, x) => tap(next, 0, i, y, x), [0.5, -0.25]);
    const exchanged = { ...copied, bias: [-0.25, 0.5] };
    expect(attempt(network(weights, copied), network(weights, rounded(copied))).kind).toBe('equal');
    expectApart(network(weights, copied), network(weights, rounded(exchanged)));
  });

  test('are told apart', () => {
    expectApart(network(weights, next), network(swapped(weights), next));
    expectApart(network(weights, next), network(weights, changed(next, [0, 0], 1 + 2 ** -16)));
  });
});

test('an average pool reads through padding, and what is outside the image is not read', () => {
  const means = (corner: number): Filter =>
    filterFrom(square, (_o, _i, y, x) => (y === 0 && x === 0 ? corner : 1 / 9));
  const original = new Sketch();
  const x = original.input(1, 2, 2);
  const pooled = original.averagePool(
    'pool',
    original.pad('pad', original.relu('relu', x), 1),
    { y: 3, x: 3 },
    { stride: 2 },
  );
  const converted = (filter: Filter): Model => {
    const sketch = new Sketch();
    const y = sketch.relu('relu', sketch.input(1, 2, 2));
    return sketch.finish(sketch.relu('bend', sketch.conv('conv', y, filter, { stride: 2 })));
  };
  const model = original.finish(original.relu('bend', pooled));
  expect(attempt(model, converted(means(1 / 9))).kind).toBe('equal');
  // Only padding meets the upper left weight.
  expect(attempt(model, converted(means(7))).kind).toBe('equal');
  expectApart(model, converted(changed(means(1 / 9), [1, 1], 1 + 2 ** -18)));
});
