/** Bends that vanish leave a constant. */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function verdictOf(original: Model, converted: Model): string {
  return prove(original, converted, { inputRange: everything, maxUlps: 16 }).kind;
}

const one = { inChannels: 1, outChannels: 1, height: 1, width: 1 };

/** γ = 0: 1 everywhere. */
const constantOne = { scale: [0], offset: [1], mean: [0], variance: [1], epsilon: 1e-5 };

/** relu(−relu(x)), which is zero, beside a constant, under a padded 3×3 convolution that may read x for nothing. */
function overZero({
  spare,
  factor,
  corner,
}: {
  spare: boolean;
  factor: number;
  corner: number;
}): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 5, 5);
  const bent = sketch.relu('bent', input);
  const falling = sketch.conv(
    'falling',
    bent,
    filterFrom(one, () => -1),
  );
  const zero = sketch.relu('zero', falling);
  const constant = sketch.norm('constant', input, constantOne);
  const read = sketch.concat('read', spare ? [zero, constant, bent] : [zero, constant]);
  const size = { inChannels: spare ? 3 : 2, outChannels: 1, height: 3, width: 3 };
  const weight = (_: number, channel: number, y: number, x: number): number =>
    channel === 2 ? 0 : factor * (channel === 1 && y + x === 0 ? corner : 0.25 * (1 + y + x));
  const border = sketch.relu(
    'border',
    sketch.conv('bordered', read, filterFrom(size, weight, [-factor])),
  );
  return sketch.finish(
    sketch.conv(
      'level',
      border,
      filterFrom(one, () => 1 / factor),
    ),
  );
}

describe('a channel that no input reaches is a constant', () => {
  const original = overZero({ spare: false, factor: 1, corner: -2 });

  test('whatever it was made from', () => {
    expect(verdictOf(original, overZero({ spare: true, factor: 4, corner: -2 }))).toBe('equal');
  });

  test('and not another one', () => {
    const wrong = overZero({ spare: true, factor: 4, corner: -1.999 });
    expect(verdictOf(original, wrong)).toBe('unmatched');
  });
});

/** relu(x) + 2·relu(3 − relu(x) − (3 − rounding)), or relu(x) alone. */
function cancelled(rounding: number | null): Model {
  const sketch = new Sketch();
  const bent = sketch.relu('bent', sketch.input(1, 3, 3));
  if (rounding === null)
    return sketch.finish(
      sketch.conv(
        'sum',
        bent,
        filterFrom(one, () => 1),
      ),
    );
  const falling = sketch.conv(
    'falling',
    bent,
    filterFrom(one, () => -1, [3]),
  );
  const left = sketch.relu('left', sketch.translate('back', falling, [rounding - 3]));
  const both = sketch.concat('both', [left, bent]);
  const sum = filterFrom({ ...one, inChannels: 2 }, (_, i) => (i === 0 ? 2 : 1));
  return sketch.finish(sketch.conv('sum', both, sum));
}

test('two bends that only rounding tells apart cancel', () => {
  expect(verdictOf(cancelled(null), cancelled(2 ** -21))).toBe('equal');
  expect(verdictOf(cancelled(null), cancelled(2 ** -10))).toBe('unmatched');
});

/** relu(x) + relu(y) + 2·relu(3 − relu(x) − relu(y) − (3 − rounding)), or the same with a ReLU of what is never positive. */
function neverPositive(rounding: number): Model {
  const two = { inChannels: 2, outChannels: 1, height: 1, width: 1 };
  const sketch = new Sketch();
  const bent = sketch.relu('bent', sketch.input(2, 3, 3));
  const falling = sketch.conv(
    'falling',
    bent,
    filterFrom(two, () => -1, [3]),
  );
  const left = sketch.relu('left', sketch.translate('back', falling, [rounding - 3]));
  const sum = filterFrom({ ...two, inChannels: 3 }, (_, i) => (i === 0 ? 2 : 1));
  return sketch.finish(sketch.conv('sum', sketch.concat('both', [left, bent]), sum));
}

test('what is never positive stays so but for rounding', () => {
  expect(verdictOf(neverPositive(0), neverPositive(2 ** -21))).toBe('equal');
  expect(verdictOf(neverPositive(0), neverPositive(2 ** -10))).toBe('unmatched');
});

/** min(relu(x + 2²⁰ + further), 1/32): two kinks closer together than rounding moves them. */
function narrow(further: number): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 3, 3);
  const moved = sketch.translate('moved', input, [2 ** 20 + further]);
  return sketch.finish(sketch.clip('narrow', moved, 0, 1 / 32));
}

test('kinks that lie close together are found together', () => {
  expect(verdictOf(narrow(0), narrow(1 / 8))).toBe('equal');
  expect(verdictOf(narrow(0), narrow(4))).toBe('unmatched');
});

/** x plus a constant of 10⁹ that is clipped, as it is or after padding has made it another one in the border. */
function saturated(upper: number, padded: boolean): Model {
  const sketch = new Sketch();
  const input = sketch.input(1, 4, 4);
  const large = sketch.norm('large', input, { ...constantOne, offset: [1e9] });
  const size = { ...one, height: 3, width: 3 };
  const read = padded
    ? sketch.conv(
        'padded',
        large,
        filterFrom(size, (_o, _i, y, x) => y + x - 1.5),
      )
    : large;
  return sketch.finish(sketch.add('sum', input, sketch.clip('clip', read, 0, upper)));
}

test.each([false, true])('the bound of a clip is not judged by what it cuts off', (padded) => {
  expect(verdictOf(saturated(6, padded), saturated(6 + 2 ** -20, padded))).toBe('equal');
  expect(verdictOf(saturated(6, padded), saturated(6.5, padded))).toBe('unmatched');
});
