/** A clip keeps its two bends however large the constants are that cancelled in its argument. */
import { expect, test } from 'vitest';
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

/** clip(2²⁰·x + 2⁴³ − 2⁴², 0, upper), of a line or of a function that bends itself. */
function clipped(upper: number, bent: boolean): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 1, 1);
  const line = sketch.conv(
    'up',
    bent ? sketch.prelu('prelu', input, [0.25]) : input,
    filterFrom(pointwise, () => 2 ** 20, [2 ** 43]),
  );
  const back = sketch.conv(
    'down',
    line,
    filterFrom(pointwise, () => 1, [-(2 ** 42)]),
  );
  return sketch.finish(sketch.clip('clip', back, 0, upper));
}

test.each([
  [6, 0, false],
  [6, 0, true],
  [6, 3, false],
  [6, 3, true],
])('a clip at %d is none at %d', (upper, other, bent) => {
  const options = { inputRange: everything, maxUlps: 16 };
  expect(prove(clipped(upper, bent), clipped(other, bent), options).kind).toBe('unmatched');
  expect(prove(clipped(other, bent), clipped(upper, bent), options).kind).toBe('unmatched');
  expect(prove(clipped(upper, bent), clipped(upper, bent), options).kind).toBe('equal');
});
