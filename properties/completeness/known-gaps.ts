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
import { ranges } from '../../src/convert/range.ts';
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

/** Layers that pad what has no name: affine tensors, activations that bend nothing or everything. */
function padsNameless(model: Model): boolean {
  const pads = model.layers.filter((layer) => layer.kind === 'pad');
  if (pads.length === 0) return false;
  const known = ranges(model, null);
  return pads.some((layer) => {
    const producer = model.layers.find(({ output }) => output === layer.inputs[0]);
    if (producer?.kind !== 'relu' && producer?.kind !== 'clip') return true;
    const { lower, upper } = known[producer.inputs[0]];
    return lower.some((low, c) => low >= 0 || upper[c] <= 0);
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
    name: 'channels written twice',
    reason:
      'Two copies of a reserved channel whose batch norm is the identity but for rounding leave a ' +
      'constant, off by that rounding, where there was none.',
    covers: ({ network, style }) =>
      style.split !== 'none' && (style.unit === 'around' || network.texture.weights !== 'coarse'),
  },
  {
    name: 'both signs, rounded',
    reason:
      'relu(a·x)/a − relu(−b·x)/b is not found to be x where a and b differ, if only by rounding.',
    covers: ({ network, style }) =>
      style.reserve === 'split' &&
      (style.scale !== 'none' || style.unit === 'around' || network.texture.weights !== 'coarse'),
  },
  {
    name: 'fused into a clip',
    reason: 'Not understood yet: batch norm and convolution fused ahead of a ReLU6.',
    covers: ({ network, style }) =>
      style.fuse && network.blocks.some(({ activation }) => activation === 'relu6'),
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
    name: 'padded tensor without a name',
    reason:
      'A padding layer in front of a 1×1 convolution (Diverse Branch Block) is seen through only where ' +
      'it pads values that have a name, as results of an activation that bends have.',
    covers: (_, original) => padsNameless(original),
  },
  {
    name: 'kinks of one number',
    reason:
      'A channel that is a sum of ReLUs of one number is held as one function of it; slopes that nearly ' +
      'cancel there are compared relative to what is left, not to the terms that were added.',
    covers: (_, original) => degeneracy(original).kinksOfOneNumber,
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
