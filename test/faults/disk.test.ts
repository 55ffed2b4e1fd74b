/**
 * A disk without room: every command that writes says so, ends with 65 whatever the verdict, and leaves nothing
 * under the name it was to write to. The gate's own is tested with the gate (test/gate/run.test.ts).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtProgram } from '../cli/built.ts';
import { plainproof, scratchFolder } from '../cli/command.ts';
import { writeFiles } from '../cli/files.ts';

const disk = scratchFolder();
const elsewhere = scratchFolder();
let files = { original: '', plain: '' };
let isMounted = false;

beforeAll(async () => {
  files = await writeFiles();
  const json = path.join(elsewhere, 'verdict.json');
  const run = await plainproof('verify', files.original, files.plain, '--json', json);
  expect(run.code).toBe(0);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    isMounted = true;
  } catch {
    return;
  }
  writeFileSync(path.join(disk, 'everything'), new Uint8Array(60 * 1024));
  try {
    writeFileSync(path.join(disk, 'rest'), new Uint8Array(4096));
  } catch {
    // No room for it: full enough.
  }
});

afterAll(() => {
  if (isMounted) execFileSync('umount', [disk]);
});

test.for<readonly [string, () => readonly string[]]>([
  ['convert', () => ['convert', files.original, '-o', path.join(disk, 'out')]],
  [
    'verify, as JSON',
    () => ['verify', files.original, files.plain, '--json', path.join(disk, 'out')],
  ],
  [
    'verify, as a page',
    () => [
      'verify',
      files.original,
      files.plain,
      '--no-evidence',
      '--html',
      path.join(disk, 'out'),
    ],
  ],
  [
    'report',
    () => ['report', path.join(elsewhere, 'verdict.json'), '--markdown', path.join(disk, 'out')],
  ],
  ['init', () => ['init', path.join(disk, 'out.ts')]],
])('%s', { timeout: 60_000 }, async ([, args], context) => {
  if (!isMounted) context.skip('a small disk can only be made where mounting is allowed');
  const run = await plainproof(...args());
  expect(run.code).toBe(65);
  expect(run.stderr).toMatch(/^plainproof: \S+out(?:\.ts)?: cannot [^\n]*\bENOSPC\b\)?\n$/);
  expect(readdirSync(disk).filter((name) => name.startsWith('out'))).toEqual([]);
});

test('a verdict that cannot be said is not said to be proved', { timeout: 60_000 }, (context) => {
  if (!existsSync('/dev/full')) context.skip('there is no /dev/full');
  const line = 'exec "$@" > /dev/full';
  const args = [builtProgram(), 'verify', files.original, files.plain];
  const run = spawnSync('sh', ['-c', line, 'sh', process.execPath, ...args], { encoding: 'utf8' });
  expect(run).toMatchObject({
    status: 65,
    stderr: 'plainproof: stdout: cannot be written (ENOSPC)\n',
  });
});
