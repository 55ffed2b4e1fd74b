/** Channels that are copies, or multiples by a power of two, stay so where constants meet the border. */
import { expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import {
  filterFrom,
  fold,
  scaleColumns,
  scaleRows,
  type Filter,
} from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function verdictOf(original: Model, converted: Model): string {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 }).kind;
}

const one = { inChannels: 1, outChannels: 1, height: 1, width: 1 };

/** γ = 0: 1 everywhere. */
const constantOne = { scale: [0], offset: [1], mean: [0], variance: [1], epsilon: 1e-5 };

/**
 * Two rows of a padded 3×3 convolution of x and a constant, bent and added up; `ratio` is how often the second row
 * is the first, and `changed` what one of its weights has been changed by.
 */
function twoRows(ratio: number, changed: number): Model {
  const sketch = new Sketch();
  const read = bentAndConstant(sketch);
  const size = { inChannels: 2, outChannels: 2, height: 3, width: 3 };
  const filter = filterFrom(size, (o, i, y, x) => {
    const weight = weightAt(i, y, x) + (o === 1 && i + y + x === 5 ? changed : 0);
    return (o === 0 ? 1 : ratio) * weight;
  });
  const rows = sketch.relu('rows', sketch.conv('conv', read, filter));
  const sum = filterFrom({ ...one, inChannels: 2 }, (_, i) => (i === 0 ? 0.25 : 0.75 / ratio));
  return sketch.finish(sketch.conv('sum', rows, sum));
}

/** The first row alone. */
function oneRow(): Model {
  const sketch = new Sketch();
  const size = { inChannels: 2, outChannels: 1, height: 3, width: 3 };
  const filter = filterFrom(size, (_, i, y, x) => weightAt(i, y, x));
  return sketch.finish(sketch.relu('row', sketch.conv('conv', bentAndConstant(sketch), filter)));
}

/** relu(x), and a constant that float64 does not hold. */
function bentAndConstant(sketch: Sketch): number {
  const input = sketch.input(1, 5, 5);
  const constant = sketch.norm('constant', input, constantOne);
  const spread = { scale: [1], offset: [0.1], mean: [0.3], variance: [0.7], epsilon: 1e-3 };
  return sketch.concat('read', [
    sketch.relu('bent', input),
    sketch.norm('spread', constant, spread),
  ]);
}

function weightAt(channel: number, y: number, x: number): number {
  return Math.fround(Math.sin(1 + 9 * channel + 3 * y + x));
}

test('a channel written twice is one channel, constants in its border and all', () => {
  expect(verdictOf(twoRows(1, 0), oneRow())).toBe('equal');
  expect(verdictOf(twoRows(4, 0), oneRow())).toBe('equal');
  expect(verdictOf(twoRows(1, 0.001), oneRow())).toBe('unmatched');
});

/** Batch norms of their own for each of two channels, with factors that no float32 is. */
const norms = {
  scale: [0.9, -1.3],
  offset: [0.2, 0.4],
  mean: [0.1, -0.3],
  variance: [0.7, 1.9],
  epsilon: 1e-3,
};

/**
 * Two copies of a pointwise sum of three channels, the second `ratio` times the first but for `changed` on one weight,
 * each with its batch norm; bent, and read by a 3×3 convolution.
 */
function sums(ratio: number, changed: number): { filter: Filter; reader: Filter } {
  const filter = filterFrom({ ...one, inChannels: 3, outChannels: 2 }, (o, i) => {
    const weight = Math.fround(Math.sin(4 + i)) + (o === 1 && i === 2 ? changed : 0);
    return (o === 0 ? 1 : ratio) * weight;
  });
  const reader = filterFrom({ ...one, inChannels: 2, height: 3, width: 3 }, weightsOfReader);
  return { filter, reader };
}

function weightsOfReader(_: number, i: number, y: number, x: number): number {
  return weightAt(i, y, x);
}

function drawn(filter: Filter, norm: typeof norms | null, reader: Filter): Model {
  const sketch = new Sketch();
  const bent = sketch.relu('bent', sketch.input(3, 5, 5));
  const sum = sketch.conv('sum', bent, filter);
  const normed = norm === null ? sum : sketch.norm('norm', sum, norm);
  return sketch.finish(sketch.conv('read', sketch.relu('relu', normed), reader));
}

/** Batch norms folded, channels times these factors, which the reader takes back. */
function rescaled({ filter, reader }: ReturnType<typeof sums>, by: readonly number[]): Model {
  const first = scaleRows(fold(filter, norms), by);
  const second = scaleColumns(
    reader,
    by.map((factor) => 1 / factor),
  );
  return drawn(first, null, second);
}

test.each([1, -2])('sums of a few channels, one %d times the other, are one', (ratio) => {
  const pair = sums(ratio, 0);
  const original = drawn(pair.filter, norms, pair.reader);
  expect(verdictOf(original, rescaled(pair, [11, 1 / 3]))).toBe('equal');
  const other = sums(ratio, 2 ** -12);
  expect(verdictOf(original, rescaled(other, [11, 1 / 3]))).toBe('unmatched');
  expect(verdictOf(original, drawn(other.filter, norms, other.reader))).toBe('unmatched');
});
