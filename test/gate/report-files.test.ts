/** The reports of `gate` and `merge` as files and streams, asked of `merge`, which has no work of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { gateJsonText } from '../../src/report/gate/json.ts';
import { builtProgram } from '../cli/built.ts';
import { scratchFolder } from '../cli/command.ts';
import { allProved, everything } from './results.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);

for (const [name, result] of Object.entries({ allProved, everything })) {
  writeFileSync(at(`${name}.json`), gateJsonText({ ...result, shard: { index: 1, count: 1 } }));
}
writeFileSync(at('broken.json'), '{"seed": 7');

/** File names are of the folder; the process runs where the sources are found. */
function merge(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { status: number | null; stdout: string; stderr: string } {
  const placed = words.map((word) => (/^-/.test(word) ? word : at(word)));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [builtProgram(), 'merge', ...placed],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, GITHUB_ACTIONS: '', GITHUB_STEP_SUMMARY: '', ...env },
    },
  );
  return { status, stdout, stderr: stderr.replaceAll(`${folder}/`, '') };
}

test('every report that is asked for is written, and the text says the same', () => {
  const files = ['--json', 'a.json', '--junit', 'a.xml', '--sarif', 'a.sarif', '--summary', 'a.md'];
  const run = merge(['everything.json', ...files]);
  expect(run).toMatchObject({ status: 1, stderr: '' });
  const [headline] = run.stdout.split('\n');
  expect(headline).toMatch(/^Refuted: /);
  expect(readFileSync(at('a.md'), 'utf8')).toContain(`**${headline}**`);
  expect(readFileSync(at('a.xml'), 'utf8')).toContain('<testsuites name="plainproof gate"');
  expect(JSON.parse(readFileSync(at('a.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(JSON.parse(readFileSync(at('a.json'), 'utf8'))).toMatchObject({ shard: null, seed: 7 });
});

test('the JSON of stdout is nothing but JSON, on GitHub too', () => {
  const run = merge(['everything.json', '--json', '-'], {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: root,
    GITHUB_STEP_SUMMARY: at('summary'),
  });
  expect(JSON.parse(run.stdout)).toMatchObject({ seed: 7 });
  expect(run.stderr).toMatch(/^::error file=plainproof\.config\.ts,title=/);
  expect(readFileSync(at('summary'), 'utf8')).toMatch(/^## plainproof gate\n/);
});

test('the step summary is added to what other steps wrote', () => {
  writeFileSync(at('shared'), '# Another step\n');
  const run = merge(['allProved.json'], {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: at('shared'),
  });
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).not.toContain('::');
  expect(readFileSync(at('shared'), 'utf8')).toMatch(/^# Another step\n## plainproof gate\n/);
});

test('a report that cannot be written ends with 65; the others are written all the same', () => {
  const run = merge(['allProved.json', '--json', 'none/b.json', '--sarif', 'b.sarif']);
  expect(run).toMatchObject({
    status: 65,
    stderr: 'plainproof: none/b.json: cannot be written (ENOENT)\n',
  });
  expect(run.stdout).toMatch(/^Proved: /);
  expect(existsSync(at('b.sarif'))).toBe(true);
});

test.each([
  [['broken.json'], /^plainproof: broken\.json: no result of plainproof gate: [^\n]+\n$/],
  [['missing.json'], /^plainproof: missing\.json: cannot be read \(ENOENT\)\n$/],
  [['allProved.json', '--baseline', 'broken.json'], /^plainproof: broken\.json: no result/],
])('%j ends with 65, one line, and no report', (words, line) => {
  const run = merge([...words, '--json', 'never.json']);
  expect(run).toMatchObject({ status: 65, stdout: '' });
  expect(run.stderr).toMatch(line);
  expect(existsSync(at('never.json'))).toBe(false);
});

test('a baseline is compared with', () => {
  const run = merge(['everything.json', '--baseline', 'allProved.json']);
  expect(run.stdout).toContain('Since the baseline (plainproof 0.1.0): 1 case in both');
  expect(run.stdout).toContain('  7 newly refuted or failing\n');
});
