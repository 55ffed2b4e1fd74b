/** Files are written whole or not at all. */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from '../../src/cli/output.ts';
import { scratchFolder } from './command.ts';

test('replaces a file and leaves nothing else behind', async () => {
  const folder = scratchFolder();
  const file = path.join(folder, 'verdict.json');
  expect(await writeWhole(file, 'old')).toMatchObject({ ok: true });
  expect(await writeWhole(file, 'new')).toMatchObject({ ok: true });
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['verdict.json']);
});

test('a target that cannot be written is a failure, and no temporary file stays', async () => {
  const folder = scratchFolder();
  mkdirSync(path.join(folder, 'verdict.json'));
  const result = await writeWhole(path.join(folder, 'verdict.json'), 'text');
  expect(result).toMatchObject({ ok: false, failure: { code: 'cannot-write' } });
  expect(readdirSync(folder)).toEqual(['verdict.json']);
  expect(await writeWhole(path.join(folder, 'none', 'verdict.json'), 'text')).toMatchObject({
    ok: false,
    failure: { code: 'cannot-write' },
  });
});
