/**
 * The layer to blame: where in a run of affine layers two channels that ought to be the same part.
 *
 * Values are known behind nonlinearities; between two of those a batch norm, a sum, a reserved channel may
 * be what is wrong. Both models are walked upstream, and channels named there that no proof needed.
 */
import { constantsAgree, scalesAgree } from '../atoms.ts';
import type { Survey } from './survey.ts';
import type { ValueId } from '../form.ts';
import type { ShiftId } from '../shift.ts';
import { borderDifference } from './border.ts';
import { isKnown, scaledForm, type Models, type Spots } from './context.ts';
import type { Spot, View } from './view.ts';
import { sameShape } from '../../model/shape.ts';

/** Whether two channels are the same function, as far as the numbering knows. */
export function agree(models: Models, { ours, theirs }: Spots): boolean {
  const p = models.ours.point(ours);
  const q = models.theirs.point(theirs);
  const a = models.ours.term(ours);
  const b = models.theirs.term(theirs);
  if (a?.value !== b?.value) return false;
  const steps = [constantsAgree(p.constant, q.constant)];
  if (a !== null && b !== null) steps.push(scalesAgree(a.scale, b.scale));
  return steps.every(({ ulps }) => ulps <= models.maxUlps);
}

/** Whether two channels have the same form, though perhaps not by the same name. */
function agreeInForm(models: Models, spots: Spots): boolean {
  if (agree(models, spots)) return true;
  const a = models.ours.term(spots.ours);
  const b = models.theirs.term(spots.theirs);
  if (a === null || b === null || a.value === b.value) return false;
  const domain = models.ours.domain(spots.ours);
  if (!sameShape(domain, models.theirs.domain(spots.theirs))) return false;
  const { constant } = models.ours.point(spots.ours);
  const { ulps } = constantsAgree(constant, models.theirs.point(spots.theirs).constant);
  if (!(ulps <= models.maxUlps)) return false;
  const pair = { form: scaledForm(models, a), target: scaledForm(models, b), domain };
  const survey = models.surveyor.survey(pair, () => true);
  const { scale, differences } = survey;
  return scale === 1 && differences.length === 0 && borderDifference(survey, domain) === null;
}

function isAffine(view: View, spot: Spot): boolean {
  switch (view.step(spot).layer?.kind) {
    case 'conv':
    case 'dense':
    case 'batchNorm':
    case 'scale':
    case 'translate':
    case 'add':
    case 'subtract':
    case 'concat':
    case 'select':
    case 'pad':
    case 'averagePool':
    case 'globalAveragePool':
    case 'flatten':
      return true;
    case undefined:
    case 'multiply':
    case 'relu':
    case 'clip':
    case 'leakyRelu':
    case 'prelu':
    case 'maxPool':
    case 'opaque':
      return false;
  }
}

/** The channels from this one upstream, by itself through affine layers: to the convolution and no further. */
function chain(view: View, spot: Spot): readonly Spot[] {
  const found: Spot[] = [];
  const waiting = [spot];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, channel } = next;
    if (!isAffine(view, next) || found.some((s) => s.at === at && s.channel === channel)) continue;
    found.push(next);
    waiting.push(...(view.parents(next) ?? []));
  }
  return found;
}

/** The channels that feed the run of affine layers a channel stands in. */
export function feeders(view: View, spot: Spot): readonly Spot[] {
  const run = chain(view, spot);
  const inside = (s: Spot): boolean => run.some((r) => r.at === s.at && r.channel === s.channel);
  return run.flatMap((s) => view.sources(s)).filter((s) => !inside(s));
}

function distance(models: Models, { ours, theirs }: Spots): number {
  const a = models.ours.term(ours);
  const b = models.theirs.term(theirs);
  if (a === null || b === null) return a === b ? 0 : 2;
  if (a.value === b.value) {
    return (
      Math.abs(a.scale.mid - b.scale.mid) / Math.max(Math.abs(a.scale.mid), Math.abs(b.scale.mid))
    );
  }
  const domain = models.ours.domain(ours);
  if (!sameShape(domain, models.theirs.domain(theirs))) return 2;
  const [form, target] = [a, b].map((term) => scaledForm(models, term));
  return models.surveyor.distance({ form, target, domain });
}

