/**
 * Claim: a batch norm with γ = 1, σ² = fl(1 − ε), μ = β = 0 returns the bits it is given, for every ε from 0 to
 * 1, on real kernels; a thousand of them do. With σ² = γ = 1 they lose what the real numbers say.
 * Source: theorems unit-batch-norm-bit-exact and unit-variance-bit-exact. Expected: holds.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { LayerSpec } from '../../src/model/layer.ts';
import { openedKernels } from '../../test/kernels/opened.ts';
import { hold } from '../runs.ts';
import { chain, expectSameBits, image, kept, outputOf, smallShape } from './reserving.ts';

function batchNorm(channels: number, variance: number, epsilon: number): LayerSpec {
  const all = (value: number): Float32Array => new Float32Array(channels).fill(value);
  return {
    kind: 'batchNorm',
    name: 'unit',
    inputs: [0],
    scale: all(1),
    offset: all(0),
    mean: all(0),
    variance: all(variance),
    epsilon,
  };
}

/** From 0 to 1, with many small ones: what frameworks default to lies between 10⁻³ and 10⁻⁶. */
const epsilons: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(1e-3, 1e-5, 1e-6, 1e-12, 0, 0.5, 1).map(Math.fround),
  fc.float({ min: 0, max: 1, noNaN: true }),
  fc
    .record({ mantissa: fc.float({ min: 1, max: 2, noNaN: true }), halvings: fc.nat(30) })
    .map(({ mantissa, halvings }) => Math.fround(mantissa * 2 ** (-1 - halvings))),
);

const blocks = 1000;
const kernels = await openedKernels();

afterAll(async () => {
  for (const kernel of kernels) await kernel.close();
});

describe.each(kernels)('on $name', (kernel) => {
  test('the value comes back with its bits', async () => {
    await hold(
      fc.asyncProperty(
        smallShape.chain((shape) => fc.record({ shape: fc.constant(shape), values: image(shape) })),
        epsilons,
        async ({ shape, values }, epsilon) => {
          const input = values.map((value) => kept(kernel, value));
          const model = chain(shape, [
            batchNorm(shape.channels, 1 - epsilon, kept(kernel, epsilon)),
          ]);
          expectSameBits(await outputOf(kernel, model, input), input);
        },
      ),
      { runs: 60 },
    );
  });

  test.each([1e-5, 1e-3].map(Math.fround))('a thousand blocks with ε = %s', async (epsilon) => {
    const shape = { channels: 2, height: 1, width: 3 };
    const input = Float32Array.of(0.001, 0.1, 0.7, 1, 3.3, 47);
    const after = (variance: number): Promise<Float32Array> => {
      const block = batchNorm(2, variance, epsilon);
      return outputOf(
        kernel,
        chain(
          shape,
          Array.from({ length: blocks }, () => block),
        ),
        input,
      );
    };
    expectSameBits(await after(1 - epsilon), input);
    const drifted = await after(1);
    for (let k = 0; k < input.length; k++) {
      // Six roundings a block at the most: sum, root, inverse, scale, product, shift.
      const off = Math.abs(drifted[k] / input[k] - (1 + epsilon) ** (-blocks / 2));
      expect(off).toBeLessThan(blocks * 6 * 2 ** -24);
    }
  });
});
