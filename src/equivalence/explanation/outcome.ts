/** A step of an explanation: what is looked at, and what came of it. */
import type { Difference } from '../../verdict/verdict.ts';
import { affineCause } from './coefficients.ts';
import { report, type Cause, type Models, type Spots } from './context.ts';
import type { ValuePair } from './counterparts.ts';
import { feederAtFault } from './feeders.ts';
import { furthestUpstream } from './locate.ts';

/** Two channels with the values they hold, and the channels that read them. */
export interface Situation {
  readonly spots: Spots;
  readonly values: ValuePair;
  readonly readers: Spots | null;
}

export type Outcome =
  | { readonly kind: 'deeper'; readonly situation: Situation }
  | { readonly kind: 'found'; readonly difference: Difference };

export function found(models: Models, spots: Spots, cause: Cause): Outcome {
  return { kind: 'found', difference: report(models, spots, cause) };
}

/** The channels that hold two values before the places they are read at; the readers where none does. */
export function descend(models: Models, values: ValuePair, readers: Spots): Outcome {
  const ours = models.ours.holderFor(readers.ours, values.ours);
  const theirs = models.theirs.holderFor(readers.theirs, values.theirs);
  return { kind: 'deeper', situation: { spots: { ours, theirs }, values, readers } };
}

/** From two channels that are multiples of one value: their scales, their constants. */
export function sameOrigin(models: Models, spots: Spots): Outcome {
  const upstream = furthestUpstream(models, spots);
  const fault = feederAtFault(models, upstream, null);
  if (fault !== null) return fromSpots(models, fault, upstream);
  const pair = {
    ours: models.ours.made(upstream.ours),
    theirs: models.theirs.made(upstream.theirs),
  };
  return found(models, pair, affineCause(models, pair));
}

/** The situation of two channels, whatever they hold. */
export function fromSpots(models: Models, spots: Spots, readers: Spots | null): Outcome {
  const a = models.ours.term(spots.ours);
  const b = models.theirs.term(spots.theirs);
  if (a !== null && b !== null) {
    const values = { ours: a.value, theirs: b.value };
    return { kind: 'deeper', situation: { spots, values, readers } };
  }
  if (a === null && b === null) return sameOrigin(models, spots);
  return found(models, spots, {
    cause:
      a === null
        ? 'the channel is constant, the original’s depends on the input'
        : 'the channel depends on the input, the original’s is constant',
  });
}
