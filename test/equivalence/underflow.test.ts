/** Ranges stay ranges where float64 underflows: what is too small for it is not zero. */
import { expect, test } from 'vitest';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

const pointwise = { inChannels: 2, outChannels: 1, height: 1, width: 1 };

/** relu(w·x₀ + w·x₁), or zero. */
function scaled(weight: number): Model {
  const sketch = new Sketch();
  const x = sketch.input(2, 1, 1);
  const y = sketch.conv(
    'conv',
    x,
    filterFrom(pointwise, () => weight),
  );
  return sketch.finish(sketch.relu('relu', y));
}

test.each([2 ** -120, 3 * 2 ** -120])('relu(%d · x) is not zero for any x > 0', (weight) => {
  const options = { inputRange: { lower: 0, upper: 2 ** -1000 }, maxUlps: 16 };
  expect(prove(scaled(weight), scaled(0), options).kind).toBe('unmatched');
});
