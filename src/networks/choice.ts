/**
 * What a block of a random network is to be: one record for every family, of which each reads what it
 * needs. Plain data, so that a failure prints as the recipe it is and shrinks field by field.
 */
import fc from 'fast-check';

/** The catalogue, plainest first: shrinking goes there. */
export const families = [
  ...(['basic', 'bottleneck', 'grouped', 'inverted', 'preActivation'] as const),
  ...(['repVgg', 'rmRepVgg', 'diracNet', 'acNet', 'diverseBranch'] as const),
  ...(['mobileOne', 'repMixer', 'repLk'] as const),
] as const;
export type Family = (typeof families)[number];

export interface Choice {
  readonly family: Family;
  readonly seed: number;
  /** `same` width and size, so that the shortcut can be the identity; else strided, widened or both. */
  readonly change: 'same' | 'strided' | 'widened' | 'strided-widened';
  /** Channels of the result where the width changes. */
  readonly width: number;
  /** Channels inside the branch. */
  readonly inner: number;
  readonly kernel: 1 | 3 | 5;
  readonly activation: 'relu' | 'relu6' | 'none';
  /** Whether convolutions have biases of their own. */
  readonly biased: boolean;
  readonly groups: 1 | 2 | 3;
}

/** How large networks get. */
export interface Sizes {
  /** Channels anywhere, at most. */
  readonly channels: number;
  /** Blocks of a network, at most. */
  readonly blocks: number;
  /** Rows and columns of the image, at most; 3 at least. */
  readonly image: number;
}

export const usualSizes: Sizes = { channels: 5, blocks: 3, image: 9 };

export function arbitraryChoice(
  of: readonly Family[] = families,
  { channels }: Pick<Sizes, 'channels'> = usualSizes,
): fc.Arbitrary<Choice> {
  return fc.record({
    family: fc.constantFrom(...of),
    seed: fc.noShrink(fc.nat(2 ** 31 - 1)),
    change: fc.oneof(
      { weight: 6, arbitrary: fc.constant('same' as const) },
      { weight: 2, arbitrary: fc.constant('widened' as const) },
      { weight: 1, arbitrary: fc.constantFrom('strided' as const, 'strided-widened' as const) },
    ),
    width: fc.integer({ min: 1, max: channels }),
    inner: fc.integer({ min: 1, max: Math.max(1, channels - 1) }),
    kernel: fc.constantFrom(3, 1, 5),
    activation: fc.constantFrom('relu', 'relu', 'relu6', 'none'),
    biased: fc.boolean(),
    groups: fc.constantFrom(1, 2, 3),
  });
}
