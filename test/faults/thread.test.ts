/**
 * The thread that takes digests dies or fails while a model is read: a failure, not an exception and not a wait
 * for ever. What gate workers die of is tested with the gate (test/gate/run.test.ts).
 */
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import workers from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { resnet } from '../../src/blocks/resnet.ts';
import { writeOnnx } from '../../src/formats/onnx/write.ts';
import { scratchFolder } from '../cli/command.ts';

const real = workers.Worker;

/** Puts a thread in its place that runs `text`. */
function replaceThread(text: string): void {
  workers.Worker = class extends real {
    constructor() {
      super(`const { parentPort } = require('node:worker_threads'); ${text}`, { eval: true });
    }
  };
  syncBuiltinESMExports();
}

afterEach(() => {
  workers.Worker = real;
  syncBuiltinESMExports();
  vi.resetModules();
});

test.each([
  ['ends', 'parentPort.on("message", () => process.exit(0))', 'has ended'],
  ['throws', 'parentPort.on("message", () => { throw new Error("no memory"); })', 'no memory'],
])('%s', { timeout: 60_000 }, async (_, text, reason) => {
  const model = resnet(18, { seed: 3 });
  if (!model.ok) throw new Error(model.failure.reason);
  const bytes = writeOnnx(model.value);
  if (!bytes.ok) throw new Error(bytes.failure.reason);
  const file = path.join(scratchFolder(), 'large.onnx');
  writeFileSync(file, bytes.value);
  replaceThread(text);
  // The module keeps its thread, and files share modules: here it is loaded anew, and starts another.
  vi.resetModules();
  const { readModel } = await import('../../src/formats/read-model.ts');
  const read = await readModel(file);
  expect(read).toMatchObject({ ok: false, failure: { code: 'unreadable-file' } });
  if (!read.ok) expect(read.failure.reason).toContain(reason);
});
