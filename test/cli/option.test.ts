import { expect, test } from 'vitest';
import { seed, shard } from '../../src/cli/option.ts';

test('a shard is a part and the number of parts', () => {
  expect(shard('2/4')).toEqual({ index: 2, count: 4 });
  expect(shard('1/1')).toEqual({ index: 1, count: 1 });
  for (const text of ['3/2', '0/2', '1', '1/2/3', 'a/b', '1.5/2', '']) {
    expect(() => shard(text)).toThrow();
  }
});

test('a seed has 32 bits', () => {
  expect([seed('0'), seed('4294967295')]).toEqual([0, 4294967295]);
  for (const text of ['4294967296', '-1', '1.5', 'x']) expect(() => seed(text)).toThrow();
});
