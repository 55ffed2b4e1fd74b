/**
 * Claim: ReLU returns the bits of a value that is not negative, but for the sign of zero, on real kernels.
 * Source: theorem relu-bit-exact. Expected: holds; and outside it does not.
 */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { LayerSpec } from '../../src/model/layer.ts';
import { openedKernels } from '../../test/kernels/opened.ts';
import { hold } from '../runs.ts';
import { chain, expectSameBits, image, kept, outputOf, smallShape } from './reserving.ts';

const layer: LayerSpec = { kind: 'relu', name: 'relu', inputs: [0] };
const value = fc.float({ min: 0, noNaN: true });
const outside = [-1, -(2 ** -100)];

const kernels = await openedKernels();

afterAll(async () => {
  for (const kernel of kernels) await kernel.close();
});

describe.each(kernels)('on $name', (kernel) => {
  test('values inside come back with their bits', async () => {
    await hold(
      fc.asyncProperty(
        smallShape.chain((shape) =>
          fc.record({ shape: fc.constant(shape), values: image(shape, value) }),
        ),
        async ({ shape, values }) => {
          const input = values.map((x) => kept(kernel, x));
          expectSameBits(await outputOf(kernel, chain(shape, [layer]), input), input);
        },
      ),
      { runs: 60 },
    );
  });

  test.each(outside)('%s does not', async (x) => {
    const shape = { channels: 1, height: 1, width: 1 };
    const output = await outputOf(kernel, chain(shape, [layer]), Float32Array.of(x));
    expect(output[0]).not.toBe(Math.fround(x));
  });
});
