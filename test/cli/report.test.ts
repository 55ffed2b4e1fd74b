/** Reports as the command line writes them, and what it says of files that are none. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { plainproof, scratchFolder, writeNoise } from './command.ts';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);
const models = ['fixtures/prelu.legacy.onnx', 'fixtures/prelu.dynamo.onnx'] as const;

beforeAll(async () => {
  const files = ['--html', at('a.html'), '--markdown', at('a.md'), '--json', at('a.json')];
  const run = await plainproof('verify', ...models, '--no-evidence', ...files);
  expect(run).toMatchObject({ code: 0, stderr: '' });
});

test('verify writes a page, Markdown and JSON beside the text', () => {
  expect(readFileSync(at('a.html'), 'utf8')).toContain('<!doctype html>');
  expect(readFileSync(at('a.md'), 'utf8')).toMatch(/^\*\*Proved\*\*: `prelu.dynamo.onnx`/);
  expect(readFileSync(at('a.html'), 'utf8')).toContain(`npx plainproof verify ${models.join(' ')}`);
});

test('report makes the same page and the same Markdown of the JSON', async () => {
  const files = ['--html', at('b.html'), '--markdown', at('b.md')];
  const run = await plainproof('report', at('a.json'), '--no-evidence', ...files);
  expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(at('b.html'), 'utf8')).toBe(readFileSync(at('a.html'), 'utf8'));
  expect(readFileSync(at('b.md'), 'utf8')).toBe(readFileSync(at('a.md'), 'utf8'));
});

test('without a file, report writes Markdown to stdout', async () => {
  const run = await plainproof('report', at('a.json'));
  expect(run.stdout).toBe(readFileSync(at('a.md'), 'utf8'));
});

test('a plain verdict is reported with what it has', async () => {
  await plainproof('verify', ...models, '--json', at('plain.json'));
  const run = await plainproof('report', at('plain.json'), '--no-evidence', '--html', at('c.html'));
  expect(run.code).toBe(0);
  expect(readFileSync(at('c.html'), 'utf8')).toContain('Nothing more was kept');
});

test.each([
  ['there is none', () => at('none.json'), 'ENOENT'],
  ['it is noise', () => writeNoise(at('noise.json')), 'is not JSON'],
  [
    'it is of something else',
    () => (writeFileSync(at('x.json'), '{}'), at('x.json')),
    'no verdict',
  ],
])('a file that is no verdict, for %s', async (_, file, reason) => {
  const run = await plainproof('report', file());
  expect(run.code).toBe(65);
  expect(run.stderr).toContain(reason);
});

test('a page that cannot be written is said to be one', async () => {
  const target = path.join(folder, 'no', 'such', 'folder.html');
  const run = await plainproof('report', at('a.json'), '--no-evidence', '--html', target);
  expect(run.code).toBe(65);
  expect(run.stderr).toContain('folder.html');
});
