/**
 * One step of an explanation: from two channels that ought to be the same to the two, further upstream,
 * that make them differ, or to the cause where nothing further upstream does.
 */
import { constantsAgree, scalesAgree } from '../atoms.ts';
import type { Survey } from './survey.ts';
import type { ValueId } from '../form.ts';
import type { Domain } from '../shift.ts';
import type { Value, ValueDefinition } from '../value.ts';
import { sameShape } from '../../model/shape.ts';
import type { Difference } from '../../verdict/verdict.ts';
import { bendCause } from './bends.ts';
import { affineCause, coefficientCause } from './coefficients.ts';
import {
  isHeld,
  isKnown,
  itself,
  ownForm,
  report,
  scaledForm,
  type Models,
  type Spots,
} from './context.ts';
import { counterparts, mostAlike, unlikeness, type ValuePair } from './counterparts.ts';
import { feederAtFault } from './feeders.ts';
import { agree, furthestUpstream } from './locate.ts';
import { brief, channelName, functionName, layerAction, valueName } from './words.ts';
import type { Spot, View } from './view.ts';

/** Two channels with the values they hold, and the channels that read them. */
export interface Situation {
  readonly spots: Spots;
  readonly values: ValuePair;
  readonly readers: Spots | null;
}

export type Outcome =
  | { readonly kind: 'deeper'; readonly situation: Situation }
  | { readonly kind: 'found'; readonly difference: Difference };

function found(models: Models, spots: Spots, cause: Parameters<typeof report>[2]): Outcome {
  return { kind: 'found', difference: report(models, spots, cause) };
}

/** The channels that hold two values before the places they are read at; the readers where none does. */
function descend(models: Models, values: ValuePair, readers: Spots): Outcome {
  const ours = models.ours.holderFor(readers.ours, values.ours);
  const theirs = models.theirs.holderFor(readers.theirs, values.theirs);
  return { kind: 'deeper', situation: { spots: { ours, theirs }, values, readers } };
}

/** The value a channel is bent from; null for values that are not piecewise linear functions of one. */
function bentFrom({ definition }: Value): ValueId | null {
  return definition.kind === 'relu' || definition.kind === 'kinks' ? definition.base : null;
}

