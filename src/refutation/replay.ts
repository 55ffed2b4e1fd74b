/**
 * A counterexample on real float32 kernels: end to end, and at the first differing layer alone.
 *
 * Float32 noise may drown a small true difference at the end of a deep network; at the layer where it
 * arises, fed the same activations in both models, even one weight off by a thousandth shows.
 */
import type { Kernel } from '../kernels/kernel.ts';
import { success, type Result } from '../model/failure.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import { shapeOf, type Model } from '../model/model.ts';
import { evaluate } from '../semantics/evaluate.ts';
import type { Difference, Replay } from '../verdict/verdict.ts';
import { affineRun, layersBefore } from './ancestors.ts';

function largestDifference(a: Float32Array, b: Float32Array): number {
  let gap = 0;
  for (let i = 0; i < a.length; i++) gap = Math.max(gap, Math.abs(a[i] - b[i]));
  return gap;
}

async function runOutputs(
  kernel: Kernel,
  model: Model,
  inputs: readonly Float32Array[],
): Promise<Result<readonly Float32Array[]>> {
  const wanted = model.outputs.map((port) => port.tensor);
  const run = await kernel.run(model, inputs, wanted);
  if (!run.ok) return run;
  return success(wanted.map((tensor) => run.value.get(tensor) ?? new Float32Array(0)));
}

/** The piece of a model that computes one tensor from the last nonlinearities before it. */
function pieceOf(model: Model, layer: Layer): Model {
  const { inside, border } = affineRun(model, layer);
  const port = (tensor: TensorId): Model['inputs'][number] => ({
    name: `tensor ${tensor}`,
    tensor,
    layout: 'nchw',
    batch: 1,
  });
  return {
    inputs: [...border].map(port),
    outputs: [port(layer.output)],
    tensors: model.tensors,
    layers: model.layers.filter((l) => inside.has(l)),
  };
}

/** One channel of a layer's result on the kernel, the activations before it computed in float64. */
async function channelAt(
  kernel: Kernel,
  model: Model,
  inputs: readonly Float32Array[],
  place: { readonly layer: string; readonly channel: number },
): Promise<Float32Array | null> {
  const layer = model.layers.find((l) => l.name === place.layer);
  if (layer === undefined) return null;
  const piece = pieceOf(model, layer);
  const keep = piece.inputs.map((port) => port.tensor);
  const wide = inputs.map((values) => Float64Array.from(values));
  const before = { ...model, layers: layersBefore(model, keep), outputs: [] };
  const { values } = evaluate(before, wide, { keep });
  const activations = keep.map((tensor) => Float32Array.from(values.get(tensor) ?? []));
  const run = await runOutputs(kernel, piece, activations);
  if (!run.ok) return null;
  const { height, width } = shapeOf(model, layer.output);
  const size = height * width;
  return run.value[0].slice(place.channel * size, (place.channel + 1) * size);
}

async function layerGap(
  kernel: Kernel,
  pair: { readonly original: Model; readonly converted: Model },
  inputs: readonly Float32Array[],
  difference: Difference | null,
): Promise<number | null> {
  if (difference === null) return null;
  const { layer, channel, originalLayer, originalChannel } = difference;
  if (originalLayer === null || originalChannel === null) return null;
  const ours = await channelAt(kernel, pair.converted, inputs, { layer, channel });
  const theirs = await channelAt(kernel, pair.original, inputs, {
    layer: originalLayer,
    channel: originalChannel,
  });
  if (ours === null || theirs === null || ours.length !== theirs.length) return null;
  return largestDifference(ours, theirs);
}

/** Runs both models on the kernel. Errors: whatever the kernel reports. */
export async function replay(
  kernel: Kernel,
  pair: { readonly original: Model; readonly converted: Model },
  inputs: readonly Float32Array[],
  difference: Difference | null,
): Promise<Result<Replay>> {
  const original = await runOutputs(kernel, pair.original, inputs);
  if (!original.ok) return original;
  const converted = await runOutputs(kernel, pair.converted, inputs);
  if (!converted.ok) return converted;
  const gaps = original.value.map((values, i) => largestDifference(values, converted.value[i]));
  return success({
    kernel: kernel.name,
    gap: Math.max(0, ...gaps),
    layerGap: await layerGap(kernel, pair, inputs, difference),
  });
}
