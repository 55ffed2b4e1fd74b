/** What the tests of the catalogue and of the converter share. */
import { Random } from '../../src/blocks/random.ts';
import { describeFailure, type Result } from '../../src/model/failure.ts';
import type { Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';

/** The value of a result that the test cannot go on without. */
export function built<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(describeFailure('model', result.failure));
  return result.value;
}

/** Parameters as papers count them: weights, biases, γ and β, but not the running statistics. */
export function trainable(model: Model): number {
  let count = 0;
  for (const layer of model.layers) {
    if (layer.kind === 'conv' || layer.kind === 'dense') {
      count += layer.weight.length + (layer.bias?.length ?? 0);
    } else if (layer.kind === 'batchNorm') {
      count += layer.scale.length + layer.offset.length;
    } else if (layer.kind === 'prelu') {
      count += layer.slopes.length;
    }
  }
  return count;
}

/** One array per input, uniform on [−size, size). */
export function randomInputs(model: Model, seed: number, size: number): Float64Array[] {
  const random = new Random(seed);
  return model.inputs.map((port) =>
    Float64Array.from({ length: elements(model.tensors[port.tensor].shape) }, () =>
      Math.fround(random.between(-size, size)),
    ),
  );
}
