/**
 * Where a network's width is decided: convolutions and dense layers, with what scales and shifts their channels
 * behind them up to the activation.
 *
 * A batch norm that stands behind something else (a concatenation, a sum) decides no width and is no site's.
 */
import { isPointwise, type Pointwise } from '../convert/pointwise.ts';
import type { BatchNorm, Conv, Dense, Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';

export interface Site {
  readonly layer: Conv | Dense;
  /** Batch norms, scales and translations behind it, each the only reader of what it reads, in order. */
  readonly run: readonly Pointwise[];
  /** The first batch norm of the run. */
  readonly norm: BatchNorm | null;
  /** What the run ends with: the tensor that reaches the activation. */
  readonly end: TensorId;
}

/** Of every tensor the layers that read it, once for each time they do. */
function readersOf(model: Model): readonly (readonly Layer[])[] {
  const readers = model.tensors.map((): Layer[] => []);
  for (const layer of model.layers) for (const input of layer.inputs) readers[input].push(layer);
  return readers;
}

/** All sites of the model, in its order. */
export function findSites(model: Model): readonly Site[] {
  const readers = readersOf(model);
  const outputs = new Set(model.outputs.map(({ tensor }) => tensor));
  return model.layers.flatMap((layer) => {
    if (layer.kind !== 'conv' && layer.kind !== 'dense') return [];
    const run: Pointwise[] = [];
    let end = layer.output;
    for (;;) {
      const [reader, ...others] = readers[end];
      if (reader === undefined || others.length > 0 || outputs.has(end)) break;
      if (reader.kind === 'conv' || reader.kind === 'dense' || !isPointwise(reader)) break;
      run.push(reader);
      end = reader.output;
    }
    const norm = run.find((each) => each.kind === 'batchNorm') ?? null;
    return [{ layer, run, norm, end }];
  });
}
