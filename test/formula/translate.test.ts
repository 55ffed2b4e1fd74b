/** Formulas as terms: what they become, and what is refused. */
import { expect, test } from 'vitest';
import { formula } from '../../src/formula/language.ts';
import { translate, Untranslatable } from '../../src/formula/translate.ts';
import { fun, int, key, operation, real, sum, symbol, type Term } from '../../src/logic/term.ts';
import { batchNorm, clip, prelu, relu } from '../../src/theorems/activations.ts';
import {
  add,
  atMost,
  ite,
  max,
  min,
  minus,
  over,
  times,
  zero,
} from '../../src/theorems/notation.ts';
import { convolution, tap, tensor, tripleSum, type Window } from '../../src/theorems/tensors.ts';

const integer = (name: string): Term => symbol('Int', name);
const number = (name: string): Term => symbol('Real', name);
const none = { symbols: {}, functions: {} };

test('a convolution is a triple sum over channels and taps, with groups', () => {
  const [C, H, W, o, p, q] = ['C', 'H', 'W', 'o', 'p', 'q'].map(integer);
  const pair = (a: string): readonly [Term, Term] => [integer(`${a}y`), integer(`${a}x`)];
  const window: Window = {
    size: pair('k'),
    stride: pair('s'),
    dilation: pair('d'),
    padding: pair('p'),
  };
  const x = tensor('x', H, W);
  const weights = fun('w');
  const channel = (output: Term, c: Term): Term => add(times(output, integer('m')), c);
  const computed = convolution({ weights, input: x, channels: C, window, channel })(o, p, q);
  const byHand = tripleSum([C, ...window.size], (c, i, j) =>
    times(weights(o, c, i, j), x(channel(o, c), ...tap(window, [p, q], [i, j]))),
  );
  expect(key(computed)).toBe(key(byHand));
});

test('activations and batch norm are what they are by hand', () => {
  const [t, a, b, m, r] = ['t', 'a', 'b', 'm', 'r'].map(number);
  const pairs: readonly (readonly [Term, Term])[] = [
    [relu(t), max(t, zero)],
    [clip(t, a, b), min(max(t, a), b)],
    [prelu(t, a), ite(atMost(zero, t), t, times(a, t))],
    [
      batchNorm({ gamma: a, beta: b, mean: m, inverseRoot: r }, t),
      add(times(times(a, r), minus(t, m)), b),
    ],
  ];
  for (const [computed, byHand] of pairs) expect(key(computed)).toBe(key(byHand));
});

test('a whole number is an integer among integers and a real among reals', () => {
  const [n, t] = [integer('n'), number('t')];
  const read = (text: string): string =>
    key(translate(formula(text), { ...none, symbols: { n, t } }));
  expect(read('n + 1')).toBe(key(add(n, int(1))));
  expect(read('t + 1')).toBe(key(add(t, real(1))));
  expect(read('t / n')).toBe(key(over(t, operation('to_real', n))));
  expect(read('0.25 * t')).toBe(key(times(real(25, 100), t)));
  expect(read('sum(i, n, i)')).toBe(key(sum(n, (i) => operation('to_real', i))));
});

test('a transcendental function is an uninterpreted one, a root is the caller’s', () => {
  const letters = { ...none, symbols: { t: number('t') } };
  expect(key(translate(formula('exp(t)'), letters))).toBe(key(fun('exp')(number('t'))));
  const [t, r] = ['t', 'r'].map(number);
  const root = { ...letters, functions: { sqrt: () => r } };
  expect(key(translate(formula('sqrt(t)'), root))).toBe(key(r));
  expect(key(translate(formula('t / sqrt(t)'), root))).toBe(key(over(t, r)));
  const inverse = { ...letters, functions: { inverseRoot: () => r } };
  expect(key(translate(formula('t / sqrt(t)'), inverse))).toBe(key(times(t, r)));
  expect(() => translate(formula('sqrt(t)'), letters)).toThrow(Untranslatable);
});

test.each(['u', 'f(t)', 't ^ 2', 't!', '[t, t]', 'f(x) = x', 't == 1 ? 1 : 2', '1e400'])(
  '%s is refused',
  (text) => {
    const letters = { ...none, symbols: { t: number('t') } };
    expect(() => translate(formula(text), letters)).toThrow(Untranslatable);
  },
);
