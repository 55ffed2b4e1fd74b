/**
 * A residual branch made ready for Reserve and Merge: its first layer is a convolution with one group
 * that can hold Dirac rows, its last convolution has one group and only channel-wise affine layers
 * behind it, so that it can hold the merge.
 *
 * Where a branch is not so already, a 1×1 convolution is put in front (for a pre-activation block this
 * is the duplicate [I; I] of the RM paper) or behind (a block that ends in an activation, or in a
 * depthwise convolution). Behind a convolution the fusing step takes the one in front away again. A
 * linear branch with one convolution beside a linear shortcut is none of this: merge-branches.ts has had it.
 */
import type { Elementwise, TensorId } from '../model/layer.ts';
import type { Shape } from '../model/shape.ts';
import { identityConv, type Draft, type DraftConv, type DraftLayer } from './draft.ts';
import { isPointwise, type Pointwise } from './pointwise.ts';

export interface Branch {
  readonly first: DraftConv;
  /** Layers between the two. */
  readonly middle: readonly DraftLayer[];
  readonly last: DraftConv;
  /** What stands behind the last convolution. */
  readonly tail: readonly Pointwise[];
}

export type BranchResult =
  { readonly ok: true; readonly branch: Branch } | { readonly ok: false; readonly reason: string };

/** Number of channel-wise affine layers at the end. */
function tailLength(layers: readonly DraftLayer[]): number {
  let length = 0;
  while (length < layers.length && isPointwise(layers[layers.length - 1 - length])) length++;
  return length;
}

function inserted(
  draft: Draft,
  name: string,
  ends: { readonly input: TensorId; readonly shape: Shape; readonly dense: boolean },
): DraftConv {
  const { input, shape, dense } = ends;
  const output = draft.tensor(name, shape);
  return { ...identityConv(name, shape.channels, { input, output }), dense };
}

/** Brings the layers between `fork` and `add` into the form above, or says why that is impossible. */
export function prepareBranch(
  draft: Draft,
  add: Elementwise,
  side: { readonly fork: TensorId; readonly layers: readonly DraftLayer[] },
): BranchResult {
  const convs = side.layers.filter((layer) => layer.kind === 'conv');
  if (convs.length === 0) return { ok: false, reason: 'there is no convolution on the branch' };
  const dense = convs.every((conv) => conv.dense);
  const layers = [...side.layers];
  const tail = layers.slice(layers.length - tailLength(layers)).filter(isPointwise);
  if (convs.length === 1 && layers.length === 1 + tail.length) {
    return {
      ok: false,
      reason: 'both sides are linear, and there is nothing between to reserve in',
    };
  }
  const [head] = layers;
  if (head.kind !== 'conv' || head.groups > 1) {
    const ends = { input: side.fork, shape: draft.shape(side.fork), dense };
    layers.unshift(inserted(draft, `${add.name}.reserve`, ends));
  }
  const end = layers[layers.length - 1 - tail.length];
  if (end.kind !== 'conv' || end.groups > 1) {
    const input = layers[layers.length - 1].output;
    layers.push(inserted(draft, add.name, { input, shape: draft.shape(add.output), dense }));
    tail.length = 0;
  }
  const first = layers[0];
  const last = layers[layers.length - 1 - tail.length];
  if (first.kind !== 'conv' || last.kind !== 'conv') throw new Error('a branch has no ends');
  const middle = layers.slice(1, layers.length - 1 - tail.length);
  return { ok: true, branch: { first, middle, last, tail } };
}
