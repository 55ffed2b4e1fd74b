/** Functions nobody looks into – pools, opaque functions, softmax, products – that ought to be the same. */
import { sameShape } from '../../model/shape.ts';
import { constantsAgree, scalesAgree } from '../atoms.ts';
import type { ValueId } from '../form.ts';
import type { ValueDefinition } from '../value.ts';
import { isHeld, isKnown, type Models, type Spots } from './context.ts';
import { unlikeness, type ValuePair } from './counterparts.ts';
import { agree } from './locate.ts';
import { descend, found, fromSpots, sameOrigin, type Outcome, type Situation } from './outcome.ts';
import { channelName, functionName, layerAction, valueName } from './words.ts';

/** Different functions of different arguments: the arguments where those differ, else the functions. */
export function kinds(models: Models, spots: Spots): Outcome {
  const ours = models.ours.bent(spots.ours);
  const theirs = models.theirs.bent(spots.theirs);
  const at = { ours, theirs };
  const own = layerAction(models.ours, ours);
  const other = layerAction(models.theirs, theirs);
  if (own !== null && other !== null && own !== other) {
    return found(models, at, { cause: `${own} where the original ${other}` });
  }
  const [here, there] = [channelName(models.ours, ours), channelName(models.theirs, theirs)];
  return found(models, at, {
    cause: `${here} is another function than ${there} of the original`,
  });
}

type Opaque = Extract<ValueDefinition, { kind: 'opaque' }>;

export function opaques(models: Models, { spots }: Situation, a: Opaque, b: Opaque): Outcome {
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
  if (a.function === b.function) return kinds(models, spots);
  return found(models, at, {
    cause: `applies ${functionName(a.function)} where the original applies ${functionName(b.function)}`,
  });
}

export function softmaxes(models: Models, { spots }: Situation): Outcome {
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

export function products(models: Models, { spots }: Situation, a: Product, b: Product): Outcome {
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

type MaxPool = Extract<ValueDefinition, { kind: 'maxPool' }>;

export function maxPools(models: Models, { spots }: Situation, a: MaxPool, b: MaxPool): Outcome {
  const { table } = models.interner;
  const at = { ours: models.ours.bent(spots.ours), theirs: models.theirs.bent(spots.theirs) };
  if (a.argument !== b.argument) {
    const pair = { ours: a.argument, theirs: b.argument };
    if (sameShape(table.get(pair.ours).domain, table.get(pair.theirs).domain)) {
      return descend(models, pair, at);
    }
    const [read, instead] = [pair.ours, pair.theirs].map((id) => valueName(models, id, at));
    return found(models, at, {
      cause: `takes the maximum of ${read} where the original takes it of ${instead}`,
    });
  }
  if (a.sign === b.sign) return kinds(models, spots);
  return found(models, at, {
    cause: 'takes the maximum of the negated value: the sign of a factor does not pass a maximum',
  });
}
