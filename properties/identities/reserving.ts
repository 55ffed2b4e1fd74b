/** Float32 values and kernels for laws that compare bits. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Kernel } from '../../src/kernels/kernel.ts';
import { ModelBuilder } from '../../src/model/builder.ts';
import type { LayerSpec } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { elements, type Shape } from '../../src/model/shape.ts';

/** Any finite float32, of any size; zeros of both signs, subnormals and the largest are frequent. */
export const finiteFloat: fc.Arbitrary<number> = fc.float({
  noNaN: true,
  noDefaultInfinity: true,
});

/** Native TensorFlow reads and writes subnormal values as zero (reports/multiply-add.md). */
export function kept(kernel: Kernel, value: number): number {
  return kernel.name === 'tensorflow' && Math.abs(value) < 2 ** -126 ? 0 : value;
}

/** Arrays of floats for a shape, of a kind. */
export function image(
  shape: Shape,
  value: fc.Arbitrary<number> = finiteFloat,
): fc.Arbitrary<Float32Array> {
  const length = elements(shape);
  return fc
    .array(value, { minLength: length, maxLength: length, size: 'max' })
    .map((values) => Float32Array.from(values));
}

export const smallShape: fc.Arbitrary<Shape> = fc.record({
  channels: fc.constantFrom(1, 2, 3, 4, 5, 8, 17),
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
});

/** The layers one after the other on an input of this shape; `inputs` of each is overwritten. */
export function chain(shape: Shape, specs: readonly LayerSpec[]): Model {
  const builder = new ModelBuilder();
  let x = builder.input('x', shape);
  for (const spec of specs) x = builder.add({ ...spec, inputs: [x] });
  builder.output('y', x);
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

/** What the kernel makes of one input. */
export async function outputOf(
  kernel: Kernel,
  model: Model,
  input: Float32Array,
): Promise<Float32Array> {
  const output = model.outputs[0].tensor;
  const run = await kernel.run(model, [input], [output]);
  if (!run.ok) throw new Error(run.failure.reason);
  const result = run.value.get(output);
  if (result === undefined) throw new Error('the kernel gave no output');
  return result;
}

/** Equal bits, but for the sign of zero: floats of one value have one pattern of bits otherwise. */
export function expectSameBits(observed: Float32Array, wanted: ArrayLike<number>): void {
  expect(observed.length).toBe(wanted.length);
  for (let k = 0; k < observed.length; k++) {
    if (observed[k] !== wanted[k]) {
      expect.fail(`value ${k} is ${observed[k]}, reserved was ${wanted[k]}`);
    }
  }
}
