/**
 * Whether two channels differ because of one that feeds both: the same value in both models, but moved,
 * scaled or shifted on its way in one of them.
 */
import { sameShape } from '../../model/shape.ts';
import type { ValueId } from '../form.ts';
import type { ShiftId } from '../shift.ts';
import { isKnown, scaledForm, type Models, type Spots } from './context.ts';
import { agree, chain, feeders } from './locate.ts';
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
  const shifted: Spots[] = [];
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
    if (isOne(own)) shifted.push(pair);
    else if (explains(whole ?? ratios.get(feed.value), own)) return pair;
  }
  if (survey === null) {
    return constantAtFault(models, spots, [...shifted, ...otherConstants(models, spots)]);
  }
  const version = versionAtFault(models, ours, [...theirs.values()].flat());
  return survey.differences.length > 0 ? version : (shifted[0] ?? version);
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

/** Feeders that are constant, beside constant ones of the original, in order, where they do not agree. */
function otherConstants(models: Models, spots: Spots): readonly Spots[] {
  const isConstant = (view: View) => (spot: Spot) => view.term(spot) === null;
  const rest = feeders(models.theirs, spots.theirs).filter(isConstant(models.theirs));
  const alone = feeders(models.ours, spots.ours)
    .filter(isConstant(models.ours))
    .filter((spot) => {
      const same = rest.findIndex((other) => agree(models, { ours: spot, theirs: other }));
      if (same >= 0) rest.splice(same, 1);
      return same < 0;
    });
  return alone.flatMap((ours, k) => (k < rest.length ? [{ ours, theirs: rest[k] }] : []));
}

/**
 * The feeder whose constant makes the whole difference between two constants, or the first of those that
 * make it together; null where they do not.
 */
function constantAtFault(models: Models, spots: Spots, shifted: readonly Spots[]): Spots | null {
  const between = ({ ours, theirs }: Spots): number =>
    models.ours.point(ours).constant.mid - models.theirs.point(theirs).constant.mid;
  const shares = shifted.map((pair) => models.ours.gain(spots.ours, pair.ours) * between(pair));
  const difference = between(spots);
  const makesUp = (share: number): boolean =>
    Math.abs(share - difference) <= ratioTolerance * Math.abs(difference);
  const alone = shares.findIndex(makesUp);
  if (alone >= 0) return shifted[alone];
  return makesUp(shares.reduce((sum, share) => sum + share, 0)) ? (shifted[0] ?? null) : null;
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
  const news = ours.filter(
    (f) => !isKnown(models, f.own) && table.get(f.own).definition.kind === 'linear',
  );
  for (const feed of news.slice(0, mostFeeds)) {
    const pairs = theirs
      .slice(0, mostFeeds)
      .map((other) => ({ ours: feed.spot, theirs: other.spot }));
    if (pairs.some((pair) => agree(models, pair))) continue;
    const version = pairs.find((pair) => isVersion(models, pair));
    if (version !== undefined) return version;
  }
  return null;
}

/** Feeders looked into in either model. */
const mostFeeds = 64;

/** Part of the coefficients in which versions of one form may differ. */
const few = 1 / 4;

/** Whether two channels have the same form but for a factor, a few coefficients or the border. */
function isVersion(models: Models, { ours, theirs }: Spots): boolean {
  const a = models.ours.term(ours);
  const b = models.theirs.term(theirs);
  const domain = models.ours.domain(ours);
  if (a === null || b === null || !sameShape(domain, models.theirs.domain(theirs))) return false;
  const pair = { form: scaledForm(models, a), target: scaledForm(models, b), domain };
  const { differences, columns } = models.surveyor.survey(pair, () => true);
  return differences.length <= few * columns;
}
