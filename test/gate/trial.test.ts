/** One trial, as a worker makes it: a proof of a real model is remembered, and believed only where nothing changed. */
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { saveOnnx } from '../../src/formats/onnx/save-onnx.ts';
import type { Outcome } from '../../src/gate/case.ts';
import { readConfig } from '../../src/gate/read-config.ts';
import { tryConverter, type Trial } from '../../src/gate/trial.ts';
import { families, usualSizes } from '../../src/networks/choice.ts';
import { drawRecipe } from '../../src/networks/draw.ts';
import { drawNetwork } from '../../src/networks/network.ts';
import { scratchFolder } from '../cli/command.ts';

const folder = scratchFolder();
const recipe = drawRecipe({ families, sizes: usualSizes, seed: 1 }, 0);

afterAll(() => {
  vi.unstubAllEnvs();
});

async function tried(
  subject: Trial['subject'],
  { cache = true, config = {} }: { readonly cache?: boolean; readonly config?: object } = {},
): Promise<Outcome> {
  const file = path.join(folder, 'plainproof.config.json');
  const converters = [{ name: 'copies', command: 'cp {input} {output}' }];
  writeFileSync(file, JSON.stringify({ converters, ...config }));
  const read = await readConfig(file);
  if (!read.ok) throw new Error(read.mistakes.join());
  const scratch = await mkdtemp(path.join(folder, 'trial-'));
  const trial = { converter: 'copies', subject, folder: scratch, keep: false, cache };
  return tryConverter(read.value, trial, () => {});
}

const proof = (remembered: boolean): object => ({ kind: 'proved', grade: 'exact', remembered });

test('a real model is proved once', async () => {
  const cache = path.join(folder, 'cache');
  vi.stubEnv('XDG_CACHE_HOME', cache);
  const file = path.join(folder, 'model.onnx');
  await saveOnnx(file, drawNetwork(recipe).original);
  const model = { kind: 'model', file } as const;
  expect(await tried(model)).toMatchObject(proof(false));
  expect(await tried(model)).toMatchObject(proof(true));
  expect(await tried(model, { cache: false })).toMatchObject(proof(false));
  expect(await tried(model, { config: { maxUlps: 1 } })).toMatchObject(proof(false));
  const proofs = path.join(cache, 'plainproof', 'proofs');
  for (const entry of readdirSync(proofs)) writeFileSync(path.join(proofs, entry), '0000');
  expect(await tried(model)).toMatchObject(proof(false));
  expect(await tried(model)).toMatchObject(proof(true));
});

test('a network is proved anew, for that costs less than looking it up', async () => {
  const network = { kind: 'network', recipe } as const;
  expect(await tried(network)).toMatchObject(proof(false));
  expect(await tried(network)).toMatchObject(proof(false));
});

test('a model that cannot be read is no failure of the converter', async () => {
  const file = path.join(folder, 'none.onnx');
  expect(await tried({ kind: 'model', file })).toMatchObject({ kind: 'workerFailed' });
});
