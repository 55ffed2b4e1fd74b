/** Files PyTorch wrote, by both of its exporters (fixtures/make.py), against onnxruntime on the original. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readModel } from '../../../src/formats/read-model.ts';
import { expectFaithful, expectMeant, kinds, randomInputs, run, value } from './oracle.ts';

const folder = path.resolve(import.meta.dirname, '../../../fixtures');
const files = readdirSync(folder).filter((name) => name.endsWith('.onnx'));

test.each(files)('%s', async (name) => {
  const file = path.join(folder, name);
  const model = await expectFaithful(file);
  const [image] = randomInputs(model, 3);
  expectMeant(model, [image], await run(file, model, [image]));
  const source = value(await readModel(file));
  const contents = [file, `${file}.data`].slice(0, name.startsWith('beside') ? 2 : 1);
  const hash = createHash('sha256');
  for (const one of contents) hash.update(readFileSync(one));
  expect(source).toMatchObject({ format: 'onnx', path: file, sha256: hash.digest('hex') });
  expect(source.bytes).toBe(contents.reduce((sum, one) => sum + readFileSync(one).length, 0));
});

test('both exporters are read as the same layers, save that the newer folds batch norms', async () => {
  for (const name of ['resnet', 'mobilenet', 'prelu', 'squeeze-excite']) {
    const read = await Promise.all(
      ['legacy', 'dynamo'].map((by) => readModel(path.join(folder, `${name}.${by}.onnx`))),
    );
    const [legacy, dynamo] = read.map((source) => kinds(value(source).model).toSorted());
    expect(dynamo).toEqual(legacy.filter((kind) => kind !== 'batchNorm'));
  }
});
