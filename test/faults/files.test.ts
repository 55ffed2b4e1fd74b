/** Files that cannot be read, or that change and vanish while they are read: one failure, never an exception. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setImmediate as soon } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/blocks/random.ts';
import { readModel } from '../../src/formats/read-model.ts';
import { plainproof, scratchFolder } from '../cli/command.ts';
import { writeFiles } from '../cli/files.ts';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);
const fixtures = path.resolve(import.meta.dirname, '../../fixtures');

let original = '';
beforeAll(async () => {
  ({ original } = await writeFiles());
  for (const name of ['folder.onnx', 'folder.json']) mkdirSync(at(name));
  for (const name of ['loop.onnx', 'loop.json']) symlinkSync(name, at(name));
  symlinkSync('nowhere', at('nowhere.onnx'));
  for (const name of ['pipe.onnx', 'pipe.json', 'pipe']) execFileSync('mkfifo', [at(name)]);
});

const unreadable = [
  ...[
    'folder.onnx',
    'folder.json',
    'loop.onnx',
    'loop.json',
    'nowhere.onnx',
    'none.onnx',
    'none.json',
  ],
  ...['none/none.onnx', `${'x'.repeat(300)}.onnx`, 'pipe.onnx', 'pipe.json', 'pipe'],
];

test.each(unreadable)('%s', { timeout: 20_000 }, async (name) => {
  const read = await readModel(at(name));
  expect(read).toMatchObject({ ok: false, failure: { code: 'unreadable-file' } });
});

test
  .skipIf(process.platform === 'win32')
  .each(['/dev/zero', '/proc/self/mem', '/proc/self/environ'])(
  '%s',
  { timeout: 20_000 },
  async (file) => {
    expect((await readModel(file)).ok).toBe(false);
  },
);

test('on the command line: 65, one line, no verdict', { timeout: 60_000 }, async () => {
  for (const words of [
    ['verify', original, at('pipe.onnx')],
    ['convert', at('folder.onnx'), '-o', at('out.onnx')],
    ['inspect', at('loop.onnx')],
    ['report', at('folder.json')],
    ['merge', at('folder.json')],
    ['audit', at('folder.onnx')],
  ]) {
    const run = await plainproof(...words);
    expect(run, words.join(' ')).toMatchObject({ code: 65, stdout: '' });
    expect(run.stderr).toMatch(/^plainproof: [^\n]+\n$/);
  }
});

/** What may happen to a file between two steps of whoever reads it. */
const mishaps: readonly ((file: string, whole: Uint8Array, random: Random) => void)[] = [
  (file) => rmSync(file, { force: true }),
  (file, whole, random) => {
    writeFileSync(file, whole);
    truncateSync(file, Math.floor(random.uniform() * whole.length));
  },
  (file, whole) => writeFileSync(file, Buffer.concat([whole, whole])),
  (file, whole) => {
    writeFileSync(`${file}.moved`, whole);
    renameSync(`${file}.moved`, file);
  },
  (file) => {
    rmSync(file, { force: true });
    mkdirSync(file);
  },
];

test('files that change, shrink and vanish at random moments', { timeout: 60_000 }, async () => {
  const random = new Random(11);
  const names = ['beside.dynamo.onnx', 'beside.dynamo.onnx.data'];
  const contents = names.map((name) => readFileSync(path.join(fixtures, name)));
  const endings = { read: 0, refused: 0 };
  for (let round = 0; round < 150; round++) {
    for (const [k, name] of names.entries()) {
      rmSync(at(name), { recursive: true, force: true });
      writeFileSync(at(name), contents[k]);
    }
    const reading = readModel(at(names[0]));
    for (let steps = Math.floor(random.uniform() * 25); steps > 0; steps--) await soon();
    const k = random.chance(0.5) ? 0 : 1;
    mishaps[Math.floor(random.uniform() * mishaps.length)](at(names[k]), contents[k], random);
    const read = await reading;
    endings[read.ok ? 'read' : 'refused'] += 1;
    if (!read.ok) expect(read.failure.reason).not.toBe('');
  }
  // Both happened, or the moments were badly chosen.
  expect(endings.read).toBeGreaterThan(5);
  expect(endings.refused).toBeGreaterThan(5);
});
