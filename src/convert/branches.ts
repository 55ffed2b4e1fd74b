/**
 * The layers between a tensor and a sum of linear branches that start from it.
 *
 * Found from the sum back: of the tensors still to be explained the one made last is replaced by what it is made
 * of, until a single one is left, which is then the nearest that all branches share. Everything in between must be
 * linear and exist for nothing else. What a branch is called, and how many there are, does not matter.
 */
import type { TensorId } from '../model/layer.ts';
import { sameShape } from '../model/shape.ts';
import type { Draft, DraftLayer } from './draft.ts';
import { isLinearLayer, type LinearLayer } from './linear-layer.ts';
import { refused, type Refused } from './stencil.ts';

export interface Branches {
  /** The tensor that all branches start from. */
  readonly source: TensorId;
  /** In computable order; the last one is the sum, or a concatenation above sums. */
  readonly layers: readonly LinearLayer[];
}

export type BranchesResult = { readonly ok: true; readonly branches: Branches } | Refused;

/** Whether the operands are broadcast, and so no channel of the result is a sum of two. */
function isBroadcast(draft: Draft, layer: LinearLayer): boolean {
  if (layer.kind !== 'add' && layer.kind !== 'subtract') return false;
  const [a, b] = layer.inputs;
  return !sameShape(draft.shape(a), draft.shape(b));
}

/** Why a layer cannot be part of what is merged, or null. */
function objection(draft: Draft, tensor: TensorId, taken: ReadonlySet<DraftLayer>): string | null {
  const layer = draft.producer(tensor);
  const name = draft.tensorName(tensor);
  if (layer === null) return `${name} is an input of the model`;
  if (!isLinearLayer(layer)) return `${layer.name} (${layer.kind}) is not linear`;
  if (draft.isOutput(tensor)) return `${name} is an output of the model`;
  const other = [...draft.readers(tensor)].find((reader) => !taken.has(reader));
  return other === undefined ? null : `${name} is read by ${other.name}, too`;
}

/** The branches that `root` adds up; `places` numbers the draft's layers in computable order. */
export function branchesOf(
  draft: Draft,
  root: LinearLayer,
  places: ReadonlyMap<DraftLayer, number>,
): BranchesResult {
  const layers: LinearLayer[] = [];
  const taken = new Set<DraftLayer>();
  const open = new Set<TensorId>();
  const place = (tensor: TensorId): number => {
    const producer = draft.producer(tensor);
    return producer === null ? -1 : (places.get(producer) ?? -1);
  };
  const take = (layer: LinearLayer): void => {
    layers.push(layer);
    taken.add(layer);
    open.delete(layer.output);
    for (const input of layer.inputs) open.add(input);
  };
  take(root);
  for (;;) {
    const broadcast = layers.find((layer) => isBroadcast(draft, layer));
    if (broadcast !== undefined) return refused('an operand is broadcast');
    const tensors = [...open];
    if (tensors.length === 1) {
      const inOrder = layers.sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
      return { ok: true, branches: { source: tensors[0], layers: inOrder } };
    }
    const latest = tensors.reduce((a, b) => (place(b) > place(a) ? b : a));
    const reason = objection(draft, latest, taken);
    const producer = draft.producer(latest);
    if (reason !== null || producer === null || !isLinearLayer(producer)) {
      return refused(`its branches have no tensor in common: ${reason ?? 'nothing stands ahead'}`);
    }
    take(producer);
  }
}
