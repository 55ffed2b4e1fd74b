/** The wrong statements that are kept, and what counts as a counterexample; library.test.ts has them refuted. */
import { expect, test } from 'vitest';
import { failure } from '../../src/theorems/falsehood.ts';
import { falsehoods } from '../../src/theorems/refuted.ts';

test('there are twenty and more, and no two share a name', () => {
  expect(falsehoods.length).toBeGreaterThanOrEqual(20);
  const names = falsehoods.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('the mistakes of real converters that are statements are among them', () => {
  const bugs = new Set(falsehoods.map(({ bug }) => bug));
  for (const bug of [1, 3, 4, 5, 6, 7, 8, 9, 10, 13, 17]) expect(bugs).toContain(bug);
});

test('values that are no counterexample are not taken for one', () => {
  const [relu] = falsehoods.filter(({ name }) => name === 'plain-relu-on-reserved');
  const positive = new Map([
    ['x_0_0_0', '3.0'],
    ['F_0_0_0', '(- (/ 1.0 2.0))'],
  ]);
  expect(failure(relu, positive)).toBeNull();
  const negative = new Map([...positive, ['x_1_0_0', '(- 3.0)'], ['F_1_0_0', '4.0']]);
  expect(failure(relu, negative)).toEqual({ o: 1, p: 0, q: 0 });
  expect(relu.readable(negative)).toBe(
    'channel 1, pixel (0, 0): the original is 1, the converted 4, ' +
      'where F of channel 1, pixel (0, 0) is 4, x of channel 1, pixel (0, 0) is -3. ' +
      'What fails: non-negative (the block reads no negative value).',
  );
});
