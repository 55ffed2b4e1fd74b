/**
 * One step of an explanation: from two channels that ought to be the same to the two, further upstream,
 * that make them differ, or to the cause where nothing further upstream does.
 */
import { bends, bentArguments, bentFrom, bentOnly } from './bends.ts';
import { isHeld, isKnown, type Models } from './context.ts';
import { forms } from './forms.ts';
import { kinds, maxPools, opaques, products, softmaxes } from './functions.ts';
import { descend, found, sameOrigin, type Outcome, type Situation } from './outcome.ts';
import { channelName, layerAction, valueName } from './words.ts';

/** A value both models have, in the place of another. */
function another(models: Models, situation: Situation): Outcome {
  const { spots, values, readers } = situation;
  const at = readers ?? spots;
  const [first] = models.ours.holders(values.ours);
  const relabelled = first !== undefined && first.at < spots.ours.at;
  const place = relabelled || readers === null ? spots : readers;
  const [origin] = models.theirs.holders(values.ours);
  const name =
    origin === undefined ? valueName(models, values.ours, at) : channelName(models.theirs, origin);
  return found(models, place, {
    cause:
      relabelled || readers === null
        ? `computes what ${name} is in the original, where ${channelName(models.theirs, spots.theirs)} belongs`
        : `reads what ${name} is in the original, which reads ${channelName(models.theirs, spots.theirs)} there`,
  });
}

/** Takes one step. */
export function advance(models: Models, situation: Situation): Outcome {
  const { spots, values } = situation;
  const { table } = models.interner;
  if (values.ours === values.theirs) return sameOrigin(models, spots);
  // −1 stands for a constant, which has no value of its own.
  if (values.ours === -1 || values.theirs === -1) {
    const where =
      values.ours === -1 ? 'here, and not in the original' : 'in the original, and not here';
    return found(models, spots, { cause: `is a constant ${where}` });
  }
  const own = table.get(values.ours);
  const other = table.get(values.theirs);
  const a = bentFrom(own);
  const b = bentFrom(other);
  const at = { ours: models.ours.bent(spots.ours), theirs: models.theirs.bent(spots.theirs) };
  if (a !== null && b !== null && a === b) return bends(models, situation);
  if (a === values.theirs) return bentOnly(models, situation);
  if (b === values.ours) {
    const action = layerAction(models.theirs, at.theirs) ?? 'bends it';
    return found(
      models,
      { ours: spots.ours, theirs: at.theirs },
      {
        cause: `passes the channel on unchanged where the original ${action}`,
      },
    );
  }
  const known = isKnown(models, values.ours);
  const held = isHeld(models, values.theirs);
  if (known && held) return another(models, situation);
  if (a !== null && held) return descend(models, { ours: a, theirs: values.theirs }, at);
  if (known && situation.readers !== null && other.definition.kind !== 'linear') {
    return another(models, situation);
  }
  if (a !== null && b !== null) return descend(models, bentArguments(models, at, [a, b]), at);
  const p = own.definition;
  const q = other.definition;
  if (p.kind === 'maxPool' && q.kind === 'maxPool') return maxPools(models, situation, p, q);
  if (p.kind === 'opaque' && q.kind === 'opaque') return opaques(models, situation, p, q);
  if (p.kind === 'softmax' && q.kind === 'softmax') return softmaxes(models, situation);
  if (p.kind === 'product' && q.kind === 'product') return products(models, situation, p, q);
  if (p.kind === 'linear' || q.kind === 'linear') return forms(models, situation);
  return kinds(models, spots);
}
