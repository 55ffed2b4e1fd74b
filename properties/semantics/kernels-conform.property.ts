/**
 * Claim: every kernel computes every kind of layer to within float32 rounding of its meaning, in whatever
 * order it sums: |Δ| ≤ γ_n·Σ|w||x| (Higham, Accuracy and Stability of Numerical Algorithms, §3.1).
 * Expected: holds, but for the cases in FINDINGS.md.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { measureConformance } from '../../src/kernels/conformance.ts';
import type { KernelName } from '../../src/kernels/kernel.ts';
import type { Layer } from '../../src/model/layer.ts';
import { openedKernels } from '../../test/kernels/opened.ts';
import { arbitraryCase, layerKinds, opaqueFunctions } from '../arbitraries/layer.ts';
import { hold } from '../runs.ts';

/**
 * What a kernel is known not to run at all; it says so. ONNX has no convolution with negative padding and
 * our writer no negative Pad; onnxruntime wants max pooling's padding below its kernel, dilated or not.
 */
function isRefused(kernel: KernelName, layer: Layer): boolean {
  if (kernel !== 'onnxruntime') return false;
  if (layer.kind === 'conv' || layer.kind === 'pad') {
    const { top, left, bottom, right } = layer.pads;
    return Math.min(top, left, bottom, right) < 0;
  }
  if (layer.kind === 'maxPool') {
    const { pads, kernel: window } = layer;
    return (
      Math.max(pads.top, pads.bottom) >= window.y || Math.max(pads.left, pads.right) >= window.x
    );
  }
  return false;
}

const kernels = await openedKernels();
afterAll(async () => {
  for (const kernel of kernels) await kernel.close();
});

describe.each(kernels)('kernel $name', (kernel) => {
  test.each([...layerKinds, ...opaqueFunctions])('%s', async (kind) => {
    await hold(
      fc.asyncProperty(arbitraryCase(kind), async ({ model, inputs }) => {
        fc.pre(!model.layers.some((layer) => isRefused(kernel.name, layer)));
        const measured = await measureConformance({ model, kernel, inputs });
        if (!measured.ok) throw new Error(measured.failure.reason);
        expect(measured.value.worstRatio).toBeLessThanOrEqual(1);
      }),
      { runs: 40 },
    );
  });
});
