/** FINDINGS.md, case by case: a failure here means that a kernel was mended and its detour can go. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { startBackend, onBackend, type TfjsBackend } from '../../src/kernels/tfjs-engine.ts';
import { success } from '../../src/model/failure.ts';

function sameConvolution(backend: TfjsBackend): Promise<readonly number[] | null> {
  return onBackend(backend, () =>
    success(
      tf.tidy(() => {
        const x = tf.tensor4d([1, 2], [1, 1, 2, 1]);
        const filter = tf.tensor4d([1, 1], [2, 1, 1, 1]);
        return [...tf.conv2d(x, filter, [1, 2], 'same').dataSync()];
      }),
    ),
  ).then((result) => (result.ok ? result.value : null));
}

test('1: a same convolution that ends before the last pixel is zero on wasm', async () => {
  expect((await startBackend('wasm')).ok && (await startBackend('cpu')).ok).toBe(true);
  expect(await sameConvolution('cpu')).toEqual([1]);
  expect(await sameConvolution('wasm')).toEqual([0]);
});
