/** `plainproof verify` as scripts use it: exit codes, JSON that follows the schema, one line for a failure. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { plainproof, writeNoise } from './command.ts';
import { writeFiles, type Files } from './files.ts';

const schema: object = JSON.parse(
  readFileSync(new URL('../../schemas/verdict.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ strict: true, allErrors: true, strictTypes: false }).compile(schema);

function valid(text: string): object {
  const value: object = JSON.parse(text);
  validate(value);
  expect(validate.errors).toBeNull();
  return value;
}

let files: Files;

beforeAll(async () => {
  files = await writeFiles();
});

describe('verdicts', () => {
  test('a model against itself is proved, exact, with 0', async () => {
    const run = await plainproof('verify', files.original, files.original, '--json', '-');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(valid(run.stdout)).toMatchObject({
      verdict: 'proved',
      grade: 'exact',
      maxUlps: 0,
      models: { original: { path: files.original }, converted: { path: files.original } },
    });
  });

  test('a folded conversion is proved, rounded, in words on stdout and as JSON in a file', async () => {
    const json = path.join(files.folder, 'plain.json');
    const run = await plainproof('verify', files.original, files.plain, '--json', json);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/^Proved, up to rounded weights: /);
    const report = valid(readFileSync(json, 'utf8'));
    expect(report).toMatchObject({
      verdict: 'proved',
      grade: 'rounded',
      certified: { maxUlps: expect.closeTo(0.5, 0) },
    });
    expect(run.stdout).toMatch(/\n +checked +by a second program .* within 0\.\d+ units/);
  });

  test('with --no-check the prover is believed, and the verdict does not say otherwise', async () => {
    const args = [files.original, files.plain, '--no-check', '--json', '-'];
    const run = await plainproof('verify', ...args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(valid(run.stdout)).toMatchObject({ verdict: 'proved', certified: null });
  });

  test('--kernels adds a comparison of every layer on each kernel named', async () => {
    const args = ['--kernels', 'cpu,onnxruntime', '--json', '-'];
    const run = await plainproof('verify', files.original, files.plain, ...args);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const report = valid(run.stdout);
    expect(report).toHaveProperty('kernels.length', 2);
    for (const [i, kernel] of ['cpu', 'onnxruntime'].entries()) {
      expect(report).toHaveProperty(`kernels.${i}.kernel`, kernel);
      for (const model of ['original', 'converted']) {
        const conforms: unknown = expect.toSatisfy((ratio) => ratio > 0 && ratio <= 1);
        expect(report).toHaveProperty(`kernels.${i}.${model}.worstRatio`, conforms);
      }
    }
  });

  test('a weight off by a thousandth is refuted with 1, with the input, and names the layer', async () => {
    const run = await plainproof('verify', files.original, files.wrong, '--json', '-');
    expect(run).toMatchObject({ code: 1, stderr: '' });
    const report = valid(run.stdout);
    expect(report).toMatchObject({ verdict: 'refuted' });
    expect(report).toHaveProperty('counterexample.inputs.0.length', 3 * 8 * 8);
    expect(report).toHaveProperty('counterexample.originalOutput.length', 10);
    expect(report).toHaveProperty('counterexample.convertedOutput.length', 10);
    expect(report).toHaveProperty('counterexample.replays.0.kernel');
    expect(report).toHaveProperty('firstDifference.cause');
    // The block's second convolution, its batch norm and its sum are one affine form.
    expect(report).toHaveProperty('firstDifference.layer', expect.stringMatching(/^layer2\.0\./));
  });

  test('an operator nobody knows leaves the question open, with 2 and JSON all the same', async () => {
    const run = await plainproof('verify', files.original, files.unknown, '--json', '-');
    expect(run.code).toBe(2);
    const report = valid(run.stdout);
    expect(report).toMatchObject({ verdict: 'undecided' });
    expect(report).toHaveProperty('reason', expect.stringContaining('Rolu'));
    expect(report).toHaveProperty('models.converted.sha256', null);
    expect(report).toHaveProperty(
      'models.original.sha256',
      expect.stringMatching(/^[0-9a-f]{64}$/),
    );
  });
});

describe('a file that cannot be used ends with 65 and one line', () => {
  async function expectOneLine(args: readonly string[], text: string): Promise<void> {
    const run = await plainproof(...args);
    expect(run).toMatchObject({ code: 65, stdout: '' });
    expect(run.stderr).toMatch(/^plainproof: [^\n]+\n$/);
    expect(run.stderr).toContain(text);
  }

  test('no such file', async () => {
    const missing = path.join(files.folder, 'missing.onnx');
    await expectOneLine(['verify', missing, files.original], missing);
  });

  test('noise', async () => {
    const noise = writeNoise(path.join(files.folder, 'noise.onnx'));
    await expectOneLine(['verify', files.original, noise], noise);
  });

  test('images of another size; no JSON is written', async () => {
    const json = path.join(files.folder, 'never.json');
    const args = ['verify', files.original, files.larger, '--json', json];
    await expectOneLine(args, '3×9×9 where the original has 3×8×8');
    expect(existsSync(json)).toBe(false);
  });

  test('a JSON file that cannot be written', async () => {
    const json = path.join(files.folder, 'taken.json');
    mkdirSync(json, { recursive: true });
    await expectOneLine(['verify', files.original, files.original, '--json', json], json);
  });
});
