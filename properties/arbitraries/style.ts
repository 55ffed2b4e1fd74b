/**
 * The style in which a converter writes its result: everything in which two correct converters differ.
 *
 * Each field's first value is the plainest; shrinking goes there.
 */
import fc from 'fast-check';

export interface Style {
  /** For whatever the style leaves to chance: orders, factors, probe statistics. */
  readonly seed: number;
  /**
   * How a block's input gets past the branch's activations: `pass` bends it where its sign allows and
   * leaves it alone elsewhere, `slopes` leaves it alone always, `split` reserves relu(x) and relu(−x).
   */
  readonly reserve: 'pass' | 'slopes' | 'split';
  /** Batch norm of reserved channels: γ = 1, σ² = 1 − ε; or γ = √(σ²+ε), β = μ around probe statistics. */
  readonly unit: 'variance' | 'around';
  /**
   * The batch norm of a block's last convolution: `folded` into it; `divided`: it stays and the merged
   * columns are divided by its factors; `apart`: it stays, and a 1×1 convolution behind it merges.
   */
  readonly merge: 'folded' | 'divided' | 'apart';
  /** Other batch norms; `moved`: convolution biases are subtracted from the means; `spelled` out. */
  readonly norms: 'kept' | 'folded' | 'moved' | 'spelled';
  /** Where reserved channels stand; `shuffled` permutes all channels of every inner layer. */
  readonly order: 'first' | 'last' | 'shuffled';
  /** Positive factors that go in before an activation and come out behind it. */
  readonly scale: 'none' | 'powers-of-two' | 'any';
  /** Channels written twice whose columns share the weights: by halves, or by shares that round. */
  readonly split: 'none' | 'halves' | 'shares';
  /** Channels that nothing behind them reads. */
  readonly dead: boolean;
  /** Neighbours without an activation or a padded bias between them become one convolution. */
  readonly fuse: boolean;
  /** Grouped convolutions written out with zeros. */
  readonly ungroup: boolean;
  /** Kernels written into the centre of larger ones. */
  readonly enlarge: boolean;
  readonly mixed: 'prelu' | 'clip';
  readonly rename: boolean;
  /** Blocks left as they are: bit k for block k. */
  readonly keep: number;
}

/** Mostly false, so that a style has a few peculiarities and not all. */
const seldom = fc.nat(3).map((n) => n === 3);

export const arbitraryStyle: fc.Arbitrary<Style> = fc.record({
  seed: fc.noShrink(fc.nat(2 ** 31 - 1)),
  reserve: fc.constantFrom('pass', 'slopes', 'split'),
  unit: fc.constantFrom('variance', 'around'),
  merge: fc.constantFrom('folded', 'divided', 'apart'),
  norms: fc.constantFrom('kept', 'folded', 'moved', 'spelled'),
  order: fc.constantFrom('first', 'last', 'shuffled'),
  scale: fc.constantFrom('none', 'none', 'none', 'powers-of-two', 'any'),
  split: fc.constantFrom('none', 'none', 'none', 'none', 'halves', 'shares'),
  dead: seldom,
  fuse: fc.boolean(),
  ungroup: seldom,
  enlarge: seldom,
  mixed: fc.constantFrom('prelu', 'clip'),
  rename: fc.boolean(),
  keep: fc.nat(3).map((n) => (n === 3 ? 1 : n === 2 ? 2 : 0)),
});
