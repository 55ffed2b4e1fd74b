/**
 * Claim: every kernel computes every kind of layer to within float32 rounding of its meaning, in whatever
 * order it sums: |Δ| ≤ γ_n·Σ|w||x| (Higham, Accuracy and Stability of Numerical Algorithms, §3.1).
 * Expected: holds, but for the cases in FINDINGS.md.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { measureConformance } from '../../src/kernels/conformance.ts';
import { openedKernels } from '../../test/kernels/opened.ts';
import { arbitraryCase, layerKinds, opaqueFunctions } from './arbitrary-layer.ts';

const kernels = await openedKernels();
const numRuns = Number(process.env['PLAINPROOF_RUNS'] ?? 40);

afterAll(async () => {
  for (const kernel of kernels) await kernel.close();
});

describe.each(kernels)('kernel $name', (kernel) => {
  test.each([...layerKinds, ...opaqueFunctions])('%s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase(kind), async ({ model, inputs }) => {
        const measured = await measureConformance({ model, kernel, inputs });
        if (!measured.ok) throw new Error(measured.failure.reason);
        expect(measured.value.worstRatio).toBeLessThanOrEqual(1);
      }),
      { numRuns },
    );
  });
});
