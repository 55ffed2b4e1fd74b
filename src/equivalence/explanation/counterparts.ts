/**
 * Which value of the converted model ought to be which value of the original.
 *
 * Two channels read the same things but for some values that only one model has. Those that stand in the
 * same places – read through the same taps with the same coefficients, or made from the same value – are
 * taken for two versions of one. A guess, and only ever used to say where models part.
 */
import type { Survey } from './survey.ts';
import type { ValueId } from '../form.ts';
import type { ShiftId } from '../shift.ts';
import { sameShape } from '../../model/shape.ts';
import { isHeld, isKnown, ownForm, type Models } from './context.ts';

export interface ValuePair {
  readonly ours: ValueId;
  readonly theirs: ValueId;
}

/** The coefficients of one value, by where it is read. */
export type Taps = ReadonlyMap<ShiftId, number>;

/** Relative distances up to which coefficients are taken for the same, and for versions of one. */
const sameCoefficients = 2 ** -16;
const similarCoefficients = 2 ** -6;

/** Fewer taps than this agree by chance. */
const telling = 4;

/** Σ|a − b| / Σ|b|. */
function tapDistance(a: Taps, b: Taps): number {
  let apart = 0;
  let total = 0;
  for (const [shift, value] of b) {
    apart += Math.abs((a.get(shift) ?? 0) - value);
    total += Math.abs(value);
  }
  for (const [shift, value] of a) if (!b.has(shift)) apart += Math.abs(value);
  return apart / total;
}

/** a with its largest coefficient brought to b's at the same place. */
function proportioned(a: Taps, b: Taps): Taps {
  let best = 0;
  let factor = 1;
  for (const [shift, value] of b) {
    const other = a.get(shift) ?? 0;
    if (Math.abs(value) <= best || other === 0) continue;
    best = Math.abs(value);
    factor = value / other;
  }
  return new Map([...a].map(([shift, value]) => [shift, value * factor]));
}

/** The differing coefficients of one side, value by value. */
export function tapsOf(
  { interner: { table } }: Models,
  { differences }: Survey,
  side: 'form' | 'target',
): Map<ValueId, Map<ShiftId, number>> {
  const found = new Map<ValueId, Map<ShiftId, number>>();
  for (const difference of differences) {
    const coefficient = difference[side];
    if (coefficient === 0) continue;
    const value = table.columnValue(difference.column);
    const taps = found.get(value) ?? new Map<ShiftId, number>();
    found.set(value, taps);
    taps.set(table.columnShift(difference.column), coefficient);
  }
  return found;
}

/** What a value is a function of, where it is a function of few. */
function madeFrom({ interner: { table } }: Models, id: ValueId): readonly ValueId[] {
  const { definition } = table.get(id);
  switch (definition.kind) {
    case 'relu':
    case 'kinks':
      return [definition.base];
    case 'maxPool':
    case 'opaque':
      // −1 stands for a constant.
      return definition.argument === -1 ? [] : [definition.argument];
    case 'product':
      return definition.factors;
    case 'linear':
      return [definition.reading?.value ?? definition.meanOf ?? []].flat();
    case 'input':
    case 'softmax':
    case 'unknown':
      return [];
  }
}

function sameName({ interner: { table } }: Models, a: ValueId, b: ValueId): boolean {
  const p = table.get(a).origin;
  const q = table.get(b).origin;
  return p.layer === q.layer && p.channel === q.channel;
}

/** How unlike two values are, 0 for equal ones: by what they are made from, down to their coefficients. */
export function unlikeness(models: Models, a: ValueId, b: ValueId): number {
  if (a === b) return 0;
  const { interner, surveyor } = models;
  const p = interner.table.get(a);
  const q = interner.table.get(b);
  const from = madeFrom(models, a);
  const other = madeFrom(models, b);
  if (p.definition.kind === q.definition.kind && from.length === 1 && other.length === 1) {
    return unlikeness(models, from[0], other[0]);
  }
  if (!sameShape(p.domain, q.domain)) return 2;
  const forms = { form: ownForm(models, a), target: ownForm(models, b), domain: p.domain };
  return surveyor.distance(forms);
}

/** Values of one side only, with the coefficients they are read with. */
type Side = ReadonlyMap<ValueId, Taps>;

function weightOf(taps: Taps): { readonly sum: number; readonly size: number } {
  let sum = 0;
  let size = 0;
  for (const coefficient of taps.values()) {
    sum += coefficient;
    size += Math.abs(coefficient);
  }
  return { sum, size };
}

