/**
 * Correct conversions that are known to be left undecided now and then, and why.
 *
 * The completeness law skips a recipe that one of these covers; another law sees that it is never refuted. A
 * gap names what the models have, not what the verifier says about them, so that a new gap shows. Most
 * recipes of a gap are proved all the same: it covers more than what fails, as far as that can be told
 * without asking the verifier.
 *
 * To work on a gap, close it: PLAINPROOF_RUNS=20 PLAINPROOF_CLOSE='equal channels' npx vitest run
 * properties/completeness then fails with the smallest network of that gap that is not proved, saved as ONNX.
 */
import type { Model } from '../../src/model/model.ts';
import type { ConversionRecipe } from '../arbitraries/conversion.ts';
import { degeneracy } from './degeneracy.ts';

interface KnownGap {
  readonly name: string;
  readonly reason: string;
  readonly covers: (recipe: ConversionRecipe, original: Model) => boolean;
}

/** Those that the recipe tells come first: they are cheaper to see. */
const knownGaps: readonly KnownGap[] = [
  {
    name: 'equal channels',
    reason:
      'Of channels that are multiples of one another, a converted one may be taken for the wrong one.',
    covers: ({ network }) => network.texture.weights === 'duplicated',
  },
  {
    name: 'factors that round',
    reason:
      'A sum that holds a channel rescaled by no power of two is compared with the wrong multiple.',
    covers: ({ style }) => style.scale === 'any',
  },
  {
    name: 'multiples of one number',
    reason: 'As for equal channels: several channels of a tensor are functions of one number.',
    covers: (_, original) => degeneracy(original).proportional,
  },
];

/** The gap that covers a conversion of this original; null where it has to be proved. */
export function knownGap(recipe: ConversionRecipe, original: Model): KnownGap | null {
  const closed = process.env['PLAINPROOF_CLOSE'];
  return knownGaps.find((gap) => gap.name !== closed && gap.covers(recipe, original)) ?? null;
}