/** The pair furthest upstream, through affine layers that keep channels apart, that still differs. */
export function furthestUpstream(models: Models, spots: Spots): Spots {
  const theirs = chain(models.theirs, spots.theirs);
  const ours = chain(models.ours, spots.ours);
  // The original first: what the converted model has too is then recognised.
  for (const spot of theirs) models.theirs.term(spot);
  const matched = new Set<Spot>();
  const differing = ours.filter((spot) => {
    const partner = theirs.find((other) => agreeInForm(models, { ours: spot, theirs: other }));
    if (partner !== undefined) matched.add(partner);
    return partner === undefined;
  });
  const culprit = differing.reduce((a, b) => (b.at < a.at ? b : a), spots.ours);
  if (culprit === spots.ours) return spots;
  let best = spots.theirs;
  let least = Infinity;
  for (const spot of theirs) {
    if (matched.has(spot)) continue;
    const apart = distance(models, { ours: culprit, theirs: spot });
    if (apart >= least) continue;
    least = apart;
    best = spot;
  }
  return { ours: culprit, theirs: best };
}

/** What a feeder holds: a multiple of a value, or of a reading of it, and a constant. */
interface Feed {
  readonly spot: Spot;
  readonly own: ValueId;
  readonly value: ValueId;
  readonly shift: ShiftId;
  readonly scale: number;
}

function feedsOf(models: Models, view: View, spot: Spot): readonly Feed[] {
  const { table } = models.interner;
  return feeders(view, spot).flatMap((feeder): Feed[] => {
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
 * that the coefficients are, or with another constant where only constants differ. Null where the
 * difference arises right here.
 */
export function feederAtFault(models: Models, spots: Spots, survey: Survey | null): Spots | null {
  const { table } = models.interner;
  const ours = feedsOf(models, models.ours, spots.ours);
  const theirs = new Map<ValueId, Feed[]>();
  for (const feed of feedsOf(models, models.theirs, spots.theirs)) {
    const known = theirs.get(feed.value);
    if (known === undefined) theirs.set(feed.value, [feed]);
    else known.push(feed);
  }
  const ratios = new Map<ValueId, number>();
  const added = new Set<ValueId>();
  for (const { column, form, target } of survey?.differences ?? []) {
    const value = table.columnValue(column);
    if (target === 0) added.add(value);
    else ratios.set(value, (form / target) * (survey?.scale ?? 1));
  }
  const onlyConstants = survey === null || survey.differences.length === 0;
  const whole = survey === null ? wholeRatio(models, spots) : undefined;
  for (const feed of ours) {
    const partner = theirs.get(feed.value)?.find((f) => f.shift === feed.shift);
    if (partner === undefined) {
      // The value itself is read, but moved on the way.
      const [unmoved] = theirs.get(feed.value) ?? [];
      if (unmoved !== undefined && added.has(feed.value) && !isKnown(models, feed.own)) {
        return { ours: feed.spot, theirs: unmoved.spot };
      }
      continue;
    }
    const pair = { ours: feed.spot, theirs: partner.spot };
    if (agree(models, pair)) continue;
    const own = feed.scale / partner.scale;
    const isCause = isOne(own)
      ? onlyConstants && isOne(whole ?? 1)
      : explains(whole ?? ratios.get(feed.value), own);
    if (isCause) return pair;
  }
  return onlyConstants && survey !== null ? versionAtFault(models, ours, theirs) : null;
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
  theirs: ReadonlyMap<ValueId, readonly Feed[]>,
): Spots | null {
  const { table } = models.interner;
  const feed = ours.find(
    (f) => !isKnown(models, f.own) && table.get(f.own).definition.kind === 'linear',
  );
  if (feed === undefined) return null;
  for (const other of [...theirs.values()].flat()) {
    const pair = { ours: feed.spot, theirs: other.spot };
    if (distance(models, pair) <= near) return pair;
  }
  return null;
}
