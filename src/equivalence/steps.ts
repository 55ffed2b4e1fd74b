/**
 * What a numbering does, and the theorems each of its steps is an instance of.
 *
 * A rule of a layer and every rewriting that is not one cites by name what makes it true for all weights and
 * sizes; `plainproof prove <name>` shows the theorem. A test holds every name to a theorem that is proved. That
 * the code applies what it cites is not proved.
 */
import type { Layer } from '../model/layer.ts';

type Citations = readonly [string, ...string[]];

/** A convolution reads its input's form: what stands there is composed with it, pixel by pixel. */
const linear: Citations = [
  'convolution-linear',
  'convolution-linear-in-weights',
  'convolution-splits',
  'channel-permutation',
  'naming',
];

const rules = {
  conv: [
    ...linear,
    'explicit-padding',
    'embedded-kernel',
    'grouped-convolution-dense',
    'convolution-after-pointwise',
    'convolution-after-biased-pointwise',
    'pointwise-after-convolution',
    'affine-before-convolution',
  ],
  dense: [...linear, 'pointwise-after-convolution'],
  batchNorm: ['batch-norm-affine', 'fold-batch-norm', 'bias-into-mean'],
  scale: ['batch-norm-affine'],
  translate: ['batch-norm-affine'],
  add: ['parallel-convolutions-add'],
  subtract: ['parallel-convolutions-add'],
  multiply: ['naming'],
  concat: ['convolution-splits'],
  select: ['channel-permutation'],
  pad: ['explicit-padding'],
  relu: ['relu-nonnegative', 'dead-relu', 'relu-homogeneous', 'relu-difference'],
  clip: [
    'clip-as-relus',
    'clip-inside',
    'dead-clip-below',
    'dead-clip-above',
    'relu-homogeneous',
    'relu-difference',
  ],
  leakyRelu: ['leaky-as-relu', 'relu-homogeneous', 'relu-difference'],
  prelu: ['prelu-as-relu', 'relu-homogeneous', 'relu-difference'],
  maxPool: ['max-pool-homogeneous', 'max-pool-translation', 'max-pool-zero-padding', 'naming'],
  averagePool: [
    'average-pool-as-convolution',
    'average-pool-divisors',
    'average-pool-at-the-border',
  ],
  globalAveragePool: ['global-average-pool', 'average-pool-of-constant'],
  flatten: ['naming'],
  opaque: ['naming', 'hard-sigmoid-as-relus'],
} as const satisfies Record<Layer['kind'], Citations>;

const rewritings = {
  /** t·g(t) with g(t) + g(−t) = 1 is written over the same function of −t. */
  'gated-reflected': ['gated-negated'],
  'hard-swish-reflected': ['hard-swish-negated'],
  /** A row of a convolution that reads one pixel of one channel is that channel. */
  'handed-on': ['dirac-convolution', 'dirac-convolution-grouped', 'dirac-convolution-depthwise'],
  /** A factor that is one but for rounding, and a shift that is none. */
  unit: ['unit-batch-norm'],
  /** The same layer of the same tensors is the same tensor. */
  congruent: ['naming'],
  /** What is equal to a value met before, but for a factor, is a multiple of that value. */
  found: ['naming', 'rescaled-channels'],
  /** A channel that is the same everywhere is a constant to whatever reads it. */
  constant: ['constant-channel', 'dead-channel'],
} as const satisfies Record<string, Citations>;

/** Every kind of step, and its theorems. */
export const citations = { ...rules, ...rewritings };

export type StepKind = keyof typeof citations;

function theoremsOf(kinds: Iterable<StepKind>): readonly string[] {
  return [...new Set([...kinds].flatMap((kind) => [...citations[kind]]))].sort();
}

/** The steps that a numbering took. */
export class Steps {
  readonly #taken = new Set<StepKind>();
  #recent: Set<StepKind> | null = null;

  take(kind: StepKind): void {
    this.#taken.add(kind);
    this.#recent?.add(kind);
  }

  /** From now on `recent` knows; nobody pays for it who does not ask. */
  watch(): void {
    this.#recent = new Set();
  }

  /** Names of the theorems behind the steps since it was last asked, in alphabetical order. */
  recent(): readonly string[] {
    const theorems = theoremsOf(this.#recent ?? []);
    this.#recent?.clear();
    return theorems;
  }

  /** In alphabetical order. */
  get theorems(): readonly string[] {
    return theoremsOf(this.#taken);
  }
}
