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
import { shapeOf, type Model } from '../../src/model/model.ts';
import type { ConversionRecipe } from '../arbitraries/conversion.ts';
import { degeneracy } from './degeneracy.ts';

interface KnownGap {
  readonly name: string;
  readonly reason: string;
  readonly covers: (recipe: ConversionRecipe, original: Model) => boolean;
}

/** Whether some convolution's result has fewer rows or columns than the usual kernel. */
function isTiny(model: Model): boolean {
  return model.layers.some((layer) => {
    const { height, width } = shapeOf(model, layer.output);
    return layer.kind === 'conv' && Math.min(height, width) < 3;
  });
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
    name: 'no term at a pixel',
    reason:
      'Zero weights can leave no term of a constant at a border pixel: what float64 leaves there is its ' +
      'own rounding, with nothing to judge it by.',
    covers: ({ network }) => network.texture.weights === 'sparse',
  },
  {
    name: 'images smaller than a kernel',
    reason: 'Taps that never fall inside the image, and pixels that several taps share.',
    covers: (_, original) => isTiny(original),
  },
  {
    name: 'multiples of one number',
    reason: 'As for equal channels: several channels of a tensor are functions of one number.',
    covers: (_, original) => degeneracy(original).proportional,
  },
  {
    name: 'constant tensor',
    reason:
      'Where no channel depends on the input, constants at the border are compared to rounding.',
    covers: (_, original) => degeneracy(original).constantTensor,
  },
];

/** The gap that covers a conversion of this original; null where it has to be proved. */
export function knownGap(recipe: ConversionRecipe, original: Model): KnownGap | null {
  const closed = process.env['PLAINPROOF_CLOSE'];
  return knownGaps.find((gap) => gap.name !== closed && gap.covers(recipe, original)) ?? null;
}
