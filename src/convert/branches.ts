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
function objection(
  draft: Draft,
  tensor: TensorId,
  isTaken: (layer: DraftLayer) => boolean,
): string | null {
  const layer = draft.producer(tensor);
  const name = draft.tensorName(tensor);
  if (layer === null) return `${name} is an input of the model`;
  if (!isLinearLayer(layer)) return `${layer.name} (${layer.kind}) is not linear`;
  if (draft.isOutput(tensor)) return `${name} is an output of the model`;
  const other = [...draft.readers(tensor)].find((reader) => !isTaken(reader));
  return other === undefined ? null : `${name} is read by ${other.name}, too`;
}

type Places = ReadonlyMap<DraftLayer, number>;

/** Of one sum, beyond which it is left as it is: from each addition of a chain, all are walked. */
const mostLayers = 256;
const mostBranches = 64;

/** Layers on the way back from a sum, and the tensors they are still to be explained by. */
class Region {
  readonly layers: LinearLayer[] = [];
  readonly open = new Set<TensorId>();
  readonly #draft: Draft;
  readonly #places: Places;
  readonly #before: ReadonlySet<DraftLayer>;
  readonly #taken = new Set<DraftLayer>();

  /** `taken`: layers that may read what is taken. */
  constructor(draft: Draft, places: Places, taken: ReadonlySet<DraftLayer>) {
    this.#draft = draft;
    this.#places = places;
    this.#before = taken;
  }

  take(layer: LinearLayer): void {
    this.layers.push(layer);
    this.#taken.add(layer);
    this.open.delete(layer.output);
    for (const input of layer.inputs) this.open.add(input);
  }

  /** Replaces the tensor made last by what it is made of, or says why that cannot be. */
  step(): string | null {
    if (this.layers.length >= mostLayers) return `there are more than ${mostLayers} layers`;
    if (this.open.size > mostBranches) return `there are more than ${mostBranches} branches`;
    const latest = [...this.open].reduce((a, b) => (this.#place(b) > this.#place(a) ? b : a));
    const reason = objection(
      this.#draft,
      latest,
      (layer) => this.#taken.has(layer) || this.#before.has(layer),
    );
    const producer = this.#draft.producer(latest);
    if (reason !== null || producer === null || !isLinearLayer(producer)) {
      return reason ?? 'nothing stands ahead';
    }
    if (isBroadcast(this.#draft, producer)) return 'an operand is broadcast';
    this.take(producer);
    return null;
  }

  /** The region so far, where it starts from one tensor. */
  branches(): Branches | null {
    const [source, ...others] = this.open;
    if (others.length > 0) return null;
    const place = (layer: DraftLayer): number => this.#places.get(layer) ?? 0;
    return { source, layers: [...this.layers].sort((a, b) => place(a) - place(b)) };
  }

  #place(tensor: TensorId): number {
    const producer = this.#draft.producer(tensor);
    return producer === null ? -1 : (this.#places.get(producer) ?? -1);
  }
}

/** The branches that `root` adds up; `places` numbers the draft's layers in computable order. */
export function branchesOf(draft: Draft, root: LinearLayer, places: Places): BranchesResult {
  if (isBroadcast(draft, root)) return refused('an operand is broadcast');
  const region = new Region(draft, places, new Set());
  region.take(root);
  for (;;) {
    const branches = region.branches();
    if (branches !== null) return { ok: true, branches };
    const reason = region.step();
    if (reason !== null) return refused(`its branches have no tensor in common: ${reason}`);
  }
}

/** Every tensor that `end` is a linear map of, the nearest (itself) first, with what stands between. */
export function linearRun(
  draft: Draft,
  end: TensorId,
  { taken, places }: { readonly taken: ReadonlySet<DraftLayer>; readonly places: Places },
): readonly Branches[] {
  const region = new Region(draft, places, taken);
  region.open.add(end);
  const run: Branches[] = [];
  do {
    const branches = region.branches();
    if (branches !== null) run.push(branches);
  } while (region.step() === null);
  return run;
}
