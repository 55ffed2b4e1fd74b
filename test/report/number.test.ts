import { expect, test } from 'vitest';
import { bytes, count, magnitude, scaled, significant, ulps } from '../../src/report/number.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [11689512, '11,689,512'],
])('count(%d) is %s', (n, text) => {
  expect(count(n)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.00 k'],
  [999999, '1.00 M'],
  [1819041792, '1.82 G'],
])('scaled(%d) is %s', (n, text) => {
  expect(scaled(n)).toBe(text);
});

test.each([
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [25690112, '24.5 MiB'],
])('bytes(%d) is %s', (n, text) => {
  expect(bytes(n)).toBe(text);
});

test.each([
  [0, '0'],
  [8, '8'],
  [3.14159, '3.142'],
  [-0.25, '-0.25'],
  [0.00012345, '1.234e-4'],
  [2e-9, '2e-9'],
  [Infinity, 'Infinity'],
])('significant(%d) is %s', (x, text) => {
  expect(significant(x)).toBe(text);
});

test.each([
  [0, '0'],
  [0.04, '0.04'],
  [0.000999, '1e-3'],
  [3.149e-8, '3.1e-8'],
  [2 ** -126, '1.2e-38'],
])('magnitude(%d) is %s', (x, text) => {
  expect(magnitude(x)).toBe(text);
});

test.each([
  [0, '0'],
  [0.5, '0.5'],
  [0.50001, '0.501'],
  [1, '1'],
  [1.0001, '1.01'],
  [123.4, '124'],
])('a bound of %d units in the last place is printed as %s, never less', (k, text) => {
  expect(ulps(k)).toBe(text);
  expect(Number(ulps(k))).toBeGreaterThanOrEqual(k);
});
