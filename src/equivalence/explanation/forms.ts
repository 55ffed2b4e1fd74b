/** Affine forms that ought to be the same: further upstream, or coefficient by coefficient. */
import { sameShape } from '../../model/shape.ts';
import type { ValueId } from '../form.ts';
import type { Domain } from '../shift.ts';
import { affineCause, coefficientCause } from './coefficients.ts';
import { isKnown, itself, ownForm, scaledForm, type Models, type Spots } from './context.ts';
import { counterparts, mostAlike, type ValuePair } from './counterparts.ts';
import { feederAtFault } from './feeders.ts';
import { furthestUpstream } from './locate.ts';
import { descend, found, fromSpots, type Outcome, type Situation } from './outcome.ts';
import type { Survey } from './survey.ts';
import type { Spot, View } from './view.ts';
import { channelName } from './words.ts';

/** Of the places that hold the original's value, the one with the scale and constant that ours has. */
function levelled(models: Models, { spots, values }: Situation): Spots {
  const ours = isKnown(models, values.ours)
    ? models.ours.made(spots.ours)
    : (models.ours.holders(values.ours)[0] ?? spots.ours);
  const level = (view: View, spot: Spot): readonly [number, number] => [
    view.term(spot)?.scale.mid ?? 0,
    view.point(spot).constant.mid,
  ];
  const [scale, constant] = level(models.ours, ours);
  let best = spots.theirs;
  let least = Infinity;
  for (const spot of [spots.theirs, ...models.theirs.holders(values.theirs)]) {
    const [s, c] = level(models.theirs, spot);
    const apart = Math.abs(s - scale) + Math.abs(c - constant);
    if (spot.at > spots.theirs.at || apart >= least) continue;
    least = apart;
    best = spot;
  }
  return { ours, theirs: models.theirs.made(best) };
}

/** Both forms, coefficient by coefficient. */
export function forms(models: Models, situation: Situation): Outcome {
  const { values } = situation;
  const spots = levelled(models, situation);
  if (!sameShape(models.ours.domain(spots.ours), models.theirs.domain(spots.theirs))) {
    return resolution(models, spots);
  }
  const { survey, pairs } = closestSurvey(models, values, models.ours.domain(spots.ours));
  const deeper = mostAlike(models, pairs);
  if (deeper !== null) return descend(models, deeper, spots);
  const fault = feederAtFault(models, spots, survey);
  if (fault !== null) return fromSpots(models, fault, spots);
  const upstream = furthestUpstream(models, spots);
  const twin = twinOf(models, values.ours, upstream.theirs);
  if (twin !== null) {
    return found(models, upstream, {
      cause: `computes what ${channelName(models.theirs, twin)} is in the original, where ${channelName(models.theirs, upstream.theirs)} belongs`,
    });
  }
  if (upstream.ours === spots.ours) {
    return found(models, spots, coefficientCause(models, survey, spots));
  }
  const a = models.ours.term(upstream.ours);
  const b = models.theirs.term(upstream.theirs);
  if (a === null || b === null || a.value === b.value) {
    return found(models, upstream, affineCause(models, upstream));
  }
  const domain = models.ours.domain(upstream.ours);
  const closer = models.surveyor.survey(
    { form: scaledForm(models, a), target: scaledForm(models, b), domain },
    () => false,
  );
  return found(models, upstream, coefficientCause(models, closer, upstream));
}

/** Another channel of the same layer of the original that holds the value, read there or not. */
function twinOf(models: Models, value: ValueId, { at, channel }: Spot): Spot | null {
  const { tensor } = models.theirs.steps[at];
  for (let other = 0; other < tensor.channels; other++) {
    const spot = { at, channel: other };
    if (other !== channel && models.theirs.term(spot)?.value === value) return spot;
  }
  return null;
}

/**
 * The survey of two values' forms, up to the stage that has counterparts. Where one value is made by
 * reading the other, the other counts as itself if that leaves fewer differences.
 */
function closestSurvey(
  models: Models,
  { ours, theirs }: ValuePair,
  domain: Domain,
): { readonly survey: Survey; readonly pairs: readonly ValuePair[] } {
  const { surveyor } = models;
  const { table } = models.interner;
  const own = ownForm(models, ours);
  const other = ownForm(models, theirs);
  let pairs: readonly ValuePair[] = [];
  const look = (lenient: boolean): Survey =>
    surveyor.survey({ form: own, target: other, domain }, (stage) => {
      pairs = counterparts(models, stage, lenient);
      return pairs.length > 0;
    });
  let best = look(false);
  if (pairs.length > 0) return { survey: best, pairs };
  const loose = look(true);
  if (pairs.length > 0) return { survey: loose, pairs };
  const alternatives = [
    { form: own, target: itself(theirs), value: theirs, reader: 'form' },
    { form: itself(ours), target: other, value: ours, reader: 'target' },
  ] as const;
  for (const { form, target, value, reader } of alternatives) {
    const isRead = ({ differences }: Survey): boolean =>
      differences.some((d) => d[reader] !== 0 && table.columnValue(d.column) === value);
    const survey = surveyor.survey({ form, target, domain }, isRead);
    if (isRead(survey) && survey.differences.length < best.differences.length) best = survey;
  }
  return { survey: best, pairs };
}

/** Channels of different size: where the converted model leaves the original's. */
function resolution(models: Models, spots: Spots): Outcome {
  const source = (view: View, spot: Spot): Spot => {
    let current = spot;
    for (;;) {
      const [next] = view.sources(current);
      if (next === undefined || !sameShape(view.domain(next), view.domain(current))) return current;
      current = next;
    }
  };
  const pixels = (view: View, spot: Spot): string => {
    const { height, width } = view.domain(spot);
    return `${height}×${width}`;
  };
  const ours = source(models.ours, spots.ours);
  const pair = { ours, theirs: spots.theirs };
  return found(models, pair, {
    cause: `has ${pixels(models.ours, ours)} pixels where the original has ${pixels(models.theirs, spots.theirs)}`,
  });
}
