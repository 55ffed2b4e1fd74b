/** The model a case holds, in whatever format: read, and held to what a reader promises. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readModel } from '../../src/formats/read-model.ts';
import type { Source } from '../../src/formats/source.ts';
import { describeFailure, type Failure, type Result } from '../../src/model/failure.ts';
import { inferShape } from '../../src/model/infer-shape.ts';
import type { Model } from '../../src/model/model.ts';
import { demand, demandLine } from '../subject.ts';

/** The one file that is a description of something, not weights. */
export function mainFile(folder: string): string {
  const names = readdirSync(folder).sort();
  const main = names.find((name) => /\.(?:onnx|json|ts|mjs)$/.test(name)) ?? names[0];
  return path.join(folder, main);
}

function demandWellFormed(model: Model): void {
  demand(model.outputs.length > 0 && model.inputs.length > 0, 'a model without inputs or outputs');
  for (const layer of model.layers) {
    const shapes = layer.inputs.map((tensor) => model.tensors[tensor].shape);
    const inferred = inferShape(layer, shapes);
    const shape = model.tensors[layer.output].shape;
    const same = inferred.ok && JSON.stringify(inferred.value) === JSON.stringify(shape);
    demand(same, `a layer that does not fit: ${layer.kind}`);
  }
}

export function demandFailure(file: string, failure: Failure): string {
  demandLine(failure.reason);
  // How a command says it, control characters and line breaks replaced.
  demandLine(describeFailure(path.basename(file), failure).replace(/\s+/g, ' '));
  return failure.code;
}

export async function readCase(file: string): Promise<Result<Source>> {
  const read = await readModel(file);
  if (read.ok) demandWellFormed(read.value.model);
  else demandFailure(file, read.failure);
  return read;
}
