/**
 * What a model costs to keep and to run: parameters, multiply-accumulates, activation memory.
 *
 * Counting conventions, so that figures can be compared with others':
 * - parameters are the float32 values stored, without the bounds of a clip, which are part of what the
 *   function is; a batch norm has four a channel (scale, offset, mean,
 *   variance), where papers often count two or none; an array that several layers share counts once;
 * - multiply-accumulates are those of convolutions and dense layers on one image, taps in the padding
 *   included; everything else counts none;
 * - activation memory is float32, one image, layers run one by one in the model's order, every layer
 *   writing a tensor of its own (no activation in place, no view), tensors freed after their last reader;
 *   the model's inputs count from the start, its outputs to the end.
 */
import { parameterArrays, type Layer } from './layer.ts';
import { lastReaders } from './liveness.ts';
import type { Model } from './model.ts';
import { elements, type Shape } from './shape.ts';

interface LayerStatistics {
  readonly layer: Layer;
  readonly shape: Shape;
  /** Float32 values the layer holds, shared or not. */
  readonly parameters: number;
  readonly macs: number;
}

export interface Statistics {
  readonly parameters: number;
  readonly macs: number;
  readonly peakActivationBytes: number;
  readonly layers: readonly LayerStatistics[];
}

const bytesPerValue = 4;

function macsOf(layer: Layer, result: Shape): number {
  if (layer.kind !== 'conv' && layer.kind !== 'dense') return 0;
  // Every weight is used once for every pixel of the result.
  return layer.weight.length * result.height * result.width;
}

function peakActivationBytes(model: Model): number {
  const bytes = model.tensors.map(({ shape }) => bytesPerValue * elements(shape));
  const lastRead = lastReaders(model);
  for (const port of model.outputs) lastRead[port.tensor] = model.layers.length;
  let live = model.inputs.reduce((sum, port) => sum + bytes[port.tensor], 0);
  let peak = live;
  for (const [index, layer] of model.layers.entries()) {
    live += bytes[layer.output];
    peak = Math.max(peak, live);
    for (const input of new Set(layer.inputs)) if (lastRead[input] === index) live -= bytes[input];
    // A result nobody reads is gone as soon as it is written.
    if (lastRead[layer.output] < 0) live -= bytes[layer.output];
  }
  return peak;
}

/** Linear in the number of layers. */
export function statistics(model: Model): Statistics {
  const counted = new Set<Float32Array>();
  let parameters = 0;
  const layers = model.layers.map((layer): LayerStatistics => {
    const { shape } = model.tensors[layer.output];
    let own = 0;
    for (const values of layer.kind === 'clip' ? [] : parameterArrays(layer)) {
      own += values.length;
      if (!counted.has(values)) parameters += values.length;
      counted.add(values);
    }
    return { layer, shape, parameters: own, macs: macsOf(layer, shape) };
  });
  const macs = layers.reduce((sum, layer) => sum + layer.macs, 0);
  return { parameters, macs, peakActivationBytes: peakActivationBytes(model), layers };
}
