/** The first difference of a failed proof, from the output channel that did not come out the same. */
import type { Difference } from '../verdict/verdict.ts';
import { explain } from './explain.ts';
import { nearMiss } from './explanation/near-miss.ts';
import { Surveyor } from './explanation/survey.ts';
import { View } from './explanation/view.ts';
import type { Attempt } from './prove.ts';
import type { Side } from './value.ts';

export function firstDifference(attempt: Extract<Attempt, { kind: 'unmatched' }>): Difference {
  const { numbering, original, converted, channel } = attempt;
  const { interner, maxUlps } = numbering;
  const view = (side: Side): View => new View(numbering.trace(side)?.steps ?? [], interner);
  const models = {
    interner,
    surveyor: new Surveyor(interner.table, maxUlps),
    ours: view('converted'),
    theirs: view('original'),
    maxUlps,
  };
  const outputs = {
    ours: { at: models.ours.positionOf(converted), channel },
    theirs: { at: models.theirs.positionOf(original), channel },
  };
  return explain(models, nearMiss(models) ?? outputs);
}
