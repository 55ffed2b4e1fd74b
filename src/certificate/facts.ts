/**
 * Finds what channels of the original are: numbers, or what an earlier channel is.
 *
 * With that, a channel that is several tensors' is one symbol, whichever of them a step speaks of.
 */
import { bendOf } from '../checker/bend.ts';
import { isAffineHere } from '../checker/symbols.ts';
import type { Holder, Multiple } from '../equivalence/holders.ts';
import type { Step as Traced } from '../equivalence/trace.ts';
import type { TensorId } from '../model/layer.ts';
import type { Finder } from './finder.ts';
import { free, number, type Guess, type Guesses } from './guess.ts';
import { isAffineLayer, type Domain, type Originals } from './originals.ts';

/** `argument`: what the layer of the step reads first. Null where there is nothing of note. */
export function factOf(
  step: Traced,
  argument: Traced,
  originals: Originals,
  finder: Finder,
): Guesses | null {
  const { layer, tensor } = step;
  if (layer === null) return null;
  const isAffine = isAffineHere(layer);
  const isBent = bendOf(layer, 0) !== null;
  if (!isAffine && !isBent && layer.kind !== 'maxPool' && layer.kind !== 'multiply') return null;
  const isEach = argument.tensor.channels === tensor.channels;
  const guesses = Array.from({ length: tensor.channels }, (_, channel): readonly Guess[] => {
    const own = originals.multiple(step, channel);
    const before = isEach && !isAffine ? originals.multiple(argument, channel) : null;
    const { domain } = tensor.place(channel);
    if (own.value === null)
      return isAffine ? [number(own.constant.mid)] : finder.numbers(own, before, domain);
    const passes = isBent && before?.value === own.value && originals.same(before, own);
    if (!passes && !isAffine) return [];
    const first = earliest(own, domain, layer.output, originals);
    return first === null ? [] : [finder.is(own, first)];
  });
  if (guesses.every((each) => each.length === 0)) return null;
  return guesses.map((each) => [...each, free]);
}

/** The first channel that this one is a multiple of, of those that are symbols anyway if there is one. */
function earliest(
  own: Multiple,
  domain: Domain,
  tensor: TensorId,
  originals: Originals,
): Holder | null {
  const before = originals
    .fitting(own, domain)
    .filter((holder) => originals.tensor(holder) < tensor);
  const isSymbol = (holder: Holder): boolean => !isAffineLayer(originals.layer(holder));
  return before.find(isSymbol) ?? before.at(0) ?? null;
}
