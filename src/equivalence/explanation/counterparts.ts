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
      return [definition.argument];
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

function related(models: Models, a: ValueId, b: ValueId): boolean {
  const from = madeFrom(models, a);
  const other = madeFrom(models, b);
  return from.includes(b) || other.includes(a) || from.some((value) => other.includes(value));
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

/** How good a reason there is to take two values for each other; lower is better, null for none. */
function rank(models: Models, pair: ValuePair, taps: { ours: Taps; theirs: Taps }): number | null {
  const apart = tapDistance(taps.ours, taps.theirs);
  const kin = related(models, pair.ours, pair.theirs);
  if (apart <= sameCoefficients) return kin ? 0 : 1;
  if (kin) return 2;
  const many = Math.min(taps.ours.size, taps.theirs.size) >= telling;
  if (many && apart <= similarCoefficients) return 3;
  if (sameName(models, pair.ours, pair.theirs)) return 4;
  const scaled = many ? tapDistance(proportioned(taps.ours, taps.theirs), taps.theirs) : 1;
  return scaled <= sameCoefficients ? 5 : null;
}

/** Pairs of which at least one is missing in the other model, the best reason first. */
function ranked(models: Models, survey: Survey): readonly ValuePair[] {
  const ours = tapsOf(models, survey, 'form');
  const theirs = tapsOf(models, survey, 'target');
  const alien = (value: ValueId): boolean => !isKnown(models, value);
  const lost = (value: ValueId): boolean => !isHeld(models, value);
  let best = Infinity;
  let pairs: ValuePair[] = [];
  for (const [a, own] of ours) {
    if (theirs.has(a)) continue;
    const mine = alien(a);
    for (const [b, other] of theirs) {
      if (ours.has(b) || !(mine || lost(b))) continue;
      const pair = { ours: a, theirs: b };
      const reason = rank(models, pair, { ours: own, theirs: other });
      if (reason === null || reason > best) continue;
      if (reason < best) pairs = [];
      best = reason;
      pairs.push(pair);
    }
    // One pair with the best of reasons is as good as any other.
    if (best === 0) break;
  }
  return pairs;
}

/** Ties looked into. */
const mostTies = 64;

/** The pair of values that most surely ought to be one, or null. */
export function counterparts(models: Models, survey: Survey): ValuePair | null {
  const pairs = ranked(models, survey);
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

/** Whether any pair is worth descending into; makes no comparison of its own. */
export function hasCounterparts(models: Models, survey: Survey): boolean {
  return ranked(models, survey).length > 0;
}
