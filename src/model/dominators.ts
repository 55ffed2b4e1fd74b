/**
 * The dominator tree of a model's tensors: which tensors everything read by a tensor passes through.
 *
 * A tensor d dominates t when every path from a model input to t goes through d. In a graph given in
 * computable order the immediate dominator of a layer's result is the lowest common ancestor of its
 * operands in the tree built so far, so one pass over the layers suffices. Each node keeps one long
 * jump besides its parent (Myers' skew-binary stack), which makes an ancestor query logarithmic with
 * constant memory per node; climbing parent by parent is quadratic on long chains.
 */
import type { TensorId } from './layer.ts';
import type { Model } from './model.ts';

export class DominatorTree {
  readonly #parent: Int32Array;
  readonly #jump: Int32Array;
  readonly #depth: Int32Array;
  readonly #root: number;

  constructor(model: Model) {
    const root = model.tensors.length;
    this.#root = root;
    this.#parent = new Int32Array(root + 1).fill(root);
    this.#jump = new Int32Array(root + 1).fill(root);
    this.#depth = new Int32Array(root + 1);
    for (const port of model.inputs) this.#insert(port.tensor, root);
    for (const layer of model.layers) {
      let common = layer.inputs[0];
      for (const input of layer.inputs) common = this.#commonAncestor(common, input);
      this.#insert(layer.output, common);
    }
  }

  /** The nearest tensor that dominates both `a` and `b` (possibly one of them), or null without any. */
  nearestCommon(a: TensorId, b: TensorId): TensorId | null {
    const common = this.#commonAncestor(a, b);
    return common === this.#root ? null : common;
  }

  #insert(node: number, parent: number): void {
    const depth = this.#depth;
    const far = this.#jump[parent];
    this.#parent[node] = parent;
    depth[node] = depth[parent] + 1;
    const equalJumps = depth[parent] - depth[far] === depth[far] - depth[this.#jump[far]];
    this.#jump[node] = equalJumps ? this.#jump[far] : parent;
  }

  #commonAncestor(first: number, second: number): number {
    let a = first;
    let b = second;
    if (this.#depth[a] < this.#depth[b]) [a, b] = [b, a];
    while (this.#depth[a] > this.#depth[b]) {
      a = this.#depth[this.#jump[a]] >= this.#depth[b] ? this.#jump[a] : this.#parent[a];
    }
    // Nodes of equal depth jump equally far, so a and b stay level.
    while (a !== b) {
      const apart = this.#jump[a] !== this.#jump[b];
      a = apart ? this.#jump[a] : this.#parent[a];
      b = apart ? this.#jump[b] : this.#parent[b];
    }
    return a;
  }
}
