/**
 * Where two models part, in the reader's terms.
 *
 * Starts at an output channel that differs and follows, in both models, the channels that ought to be the
 * same, up to the first pair whose arguments agree while they do not. It only describes: it knows no
 * bugs, and what it says does not decide the verdict.
 */
import type { Difference } from '../verdict/verdict.ts';
import { report, type Models, type Spots } from './explanation/context.ts';
import { advance } from './explanation/descend.ts';
import { fromSpots } from './explanation/outcome.ts';

/** Follows a pair of channels upstream to where the models part. */
export function explain(models: Models, start: Spots): Difference {
  const seen = new Set<string>();
  let spots = start;
  let outcome = fromSpots(models, start, null);
  for (;;) {
    if (outcome.kind === 'found') return outcome.difference;
    const { situation } = outcome;
    const { values } = situation;
    const key = `${values.ours} ${values.theirs} ${situation.spots.ours.at}`;
    if (seen.has(key)) return report(models, spots, { cause: 'the channels differ' });
    seen.add(key);
    spots = situation.spots;
    outcome = advance(models, situation);
  }
}
