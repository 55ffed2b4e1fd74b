/**
 * Re-parameterization: a sum of linear branches that start from one tensor becomes one convolution (RepVGG,
 * arXiv 2101.03697, and its siblings), whatever the branches are made of.
 *
 * Batch norms on the branches are folded, because there is no other way to add kernels up. Everything is planned
 * on linear maps before the draft changes. A sum that is linear but is no convolution at the border, or one that
 * would cost many times what its branches do, is declined; one that is not linear is none of this pass's business.
 */
import { parameterArrays, type TensorId } from '../model/layer.ts';
import { elements, type Shape } from '../model/shape.ts';
import { branchesOf, type Branches } from './branches.ts';
import type { Draft, DraftConv, DraftLayer } from './draft.ts';
import { isLinearLayer, throughLayer, type LinearLayer } from './linear-layer.ts';
import { identityStencil, refused, type Stencil, type StencilResult } from './stencil.ts';
import { convolutionOf } from './stencil-conv.ts';

/** Branches that are one convolution now. */
export interface Merged {
  /** The sum, by the name of its last layer. */
  readonly sum: string;
  /** The tensor the branches start from. */
  readonly fork: string;
  /** The layers that are gone, in the order of the original. */
  readonly layers: readonly string[];
  /** The convolution, by name. */
  readonly into: string;
  readonly kernel: { readonly rows: number; readonly columns: number };
  readonly groups: number;
  readonly parameters: Change;
  /** Of the convolutions, for one image. */
  readonly macs: Change;
}

interface Change {
  readonly before: number;
  readonly after: number;
}

/** Linear branches that stay as they are: the addition's name and why. */
export type Declined = ReadonlyMap<string, string>;

/** A merge that multiplies more than this many times as often as its branches is declined. */
const largestGrowth = 8;

function macsOf(draft: Draft, layer: DraftLayer): number {
  const { height, width } = draft.shape(layer.output);
  return layer.kind === 'conv' ? layer.weight.length * height * width : 0;
}

/** Multiplications and additions of any layer, as far as they are worth counting. */
function workOf(draft: Draft, layer: DraftLayer): number {
  const values = elements(draft.shape(layer.output));
  switch (layer.kind) {
    case 'conv':
      return macsOf(draft, layer);
    case 'averagePool':
      return values * layer.kernel.y * layer.kernel.x;
    case 'select':
    case 'concat':
    case 'pad':
      return 0;
    default:
      return values;
  }
}

function parametersOf(layer: DraftLayer): number {
  if (layer.kind === 'conv') return layer.weight.length + (layer.bias?.length ?? 0);
  return parameterArrays(layer).reduce((sum, values) => sum + values.length, 0);
}

function total(layers: readonly DraftLayer[], of: (layer: DraftLayer) => number): number {
  return layers.reduce((sum, layer) => sum + of(layer), 0);
}

/** The sum as one linear map of the branches' source. */
function stencilOf(draft: Draft, { source, layers }: Branches): StencilResult {
  const from = draft.shape(source);
  const known = new Map<TensorId, Stencil>([[source, identityStencil(from)]]);
  let last: StencilResult = refused('there are no branches');
  for (const layer of layers) {
    const inputs = layer.inputs.flatMap((tensor) => known.get(tensor) ?? []);
    last = throughLayer(layer, inputs, { source: from, result: draft.shape(layer.output) });
    if (!last.ok) return last;
    known.set(layer.output, last.stencil);
  }
  return last;
}

/** The convolution that gives its name to the merged one: that with the largest kernel. */
function eponym(layers: readonly LinearLayer[]): DraftConv | null {
  const convs = layers.filter((layer) => layer.kind === 'conv');
  const area = ({ kernel }: DraftConv): number => kernel.y * kernel.x;
  return convs.reduce<DraftConv | null>(
    (best, conv) => (best === null || area(conv) > area(best) ? conv : best),
    null,
  );
}

/** Why the branches are not to be merged, before any coefficient is multiplied; null where they may be. */
function reservation(layers: readonly LinearLayer[]): string | null {
  const convs = layers.filter((layer) => layer.kind === 'conv');
  const dense = convs.filter((conv) => conv.dense).length;
  return dense === 0 || dense === convs.length ? null : 'it adds dense layers to convolutions';
}

interface Plan {
  readonly conv: DraftConv;
  readonly merged: Merged;
}

function short(count: number): string {
  return count.toLocaleString('en-US');
}

function planned(
  draft: Draft,
  branches: Branches,
): { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly reason: string } {
  const { source, layers } = branches;
  const objection = reservation(layers);
  if (objection !== null) return refused(objection);
  const result = stencilOf(draft, branches);
  if (!result.ok) return result;
  const root = layers[layers.length - 1];
  const named = eponym(layers);
  const name = named?.name ?? root.name;
  const from: Shape = draft.shape(source);
  const ends = { name, input: source, output: root.output };
  const whole = convolutionOf(result.stencil, from, ends);
  const conv = { ...whole, dense: named?.dense ?? false, synthetic: named?.synthetic ?? false };
  if (conv.dense && conv.weight.length !== conv.inChannels * conv.outChannels) {
    return refused('it adds dense layers up to what is none');
  }
  const cost = (of: (layer: DraftLayer) => number): Change => ({
    before: total(layers, of),
    after: of(conv),
  });
  const work = cost((layer) => workOf(draft, layer));
  if (work.after > largestGrowth * work.before) {
    return refused(
      `one convolution would take ${short(work.after)} multiplications, and the branches take ${short(work.before)}`,
    );
  }
  const merged: Merged = {
    sum: root.name,
    fork: draft.tensorName(source),
    layers: layers.map((layer) => layer.name),
    into: name,
    kernel: { rows: conv.kernel.y, columns: conv.kernel.x },
    groups: conv.groups,
    parameters: cost(parametersOf),
    macs: cost((layer) => macsOf(draft, layer)),
  };
  return { ok: true, plan: { conv, merged } };
}

function isSum({ kind }: DraftLayer): boolean {
  return kind === 'add' || kind === 'subtract';
}

function isWindow({ kind }: DraftLayer): boolean {
  return kind === 'conv' || kind === 'averagePool';
}

/** Merges every sum of linear branches it can, the outermost first. */
export function mergeBranches(draft: Draft): {
  readonly merged: readonly Merged[];
  readonly declined: Declined;
} {
  const merged: Merged[] = [];
  const declined = new Map<string, string>();
  const order = draft.layers();
  const places = new Map<DraftLayer, number>(order.map((layer, place) => [layer, place]));
  for (const root of order.reverse()) {
    if (!(isSum(root) || root.kind === 'concat') || !isLinearLayer(root) || !draft.has(root))
      continue;
    const found = branchesOf(draft, root, places);
    if (!found.ok || !found.branches.layers.some(isSum)) continue;
    // x + s·x is left alone: where no branch is a convolution none is saved.
    if (!found.branches.layers.some(isWindow)) continue;
    const outcome = planned(draft, found.branches);
    if (outcome.ok) {
      const { conv } = outcome.plan;
      places.set(conv, places.get(root) ?? 0);
      draft.replace(found.branches.layers, [conv]);
      merged.push(outcome.plan.merged);
    } else {
      declined.set(root.name, outcome.reason);
    }
  }
  return { merged: merged.reverse(), declined };
}
