/** A clip keeps its bounds however large the constants are beside which they lie. */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

const pointwise = { inChannels: 1, outChannels: 1, height: 1, width: 1 };

/** relu(y) + clip(y, 0, upper) for y = 2²⁰·x + 2⁴³ − 2⁴²: both bend at about the same number. */
function added(upper: number): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 1, 1);
  const line = sketch.conv(
    'up',
    input,
    filterFrom(pointwise, () => 2 ** 20, [2 ** 43]),
  );
  const back = sketch.conv(
    'down',
    line,
    filterFrom(pointwise, () => 1, [-(2 ** 42)]),
  );
  const clip = sketch.clip('clip', back, 0, upper);
  return sketch.finish(sketch.add('add', sketch.relu('relu', back), clip));
}

test('a clip beside another bend at the same number stays', () => {
  const options = { inputRange: everything, maxUlps: 16 };
  expect(prove(added(0), added(6), options).kind).toBe('unmatched');
  expect(prove(added(6), added(6), options).kind).toBe('equal');
});

/** clip(2²⁰·x + size, 0, upper), of a line or of a function that bends itself. */
function clipped(upper: number, { bent, size }: { bent: boolean; size: number }): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 1, 1);
  const line = sketch.conv(
    'line',
    bent ? sketch.prelu('prelu', input, [0.25]) : input,
    filterFrom(pointwise, () => 2 ** 20, [size]),
  );
  return sketch.finish(sketch.clip('clip', line, 0, upper));
}

describe.each([
  { bent: false, size: 2 ** 42 },
  { bent: true, size: 2 ** 42 },
  { bent: false, size: -(2 ** 42) },
  { bent: false, size: 2 ** 14 },
  { bent: true, size: 2 ** 14 },
])('%j', (argument) => {
  test.each([0, 3, 6.006])('a clip at 6 is none at %d', (other) => {
    const options = { inputRange: everything, maxUlps: 16 };
    const [six, wrong] = [clipped(6, argument), clipped(other, argument)];
    expect(prove(six, wrong, options).kind).toBe('unmatched');
    expect(prove(wrong, six, options).kind).toBe('unmatched');
    expect(prove(six, six, options).kind).toBe('equal');
  });

  test('a bias off by its last bit is rounding', () => {
    const options = { inputRange: everything, maxUlps: 16 };
    const { bent, size } = argument;
    const next = clipped(6, { bent, size: size * (1 + 2 ** -23) });
    expect(prove(clipped(6, argument), next, options).kind).toBe('equal');
  });
});

/** One bound only, of a line that rises or falls. */
function bounded(lower: number, upper: number, slope: number): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 1, 1);
  const line = sketch.conv(
    'line',
    input,
    filterFrom(pointwise, () => slope, [2 ** 40]),
  );
  return sketch.finish(sketch.clip('clip', line, lower, upper));
}

test.each([2 ** 20, -(2 ** 20)])('nor is one bound another, the slope being %d', (slope) => {
  const options = { inputRange: everything, maxUlps: 16 };
  for (const [a, b] of [
    [bounded(6, Infinity, slope), bounded(3, Infinity, slope)],
    [bounded(-Infinity, 6, slope), bounded(-Infinity, 3, slope)],
    [bounded(0, Infinity, slope), bounded(3, Infinity, slope)],
    [bounded(-Infinity, 0, slope), bounded(-Infinity, 3, slope)],
  ]) {
    expect(prove(a, b, options).kind).toBe('unmatched');
    expect(prove(b, a, options).kind).toBe('unmatched');
    expect(prove(a, a, options).kind).toBe('equal');
  }
});
