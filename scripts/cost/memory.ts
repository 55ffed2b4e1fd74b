/**
 * Activation memory that the models' own statistics do not count: past the stem, and in training.
 *
 * The stem's tensors are by far the largest of these networks and the same in all of them, so a peak over the
 * whole network says nothing of its blocks.
 */
import type { LayerKind } from '../../src/model/layer.ts';
import { lastReaders } from '../../src/model/liveness.ts';
import type { Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';

const bytesPerValue = 4;

function sizes(model: Model): readonly number[] {
  return model.tensors.map(({ shape }) => bytesPerValue * elements(shape));
}

/** Each value of the result comes from one value of either operand: runtimes write it there. */
const inPlace: ReadonlySet<LayerKind> = new Set(['batchNorm', 'relu', 'add']);

/**
 * Bytes alive at once at most, from the layer behind the last max pool on. Layers run one by one in the model's
 * order; those of `inPlace` write over an operand that nobody reads later. A selection or a concatenation copies.
 */
export function blockActivationBytes(model: Model): number {
  const bytes = sizes(model);
  const lastRead = lastReaders(model);
  for (const { tensor } of model.outputs) lastRead[tensor] = model.layers.length;
  const stem = model.layers.findLastIndex(({ kind }) => kind === 'maxPool');
  let live = model.inputs.reduce((sum, { tensor }) => sum + bytes[tensor], 0);
  let peak = 0;
  for (const [index, layer] of model.layers.entries()) {
    const dying = [...new Set(layer.inputs)].filter((input) => lastRead[input] === index);
    const freed = dying.reduce((sum, input) => sum + bytes[input], 0);
    const reused = inPlace.has(layer.kind) && dying.length > 0 ? bytes[layer.output] : 0;
    live += bytes[layer.output] - reused;
    if (index > stem) peak = Math.max(peak, live);
    live += reused - freed;
  }
  return peak;
}

/**
 * Bytes that stay from the forward pass for the backward one: what convolutions, dense layers, batch norms and max
 * pools read, and what a ReLU wrote, whose sign it needs. A sum needs nothing.
 */
export function keptActivationBytes(model: Model): number {
  const bytes = sizes(model);
  const reading: ReadonlySet<LayerKind> = new Set(['conv', 'dense', 'batchNorm', 'maxPool']);
  const kept = new Set(
    model.layers.flatMap(({ kind, inputs, output }) =>
      reading.has(kind) ? inputs : kind === 'relu' ? [output] : [],
    ),
  );
  return [...kept].reduce((sum, tensor) => sum + bytes[tensor], 0);
}
