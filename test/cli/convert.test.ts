/** `plainproof convert` and `inspect` as scripts use them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { built, Sketch } from '../convert/support.ts';
import { builtProgram } from './built.ts';
import { plainproof, writeNoise } from './command.ts';
import { writeFiles, type Files } from './files.ts';

let files: Files;

beforeAll(async () => {
  files = await writeFiles();
});

test('names every shortcut removed and writes one file, the same one every time', async () => {
  const targets = ['first.onnx', 'second.onnx'].map((name) => path.join(files.folder, name));
  for (const target of targets) {
    const run = await plainproof('convert', files.original, '-o', target, '--fold-batch-norm');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    for (const block of ['layer1.0', 'layer2.0', 'layer3.0']) {
      expect(run.stdout).toContain(`removed  ${block}.add: `);
    }
    expect(run.stdout).toContain('3 shortcuts removed, 0 kept; written to');
  }
  expect(readFileSync(targets[0]).equals(readFileSync(targets[1]))).toBe(true);
  expect(readdirSync(files.folder).filter((name) => name.includes('tmp'))).toEqual([]);
});

describe.each(['gelu', 'silu'] as const)('a block with %s', (of) => {
  test.each(['auto', 'split'])('is converted by %s and proved', async (strategy) => {
    const s = new Sketch(9);
    const x = s.input({ channels: 3, height: 6, width: 6 });
    const mixed = s.batchNorm('bn', s.conv('dw', x, 3, { kernel: 3, groups: 3 }));
    const wide = s.conv('pw', mixed, 5, { bias: true });
    const shared = { inputs: [wide], alpha: 0, beta: 0 };
    const bent = s.builder.add({ kind: 'opaque', name: 'act', function: of, ...shared });
    const model = s.done(s.add('add', x, s.conv('out', bent, 3, { bias: true })));
    const [from, to] = ['from', 'to'].map((end) =>
      path.join(files.folder, `${of}-${strategy}-${end}.onnx`),
    );
    built(await saveOnnx(from, model));
    const run = await plainproof('convert', from, '-o', to, '--strategy', strategy);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('1 shortcut removed, 0 kept');
    const verdict = await plainproof('verify', from, to);
    expect(verdict).toMatchObject({ code: 0, stderr: '' });
    expect(verdict.stdout).toMatch(/proved/i);
  });
});

test('what it cannot read ends with 65, one line, and no file', async () => {
  const noise = writeNoise(path.join(files.folder, 'noise.onnx'));
  const target = path.join(files.folder, 'never.onnx');
  const run = await plainproof('convert', noise, '-o', target);
  expect(run).toMatchObject({ code: 65, stdout: '' });
  expect(run.stderr).toMatch(/^plainproof: [^\n]+\n$/);
  expect(existsSync(target)).toBe(false);
});

test('a target that cannot be written ends with 65 and one line', async () => {
  const target = path.join(files.folder, 'none', 'plain.onnx');
  const run = await plainproof('convert', files.original, '-o', target);
  expect(run).toMatchObject({ code: 65, stdout: '' });
  expect(run.stderr).toMatch(/^plainproof: [^\n]+\n$/);
});

test('inspect lists the shortcuts before and none after', async () => {
  const before = await plainproof('inspect', files.original);
  expect(before).toMatchObject({ code: 0, stderr: '' });
  expect(before.stdout).toMatch(/^shortcuts +3$/m);
  expect(before.stdout).toMatch(
    /^\S+ +layer3\.0\.add +projection \(conv 1×1 stride 2×2, batch norm\)/m,
  );
  const after = await plainproof('inspect', files.plain);
  expect(after.stdout).toMatch(/^shortcuts +0$/m);
});

test('a reader that leaves early is no error', () => {
  const line = `"$0" "$@" | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync(
    'bash',
    ['-c', line, process.execPath, builtProgram(), 'inspect', files.original],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^file +[^\n]+\n0\n$/);
});