/** From two channels with the same value, or of which one bends the other's: constants, scales, bends. */
function sameOrigin(models: Models, spots: Spots): Outcome {
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

/**
 * What two activations are applied to. An activation of an activation counts as one of the value further
 * upstream, in one model perhaps and not in the other: what resembles most is taken.
 */
function bentArguments(models: Models, at: Spots, [a, b]: readonly [ValueId, ValueId]): ValuePair {
  const candidates = (view: View, spot: Spot, base: ValueId): readonly ValueId[] => {
    const parents = view.parents(spot);
    const argument = parents?.length === 1 ? view.term(parents[0])?.value : undefined;
    return argument === undefined || argument === base ? [base] : [base, argument];
  };
  let best: ValuePair = { ours: a, theirs: b };
  let least = Infinity;
  for (const ours of candidates(models.ours, at.ours, a)) {
    for (const theirs of candidates(models.theirs, at.theirs, b)) {
      const apart = unlikeness(models, ours, theirs);
      if (apart >= least) continue;
      least = apart;
      best = { ours, theirs };
    }
  }
  return best;
}

/** Two activations of one value: their arguments, or the activations themselves. */
function bends(models: Models, { spots, values }: Situation): Outcome {
  const ours = models.ours.bent(spots.ours);
  const theirs = models.theirs.bent(spots.theirs);
  const at = { ours, theirs };
  const p = models.ours.parents(ours);
  const q = models.theirs.parents(theirs);
  if (p?.length === 1 && q?.length === 1) {
    const before = { ours: p[0], theirs: q[0] };
    const a = models.ours.term(before.ours);
    const b = models.theirs.term(before.theirs);
    const sameBase = a !== null && b !== null && a.value === b.value;
    if (sameBase && !agree(models, before) && shiftsAll(models, before, at)) {
      return sameOrigin(models, before);
    }
  }
  if (p?.length === 2 && q?.length === 2) {
    const branches = differingBranches(models, p, q);
    if (branches !== null) return fromSpots(models, branches, at);
  }
  return found(models, at, bendCause(models, at, values));
}

/** Of two sums of as many channels, the first two that ought to be the same and are not. */
function differingBranches(
  models: Models,
  own: readonly Spot[],
  other: readonly Spot[],
): Spots | null {
  const rest = [...other];
  const alone = own.filter((ours) => {
    const same = rest.findIndex((theirs) => agree(models, { ours, theirs }));
    if (same >= 0) rest.splice(same, 1);
    return same < 0;
  });
  const [ours] = alone;
  const value = ours === undefined ? undefined : models.ours.term(ours)?.value;
  const theirs = rest.find((spot) => models.theirs.term(spot)?.value === value) ?? rest[0];
  return ours === undefined || theirs === undefined ? null : { ours, theirs };
}

/**
 * Whether the arguments alone explain why two activations differ: applied to one argument, all their bends
 * would be in the same places.
 */
function shiftsAll(models: Models, before: Spots, at: Spots): boolean {
  const thresholds = (view: View, argument: Spot, spot: Spot): number[] => {
    const { slope, constant } = view.point(argument);
    return view
      .point(spot)
      .kinks.map((kink) => kink.threshold.mid * slope.mid + constant.mid)
      .sort((a, b) => a - b);
  };
  const ours = thresholds(models.ours, before.ours, at.ours);
  const theirs = thresholds(models.theirs, before.theirs, at.theirs);
  return (
    ours.length === theirs.length &&
    ours.every((t, i) => Math.abs(t - theirs[i]) <= 2 ** -16 * (1 + Math.abs(t)))
  );
}

/** Different functions of different arguments: the arguments where those differ, else the functions. */
function kinds(models: Models, situation: Situation): Outcome {
  const { spots } = situation;
  const ours = models.ours.bent(spots.ours);
  const theirs = models.theirs.bent(spots.theirs);
  const at = { ours, theirs };
  const name = (view: View, spot: Spot): string =>
    layerAction(view, spot) ?? `computes ${channelName(view, spot)}`;
  return found(models, at, {
    cause: `${name(models.ours, ours)} where the original ${name(models.theirs, theirs)}`,
  });
}

type Opaque = Extract<ValueDefinition, { kind: 'opaque' }>;

function opaques(models: Models, { spots }: Situation, a: Opaque, b: Opaque): Outcome {
  const ours = models.ours.bent(spots.ours);
  const theirs = models.theirs.bent(spots.theirs);
  const at = { ours, theirs };
  if (a.argument !== b.argument) {
    return descend(models, { ours: a.argument, theirs: b.argument }, at);
  }
  const p = models.ours.parents(ours)?.[0];
  const q = models.theirs.parents(theirs)?.[0];
  const steps = [scalesAgree(a.slope, b.slope), constantsAgree(a.constant, b.constant)];
  const argumentsDiffer = !steps.every(({ ulps }) => ulps <= models.maxUlps);
  if (argumentsDiffer && p !== undefined && q !== undefined) {
    return sameOrigin(models, { ours: p, theirs: q });
  }
  if (a.function === b.function)
    return kinds(models, { spots, values: { ours: 0, theirs: 0 }, readers: null });
  return found(models, at, {
    cause: `applies ${functionName(a.function)} where the original applies ${functionName(b.function)}`,
  });
}

function softmaxes(models: Models, { spots }: Situation): Outcome {
  const ours = models.ours.bent(spots.ours);
  const theirs = models.theirs.bent(spots.theirs);
  const at = { ours, theirs };
  const own = models.ours.sources(ours);
  const other = models.theirs.sources(theirs);
  if (own.length !== other.length) {
    return found(models, at, {
      cause: `softmax over ${own.length} channels where the original has ${other.length}`,
    });
  }
  for (const [k, spot] of own.entries()) {
    const pair = { ours: spot, theirs: other[k] };
    if (agree(models, pair)) continue;
    const a = models.ours.term(spot);
    const b = models.theirs.term(other[k]);
    const both = a !== null && b !== null;
    if (both && isKnown(models, a.value) && isHeld(models, b.value) && a.value !== b.value) {
      return found(models, at, {
        cause:
          `argument ${k} of the softmax is ${valueName(models, a.value, at)} where the original has ` +
          valueName(models, b.value, at),
      });
    }
    return fromSpots(models, pair, at);
  }
  return found(models, at, { cause: 'another channel of the softmax' });
}

type Product = Extract<ValueDefinition, { kind: 'product' }>;

function products(models: Models, { spots }: Situation, a: Product, b: Product): Outcome {
  const ours = models.ours.bent(spots.ours);
  const theirs = models.theirs.bent(spots.theirs);
  const at = { ours, theirs };
  const rest = [...b.factors];
  const alone = a.factors.filter((factor) => {
    const same = rest.indexOf(factor);
    if (same >= 0) rest.splice(same, 1);
    return same < 0;
  });
  const pairs = alone.flatMap((own) => rest.map((other) => ({ ours: own, theirs: other })));
  const worth = pairs
    .filter((pair) => !isKnown(models, pair.ours) || !isHeld(models, pair.theirs))
    .map((pair) => ({ pair, apart: unlikeness(models, pair.ours, pair.theirs) }))
    .sort((x, y) => x.apart - y.apart);
  const [closest] = worth;
  const isNew = ({ ours, theirs }: ValuePair): boolean =>
    !isKnown(models, ours) && !isHeld(models, theirs);
  if (closest !== undefined && (closest.apart < 1 || isNew(closest.pair))) {
    return descend(models, closest.pair, at);
  }
  const names = (factors: readonly ValueId[]): string =>
    factors.map((factor) => valueName(models, factor, at)).join(' and ');
  return found(models, at, {
    cause: `multiplies by ${names(alone)} where the original multiplies by ${names(rest)}`,
  });
}

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
function forms(models: Models, situation: Situation): Outcome {
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

/** A channel that only the converted model bends. */
function bentOnly(models: Models, { spots, values }: Situation): Outcome {
  const [ours = spots.ours] = models.ours.holders(values.ours);
  const argument = models.ours.parents(ours);
  const theirs =
    models.theirs
      .holders(values.theirs)
      .find(
        (spot) => argument?.length === 1 && agree(models, { ours: argument[0], theirs: spot }),
      ) ?? spots.theirs;
  const action = layerAction(models.ours, ours) ?? 'bends the channel';
  const unchanged = `the original passes ${channelName(models.theirs, theirs)} on unchanged`;
  const lower = reach(models.interner.table.get(values.ours));
  return found(models, { ours, theirs }, { cause: `${action} where ${unchanged}${lower}` });
}

/** Takes one step. */
export function advance(models: Models, situation: Situation): Outcome {
  const { spots, values } = situation;
  const { table } = models.interner;
  if (values.ours === values.theirs) return sameOrigin(models, spots);
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
  if (p.kind === 'maxPool' && q.kind === 'maxPool') {
    if (p.argument !== q.argument) {
      const pair = { ours: p.argument, theirs: q.argument };
      if (sameShape(table.get(pair.ours).domain, table.get(pair.theirs).domain)) {
        return descend(models, pair, at);
      }
      const [read, instead] = [pair.ours, pair.theirs].map((id) => valueName(models, id, at));
      return found(models, at, {
        cause: `takes the maximum of ${read} where the original takes it of ${instead}`,
      });
    }
    if (p.sign !== q.sign) {
      return found(models, at, {
        cause:
          'takes the maximum of the negated value: the sign of a factor does not pass a maximum',
      });
    }
    return kinds(models, situation);
  }
  if (p.kind === 'opaque' && q.kind === 'opaque') return opaques(models, situation, p, q);
  if (p.kind === 'softmax' && q.kind === 'softmax') return softmaxes(models, situation);
  if (p.kind === 'product' && q.kind === 'product') return products(models, situation, p, q);
  if (p.kind === 'linear' || q.kind === 'linear') return forms(models, situation);
  return kinds(models, situation);
}

/** Where a value that is cut off is cut off. */
function reach({ definition }: Value): string {
  if (definition.kind !== 'relu') return '';
  return `, which can be lower than ${brief(definition.threshold.mid)}`;
}
