/**
 * Every wrong statement is refuted: z3 has a model, exact arithmetic finds that it meets the hypotheses and not the
 * conclusion, and with the hypothesis that is missing the statement is true.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { Z3 } from '../../src/solver/z3.ts';
import { evaluateTerm } from '../../src/theorems/evaluate-term.ts';
import { atSizes } from '../../src/theorems/expand.ts';
import { failure, falsehoodObligations } from '../../src/theorems/falsehood.ts';
import { falsehoods } from '../../src/theorems/refuted.ts';

const z3 = new Z3(5_000_000, 2);

afterAll(() => z3.close());

test('there are twenty and more, and no two share a name', () => {
  expect(falsehoods.length).toBeGreaterThanOrEqual(20);
  const names = falsehoods.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('the mistakes of real converters that are statements are among them', () => {
  const bugs = new Set(falsehoods.map(({ bug }) => bug));
  for (const bug of [1, 3, 4, 5, 6, 7, 8, 9, 10, 13, 17]) expect(bugs).toContain(bug);
});

describe.each(falsehoods.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  const { refuted, mended, possible } = falsehoodObligations(one);

  test('has a counterexample', async () => {
    const decision = await z3.decide(refuted);
    if (decision.kind !== 'sat') return expect(decision).toMatchObject({ kind: 'sat' });
    const place = failure(one, decision.values);
    expect(place).not.toBeNull();
    const missing = atSizes(one.missing.term, { ...one.sizes, ...place });
    expect(evaluateTerm(missing, decision.values)).toBe(false);
    expect(one.readable(decision.values)).toMatch(/ is .*What fails: /);
  });

  test('is true with what is missing, and that can be', async () => {
    expect(await z3.decide(mended)).toMatchObject({ kind: 'unsat' });
    expect(await z3.decide(possible)).toMatchObject({ kind: 'sat' });
  });
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
