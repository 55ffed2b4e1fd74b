/** Tensors that no input reaches: constants that padding makes different in the border, layer upon layer. */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

interface Spelling {
  /** How often the channels behind the ReLU are what they are in the original. */
  readonly factor: number;
  /** What one weight of the layer in between is multiplied by. */
  readonly changed: number;
  /** The two layers behind the ReLU written as one. */
  readonly fused: boolean;
  readonly mean: boolean;
}

const pointwise = { inChannels: 2, outChannels: 2, height: 1, width: 1 };

/** 1 and 0.3 everywhere (γ = 0), under a padded 3×3 convolution, a ReLU that bends in the border, two 1×1 convolutions. */
function constants({ factor, changed, fused, mean }: Spelling): Model {
  const sketch = new Sketch();
  const norm = { scale: [0, 0], offset: [1, 0.3], mean: [0, 0], variance: [1, 1], epsilon: 1e-5 };
  const constant = sketch.norm('constant', sketch.input(2, 6, 5), norm);
  const size = { inChannels: 2, outChannels: 2, height: 3, width: 3 };
  const padded = filterFrom(
    size,
    (o, i, y, x) => Math.sin(1 + 18 * o + 9 * i + 3 * y + x),
    [-0.3, 0.4],
  );
  const bent = sketch.relu('bent', sketch.conv('padded', constant, padded));
  const between = (o: number, i: number): number =>
    factor * Math.cos(1 + 2 * o + i) * (o + i === 2 ? changed : 1);
  const last = (o: number, i: number): number => Math.cos(5 + 2 * o + i) / factor;
  const both = (o: number, i: number): number =>
    last(o, 0) * between(0, i) + last(o, 1) * between(1, i);
  const result = fused
    ? sketch.conv('both', bent, filterFrom(pointwise, both))
    : sketch.conv(
        'last',
        sketch.conv('between', bent, filterFrom(pointwise, between)),
        filterFrom(pointwise, last),
      );
  return sketch.finish(mean ? sketch.globalAveragePool('mean', result) : result);
}

describe.each([false, true])('constants all the way, mean at the end %s', (mean) => {
  const plain = { factor: 1, changed: 1, fused: false, mean };
  const original = constants(plain);
  const verdictOf = (other: Partial<Spelling>): string =>
    prove(original, constants({ ...plain, ...other }), { inputRange: everything, maxUlps: 16 })
      .kind;

  test.each([{ factor: 4 }, { factor: 0.7 }, { fused: true }, { fused: true, factor: 0.7 }])(
    '%j',
    (other) => {
      expect(verdictOf(other)).toBe('equal');
    },
  );

  test('one weight off by a thousandth', () => {
    expect(verdictOf({ changed: 1.001 })).toBe('unmatched');
    expect(verdictOf({ changed: 1.001, factor: 0.7 })).toBe('unmatched');
    expect(verdictOf({ changed: 1.001, fused: true })).toBe('unmatched');
  });
});
