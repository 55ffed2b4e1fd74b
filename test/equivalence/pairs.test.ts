/**
 * The library of pairs through the numbering: correct ones are proved with the grade they deserve, every
 * original equals itself exactly, wrong ones are not proved.
 */
import { describe, expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove, type Attempt } from '../../src/equivalence/prove.ts';
import { correctPairs, selfPairs, wrongPairs } from '../pairs/library.ts';
import { gradeOf, type Pair } from '../pairs/pair.ts';

const maxUlps = 16;

function attempt(pair: Pair): Attempt {
  const inputRange = pair.inputRange ?? everything;
  return prove(pair.original, pair.converted, { inputRange, maxUlps });
}

const named = (pairs: readonly Pair[]): (readonly [string, Pair])[] =>
  pairs.map((pair) => [pair.name, pair]);

describe('correct pairs are proved', () => {
  test.each(named(correctPairs()))('%s', (_, pair) => {
    const result = attempt(pair);
    expect(result.kind).toBe('equal');
    if (result.kind !== 'equal') return;
    expect(result.exact ? 'exact' : 'rounded').toBe(gradeOf(pair));
    // A parameter rounded once is off by half a unit, one composed of several rounded ones by a few.
    expect(result.ulps).toBeLessThanOrEqual(gradeOf(pair) === 'exact' ? 0 : 4);
  });
});

describe('every model equals itself', () => {
  test.each(named(selfPairs()))('%s', (_, pair) => {
    const result = attempt(pair);
    expect(result).toMatchObject({ kind: 'equal', exact: true, ulps: 0 });
  });
});

describe('wrong pairs are not proved', () => {
  test.each(named(wrongPairs()))('%s', (_, pair) => {
    expect(attempt(pair).kind).toBe('unmatched');
  });
});
