/** Each rule of a certificate where it holds, and next to it where it does not: written by hand, without the prover. */
import { describe, expect, test } from 'vitest';
import type { Argument, Rule, Run, Step, Term } from '../../src/certificate/certificate.ts';
import { check } from '../../src/checker/check.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom } from '../../src/networks/filter.ts';
import { Sketch } from '../../src/networks/sketch.ts';

function term(tensor: string, more: Partial<Term> = {}): Term {
  return { tensor, channel: 0, scale: 1, half: false, stride: [1, 1], ...more };
}

function run(rule: Rule, terms: readonly Term[] = [], constant = 0): Run {
  return { first: 0, count: 1, rule, terms, constant };
}

function step(tensor: string, ...runs: readonly Run[]): Step {
  return { tensor, open: [], runs: runs.map((each, first) => ({ ...each, first })) };
}

function argument(steps: readonly Step[], more: Partial<Argument> = {}): Argument {
  const { outputs = [[]] } = more;
  return {
    theorems: [],
    inputRange: null,
    maxUlps: 1,
    named: [],
    facts: [],
    steps,
    ...more,
    outputs,
  };
}

/** A network over one channel of 3×3 pixels; `build` makes its output of its input. */
function network(build: (sketch: Sketch, input: TensorId) => TensorId, channels = 1): Model {
  const sketch = new Sketch();
  return sketch.finish(build(sketch, sketch.input(channels, 3, 3)));
}

interface Weights {
  readonly kernel?: number;
  readonly bias?: number;
  readonly weight?: number;
}

/** A padded convolution, all its weights equal. */
function conv(sketch: Sketch, name: string, x: TensorId, w: Weights = {}): TensorId {
  const { kernel = 1, bias, weight = 1 } = w;
  const size = { inChannels: 1, outChannels: 1, height: kernel, width: kernel };
  return sketch.conv(
    name,
    x,
    filterFrom(size, () => weight, bias === undefined ? undefined : [bias]),
  );
}

const relu = (weights: Weights): Model =>
  network((s, x) => s.relu('relu', conv(s, 'conv', x, weights)));

function accepts(original: Model, converted: Model, certificate: Argument): boolean {
  return check(original, converted, certificate).ok;
}

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

describe('flat', () => {
  const constant = (bias: number): Model =>
    network((s, x) => s.relu('relu', conv(s, 'conv', x, { weight: 0, bias })));
  const claim = (value: number): Argument =>
    argument([step('relu', run('flat', [], value))], {
      facts: [{ tensor: 'relu', runs: [{ first: 0, count: 1, constant: 2 }] }],
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
      facts: [{ tensor: 'relu', runs: [{ first: 0, count: 1, constant: 9 }] }],
    });
    expect(accepts(constant(9), summed, nine)).toBe(false);
  });
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
