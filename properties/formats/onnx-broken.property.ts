/**
 * Claim: whatever bytes an ONNX file holds, reading it ends in a model or in one failure, never in an
 * exception. Valid files are damaged: bytes changed, inserted, removed, the end cut off.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOnnx } from '../../src/formats/onnx/read.ts';
import { writeOnnx } from '../../src/formats/onnx/write.ts';
import { inferShape } from '../../src/model/infer-shape.ts';
import { hold } from '../runs.ts';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
/** The smallest: in them most bytes are structure. */
const names = ['squeeze-excite.dynamo', 'reshaped.legacy', 'reshaped.dynamo', 'prelu.legacy'];
const originals = [...names, 'beside.dynamo'].map((name) =>
  readFileSync(path.join(fixtures, `${name}.onnx`)),
);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plainproof-'));
  const weights = readFileSync(path.join(fixtures, 'beside.dynamo.onnx.data'));
  await writeFile(path.join(folder, 'beside.dynamo.onnx.data'), weights);
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads the bytes, and holds a model that comes out to all a model promises. */
async function survives(bytes: Uint8Array): Promise<void> {
  const file = path.join(folder, 'broken.onnx');
  await writeFile(file, bytes);
  const read = await readOnnx(file);
  if (!read.ok) {
    expect(read.failure.reason).not.toBe('');
    expect(read.failure.reason).not.toContain('\n');
    return;
  }
  const { model } = read.value;
  expect(model.outputs.length).toBeGreaterThan(0);
  for (const layer of model.layers) {
    const shapes = layer.inputs.map((tensor) => model.tensors[tensor].shape);
    expect(inferShape(layer, shapes)).toEqual({
      ok: true,
      value: model.tensors[layer.output].shape,
    });
  }
  // What was read can be written, or it is said why not.
  writeOnnx(model);
}

interface Damage {
  readonly at: number;
  readonly byte: number;
  readonly way: 'set' | 'flip' | 'insert' | 'remove' | 'cut';
}

function damaged(bytes: Uint8Array, { at, byte, way }: Damage): Uint8Array {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place + 1)];
  switch (way) {
    case 'set':
      return Buffer.concat([before, Uint8Array.of(byte), after]);
    case 'flip':
      return Buffer.concat([before, Uint8Array.of((bytes[place] ?? 0) ^ (1 << (byte & 7))), after]);
    case 'insert':
      return Buffer.concat([before, Uint8Array.of(byte), bytes.subarray(place)]);
    case 'remove':
      return Buffer.concat([before, after]);
    case 'cut':
      return before;
  }
}

const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
  way: fc.constantFrom('set', 'flip', 'insert', 'remove', 'cut'),
});

test('damaged files end in a model or one failure', async () => {
  await hold(
    fc.asyncProperty(
      fc.constantFrom(...originals),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      (original, list) => survives(list.reduce<Uint8Array>(damaged, original)),
    ),
    { runs: 800 },
  );
});

test('random bytes end in one failure', async () => {
  await hold(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => survives(bytes)),
    { runs: 200 },
  );
});
