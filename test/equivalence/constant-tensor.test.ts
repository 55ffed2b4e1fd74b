/** Tensors that no input reaches: constants that padding makes different in the border, layer upon layer. */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

interface Spelling {
  /** How often the channels between the padded convolution and the last one are what they are in the original. */
  readonly factor: number;
  /** What one weight of the layer in between is multiplied by. */
  readonly changed: number;
  readonly mean: boolean;
}

/** 1 everywhere (γ = 0), under a padded 3×3 convolution and two 1×1 convolutions. */
function constants({ factor, changed, mean }: Spelling): Model {
  const sketch = new Sketch();
  const norm = { scale: [0, 0], offset: [1, 0.3], mean: [0, 0], variance: [1, 1], epsilon: 1e-5 };
  const constant = sketch.norm('constant', sketch.input(2, 6, 5), norm);
  const size = { inChannels: 2, outChannels: 2, height: 3, width: 3 };
  const padded = filterFrom(
    size,
    (o, i, y, x) => Math.sin(1 + 18 * o + 9 * i + 3 * y + x),
    [-0.7, 0.2],
  );
  const bordered = sketch.conv('padded', constant, padded);
  const flat = { inChannels: 2, outChannels: 2, height: 1, width: 1 };
  const between = sketch.conv(
    'between',
    bordered,
    filterFrom(flat, (o, i) => factor * Math.cos(1 + 2 * o + i) * (o + i === 2 ? changed : 1)),
  );
  const last = sketch.conv(
    'last',
    between,
    filterFrom(flat, (o, i) => Math.cos(5 + 2 * o + i) / factor),
  );
  return sketch.finish(mean ? sketch.globalAveragePool('mean', last) : last);
}

describe.each([false, true])('constants all the way, mean at the end %s', (mean) => {
  const original = constants({ factor: 1, changed: 1, mean });
  const verdictOf = (factor: number, changed: number): string => {
    const converted = constants({ factor, changed, mean });
    return prove(original, converted, { inputRange: everything, maxUlps: 16 }).kind;
  };

  test.each([4, 0.7])('rescaled by %d', (factor) => {
    expect(verdictOf(factor, 1)).toBe('equal');
  });

  test('one weight off by a thousandth', () => {
    expect(verdictOf(1, 1.001)).toBe('unmatched');
    expect(verdictOf(0.7, 1.001)).toBe('unmatched');
  });
});
