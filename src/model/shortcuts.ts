/**
 * Where a model's shortcuts are: for every addition the tensor its operands fork from and what stands
 * on either side.
 *
 * Purely structural: the fork is the nearest tensor that dominates both operands, so blocks are found
 * whatever their layers are called and however they nest. Whether a shortcut can be removed is not
 * decided here. An addition of tensors that share no dominator (two model inputs) is no shortcut.
 */
import { DominatorTree } from './dominators.ts';
import { isAffine, type Elementwise, type Layer, type TensorId } from './layer.ts';
import type { Model } from './model.ts';
import { sameShape } from './shape.ts';

/**
 * `identity`: one operand is the fork itself.
 * `projection`: one side is a chain of linear layers (convolution, batch norm, average pooling, channel
 * selection, …) and the other holds something that is not linear.
 * `other`: anything else: two linear sides (a re-parameterizable pair), two nonlinear ones, sides that
 * share a layer, an operand that is broadcast, x + x.
 */
type ShortcutKind = 'identity' | 'projection' | 'other';

export interface Shortcut {
  readonly add: Elementwise;
  /** The tensor from which both operands descend. */
  readonly fork: TensorId;
  /** Layers between the fork and the shortcut operand, in model order; empty for an identity. */
  readonly shortcut: readonly Layer[];
  /** Layers between the fork and the other operand, in model order. */
  readonly branch: readonly Layer[];
  readonly kind: ShortcutKind;
}

function isLinearChain(side: readonly Layer[]): boolean {
  return side.every((layer) => layer.inputs.length === 1 && isAffine(layer));
}

/**
 * Layers that all sides together may list. Sides that nest grow with the square
 * of the layers; a ResNet of 1,202 layers lists 3,600.
 */
const mostListed = 2 ** 20;

/** Finds the layers between a dominating tensor and a tensor below it, in model order. */
class Cones {
  readonly #layers: readonly Layer[];
  readonly #producer: Int32Array;
  readonly #stamp: Int32Array;
  #visit = 0;
  #listed = 0;

  constructor(model: Model) {
    this.#layers = model.layers;
    this.#producer = new Int32Array(model.tensors.length).fill(-1);
    this.#stamp = new Int32Array(model.layers.length);
    for (const [index, layer] of model.layers.entries()) this.#producer[layer.output] = index;
  }

  get isSpent(): boolean {
    return this.#listed > mostListed;
  }

  /** What is found once `isSpent` may be cut short. */
  between(fork: TensorId, end: TensorId): readonly Layer[] {
    const visit = ++this.#visit;
    const pending: TensorId[] = [end];
    const found: number[] = [];
    for (let tensor = pending.pop(); tensor !== undefined; tensor = pending.pop()) {
      if (tensor === fork) continue;
      const index = this.#producer[tensor];
      if (index < 0 || this.#stamp[index] === visit) continue;
      this.#stamp[index] = visit;
      found.push(index);
      this.#listed += 1;
      if (this.isSpent) return [];
      pending.push(...this.#layers[index].inputs);
    }
    return found.sort((a, b) => a - b).map((index) => this.#layers[index]);
  }
}

interface Sides {
  readonly shortcut: readonly Layer[];
  readonly branch: readonly Layer[];
  readonly kind: ShortcutKind;
}

function tellApart(left: readonly Layer[], right: readonly Layer[]): Sides {
  // The operand written second is the shortcut on a tie, as in relu(branch + shortcut).
  const [shortcut, branch] = left.length < right.length ? [left, right] : [right, left];
  if (shortcut.length === 0)
    return { shortcut, branch, kind: branch.length ? 'identity' : 'other' };
  const inBranch = new Set(branch);
  if (shortcut.some((layer) => inBranch.has(layer))) return { shortcut, branch, kind: 'other' };
  const [shortLinear, longLinear] = [shortcut.every(isAffine), branch.every(isAffine)];
  if (shortLinear === longLinear) return { shortcut, branch, kind: 'other' };
  const [projection, rest] = shortLinear ? [shortcut, branch] : [branch, shortcut];
  const kind = isLinearChain(projection) ? 'projection' : 'other';
  return { shortcut: projection, branch: rest, kind };
}

/**
 * Every shortcut of the model, in model order. Time is linear in the layers and in the sizes of the
 * lists returned, up to a logarithm. Where those would together have more than 2²⁰ entries, the last shortcuts are
 * left out.
 */
export function findShortcuts(model: Model): readonly Shortcut[] {
  const dominators = new DominatorTree(model);
  const cones = new Cones(model);
  const found: Shortcut[] = [];
  for (const layer of model.layers) {
    if (layer.kind !== 'add') continue;
    const [a, b] = layer.inputs;
    const fork = dominators.nearestCommon(a, b);
    if (fork === null) continue;
    const [first, second] = [cones.between(fork, a), cones.between(fork, b)];
    if (cones.isSpent) break;
    const sides = tellApart(first, second);
    const broadcast = !sameShape(model.tensors[a].shape, model.tensors[b].shape);
    found.push({ add: layer, fork, ...sides, ...(broadcast ? { kind: 'other' as const } : {}) });
  }
  return found;
}
