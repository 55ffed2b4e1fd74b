/** Weights kept for many runs are those of their own layer and group, give the same results, and are let go. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { SeededNetwork } from '../../src/blocks/seeded-network.ts';
import { onBackend, startBackend } from '../../src/kernels/tfjs-engine.ts';
import { openKernel } from '../../src/kernels/open.ts';
import { tfjsLayer } from '../../src/kernels/tfjs-layers.ts';
import { KeptWeights, madeAnew, type Weights } from '../../src/kernels/tfjs-weights.ts';
import { success } from '../../src/model/failure.ts';
import { built, randomInputs } from '../blocks/support.ts';

/** One layer after the other: in groups, depthwise with a stride, and dense. */
const network = new SeededNetwork(3);
const image = network.image(4, { height: 6, width: 6 });
const grouped = network.conv('grouped', image, { channels: 6, kernel: 3, groups: 2 });
const depthwise = network.conv('depthwise', grouped, {
  channels: 12,
  kernel: 3,
  groups: 6,
  stride: 2,
});
const model = built(network.finish(network.classifier(['pool', 'dense'], depthwise, 5)));
const [input] = randomInputs(model, 1, 1);

/** The model's output, by tfjs's plain JavaScript backend. */
function output(weights: Weights): readonly number[] {
  return tf.tidy(() => {
    let x = tf.tensor4d(Float32Array.from(input), [1, 6, 6, 4]);
    for (const layer of model.layers) x = tfjsLayer(layer, [x], weights);
    return [...x.dataSync()];
  });
}

test('every run with kept weights is the run with weights made anew', async () => {
  built(await startBackend('cpu'));
  const all = await onBackend('cpu', () => {
    const before = tf.memory().numTensors;
    const kept = new KeptWeights();
    const outputs = [output(madeAnew), output(kept.of), output(kept.of)];
    const held = tf.memory().numTensors - before;
    kept.dispose();
    return success({ outputs, held, left: tf.memory().numTensors - before });
  });
  const { outputs, held, left } = built(all);
  expect(outputs[0].some((value) => value !== 0)).toBe(true);
  expect(outputs[1]).toEqual(outputs[0]);
  expect(outputs[2]).toEqual(outputs[0]);
  // Two groups, one depthwise filter, one matrix.
  expect({ held, left }).toEqual({ held: 4, left: 0 });
});

test('a prepared model lets its weights go when it is closed', async () => {
  const kernel = built(await openKernel('wasm'));
  const before = tf.memory().numTensors;
  if (kernel.prepare === undefined) throw new Error('wasm prepares models');
  const prepared = built(await kernel.prepare(model));
  expect((await prepared.run([Float32Array.from(input)])).ok).toBe(true);
  expect(tf.memory().numTensors).toBe(before + 4);
  await prepared.close();
  expect(tf.memory().numTensors).toBe(before);
});
