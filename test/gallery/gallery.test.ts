/**
 * The gallery of real converters' bugs: every folder a pair of files, with the verdict, the layer and the
 * words of the cause that its expected.txt asks for; and every file against itself, proved, exact.
 *
 * A pair is judged from its files, as by the command line: read, verified, replayed on two kernels, and
 * put into words.
 */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import { readModel } from '../../src/formats/read-model.ts';
import type { Model } from '../../src/model/model.ts';
import { verdictText } from '../../src/report/terminal.ts';
import type { Verdict } from '../../src/verdict/verdict.ts';
import { verify } from '../../src/verify.ts';
import { plainproof } from '../cli/command.ts';
import { galleryEntries } from './entries.ts';
import { parseExpected, standsIn } from './expectation.ts';

const gallery = import.meta.dirname;
const folders = readdirSync(gallery, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const fileOf = (folder: string, which: string): string => path.join(gallery, folder, which);

async function read(file: string): Promise<Model> {
  const source = await readModel(file);
  if (!source.ok) throw new Error(source.failure.reason);
  return source.value.model;
}

function firstLine(folder: string, verdict: Verdict): string {
  const model = { path: folder, sha256: null, parameters: null, macs: null };
  const timings = { read: 0, kernels: 0, verify: 0, total: 0 };
  const record = { verdict, kernels: [], original: model, converted: model, timings };
  return verdictText(record).split('\n')[0];
}

describe('a pair', () => {
  test.each(folders)('%s', async (folder) => {
    const [original, converted] = await Promise.all(
      ['original.onnx', 'converted.onnx'].map((name) => read(fileOf(folder, name))),
    );
    const text = readFileSync(fileOf(folder, 'expected.txt'), 'utf8');
    const { expectation, inputRange } = parseExpected(text);
    const verdict = await verify(original, converted, { inputRange, kernels: ['wasm', 'cpu'] });
    expect(verdict.verdict).toBe(expectation.verdict);
    if (verdict.verdict === 'proved' && expectation.verdict === 'proved') {
      expect(expectation.grades).toContain(verdict.grade);
      expect(verdict.maxUlps).toBeLessThan(1);
      expect(firstLine(folder, verdict)).toMatch(/^Proved/);
    }
    if (verdict.verdict === 'refuted' && expectation.verdict === 'refuted') {
      expect(expectation.layers).toContain(verdict.firstDifference?.layer);
      const { cause = '' } = verdict.firstDifference ?? {};
      expect(standsIn(expectation.words, cause), cause).toBe(true);
      expect(verdict.counterexample.replays.map(({ kernel }) => kernel)).toEqual(['wasm', 'cpu']);
      for (const replay of verdict.counterexample.replays) expect(replay.gap).toBeGreaterThan(0);
      expect(firstLine(folder, verdict)).toMatch(/^Refuted/);
    }
  });
});

describe('a file against itself', () => {
  const files = folders.flatMap((f) => [`${f}/original.onnx`, `${f}/converted.onnx`]);

  test.each(files)('%s', async (name) => {
    const model = await read(path.join(gallery, name));
    expect(await verify(model, model)).toMatchObject({ verdict: 'proved', grade: 'exact' });
  });
});

describe('the folders', () => {
  test('are those of entries.ts, every bug from 1 to 17 among them', () => {
    expect(folders).toEqual(
      galleryEntries()
        .map(({ folder }) => folder)
        .sort(),
    );
    const numbers = new Set(folders.map((folder) => Number(folder.slice(0, 2))));
    for (let bug = 1; bug <= 17; bug++) expect(numbers).toContain(bug);
  });

  test('hold what `npx tsx scripts/write-gallery.ts` writes', async () => {
    const scratch = mkdtempSync(path.join(tmpdir(), 'gallery-'));
    for (const { folder, original, converted } of galleryEntries()) {
      for (const [name, model] of Object.entries({ original, converted })) {
        const file = path.join(scratch, `${name}.onnx`);
        expect((await saveOnnx(file, model)).ok).toBe(true);
        const same = readFileSync(file).equals(readFileSync(fileOf(folder, `${name}.onnx`)));
        expect(same, `${folder}/${name}.onnx`).toBe(true);
      }
    }
  });
});

test('the command line says the same, with its exit code', async () => {
  const folder = '03-epsilon-copied';
  const run = await plainproof(
    'verify',
    fileOf(folder, 'original.onnx'),
    fileOf(folder, 'converted.onnx'),
  );
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/^Refuted: /);
  expect(run.stdout).toMatch(/layer +block1\.bn1, channel \d+\n/);
  expect(run.stdout).toMatch(/cause +every coefficient of the channel is off by one factor/);
});
