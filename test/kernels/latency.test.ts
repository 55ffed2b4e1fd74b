import { expect, test } from 'vitest';
import { cifarResnet } from '../../src/blocks/cifar-resnet.ts';
import { measureInTurns, measureLatency } from '../../src/kernels/latency.ts';
import { openKernel } from '../../src/kernels/open.ts';
import { built, randomInputs } from '../blocks/support.ts';

const model = built(cifarResnet({ depth: 8, seed: 1 }));

test.each(['wasm', 'onnxruntime'] as const)('runs of both models in turns, on %s', async (name) => {
  const kernel = built(await openKernel(name));
  const options = {
    kernel,
    models: { original: model, converted: model },
    inputs: randomInputs(model, 1, 1).map((values) => Float32Array.from(values)),
  };
  const { original, converted } = built(await measureLatency({ ...options, budget: 1 }));
  expect(original.length).toBe(converted.length);
  expect([...original, ...converted].every((seconds) => seconds > 0)).toBe(true);
  // One pair at least, whatever the budget.
  expect(built(await measureLatency({ ...options, budget: 0 })).original).toHaveLength(1);
  await kernel.close();
});

test('as many runs of each model as there are rounds, the first left out', async () => {
  const kernel = built(await openKernel('onnxruntime'));
  const inputs = randomInputs(model, 1, 1).map((values) => Float32Array.from(values));
  const models = [model, model, model];
  const seconds = built(await measureInTurns({ kernel, models, inputs, budget: 60, rounds: 5 }));
  expect(seconds.map((own) => own.length)).toEqual([4, 4, 4]);
  await kernel.close();
});

test('a kernel’s failure is handed on', async () => {
  const kernel = built(await openKernel('onnxruntime'));
  const result = await measureLatency({
    kernel,
    models: { original: model, converted: model },
    inputs: [new Float32Array(3)],
    budget: 0,
  });
  expect(result.ok).toBe(false);
  await kernel.close();
});
