/** Each rule of a certificate where it holds, and next to it where it does not: written by hand, without the prover. */
import { describe, expect, test } from 'vitest';
import type { Argument } from '../../src/certificate/certificate.ts';
import { check } from '../../src/checker/check.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { accepts, argument, conv, network, relu, run, step, term } from './support.ts';

describe('same', () => {
  const claim = (scale: number): Argument =>
    argument([step('relu', run('same', [term('relu', { scale })]))]);

  test('the same layer of the same argument', () => {
    expect(accepts(relu({ kernel: 3 }), relu({ kernel: 3 }), claim(1))).toBe(true);
    expect(accepts(relu({ kernel: 3 }), relu({ kernel: 3, weight: 1.001 }), claim(1))).toBe(false);
    expect(accepts(relu({}), relu({ bias: 2 ** -20 }), claim(1))).toBe(false);
  });

  test('a ReLU lets positive factors through, and no others', () => {
    const twice = (first: number, second: number): Model =>
      network((s, x) =>
        conv(s, 'last', s.relu('relu', conv(s, 'conv', x, { weight: first })), { weight: second }),
      );
    expect(accepts(twice(1, 1), twice(4, 0.25), claim(4))).toBe(true);
    expect(accepts(twice(1, 1), twice(-4, -0.25), claim(-4))).toBe(false);
    expect(accepts(twice(1, 1), twice(4, 0.5), claim(4))).toBe(false);
  });

  test('bounds of a clip go with the factor', () => {
    const clipped = (upper: number, weight: number): Model =>
      network((s, x) => s.clip('relu', conv(s, 'conv', x, { weight }), 0, upper));
    expect(accepts(clipped(6, 1), clipped(6, 1), claim(1))).toBe(true);
    expect(accepts(clipped(6, 1), clipped(6.001, 1), claim(1))).toBe(false);
  });

  test('a smooth function lets no factor through', () => {
    const smooth = (weight: number): Model =>
      network((s, x) => s.opaque('relu', conv(s, 'conv', x, { weight }), 'sigmoid'));
    expect(accepts(smooth(1), smooth(1), claim(1))).toBe(true);
    expect(accepts(smooth(1), smooth(2), claim(2))).toBe(false);
  });

  test('a channel of softmax is a function of all channels of the argument', () => {
    const first = (factor: number): Model =>
      network((s, x) => {
        const exponents = s.scale('scale', x, [1, factor]);
        return s.select('out', s.opaque('softmax', exponents, 'softmax'), [0]);
      }, 2);
    const all = { ...run('same', [term('softmax')]), count: 2 };
    const whole = argument([{ tensor: 'softmax', open: [], runs: [all] }]);
    const part = argument([step('softmax', run('same', [term('softmax')]), run('any'))]);
    expect(accepts(first(3), first(3), whole)).toBe(true);
    expect(accepts(first(3), first(2), whole)).toBe(false);
    expect(accepts(first(3), first(2), part)).toBe(false);
  });
});

describe('is', () => {
  const two = (weight: number): Model =>
    network((s, x) => s.relu('second', conv(s, 'conv', s.relu('first', x), { weight })));
  const one = network((s, x) => s.relu('first', x));
  const passing = argument([
    step('first', run('same', [term('first')])),
    step('second', run('is', [term('first')])),
  ]);

  test('a ReLU does nothing to what is not negative', () => {
    expect(accepts(one, two(1), passing)).toBe(true);
    expect(accepts(one, two(-1), passing)).toBe(false);
  });

  test('and does something to an input that may be negative, unless the range says otherwise', () => {
    const identity = network((s, x) => conv(s, 'out', x));
    const rectified = network((s, x) => s.relu('out', conv(s, 'conv', x)));
    const claim = (inputRange: Argument['inputRange']): Argument =>
      argument([step('out', run('is', [term(identity.tensors[0].name)]))], { inputRange });
    expect(accepts(identity, rectified, claim(null))).toBe(false);
    expect(accepts(identity, rectified, claim([-1, 1]))).toBe(false);
    expect(accepts(identity, rectified, claim([0, 1]))).toBe(true);
  });

  test('an average that leaves out padding is no convolution', () => {
    const pooled = (countIncludePad: boolean): Model =>
      network((s, x) => s.averagePool('out', x, { y: 3, x: 3 }, { pads: 1, countIncludePad }));
    const claim = argument([step('out', run('is', [term('out')]))], { named: ['out'] });
    expect(accepts(pooled(true), pooled(true), argument([]))).toBe(true);
    expect(accepts(pooled(false), pooled(false), argument([]))).toBe(false);
    expect(accepts(pooled(true), pooled(false), claim)).toBe(false);
  });
});

