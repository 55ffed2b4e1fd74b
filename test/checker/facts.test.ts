/** Channels that are numbers, and what a certificate says of the original: where it holds, and where it does not. */
import { describe, expect, test } from 'vitest';
import type { Argument } from '../../src/certificate/certificate.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { accepts, argument, conv, network, relu, run, step, term } from './support.ts';

describe('flat', () => {
  const constant = (bias: number): Model =>
    network((s, x) => s.relu('relu', conv(s, 'conv', x, { weight: 0, bias })));
  const claim = (value: number): Argument =>
    argument([step('relu', run('flat', [], value))], {
      facts: [step('relu', run('flat', [], 2))],
    });

  test('a channel that is a number', () => {
    expect(accepts(constant(2), constant(2), claim(2))).toBe(true);
    expect(accepts(constant(2), constant(3), claim(2))).toBe(false);
    expect(accepts(constant(2), relu({ bias: 2 }), claim(2))).toBe(false);
    expect(accepts(relu({ bias: 2 }), constant(2), claim(2))).toBe(false);
  });

  test('not where padding is seen', () => {
    // One at every pixel, then 3×3: nine in the middle, four in the corners.
    const summed = network((s, x) => {
      const ones = s.relu('ones', conv(s, 'conv', x, { weight: 0, bias: 1 }));
      return s.relu('relu', conv(s, 'sum', ones, { kernel: 3 }));
    });
    const nine = argument([step('ones', run('flat', [], 1)), step('relu', run('flat', [], 9))], {
      facts: [step('relu', run('flat', [], 9))],
    });
    expect(accepts(constant(9), summed, nine)).toBe(false);
  });

  test('what the layer makes of the number, not the number', () => {
    const below = argument([step('relu', run('flat', [], -2))], {
      facts: [step('relu', run('flat', [], 0))],
    });
    expect(accepts(constant(0), constant(-2), below)).toBe(true);
    expect(accepts(constant(2), constant(-2), below)).toBe(false);
  });

  test('where an argument that varies never leaves the flat piece', () => {
    const rectified = (weight: number): Model =>
      network((s, x) => s.relu('relu', conv(s, 'conv', s.relu('first', x), { weight })));
    const zero = network((s, x) => conv(s, 'out', x, { weight: 0 }));
    const flat = (scale: number): Argument => {
      const first = step('first', run('is', [term(zero.tensors[0].name)]));
      const relu = step('relu', run('flat', [term(zero.tensors[0].name, { scale })]));
      return argument([first, relu], { inputRange: [0, 1] });
    };
    expect(accepts(zero, rectified(-1), flat(-1))).toBe(true);
    expect(accepts(zero, rectified(1), flat(-1))).toBe(false);
    expect(accepts(zero, rectified(1), flat(1))).toBe(false);
    expect(accepts(zero, rectified(-1), { ...flat(-1), inputRange: [-1, 1] })).toBe(false);
  });
});

test('max pooling of what is a number at some pixels alone is none', () => {
  const whole = network((s, x) =>
    s.maxPool('pool', conv(s, 'two', x, { weight: 0, bias: 2 }), 1, 2),
  );
  // Every second pixel of an image that ends after one and a half of them.
  const cut = network((s, x) => {
    const padded = s.pad('padded', x, { top: 0, left: 0, bottom: 3, right: 3 });
    const size = { inChannels: 1, outChannels: 1, height: 1, width: 1 };
    const every = s.conv(
      'every',
      padded,
      filterFrom(size, () => 1),
      { stride: 2 },
    );
    return s.maxPool('pool', every, 1, 2);
  });
  const image = term(whole.tensors[0].name, { stride: [2, 2] });
  const claim = argument([step('pool', run('flat', [image]))], {
    inputRange: [2, 2],
    facts: [step('pool', run('flat', [], 2))],
  });
  const number = { ...claim, steps: [step('pool', run('flat', [], 2))] };
  expect(accepts(whole, whole, number)).toBe(true);
  expect(accepts(whole, cut, number)).toBe(false);
  expect(accepts(whole, cut, claim)).toBe(false);
});

describe('dead', () => {
  test('a channel that its bias keeps below zero', () => {
    const zero = network((s, x) => conv(s, 'out', x, { weight: 0 }));
    const claim = (inputRange: Argument['inputRange'], value = 0): Argument =>
      argument([step('relu', run('dead', [], value))], { inputRange });
    const low = relu({ kernel: 3, bias: -10 });
    expect(accepts(zero, low, claim([-1, 1]))).toBe(true);
    expect(accepts(zero, low, claim([-1, 1], 1))).toBe(false);
    expect(accepts(zero, low, claim([-2, 2]))).toBe(false);
    expect(accepts(zero, low, claim(null))).toBe(false);
  });

  test('a product with zero, whichever factor it is', () => {
    const product = (first: number, second: number): Model =>
      network((s, x) => {
        const factors = [first, second].map((weight, i) => conv(s, `factor${i}`, x, { weight }));
        return s.multiply('product', factors[0], factors[1]);
      });
    const zero = network((s, x) => conv(s, 'out', x, { weight: 0 }));
    const claim = argument([step('product', run('dead'))]);
    expect(accepts(zero, product(0, 1), claim)).toBe(true);
    expect(accepts(zero, product(1, 0), claim)).toBe(true);
    expect(accepts(zero, product(1, 2 ** -20), claim)).toBe(false);
  });
});

describe('facts', () => {
  const twice = network((s, x) => s.relu('second', s.relu('first', x)));
  const once = network((s, x) => s.relu('only', x));
  const said = argument([step('only', run('same', [term('first')]))]);
  const fact = step('second', run('is', [term('first')]));

  test('what a layer of the original hands on is what it was', () => {
    expect(accepts(twice, once, said)).toBe(false);
    expect(accepts(twice, once, { ...said, facts: [fact] })).toBe(true);
  });

  test('a fact about a layer that does something is none', () => {
    const leaky = network((s, x) => s.relu('second', s.leakyRelu('first', x, 0.1)));
    const same = network((s, x) => s.leakyRelu('only', x, 0.1));
    expect(accepts(leaky, same, { ...said, facts: [fact] })).toBe(false);
  });

  test('a fact about an input or about what is written is none', () => {
    const model = relu({});
    const good = step('relu', run('same', [term('relu')]));
    for (const name of [model.tensors[0].name, 'conv'])
      expect(accepts(model, model, argument([good], { facts: [step(name, run('any'))] }))).toBe(
        false,
      );
  });

  test('the ReLU of a tensor is what the layer makes that has it', () => {
    const image = once.tensors[0].name;
    const half = argument([step('only', run('half', [term(image, { half: true })]))]);
    expect(accepts(once, once, half)).toBe(true);
  });
});
