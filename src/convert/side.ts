/**
 * The two sides of an addition, walked backwards along tensors that exist for one reader only.
 *
 * A side that ends where the other one does is what the converter can rewrite: nobody outside sees the
 * tensors in between. The walk is made on the draft, which changes while blocks convert; the structural
 * view of a finished model, nested sides included, is model/shortcuts.ts.
 */
import type { TensorId } from '../model/layer.ts';
import type { Draft, DraftLayer } from './draft.ts';

export interface Side {
  /** The tensor the side starts from. */
  readonly start: TensorId;
  /** Its layers in computable order, each reading only the one before. */
  readonly layers: readonly DraftLayer[];
}

export function sideOf(draft: Draft, end: TensorId): Side {
  const layers: DraftLayer[] = [];
  let start = end;
  while (draft.soleReader(start) !== null) {
    const producer = draft.producer(start);
    if (producer === null || producer.inputs.length !== 1) break;
    layers.push(producer);
    start = producer.inputs[0];
  }
  return { start, layers: layers.reverse() };
}

/** Why a side starts where it does, for the reader of a report. */
export function describeStart(draft: Draft, start: TensorId): string {
  const name = draft.tensorName(start);
  if (draft.isOutput(start)) return `${name} (an output of the model)`;
  const readers: string[] = [];
  for (const reader of draft.readers(start)) if (readers.push(reader.name) === 4) break;
  if (readers.length > 1) return `${name} (read by ${readers.join(', ')})`;
  const producer = draft.producer(start);
  return producer === null ? `${name} (an input of the model)` : `${name} (${producer.kind})`;
}
