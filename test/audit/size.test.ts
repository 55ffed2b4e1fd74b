/** Sizes in letters: their normal form says what their text says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  over,
  plus,
  printed,
  sameSize,
  sizeOf,
  textOf,
  times,
  valueOf,
} from '../../src/audit/size.ts';
import { evaluator } from '../../src/formula/evaluate.ts';
import { formula } from '../../src/formula/language.ts';

const numbers = { C: 24, M: 5, s: 2 };

/** Expressions, with their value by mathjs as the second opinion. */
const text = fc.letrec<{ readonly size: string }>((tie) => ({
  size: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('C', 'M', 's', '3', '7', 'C/4'),
    fc
      .tuple(tie('size'), fc.constantFrom('+', '-', '*'), tie('size'))
      .map((p) => `(${p.join(' ')})`),
    fc.constantFrom('C', 'M', '3*s').map((inner) => `(${inner})^2`),
  ),
})).size;

test('a size has the value of its expression, and so has its own text', () => {
  fc.assert(
    fc.property(text, (written) => {
      const size = sizeOf(written);
      const value = (expression: string): number =>
        evaluator(formula(expression), { symbols: numbers, functions: {} })({});
      const expected = value(written);
      // What is added up, whatever cancels.
      const scale = value(written.replaceAll('-', '+'));
      expect(Math.abs(valueOf(size, numbers) - expected) / scale).toBeLessThan(1e-9);
      const again = valueOf(sizeOf(textOf(size)), numbers);
      expect(Math.abs(again - expected) / scale).toBeLessThan(1e-9);
    }),
    { numRuns: 300 },
  );
});

test('sums and products in another order are the same size', () => {
  expect(sameSize(sizeOf('C*M + 2*C'), sizeOf('C*(M + 2)'))).toBe(true);
  expect(sameSize(sizeOf('C*M'), sizeOf('C + M'))).toBe(false);
});

test('what is printed', () => {
  expect(printed(sizeOf('9*C*C - C/2 + 3'))).toBe('9·C² − C/2 + 3');
  const quotient = over(times(sizeOf('H'), sizeOf('W')), sizeOf('s^2'));
  expect(quotient === null ? '' : printed(quotient)).toBe('H·W/s²');
  expect(over(sizeOf('C'), sizeOf('M + 1'))).toBeNull();
  expect(printed(plus())).toBe('0');
});
