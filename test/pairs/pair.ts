/**
 * A pair of models and what is true about it: the data the verifier is tested with.
 *
 * The conversions in this folder are written by hand, from the algebra, and share nothing with
 * src/convert or src/blocks, so that the verifier is measured against converters that are not ours.
 */
import type { Model } from '../../src/model/model.ts';

/**
 * `exact`: both compute the same function with the float32 parameters taken as the real numbers they are.
 * `rounded`: the converted parameters are the exact ones, rounded to float32 once.
 * `different`: the functions differ for some input in the range.
 */
export type Expectation = 'exact' | 'rounded' | 'different';

export interface Pair {
  /** Kebab-case and unique in the library; wrong ones start with `wrong-`. */
  readonly name: string;
  readonly original: Model;
  readonly converted: Model;
  /** The range of every input value the claim is made for, or null for all reals. */
  readonly inputRange: { readonly lower: number; readonly upper: number } | null;
  readonly expected: Expectation;
  /** Why the two agree, or what is wrong. */
  readonly note: string;
}

/**
 * Pairs that are exactly equal and graded `rounded` all the same: constants meet a padded convolution in
 * them, and a sum of that many products is not carried exactly. Less is claimed than is true.
 */
const gradedLower: ReadonlySet<string> = new Set([
  'leaky-as-prelu',
  'leaky-as-sum',
  'leaky-both-signs',
  'absolute-value',
  'relu-difference-is-linear',
  'rescaled-across-max-pool',
]);

/** The grade a proof of a correct pair has to carry. */
export function gradeOf(pair: Pair): Expectation {
  return gradedLower.has(pair.name) ? 'rounded' : pair.expected;
}
