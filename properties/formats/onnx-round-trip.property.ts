/**
 * Claim: writing a model as ONNX and reading it back gives the model, up to names of tensors; writing it
 * again gives the same bytes; and onnxruntime computes from the file what the model means.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeModel } from '../../src/formats/onnx/decode.ts';
import { ExternalData } from '../../src/formats/onnx/external-data.ts';
import { readGraph } from '../../src/formats/onnx/read-graph.ts';
import { writeOnnx } from '../../src/formats/onnx/write.ts';
import type { Model } from '../../src/model/model.ts';
import {
  expectMeant,
  randomInputs,
  run,
  value,
  withoutTensorNames,
} from '../../test/formats/onnx/oracle.ts';
import { randomModel } from '../arbitraries/model.ts';
import { hold } from '../runs.ts';

function read(bytes: Uint8Array): Model {
  const files = { external: new ExternalData(new Map()), bytes: bytes.length };
  return value(readGraph(value(decodeModel(bytes)), files));
}

test('reading undoes writing, and writing is a function of the model', async () => {
  await hold(
    fc.property(randomModel, (model) => {
      const bytes = value(writeOnnx(model));
      const kept = Uint8Array.from(bytes);
      const again = read(bytes);
      expect(withoutTensorNames(again)).toEqual(withoutTensorNames(model));
      expect(Buffer.from(value(writeOnnx(again))).equals(kept)).toBe(true);
    }),
    { runs: 300 },
  );
});

test('onnxruntime computes what the model means', async () => {
  await hold(
    fc.asyncProperty(randomModel, fc.nat(), async (model, seed) => {
      const inputs = randomInputs(model, seed);
      expectMeant(model, inputs, await run(value(writeOnnx(model)), model, inputs));
    }),
    { runs: 60 },
  );
});
