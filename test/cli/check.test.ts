/** `plainproof verify --certificate` and `plainproof check` as scripts use them. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { plainproof, writeNoise } from './command.ts';
import { writeFiles, type Files } from './files.ts';
import { writeSubadditive } from './subadditive.ts';

let files: Files;

function at(name: string): string {
  return path.join(files.folder, name);
}

beforeAll(async () => {
  files = await writeFiles();
  const { original, plain } = files;
  const made = await plainproof('verify', original, plain, '--certificate', at('good.json'));
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toMatch(/^Proved/);
});

test('what verify has written is accepted, and leaves nothing else behind', async () => {
  const { original, plain, folder } = files;
  const { code, stdout, stderr } = await plainproof('check', at('good.json'), original, plain);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^accepted: .* for every finite input, every coefficient within 0\.\d+ units/,
  );
  expect(readdirSync(folder).filter((name) => name.includes('good'))).toEqual(['good.json']);
});

test('the certificate is about these two files and no others', async () => {
  const { original, plain, wrong } = files;
  for (const pair of [
    [original, wrong],
    [plain, plain],
    [plain, original],
  ]) {
    const { code, stdout } = await plainproof('check', at('good.json'), ...pair);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^not accepted: it is about another (original|converted model)/);
  }
});

test('an edit that makes it false is found', async () => {
  const { original, plain } = files;
  const text = readFileSync(at('good.json'), 'utf8');
  const edits: Readonly<Record<string, string>> = {
    step: text.replace(/\{"tensor":"[^"]*","runs".*\n/, ''),
    ulps: text.replace(/"maxUlps":[^,]*/, '"maxUlps":0'),
    library: text.replace(/"library":"./, '"library":"z'),
  };
  for (const [name, edited] of Object.entries(edits)) {
    expect(edited).not.toBe(text);
    writeFileSync(at(`${name}.json`), edited);
    const { code, stdout } = await plainproof('check', at(`${name}.json`), original, plain);
    expect({ name, code }).toEqual({ name, code: 2 });
    expect(stdout).toMatch(/^not accepted: [^\n]+\n$/);
  }
});

test('a proof without a certificate says that the prover is believed, and is none where one is asked for', async () => {
  const pair = await writeSubadditive(files.folder);
  const believed = await plainproof('verify', ...pair);
  expect(believed).toMatchObject({ code: 0, stderr: '' });
  expect(believed.stdout).toMatch(/^Proved/);
  expect(believed.stdout).toMatch(
    /assuming[^]* - the prover is right: its proof has no certificate/,
  );
  expect(believed.stdout).not.toMatch(/checked/);
  const asked = await plainproof('verify', ...pair, '--certificate', at('none.json'));
  expect(asked).toMatchObject({ code: 2, stderr: '' });
  expect(asked.stdout).toMatch(/there is a proof, but no certificate of it/);
  expect(existsSync(at('none.json'))).toBe(false);
});

test('no proof, no certificate', async () => {
  const { original, wrong } = files;
  const { code } = await plainproof('verify', original, wrong, '--certificate', at('none.json'));
  expect(code).not.toBe(0);
  expect(existsSync(at('none.json'))).toBe(false);
});

test('a file that is no certificate is one line and 65', async () => {
  const { original, plain } = files;
  writeFileSync(at('list.json'), '[]');
  writeFileSync(at('stranger.json'), readFileSync(at('good.json'), 'utf8').replace('{', '{"x":1,'));
  for (const file of [
    writeNoise(at('noise')),
    at('list.json'),
    at('stranger.json'),
    at('absent'),
  ]) {
    const { code, stdout, stderr } = await plainproof('check', file, original, plain);
    expect({ code, stdout }).toEqual({ code: 65, stdout: '' });
    expect(stderr).toMatch(/^plainproof: [^\n]+\n$/);
    expect(stderr).toContain(path.basename(file));
  }
  const model = await plainproof('check', at('good.json'), writeNoise(at('noise.onnx')), plain);
  expect(model).toMatchObject({ code: 65, stdout: '' });
});

test('a certificate that cannot be written is 65', async () => {
  const { original, plain } = files;
  const nowhere = path.join(at('good.json'), 'inside.json');
  const { code, stderr } = await plainproof('verify', original, plain, '--certificate', nowhere);
  expect(code).toBe(65);
  expect(stderr).toMatch(/^plainproof: [^\n]*inside\.json[^\n]*\n$/);
});
