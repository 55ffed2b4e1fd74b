/** In which way two activations of one value differ, in words. */
import type { ValueId } from '../form.ts';
import type { Cause, Models, Spots } from './context.ts';
import type { ValuePair } from './counterparts.ts';
import { agree } from './locate.ts';
import { brief, layerAction } from './words.ts';

function bendsOf({ interner: { table } }: Models, value: ValueId): string {
  const { definition } = table.get(value);
  const thresholds =
    definition.kind === 'relu'
      ? [definition.threshold.mid]
      : definition.kind === 'kinks'
        ? definition.kinks.map((kink) => kink.threshold.mid)
        : [];
  return thresholds
    .sort((a, b) => a - b)
    .map(brief)
    .join(' and ');
}

/** The cause where two channels are different piecewise linear functions of one value. */
export function bendCause(models: Models, at: Spots, values: ValuePair): Cause {
  const own = layerAction(models.ours, at.ours);
  const other = layerAction(models.theirs, at.theirs);
  const p = models.ours.parents(at.ours);
  const q = models.theirs.parents(at.theirs);
  const sameArgument =
    p?.length === 1 && q?.length === 1 && agree(models, { ours: p[0], theirs: q[0] });
  if (sameArgument && own !== null && other !== null && own !== other) {
    return { cause: `${own} where the original ${other}` };
  }
  const ours = bendsOf(models, values.ours);
  const theirs = bendsOf(models, values.theirs);
  if (ours !== theirs) {
    return { cause: `bends where its argument is ${ours}, the original where it is ${theirs}` };
  }
  return { cause: `bends where the original does, at ${ours}, but by other slopes` };
}
