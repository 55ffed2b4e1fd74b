/** A channel that is reserved as relu(a·x) and relu(−b·x) is one channel again, beside whatever else is read. */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function verdictOf(original: Model, converted: Model): string {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 }).kind;
}

interface Reader {
  readonly stride: number;
  /** The weight of a channel that is 1 everywhere, at each of the 3×3 taps. */
  readonly constant: number;
}

/** 0.7 · x at the centre, as factor · relu(x · sign) for each of these, and a constant channel; bent. */
function network(
  parts: readonly { readonly sign: number; readonly weight: number }[],
  bends: boolean,
  { stride, constant }: Reader,
): Model {
  const sketch = new Sketch();
  const stem = filterFrom(
    { inChannels: 1, outChannels: 1, height: 3, width: 3 },
    // So small that what is left of the two halves is lost in their fingerprints.
    (_o, _i, y, x) => 2 ** -19 * (1 + y - 0.6 * x),
  );
  const x = sketch.conv('stem', sketch.input(1, 6, 5), stem);
  const spread = filterFrom(
    { inChannels: 1, outChannels: parts.length, height: 1, width: 1 },
    (o) => parts[o].sign,
  );
  const signed = sketch.conv('signed', x, spread);
  const one = { scale: [0], offset: [1], mean: [0], variance: [1], epsilon: 1e-3 };
  const both = sketch.concat('both', [
    bends ? sketch.relu('relu', signed) : signed,
    sketch.norm('one', x, one),
  ]);
  const size = { inChannels: parts.length + 1, outChannels: 1, height: 3, width: 3 };
  const read = filterFrom(size, (_, i, ky, kx) => {
    if (i === parts.length) return constant * (1 + ky - kx);
    return ky === 1 && kx === 1 ? parts[i].weight : 0;
  });
  return sketch.finish(sketch.relu('bent', sketch.conv('read', both, read, { stride })));
}

describe.each([
  { stride: 1, constant: 0.3 },
  { stride: 2, constant: 0 },
  { stride: 2, constant: 0.3 },
])('%j', (reader) => {
  const original = network([{ sign: 1, weight: 0.7 }], false, reader);
  const split = (weights: readonly number[]): Model =>
    network(
      weights.map((weight, i) => ({ sign: i % 2 === 0 ? 3 : -11, weight })),
      true,
      reader,
    );

  test('both halves, and halves of halves, are the channel', () => {
    expect(verdictOf(original, split([0.7 / 3, -0.7 / 11]))).toBe('equal');
    expect(verdictOf(original, split([0.21 / 3, -0.21 / 11, 0.49 / 3, -0.49 / 11]))).toBe('equal');
  });

  test('two that do not make one are not', () => {
    expect(verdictOf(original, split([0.7 / 3, (-0.7 / 11) * (1 + 2 ** -17)]))).toBe('unmatched');
    expect(verdictOf(original, split([0.7 / 3, 0.7 / 11]))).toBe('unmatched');
    expect(verdictOf(original, split([0.7 / 3, 0]))).toBe('unmatched');
  });
});