/** Pairs read with the same coefficients; sorted by their sums, so that not every pair is looked at. */
function sameTaps(ours: Side, theirs: Side): readonly ValuePair[] {
  const sorted = [...theirs]
    .map(([value, taps]) => ({ value, taps, ...weightOf(taps) }))
    .sort((a, b) => a.sum - b.sum);
  const pairs: ValuePair[] = [];
  for (const [value, taps] of ours) {
    const { sum, size } = weightOf(taps);
    const reach = 2 * sameCoefficients * size;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle].sum < sum - reach) low = middle + 1;
      else high = middle;
    }
    for (let k = low; k < sorted.length && sorted[k].sum <= sum + reach; k++) {
      const other = sorted[k];
      if (tapDistance(taps, other.taps) > sameCoefficients) continue;
      pairs.push({ ours: value, theirs: other.value });
    }
  }
  return pairs;
}

/** Pairs of which one is made from the other, or both from a third. */
function kin(models: Models, ours: Side, theirs: Side): readonly ValuePair[] {
  const readers = new Map<ValueId, ValueId[]>();
  const note = (source: ValueId, value: ValueId): void => {
    const known = readers.get(source);
    if (known === undefined) readers.set(source, [value]);
    else known.push(value);
  };
  for (const value of theirs.keys()) {
    note(value, value);
    for (const source of madeFrom(models, value)) note(source, value);
  }
  return [...ours.keys()].flatMap((value) =>
    [value, ...madeFrom(models, value)].flatMap((source) =>
      (readers.get(source) ?? []).map((other) => ({ ours: value, theirs: other })),
    ),
  );
}

/** A weaker reason to take two values for each other; lower is better, null for none. */
function resemblance(models: Models, pair: ValuePair, ours: Taps, theirs: Taps): number | null {
  const many = Math.min(ours.size, theirs.size) >= telling;
  if (many && tapDistance(ours, theirs) <= similarCoefficients) return 0;
  if (sameName(models, pair.ours, pair.theirs)) return 1;
  const scaled = many ? tapDistance(proportioned(ours, theirs), theirs) : 1;
  return scaled <= sameCoefficients ? 2 : null;
}

function resembling(models: Models, ours: Side, theirs: Side): readonly ValuePair[] {
  let best = Infinity;
  let pairs: ValuePair[] = [];
  for (const [a, own] of ours) {
    for (const [b, other] of theirs) {
      const pair = { ours: a, theirs: b };
      const reason = resemblance(models, pair, own, other);
      if (reason === null || reason > best) continue;
      if (reason < best) pairs = [];
      best = reason;
      pairs.push(pair);
    }
  }
  return pairs;
}

/** Whether both values are activations of something, or neither is. */
function isAlike({ interner: { table } }: Models, { ours, theirs }: ValuePair): boolean {
  const [a, b] = [ours, theirs].map((value) => {
    const { kind } = table.get(value).definition;
    return kind === 'relu' || kind === 'kinks';
  });
  return a === b;
}

/**
 * Pairs of values that ought to be one, of which one model lacks at least one, for the best of the reasons
 * there are. An activation is taken for a value that is none only where it is one of it, or if `lenient`.
 */
export function counterparts(
  models: Models,
  survey: Survey,
  lenient: boolean,
): readonly ValuePair[] {
  const all = { ours: tapsOf(models, survey, 'form'), theirs: tapsOf(models, survey, 'target') };
  const ours = new Map([...all.ours].filter(([value]) => !all.theirs.has(value)));
  const theirs = new Map([...all.theirs].filter(([value]) => !all.ours.has(value)));
  if (ours.size === 0 || theirs.size === 0) return [];
  const isMissing = (pair: ValuePair): boolean =>
    !isKnown(models, pair.ours) || !isHeld(models, pair.theirs);
  const isPlausible = (pair: ValuePair): boolean =>
    isMissing(pair) && (lenient || isAlike(models, pair));
  const same = sameTaps(ours, theirs).filter(isMissing);
  const related = kin(models, ours, theirs).filter(isMissing);
  const key = (pair: ValuePair): string => `${pair.ours} ${pair.theirs}`;
  const relatedKeys = new Set(related.map(key));
  const both = same.filter((pair) => relatedKeys.has(key(pair)));
  for (const pairs of [both, same.filter(isPlausible), related]) {
    if (pairs.length > 0) return pairs;
  }
  return resembling(models, ours, theirs).filter(isPlausible);
}

/** Ties looked into. */
const mostTies = 64;

/** Of pairs with equal reasons the one whose values are most alike. */
export function mostAlike(models: Models, pairs: readonly ValuePair[]): ValuePair | null {
  if (pairs.length <= 1) return pairs[0] ?? null;
  let best: ValuePair | null = null;
  let least = Infinity;
  for (const pair of pairs.slice(0, mostTies)) {
    const distance = unlikeness(models, pair.ours, pair.theirs);
    if (distance >= least) continue;
    least = distance;
    best = pair;
  }
  return best;
}
