/** A proof that was remembered is found again for the same pair, and not believed once it is damaged. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { recall, remember, type Pair } from '../../src/gate/remembered-proofs.ts';
import { scratchFolder } from '../cli/command.ts';

const cache = scratchFolder();

beforeAll(() => {
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const proof = { grade: 'rounded', maxUlps: 1.5, assumptions: ['real arithmetic'] } as const;
const pair: Pair = { original: 'a', converted: 'b', inputRange: null, maxUlps: null };

function entries(): readonly string[] {
  const folder = path.join(cache, 'plainproof', 'proofs');
  return readdirSync(folder).map((name) => path.join(folder, name));
}

test('only for the same pair and the same options', async () => {
  await remember(pair, proof);
  expect(await recall(pair)).toEqual(proof);
  const others: readonly Pair[] = [
    { ...pair, original: 'b', converted: 'a' },
    { ...pair, inputRange: { lower: 0, upper: 1 } },
    { ...pair, maxUlps: 4 },
  ];
  for (const other of others) expect(await recall(other)).toBeNull();
});

test.each<[string, (text: string) => string]>([
  ['cut short', (text) => text.slice(0, -3)],
  ['empty', () => ''],
  ['with another number', (text) => text.replace('1.5', '0.5')],
  ['of another pair', (text) => text.replace(/^(.*\n\[")./, '$1~')],
  ['of another shape', () => '{}'],
])('an entry that is %s is none', async (_, damage) => {
  await remember(pair, proof);
  const [entry] = entries();
  const damaged = damage(readFileSync(entry, 'utf8'));
  expect(damaged).not.toBe(readFileSync(entry, 'utf8'));
  writeFileSync(entry, damaged);
  expect(await recall(pair)).toBeNull();
});

test('an entry under the name of another is none', async () => {
  const other: Pair = { ...pair, converted: 'c' };
  await remember(pair, proof);
  const [first] = entries();
  const text = readFileSync(first, 'utf8');
  await remember(other, proof);
  const second = entries().find((entry) => entry !== first);
  writeFileSync(second ?? '', text);
  expect(await recall(other)).toBeNull();
});

test('a cache that cannot be written is no failure', async () => {
  vi.stubEnv(
    'XDG_CACHE_HOME',
    path.join(cache, 'plainproof', 'proofs', path.basename(entries()[0])),
  );
  await expect(remember(pair, proof)).resolves.toBeUndefined();
  expect(await recall(pair)).toBeNull();
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
