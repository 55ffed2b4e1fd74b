/**
 * The Reserve half of the RM operation (arXiv 2111.00687): each layer of the branch, with channels
 * beside its own that carry the block's input. Reserved channels come first.
 *
 * A convolution gets Dirac kernels: the first one reads the input and applies the strategy's gain and
 * offset, the others pass reserved channels on. A batch norm gets γ = 1, β = μ = 0 and
 * σ² = fl(1 − ε): bit-exact in float32 for ε ≤ ½, as fl(fl(1−ε)+ε) = 1, unlike σ² = 1.
 */
import type { BatchNorm } from '../model/layer.ts';
import type { DraftConv, Floats } from './draft.ts';
import type { Pointwise } from './pointwise.ts';
import type { Reserve } from './strategy.ts';

/** A zeroed array of the same precision as `like`. */
function zeros(like: Floats, length: number): Floats {
  return like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** `head` zeros, or `head` itself, and then the values; null where all would be zero. */
function behind(head: number | Float32Array, values: Floats | null, width: number): Floats | null {
  const count = typeof head === 'number' ? head : head.length;
  if (values === null && typeof head === 'number') return null;
  const all = values === null ? new Float32Array(count + width) : zeros(values, count + width);
  if (typeof head !== 'number') all.set(head);
  if (values !== null) all.set(values, count);
  return all;
}

function rowScaleBehind(count: number, { rowScale, outChannels }: DraftConv): Float64Array | null {
  if (rowScale === null) return null;
  const all = new Float64Array(count + outChannels).fill(1, 0, count);
  all.set(rowScale, count);
  return all;
}

/** The first convolution (one group): Dirac rows at `tap` that read the block's input. */
export function widenFirst(conv: DraftConv, reserve: Reserve, tap: number): DraftConv {
  const { gain, inputs } = reserve;
  const taps = conv.kernel.y * conv.kernel.x;
  const row = conv.inChannels * taps;
  const weight = zeros(conv.weight, (gain.length + conv.outChannels) * row);
  for (let k = 0; k < gain.length; k++) weight[k * row + (k % inputs) * taps + tap] = gain[k];
  weight.set(conv.weight, gain.length * row);
  return {
    ...conv,
    weight,
    rowScale: rowScaleBehind(gain.length, conv),
    bias: behind(reserve.offset ?? gain.length, conv.bias, conv.outChannels),
    outChannels: gain.length + conv.outChannels,
  };
}

/** Whether groups of the convolution's own shape can hold Diracs for `reserved` channels. */
function fitsGroups(conv: DraftConv, reserved: number): boolean {
  const width = conv.inChannels / conv.groups;
  return conv.outChannels / conv.groups === width && reserved % width === 0;
}

/** A later convolution: Dirac kernels at `tap`, in groups of their own where it is grouped. */
export function widenMiddle(conv: DraftConv, reserve: Reserve, tap: number): DraftConv {
  const reserved = reserve.gain.length;
  const grouped = conv.groups > 1 && fitsGroups(conv, reserved);
  const taps = conv.kernel.y * conv.kernel.x;
  const ownInputs = conv.inChannels / conv.groups;
  const inputs = grouped ? ownInputs : reserved + conv.inChannels;
  const row = inputs * taps;
  const weight = zeros(conv.weight, (reserved + conv.outChannels) * row);
  for (let k = 0; k < reserved; k++) weight[k * row + (k % inputs) * taps + tap] = 1;
  if (grouped) {
    weight.set(conv.weight, reserved * row);
  } else {
    const run = ownInputs * taps;
    const perGroup = conv.outChannels / conv.groups;
    for (let o = 0; o < conv.outChannels; o++) {
      const group = Math.floor(o / perGroup);
      const at = (reserved + o) * row + (reserved + group * ownInputs) * taps;
      weight.set(conv.weight.subarray(o * run, (o + 1) * run), at);
    }
  }
  return {
    ...conv,
    weight,
    rowScale: rowScaleBehind(reserved, conv),
    bias: behind(reserved, conv.bias, conv.outChannels),
    groups: grouped ? reserved / ownInputs + conv.groups : 1,
    inChannels: reserved + conv.inChannels,
    outChannels: reserved + conv.outChannels,
  };
}

/** Weights that `widenMiddle` would allocate. */
export function widenedSize(conv: DraftConv, reserved: number): number {
  const grouped = conv.groups > 1 && fitsGroups(conv, reserved);
  const inputs = grouped ? conv.inChannels / conv.groups : reserved + conv.inChannels;
  return (reserved + conv.outChannels) * inputs * conv.kernel.y * conv.kernel.x;
}

function constantBehind(
  reserved: number,
  constant: number,
  values: Float32Array,
  width: number,
): Float32Array {
  const all = new Float32Array(reserved + width).fill(constant, 0, reserved);
  if (values.length === 1) all.fill(values[0], reserved);
  else all.set(values, reserved);
  return all;
}

/** The largest ε for which the unit batch norm is a batch norm and bit-exact. */
export const largestEpsilon = 0.5;

function widenBatchNorm(layer: BatchNorm, reserved: number): BatchNorm {
  const width = layer.scale.length;
  const variance = Math.fround(1 - layer.epsilon);
  return {
    ...layer,
    scale: constantBehind(reserved, 1, layer.scale, width),
    offset: constantBehind(reserved, 0, layer.offset, width),
    mean: constantBehind(reserved, 0, layer.mean, width),
    variance: constantBehind(reserved, variance, layer.variance, width),
  };
}

/** A batch norm, scale or translation over `width` channels with identities beside them. */
export function widenPointwise(layer: Pointwise, reserved: number, width: number): Pointwise {
  switch (layer.kind) {
    case 'batchNorm':
      return widenBatchNorm(layer, reserved);
    case 'scale':
      return { ...layer, factor: constantBehind(reserved, 1, layer.factor, width) };
    case 'translate':
      return { ...layer, addend: constantBehind(reserved, 0, layer.addend, width) };
  }
}
