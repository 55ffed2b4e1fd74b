/** Values as a solver prints them, and rounding to the formats that JavaScript does not have. */
import { expect, test } from 'vitest';
import { readValue, rounded, valueText } from '../../src/theorems/model-value.ts';

test.each([
  ['3.0', '3'],
  ['(- 3.0)', '-3'],
  ['(/ 3.0 6.0)', '1/2'],
  ['(- (/ 1.0 4.0))', '-1/4'],
  ['(/ (- 1.0) 4.0)', '-1/4'],
  ['0.125', '1/8'],
])('the real %s', (text, expected) => {
  expect(valueText(readValue(text, 'Real'))).toBe(expected);
});

test('an irrational number is none', () => {
  expect(() => readValue('(root-obj (+ (^ x 2) (- 2)) 2)', 'Real')).toThrow('no rational');
});

test.each([
  ['(fp #b0 #x7f #b00000000000000000000000)', 1],
  ['(fp #b1 #x80 #b10000000000000000000000)', -3],
  ['(fp #b0 #x00 #b00000000000000000000001)', 2 ** -149],
  ['(fp #b0 #xfe #b11111111111111111111111)', (2 - 2 ** -23) * 2 ** 127],
  ['(_ +oo 8 24)', Infinity],
  ['(_ NaN 8 24)', NaN],
  ['(_ -zero 8 24)', -0],
] as const)('the float32 %s', (text, expected) => {
  expect(readValue(text, 'Float32')).toBe(expected);
});

test('formats differ in where their exponent ends', () => {
  expect(readValue('(fp #b0 #b01111 #b1000000000)', 'Float16')).toBe(1.5);
  expect(readValue('(fp #b0 #b01111111 #b1000000)', 'BFloat16')).toBe(1.5);
});

test.each([
  ['Float16', 1 + 2 ** -11, 1],
  ['Float16', 1 + 3 * 2 ** -11, 1 + 2 ** -9],
  ['Float16', 65519, 65504],
  ['Float16', 65520, Infinity],
  ['Float16', -65520, -Infinity],
  ['Float16', 2 ** -25, 0],
  ['Float16', 3 * 2 ** -25, 2 ** -23],
  ['BFloat16', 1 + 2 ** -8, 1],
  ['BFloat16', -1 - 3 * 2 ** -8, -1 - 2 ** -6],
  ['BFloat16', 2 ** -133, 2 ** -133],
  ['BFloat16', 2 ** 128, Infinity],
  ['Float32', 1 + 2 ** -24, 1],
] as const)('to the nearest %s of %s', (format, value, expected) => {
  expect(rounded(value, format)).toBe(expected);
});
