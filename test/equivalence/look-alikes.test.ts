/**
 * Channels of the original that rounding does not tell apart: which one a converted channel is does not change the
 * verdict on a correct conversion, and does not excuse a wrong one.
 */
import { expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom, type Filter } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function verdictOf(original: Model, converted: Model): string {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 }).kind;
}

const reader = (first: number): Filter =>
  filterFrom({ inChannels: 2, outChannels: 1, height: 3, width: 3 }, (_, i, y, x) =>
    i === 0 ? first + y - 0.3 * x : 0.7 - y * x,
  );

/** relu(x + c) for two c, each a bias less a mean, read by a 3×3 convolution. */
function bent(bias: readonly number[], mean: readonly number[], read: Filter): Model {
  const sketch = new Sketch();
  const pointwise = { inChannels: 1, outChannels: 2, height: 1, width: 1 };
  const conv = sketch.conv(
    'conv',
    sketch.input(1, 5, 5),
    filterFrom(pointwise, () => 1, bias),
  );
  const unit = { scale: [1, 1], offset: [0, 0], variance: [1, 1], epsilon: 0 };
  const normed = sketch.norm('norm', conv, { ...unit, mean });
  return sketch.finish(sketch.conv('read', sketch.relu('relu', normed), read));
}

// Half a unit in the last place of the numbers near 2000 that are added up.
const apart = 2 ** -14;
const original = bent([1000.25, 1000.25], [1000, 1000 - apart], reader(1));

test('bends at places that are one but for rounding are met in their order', () => {
  // Both are nearer to the first of the original's.
  const nearer = [0.25 + 0.1 * apart, 0.25 + 0.4 * apart];
  expect(verdictOf(original, bent(nearer, [0, 0], reader(1)))).toBe('equal');
  expect(verdictOf(original, bent(nearer, [0, 0], reader(1 + 2 ** -17)))).toBe('unmatched');
  const further = [0.25, 0.25 + 40 * apart];
  expect(verdictOf(original, bent(further, [0, 0], reader(1)))).toBe('unmatched');
});
