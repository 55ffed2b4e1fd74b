/** The action and the examples for CI systems: they parse, and what they call is there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { plainproof, scratchFolder } from '../cli/command.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const action: {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly steps: readonly Step[] };
} = parse(read('action.yml'));
const workflow: { readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> } =
  parse(read('examples/ci/github.yml'));
const pipeline: Readonly<Record<string, { readonly script?: readonly string[] }>> = parse(
  read('examples/ci/gitlab.yml'),
);

const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const script = path.join(root, 'scripts/action.sh');

/** What the action's script would run, word by word, and the step's outputs. */
function actionRun(env: Readonly<Record<string, string>>): {
  words: string[];
  outputs: string;
  status: number | null;
} {
  const folder = scratchFolder();
  const [npx, outputs] = [path.join(folder, 'npx'), path.join(folder, 'outputs')];
  writeFileSync(npx, '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 2\n');
  chmodSync(npx, 0o755);
  const { stdout, status } = spawnSync('bash', [script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH ?? ''}`, GITHUB_OUTPUT: outputs, ...env },
  });
  return { words: stdout.trimEnd().split('\n'), outputs: readFileSync(outputs, 'utf8'), status };
}

describe('action.yml', () => {
  test('hands every input to the script, which knows it', () => {
    const [{ env = {} }] = action.runs.steps;
    const handed = Object.values(env).map(
      (value) => /^\$\{\{ inputs\.(\S+) \}\}$/.exec(value)?.[1],
    );
    expect(handed.toSorted()).toEqual(Object.keys(action.inputs).toSorted());
    const text = readFileSync(script, 'utf8');
    for (const name of Object.keys(env)) expect(text).toContain(`\${${name}:-`);
  });

  test('runs the gate of the project, with reports in one folder', () => {
    const { words, outputs, status } = actionRun({ PLAINPROOF_REPORTS: 'out' });
    expect(words.slice(0, 3)).toEqual(['--no-install', 'plainproof', 'gate']);
    expect(words.slice(3)).toEqual([
      ...['--json', 'out/gate.json', '--junit', 'out/gate.xml', '--sarif', 'out/gate.sarif'],
      ...['--failure', 'out/failure'],
    ]);
    expect(outputs).toBe('json=out/gate.json\njunit=out/gate.xml\nsarif=out/gate.sarif\n');
    expect(status).toBe(2);
  });

  test('takes no input for shell', () => {
    const { words } = actionRun({
      PLAINPROOF_CONFIG: 'a b; exit 0 #.ts',
      PLAINPROOF_SHARD: '2/4',
      PLAINPROOF_BASELINE: '$(exit 0)',
      PLAINPROOF_VERSION: '0.1.0',
      PLAINPROOF_ARGUMENTS: '--workers 2  --no-cache',
    });
    expect(words.slice(0, 4)).toEqual(['--yes', 'plainproof@0.1.0', 'gate', 'a b; exit 0 #.ts']);
    expect(words.slice(-7)).toEqual([
      ...['--shard', '2/4', '--baseline', '$(exit 0)', '--workers', '2', '--no-cache'],
    ]);
  });
});

test('the workflow hands the action inputs that it has', () => {
  const used = steps.filter(({ uses }) => uses?.startsWith('OWNER/plainproof@'));
  expect(used).toHaveLength(1);
  expect(Object.keys(action.inputs)).toEqual(
    expect.arrayContaining(Object.keys(used[0].with ?? {})),
  );
});

/** The commands of the examples, and those that the action's script runs. */
const commands = [
  ...steps.flatMap(({ run = '' }) => run.split('\n')),
  ...Object.values(pipeline).flatMap(({ script: lines = [] }) => lines),
  ['npx plainproof', ...actionRun({ PLAINPROOF_SHARD: '1/2' }).words.slice(2)].join(' '),
].filter((line) => line.startsWith('npx plainproof '));

test('the examples run both commands', () => {
  expect(new Set(commands.map((line) => line.split(' ')[2]))).toEqual(new Set(['gate', 'merge']));
});

test.each(commands)('%s: its options are there', async (line) => {
  const [, , command, ...words] = line.split(/\s+/);
  const { code, stdout } = await plainproof(command, '--help');
  expect(code).toBe(0);
  for (const word of words.filter((one) => one.startsWith('--'))) {
    expect(stdout).toContain(`  ${word} <`);
  }
});