describe('half', () => {
  const identity = network((s, x) => conv(s, 'out', x));
  /** relu(x) + sign · relu(−x). */
  const split = (sign: number): Model =>
    network((s, x) => {
      const plus = s.relu('plus', conv(s, 'up', x));
      const minus = s.relu('minus', conv(s, 'down', x, { weight: -1 }));
      return s.add('out', plus, conv(s, 'merge', minus, { weight: sign }));
    });
  const image = identity.tensors[0].name;
  const half = term(image, { half: true });
  const claim = (scale: number): Argument =>
    argument([
      step('plus', run('half', [half])),
      step('minus', run('half', [half, term(image, { scale })])),
    ]);

  test('relu(x) − relu(−x) = x', () => {
    expect(accepts(identity, split(-1), claim(-1))).toBe(true);
    expect(accepts(identity, split(1), claim(-1))).toBe(false);
    expect(accepts(identity, split(-1), claim(1))).toBe(false);
  });
});

test('more terms than a slack is for', () => {
  const channels = 17;
  const summed = network((s, x) => {
    const size = { inChannels: channels, outChannels: 1, height: 1, width: 1 };
    return s.conv(
      'sum',
      x,
      filterFrom(size, () => 1),
    );
  }, channels);
  const image = summed.tensors[0].name;
  const terms = Array.from({ length: channels }, (_, channel) => term(image, { channel }));
  const claim = (count: number): Argument =>
    argument([step('sum', run('is', terms.slice(0, count)))]);
  expect(check(summed, summed, claim(17))).toEqual({ ok: false, reason: 'sum has too many terms' });
  expect(check(summed, summed, argument([]))).toMatchObject({ ok: true });
});

describe('borders', () => {
  test('a bias ahead of padding is not the bias behind it', () => {
    const ahead = network((s, x) => conv(s, 'b', conv(s, 'a', x, { bias: 1 }), { kernel: 3 }));
    const behind = network((s, x) => conv(s, 'b', conv(s, 'a', x), { kernel: 3, bias: 9 }));
    expect(accepts(ahead, ahead, argument([]))).toBe(true);
    expect(accepts(ahead, behind, argument([]))).toBe(false);
  });

  test('two padded 3×3 convolutions are read outside the border, unless what is between has a name', () => {
    const twice = network((s, x) => conv(s, 'b', conv(s, 'a', x, { kernel: 3 }), { kernel: 3 }));
    expect(accepts(twice, twice, argument([]))).toBe(false);
    const named = argument([step('a', run('is', [term('a')]))], { named: ['a'] });
    expect(accepts(twice, twice, { ...named, steps: [] })).toBe(false);
    const open = { ...named, steps: named.steps.map((each) => ({ ...each, open: ['a'] })) };
    expect(accepts(twice, twice, open)).toBe(true);
  });
});

test('the mean of every second pixel is not the mean of all', () => {
  const whole = network((s, x) => s.globalAveragePool('mean', x));
  const some = network((s, x) => {
    const size = { inChannels: 1, outChannels: 1, height: 1, width: 1 };
    return s.globalAveragePool(
      'mean',
      s.conv(
        'every',
        x,
        filterFrom(size, () => 1),
        { stride: 2 },
      ),
    );
  });
  const image = whole.tensors[0].name;
  const claim = argument([step('every', run('is', [term(image, { stride: [2, 2] })]))]);
  expect(accepts(whole, whole, argument([]))).toBe(true);
  expect(accepts(whole, some, claim)).toBe(false);
});

describe('anything else is rejected', () => {
  const model = relu({ kernel: 3 });
  const good = step('relu', run('same', [term('relu')]));

  test.each<[string, Argument]>([
    ['nothing is said of a ReLU', argument([])],
    ['nothing is said that helps', argument([step('relu', run('any'))])],
    ['channels are missing', argument([{ ...good, runs: [] }])],
    ['channels are double', argument([step('relu', run('same', [term('relu')]), run('any'))])],
    ['a tensor that is not there', argument([step('other', run('any'))])],
    [
      'a channel that is not there',
      argument([step('relu', run('same', [term('relu', { channel: 1 })]))]),
    ],
    ['a tensor that is no symbol', argument([step('relu', run('is', [term('conv')]))])],
    ['an input that is opened', argument([{ ...good, open: [model.tensors[0].name] }])],
    ['outputs are missing', argument([good], { outputs: [] })],
  ])('%s', (_, certificate) => {
    expect(accepts(model, model, argument([good]))).toBe(true);
    expect(check(model, model, certificate)).toEqual({ ok: false, reason: expect.any(String) });
  });
});
