/** `plainproof prune` as scripts use it. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, expect, test } from 'vitest';
import { plainproof, writeNoise } from './command.ts';
import { writeFiles, type Files } from './files.ts';

let files: Files;

const validate = new Ajv({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('../../schemas/plan.schema.json', import.meta.url), 'utf8')),
);

function at(name: string): string {
  return path.join(files.folder, name);
}

function writePlan(name: string, text: string): string {
  writeFileSync(at(name), text);
  return at(name);
}

beforeAll(async () => {
  files = await writeFiles();
});

test('a plan is carried out and proved; what was masked is a plan that does the same', async () => {
  const plan = writePlan('plan.json', '{ "keep": { "layer1.0.conv1": [0, 5], "conv1": [3] } }');
  const made = ['small.onnx', 'masked.onnx', 'last.json'].map(at);
  const [small, masked, last] = made;
  const run = await plainproof(
    ...['prune', files.plain, '--plan', plan, '-o', small],
    ...['--masked', masked, '--write-plan', last],
  );
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toContain('pruned   layer1.0.conv1: 8 → 2\n');
  expect(run.stdout).toContain('\nProved');
  const verified = await plainproof('verify', masked, small);
  expect(verified.code).toBe(0);
  const json: unknown = JSON.parse(readFileSync(last, 'utf8'));
  expect(validate(json)).toBe(true);
  const again = await plainproof('prune', files.plain, '--plan', last, '-o', at('again.onnx'));
  expect(again.code).toBe(0);
  expect(readFileSync(at('again.onnx')).equals(readFileSync(small))).toBe(true);
  expect(readdirSync(files.folder).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('--slim ranks what has batch norms, and says which layers are tied', async () => {
  const run = await plainproof('prune', files.original, '--slim', '0.3', '-o', at('slim.onnx'));
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toMatch(/^tied {5}conv1, layer1\.0\.conv2, by layer1\.0\.add: /m);
  const folded = await plainproof('prune', files.plain, '--slim', '0.3', '-o', at('none.onnx'));
  expect(folded).toMatchObject({ code: 65, stdout: '' });
  expect(existsSync(at('none.onnx'))).toBe(false);
});

const misfits = [
  ['{ "keep": { "conv7": [0] } }', 'conv7: the model has no layer of that name'],
  ['{ "keep": { "conv1": [4] } }', 'conv1: there is no channel 4 among 4'],
  ['{ "keep": { "conv1": [] } }', 'conv1: no channel is kept; one has to be'],
  ['{ "keep": { "fc": [1] } }', 'fc: cannot be pruned, for its channels are those of '],
  ['{ "keep": ', 'no JSON: '],
] as const;

test.each(misfits)('the plan %s ends with 65, one line, and no file', async (text, said) => {
  const plan = writePlan('misfit.json', text);
  const run = await plainproof('prune', files.plain, '--plan', plan, '-o', at('never.onnx'));
  expect(run).toMatchObject({ code: 65, stdout: '' });
  expect(run.stderr).toMatch(/^plainproof: [^\n]+\n$/);
  expect(run.stderr).toContain(`misfit.json: ${said}`);
  expect(existsSync(at('never.onnx'))).toBe(false);
});

test('what it cannot read or write ends with 65 and one line', async () => {
  const plan = writePlan('fits.json', '{ "keep": { "conv1": [0] } }');
  const noise = writeNoise(at('noise.onnx'));
  for (const args of [
    [noise, '--plan', plan, '-o', at('never.onnx')],
    [files.plain, '--plan', at('missing.json'), '-o', at('never.onnx')],
    [files.plain, '--plan', plan, '-o', path.join(files.folder, 'none', 'small.onnx')],
  ]) {
    const run = await plainproof('prune', ...args);
    expect(run).toMatchObject({ code: 65, stdout: '' });
    expect(run.stderr).toMatch(/^plainproof: [^\n]+\n$/);
  }
});

test('wrong usage ends with 64', async () => {
  const plan = writePlan('usage.json', '{ "keep": {} }');
  for (const args of [
    [],
    ['--plan', plan, '--slim', '0.5'],
    ['--slim', '1.5'],
    ['--plan', plan, '--mask', 'zero'],
  ]) {
    const run = await plainproof('prune', files.plain, '-o', at('never.onnx'), ...args);
    expect(run).toMatchObject({ code: 64, stdout: '' });
  }
});
