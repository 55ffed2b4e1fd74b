/**
 * Activations – piecewise linear functions of one value – that ought to be the same: the arguments where
 * those differ, else the functions.
 */
import type { ValueId } from '../form.ts';
import type { Value } from '../value.ts';
import type { Cause, Models, Spots } from './context.ts';
import { unlikeness, type ValuePair } from './counterparts.ts';
import { agree } from './locate.ts';
import { found, fromSpots, sameOrigin, type Outcome, type Situation } from './outcome.ts';
import type { Spot, View } from './view.ts';
import { brief, channelName, layerAction } from './words.ts';

/** The value a channel is bent from; null for values that are not piecewise linear functions of one. */
export function bentFrom({ definition }: Value): ValueId | null {
  return definition.kind === 'relu' || definition.kind === 'kinks' ? definition.base : null;
}

/**
 * What two activations are applied to. An activation of an activation counts as one of the value further
 * upstream, in one model perhaps and not in the other: what resembles most is taken.
 */
export function bentArguments(
  models: Models,
  at: Spots,
  [a, b]: readonly [ValueId, ValueId],
): ValuePair {
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

/** Where an activation is applied, which may be several layers before the place that holds its value. */
function madeAt(view: View, value: ValueId, spot: Spot): Spot {
  const [first] = view.holders(value);
  return view.bent(first !== undefined && first.at < spot.at ? first : spot);
}

/** Two activations of one value: their arguments, or the activations themselves. */
export function bends(models: Models, { spots, values }: Situation): Outcome {
  const ours = madeAt(models.ours, values.ours, spots.ours);
  const theirs = madeAt(models.theirs, values.theirs, spots.theirs);
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

/** A channel that only the converted model bends. */
export function bentOnly(models: Models, { spots, values }: Situation): Outcome {
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

/** Where a value that is cut off is cut off. */
function reach({ definition }: Value): string {
  if (definition.kind !== 'relu') return '';
  return `, which can be lower than ${brief(definition.threshold.mid)}`;
}

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
function bendCause(models: Models, at: Spots, values: ValuePair): Cause {
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
