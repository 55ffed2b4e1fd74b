/**
 * Whether two channels differ because of one that feeds both: the same value in both models, but moved,
 * scaled or shifted on its way in one of them.
 */
import { zeroForm, type ValueId } from '../form.ts';
import type { ShiftId } from '../shift.ts';
import { isKnown, scaledForm, type Models, type Spots } from './context.ts';
import { agree, chain, distance, feeders } from './locate.ts';
import type { Survey } from './survey.ts';
import type { Spot, View } from './view.ts';

/** What a feeder holds: a multiple of a value, or of a reading of it, and a constant. */
interface Feed {
  readonly spot: Spot;
  readonly own: ValueId;
  readonly value: ValueId;
  readonly shift: ShiftId;
  readonly scale: number;
}

function feedsOf(models: Models, view: View, spots: readonly Spot[]): readonly Feed[] {
  const { table } = models.interner;
  return spots.flatMap((feeder): Feed[] => {
    const term = view.term(feeder);
    if (term === null) return [];
    const reading = table.reading(term.value);
    const { value, shift } = reading ?? { value: term.value, shift: 0 };
    return [{ spot: feeder, own: term.value, value, shift, scale: term.scale.mid }];
  });
}

/** One, up to sixteen units in the last place. */
function isOne(ratio: number): boolean {
  return Math.abs(ratio - 1) <= 2 ** -19;
}

/** Ratios are compared to this much of their distance from one. */
const ratioTolerance = 2 ** -10;

/** A form this near another is taken for a version of it. */
const near = 2 ** -4;

/**
 * A channel upstream of both that explains the difference: read at another place, off by the very factor
 * that the coefficients are, or with another constant that makes up for the constants' difference. Null
 * where the difference arises right here. No survey: both channels are multiples of one value.
 */
export function feederAtFault(models: Models, spots: Spots, survey: Survey | null): Spots | null {
  const { table } = models.interner;
  const ours = feedsOf(models, models.ours, feeders(models.ours, spots.ours));
  // A block's input may itself stand in a run of affine layers.
  const theirs = byValue(
    feedsOf(models, models.theirs, [
      ...feeders(models.theirs, spots.theirs),
      ...chain(models.theirs, spots.theirs).slice(1),
    ]),
  );
  const ratios = new Map<ValueId, number>();
  const added = new Set<ValueId>();
  for (const { column, form, target } of survey?.differences ?? []) {
    const value = table.columnValue(column);
    if (target === 0) added.add(value);
    else ratios.set(value, (form / target) * (survey?.scale ?? 1));
  }
  const whole = survey === null ? wholeRatio(models, spots) : undefined;
  const shifted: ShiftedFeed[] = [];
  for (const feed of ours) {
    const partners = theirs.get(feed.value)?.filter((f) => f.shift === feed.shift) ?? [];
    const [partner] = partners;
    if (partner === undefined) {
      // The value itself is read, but moved on the way.
      const [unmoved] = theirs.get(feed.value) ?? [];
      if (unmoved !== undefined && added.has(feed.value) && !isKnown(models, feed.own)) {
        return { ours: feed.spot, theirs: unmoved.spot };
      }
      continue;
    }
    const isFine = partners.some((f) => agree(models, { ours: feed.spot, theirs: f.spot }));
    if (isFine) continue;
    const pair = { ours: feed.spot, theirs: partner.spot };
    const own = feed.scale / partner.scale;
    if (isOne(own)) shifted.push({ pair, value: feed.own, scale: feed.scale });
    else if (explains(whole ?? ratios.get(feed.value), own)) return pair;
  }
  if (survey === null) return constantAtFault(models, spots, shifted);
  if (survey.differences.length > 0) return null;
  return shifted[0]?.pair ?? versionAtFault(models, ours, [...theirs.values()].flat());
}

function byValue(feeds: readonly Feed[]): ReadonlyMap<ValueId, readonly Feed[]> {
  const found = new Map<ValueId, Feed[]>();
  for (const feed of feeds) {
    const known = found.get(feed.value);
    if (known === undefined) found.set(feed.value, [feed]);
    else known.push(feed);
  }
  return found;
}

/** A feeder that agrees but for its constant. */
interface ShiftedFeed {
  readonly pair: Spots;
  readonly value: ValueId;
  readonly scale: number;
}

/**
 * The feeder whose constant, through the coefficients it is read with, makes the whole difference, or the
 * first of those that make it together; null where they do not.
 */
function constantAtFault(
  models: Models,
  spots: Spots,
  shifted: readonly ShiftedFeed[],
): Spots | null {
  const { table } = models.interner;
  const term = models.ours.term(spots.ours);
  if (term === null || shifted.length === 0) return null;
  const between = ({ ours, theirs }: Spots): number =>
    models.ours.point(ours).constant.mid - models.theirs.point(theirs).constant.mid;
  const domain = models.ours.domain(spots.ours);
  const pair = { form: scaledForm(models, term), target: zeroForm, domain };
  const { differences } = models.surveyor.survey(pair, () => true);
  const weights = new Map<ValueId, number>();
  for (const { column, form } of differences) {
    const value = table.columnValue(column);
    weights.set(value, (weights.get(value) ?? 0) + form);
  }
  // A channel handed on alone has no form but itself.
  const weight = (value: ValueId): number =>
    value === term.value ? term.scale.mid : (weights.get(value) ?? 0);
  const shares = shifted.map((f) => (weight(f.value) / f.scale) * between(f.pair));
  const difference = between(spots);
  const makesUp = (share: number): boolean =>
    Math.abs(share - difference) <= ratioTolerance * Math.abs(difference);
  const alone = shares.findIndex(makesUp);
  if (alone >= 0) return shifted[alone].pair;
  // Constant channels contribute to constants too, with weights no form shows.
  const isConstant = (spot: Spot): boolean => models.ours.term(spot) === null;
  if (feeders(models.ours, spots.ours).some(isConstant)) return shifted[0].pair;
  return makesUp(shares.reduce((sum, share) => sum + share, 0)) ? shifted[0].pair : null;
}

/** By how much a channel's scale is off, where both are multiples of one value. */
function wholeRatio(models: Models, { ours, theirs }: Spots): number | undefined {
  const a = models.ours.term(ours);
  const b = models.theirs.term(theirs);
  return a === null || b === null || a.value !== b.value ? undefined : a.scale.mid / b.scale.mid;
}

function explains(ratio: number | undefined, own: number): boolean {
  if (ratio === undefined) return false;
  return Math.abs(ratio - own) <= ratioTolerance * Math.abs(own - 1);
}

/** A feeder that only the converted model has, beside one of the original's that it is a version of. */
function versionAtFault(
  models: Models,
  ours: readonly Feed[],
  theirs: readonly Feed[],
): Spots | null {
  const { table } = models.interner;
  const feed = ours.find(
    (f) => !isKnown(models, f.own) && table.get(f.own).definition.kind === 'linear',
  );
  if (feed === undefined) return null;
  for (const other of theirs) {
    const pair = { ours: feed.spot, theirs: other.spot };
    if (distance(models, pair) <= near) return pair;
  }
  return null;
}
