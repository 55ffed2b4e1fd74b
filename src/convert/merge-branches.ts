/**
 * Re-parameterization: a sum of linear branches that start from one tensor becomes one convolution (RepVGG,
 * arXiv 2101.03697, and its siblings), whatever the branches are made of.
 *
 * Batch norms on the branches are folded, because there is no other way to add kernels up. The outermost sum is
 * tried first. Where it does not go as a whole, those of its terms that are one convolution together are merged,
 * and the rest is added to that. A sum that is linear but is no convolution at the border, or one that would cost
 * many times what its branches do, is declined; one that is not linear is none of this pass's business.
 */
import { branchesOf, type Branches } from './branches.ts';
import type { Draft, DraftLayer } from './draft.ts';
import { isLinearLayer, type LinearLayer } from './linear-layer.ts';
import { planMerge, type Merged } from './merge-plan.ts';
import { mergeTerms } from './partial-sum.ts';

/** Linear branches that stay as they are: the addition's name and why. */
export type Declined = ReadonlyMap<string, string>;

function isSum({ kind }: DraftLayer): boolean {
  return kind === 'add' || kind === 'subtract';
}

function hasWindow({ layers }: Branches): boolean {
  return layers.some(({ kind }) => kind === 'conv' || kind === 'averagePool');
}

class Pass {
  readonly merged: Merged[] = [];
  readonly declined = new Map<string, string>();
  readonly #draft: Draft;
  readonly #places = new Map<DraftLayer, number>();
  /** Sums without a convolution, found within others. */
  readonly #settled = new Set<DraftLayer>();
  /** Layers put in so far. */
  #put = 0;

  constructor(draft: Draft) {
    this.#draft = draft;
    const layers = draft.layers();
    layers.forEach((layer, place) => this.#places.set(layer, place));
    for (const layer of layers.reverse()) {
      const isRoot = isSum(layer) || layer.kind === 'concat';
      if (isRoot && isLinearLayer(layer) && draft.has(layer)) this.#try(layer);
    }
    this.merged.reverse();
  }

  #try(root: LinearLayer): void {
    if (this.#settled.has(root)) return;
    const draft = this.#draft;
    const found = branchesOf(draft, root, this.#places);
    if (found.ok && !hasWindow(found.branches)) {
      // x + s·x is left alone: where no branch is a convolution none is saved, and no sum within has more.
      for (const layer of found.branches.layers) this.#settled.add(layer);
      return;
    }
    // What is only put side by side is no sum.
    if (found.ok && found.branches.layers.some(isSum)) {
      const { source, layers } = found.branches;
      const { name, output } = root;
      const terms = [{ tensor: output, sign: 1 }] as const;
      const plan = planMerge(draft, { source, layers, terms, output, name });
      if (plan.ok) {
        this.#replace(layers, plan.convs, root);
        this.merged.push(plan.merged);
        return;
      }
      this.declined.set(name, plan.reason);
    }
    for (let sum: DraftLayer | null = root; sum !== null;) {
      const part = mergeTerms(draft, sum, this.#places);
      if (part === null) return;
      this.#replace(part.old, part.fresh, root);
      this.merged.push(part.merged);
      sum = part.fresh[part.fresh.length - 1];
    }
  }

  /** What is put in for a sum stands where the sum stood, behind what was put in there before. */
  #replace(old: readonly DraftLayer[], fresh: readonly DraftLayer[], root: DraftLayer): void {
    const place = this.#places.get(root) ?? 0;
    for (const layer of fresh) this.#places.set(layer, place + ++this.#put * 2 ** -24);
    this.#draft.replace(old, fresh);
  }
}

/**
 * Merges every sum of linear branches it can, the outermost first. Sums around merged ones are tried again here, so
 * that nothing is rounded in between: what was too much beside small branches may not be beside one larger kernel.
 */
export function mergeBranches(draft: Draft): {
  readonly merged: readonly Merged[];
  readonly declined: Declined;
} {
  const merged: Merged[] = [];
  for (;;) {
    const pass = new Pass(draft);
    merged.push(...pass.merged);
    if (pass.merged.length === 0) return { merged, declined: pass.declined };
  }
}
