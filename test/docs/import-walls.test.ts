import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { objection, walls } from '../../scripts/lint/import-walls.js';

const root = path.resolve(import.meta.dirname, '../..');
const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test.each(folders)('src/%s has a wall and a line in the architecture', (folder) => {
  expect(Object.keys(walls)).toContain(folder);
  expect(readFileSync(path.join(root, 'docs/architecture.md'), 'utf8')).toContain(
    `\`src/${folder}/\``,
  );
});

test.each([
  ['model/layer.ts', './shape.ts'],
  ['formats/onnx/decode.ts', '../../model/layer.ts'],
  ['formats/onnx/decode.ts', '../source.ts'],
  ['solver/session.ts', 'z3-solver'],
  ['kernels/onnxruntime.ts', 'onnxruntime-node'],
  ['report/inspection.ts', '../formats/source.ts'],
  ['verify.ts', './equivalence/compare.ts'],
  ['cli/verify.ts', '../verify.ts'],
])('src/%s may import %s', (file, specifier) => {
  expect(objection(file, specifier)).toBeNull();
});

test.each([
  ['model/layer.ts', '../verdict/verdict.ts'],
  ['model/layer.ts', 'node:fs'],
  ['formats/onnx/decode.ts', '../../convert/convert.ts'],
  ['equivalence/compare.ts', 'z3-solver'],
  ['semantics/evaluate.ts', '@tensorflow/tfjs-core'],
  ['report/json.ts', '../formats/read-model.ts'],
  ['verify.ts', './cli/output.ts'],
  ['index.ts', '../scripts/demo.ts'],
  ['somewhere/new.ts', './else.ts'],
])('src/%s may not import %s', (file, specifier) => {
  expect(objection(file, specifier)).toBeTypeOf('string');
});
