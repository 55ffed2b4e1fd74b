/**
 * One function of one number, made on several roads in one model: it is one value in both.
 */
import { expect, test } from 'vitest';
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

/** relu(x + bias) − 0.4·min(relu(x + bias), 2), bent once more; each channel written `copies` times. */
function writtenOften(copies: number, weight: number): Model {
  const sketch = new Sketch();
  const x = sketch.conv(
    'conv',
    sketch.input(1, 3, 4),
    filterFrom(pointwise, () => 1, [bias]),
  );
  const channels = [sketch.relu('relu', x), sketch.clip('clip', x, 0, 2)];
  const all = Array.from({ length: copies }, () => channels).flat();
  const shared = sketch.conv(
    'shared',
    sketch.concat('all', all),
    filterFrom(
      { ...pointwise, inChannels: all.length },
      (_, i) => (i % 2 === 0 ? 1 : weight) / copies,
      [-0.6],
    ),
  );
  return sketch.finish(sketch.relu('last', shared));
}

test.each([2, 3, 7])('functions of one number in a row of many weights: %i copies', (copies) => {
  expect(attempt(writtenOften(1, -0.4), writtenOften(copies, -0.4)).kind).toBe('equal');
  expect(attempt(writtenOften(1, -0.4), writtenOften(copies, -0.40002)).kind).toBe('unmatched');
});

/** Σ relu(γᵢ·(x + bias)/√(σᵢ²+ε)), the same function but for a factor; or that factor times relu(x + bias). */
function byManyRoads(norms: boolean, slip: number): Model {
  const sketch = new Sketch();
  const roads = [
    [0.7, 1.9],
    [1.3, 0.45],
    [0.31, 2.7],
  ].map((road) => road.map(Math.fround));
  const epsilon = Math.fround(1e-5);
  const x = sketch.conv(
    'conv',
    sketch.input(1, 3, 4),
    filterFrom(pointwise, () => 1, [bias]),
  );
  const bent = roads.map(([gamma = 0, variance = 0], i) => {
    const norm = { scale: [gamma], offset: [0], mean: [0], variance: [variance], epsilon };
    return sketch.relu(`relu${i}`, sketch.norm(`bn${i}`, x, norm));
  });
  const total = roads.reduce((sum, [g = 0, v = 0]) => sum + g / Math.sqrt(v + epsilon), 0);
  const size = { ...pointwise, inChannels: norms ? roads.length : 1 };
  const y = norms ? sketch.concat('all', bent) : sketch.relu('relu', x);
  return sketch.finish(
    sketch.conv(
      'sum',
      y,
      filterFrom(size, () => (norms ? 1 : total * slip)),
    ),
  );
}

test('one function made on several roads is one, as far as float64 can tell', () => {
  expect(attempt(byManyRoads(true, 1), byManyRoads(false, 1)).kind).toBe('equal');
  expect(attempt(byManyRoads(false, 1), byManyRoads(true, 1)).kind).toBe('equal');
  expect(attempt(byManyRoads(true, 1), byManyRoads(false, 1.00001)).kind).toBe('unmatched');
});
