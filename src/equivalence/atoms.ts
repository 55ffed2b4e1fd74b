/**
 * Nonlinear values, found again or made: kinks of piecewise linear functions, pools, opaque functions.
 *
 * Arguments are already numbered, so equal atoms are found by number; only the thresholds and factors
 * beside them are compared in units in the last place.
 */
import type { OpaqueFunction } from '../model/layer.ts';
import type { Allowance } from './allowance.ts';
import { isZero, negated, sameConstant, type Constant } from './constant.ts';
import { flatPieces, isFlatBehind, movedFlats, scaledFlats } from './flat-ends.ts';
import { zeroForm, type Form, type Part, type ValueId } from './form.ts';
import { sameFactors } from './factors.ts';
import { questionOf, questionsOfConstants } from './exact.ts';
import type { Ledger, Step } from './ledger.ts';
import type { Point, Term } from './piecewise.ts';
import { exactly, inverse, sameScale, times, zero, type Scale } from './scale.ts';
import type { Place, Table } from './table.ts';
import { takenUlps, type Taken } from './taken.ts';
import { roundoff, ulpsBetween } from './ulps.ts';
import type { Kink, ValueDefinition } from './value.ts';

export function constantsAgree(a: Constant, b: Constant): Step {
  if (sameConstant(a, b)) return { ulps: 0, exact: true };
  const yardstick = Math.max(a.yardstick, b.yardstick);
  const ulps = ulpsBetween(a.mid - b.mid, yardstick, a.error + b.error);
  return { ulps, exact: false, questions: questionsOfConstants(a, b) };
}

export function scalesAgree(a: Scale, b: Scale): Step {
  if (sameScale(a, b)) return { ulps: 0, exact: true };
  const magnitude = Math.max(Math.abs(a.mid), Math.abs(b.mid));
  const error = (a.roundings + b.roundings) * roundoff * magnitude;
  const ulps = ulpsBetween(a.mid - b.mid, magnitude, error);
  const question = questionOf(a, b);
  return { ulps, exact: false, questions: question === null ? null : [question] };
}

function joint(steps: readonly Step[]): Step {
  const open = steps.filter((s) => !s.exact).map((s) => s.questions ?? null);
  return {
    ulps: Math.max(0, ...steps.map((s) => s.ulps)),
    exact: open.length === 0,
    questions: open.includes(null) ? null : open.flatMap((questions) => questions ?? []),
  };
}

/** a / b where b is not zero. */
function quotient(a: Scale, b: Scale): Scale {
  if (a.mid === 0) return zero;
  if (Math.abs(a.mid) === Math.abs(b.mid) && sameFactors(a.key, b.key)) {
    return exactly(Math.sign(a.mid) * Math.sign(b.mid));
  }
  return times(a, inverse(b));
}

/** An argument of an atom: slope · value + constant. */
export interface Argument {
  readonly value: ValueId;
  readonly slope: Scale;
  readonly constant: Constant;
}

function argumentsAgree(a: Argument, b: Argument): Step {
  if (a.value !== b.value) return { ulps: Infinity, exact: false };
  return joint([scalesAgree(a.slope, b.slope), constantsAgree(a.constant, b.constant)]);
}

/** A piecewise linear function of one value: all slopes over that of the first kink. */
interface Bends {
  readonly ratios: readonly Scale[];
  readonly thresholds: readonly Constant[];
  /** Where it is flat behind a kink; null where that is known by the thresholds only. */
  readonly flat: readonly Constant[] | null;
}

function bendsAgree(a: Bends, b: Bends): Step {
  const apart: Step = { ulps: Infinity, exact: false };
  const [ours, theirs] = [a.flat, b.flat];
  // A level known by thresholds only is the same where these are, and rounding hides what else it may be.
  const isSame = a.thresholds.every((threshold, i) => sameConstant(threshold, b.thresholds[i]));
  if (ours === null || theirs === null ? !isSame : ours.length !== theirs.length) return apart;
  const levels =
    isSame || ours === null ? [] : ours.map((level, i) => constantsAgree(level, (theirs ?? [])[i]));
  return joint([
    ...a.ratios.map((ratio, i) => scalesAgree(ratio, b.ratios[i])),
    ...a.thresholds.map((threshold, i) => constantsAgree(threshold, b.thresholds[i])),
    ...levels,
  ]);
}

/** slope · base + Σ kinks, the kinks from left to right. */
interface Bent {
  readonly base: ValueId;
  readonly slope: Scale;
  readonly kinks: readonly Kink[];
}

interface Entry<T> {
  readonly key: T;
  readonly id: ValueId;
}

const alone = { others: [], bound: false };

export class Atoms {
  readonly #table: Table;
  readonly #allowance: Allowance;
  readonly #ledger: Ledger;
  readonly #taken: Taken;
  readonly #entries = new Map<string, Entry<readonly Argument[]>[]>();
  readonly #relus = new Map<ValueId, Entry<Constant>[]>();
  readonly #bound = new Set<ValueId>();
  readonly #kinks = new Map<string, Entry<Bends>[]>();

  constructor(options: {
    readonly table: Table;
    readonly ledger: Ledger;
    readonly allowance: Allowance;
    readonly taken: Taken;
  }) {
    this.#table = options.table;
    this.#ledger = options.ledger;
    this.#allowance = options.allowance;
    this.#taken = options.taken;
  }

  /** Among entries, the one that agrees best, booked; null where none agrees well enough. */
  #find<T>(entries: readonly Entry<T>[], agree: (key: T) => Step, place: Place): ValueId | null {
    const { limit } = this.#allowance;
    let best: { id: ValueId; step: Step; doubt: number } | null = null;
    for (const { key, id } of entries) {
      const step = agree(key);
      if (!step.exact && !(step.ulps <= limit)) continue;
      const taken = this.#taken.byAnother(id, place.origin) ? takenUlps : 0;
      const doubt = step.exact ? -1 : step.ulps + taken;
      if (best === null || doubt < best.doubt) best = { id, step, doubt };
    }
    if (best === null) return null;
    this.#ledger.charge(best.step, place.origin);
    this.#taken.note(best.id, place.origin);
    return best.id;
  }

  /**
   * max(base − threshold, 0). A `bound` one is of a function that is flat at a number other than zero, which its
   * thresholds must not move: it is nobody else's but by the very same threshold. None of `others`, which are of
   * other kinks of the same function.
   */
  relu(
    base: ValueId,
    threshold: Constant,
    place: Place,
    { others, bound }: { readonly others: readonly ValueId[]; readonly bound: boolean } = alone,
  ): ValueId {
    const entries = listIn(this.#relus, base);
    const free = entries.filter(
      ({ id, key }) =>
        !others.includes(id) && ((!bound && !this.#bound.has(id)) || sameConstant(key, threshold)),
    );
    const known = this.#find(free, (key) => constantsAgree(key, threshold), place);
    if (known !== null) return known;
    const id = this.#table.add({ kind: 'relu', base, threshold }, place);
    entries.push({ key: threshold, id });
    if (bound) this.#bound.add(id);
    return id;
  }

  /** Whether some function of the value is known to bend at about this threshold. */
  bends(base: ValueId, threshold: Constant): boolean {
    const { maxUlps } = this.#allowance;
    const known = this.#relus.get(base) ?? [];
    return known.some(({ key }) => constantsAgree(key, threshold).ulps <= maxUlps);
  }

  /**
   * slope · base + Σ kinks as a multiple of one value: the weight of the first kink is taken out. Null where
   * nothing is left.
   */
  piecewise(
    point: Pick<Point, 'base' | 'slope' | 'constant' | 'kinks' | 'flats'>,
    place: Place,
  ): Term | null {
    const { base, slope } = point;
    if (point.kinks.length === 0) return slope.mid === 0 ? null : { value: base, scale: slope };
    if (point.kinks.length === 1 && slope.mid === 0) {
      const [{ threshold, weight }] = point.kinks;
      return { value: this.relu(base, threshold, place), scale: weight };
    }
    const sorted = [...point.kinks].sort((a, b) => a.threshold.mid - b.threshold.mid);
    const first = sorted[0].weight;
    const ratios = [slope, ...sorted.map((k) => k.weight)].map((scale) => quotient(scale, first));
    // Of the value, which is without the constant.
    const flats = scaledFlats(movedFlats(point.flats, negated(point.constant)), inverse(first));
    const kinks = sorted.map(({ threshold }, i) => ({ threshold, weight: ratios[i + 1] }));
    const flat = flatPieces({ slope: ratios[0], kinks, ...flats });
    const bends: Bends = { ratios, thresholds: sorted.map((k) => k.threshold), flat };
    // All kinks together: of kinks that lie close together each by itself may be taken for another.
    const entries = listIn(this.#kinks, `${base} ${slope.mid === 0} ${sorted.length}`);
    const known = this.#find(entries, (key) => bendsAgree(key, bends), place);
    if (known !== null) return { value: known, scale: first };
    const own = { base, slope: ratios[0], kinks, flats };
    const shared = flat === null ? null : this.#relusOf(own, place, false);
    const isKept = shared !== null && this.#keepsLevels(own, shared, flat ?? []);
    const relus = isKept ? shared : this.#relusOf(own, place, true);
    const parts = [base, ...relus]
      .map((value, i): Part => ({ kind: 'value', value, shift: 0, scale: ratios[i] }))
      .filter((part) => part.scale.mid !== 0);
    const form: Form = { ...zeroForm, parts };
    const definition = { kind: 'kinks', ...own, form: () => form } as const;
    const id = this.#table.add(definition, place);
    entries.push({ key: bends, id });
    return { value: id, scale: first };
  }

  /** A ReLU for each kink: two kinks are two, however large the constants are beside which they lie together. */
  #relusOf({ base, kinks }: Bent, place: Place, bound: boolean): readonly ValueId[] {
    const relus: ValueId[] = [];
    for (const { threshold } of kinks) {
      relus.push(this.relu(base, threshold, place, { others: relus, bound }));
    }
    return relus;
  }

  /**
   * Whether a function is as high where it is flat, up to rounding judged by how high that is, with the thresholds of
   * the ReLUs it is written over.
   */
  #keepsLevels(f: Bent, relus: readonly ValueId[], flat: readonly Constant[]): boolean {
    if (flat.every(isZero)) return true;
    let moved = 0;
    let piece = 0;
    for (const [i, { threshold, weight }] of f.kinks.entries()) {
      const { definition } = this.#table.get(relus[i]);
      if (definition.kind === 'relu')
        moved += weight.mid * (threshold.mid - definition.threshold.mid);
      if (!isFlatBehind(f, i + 1)) continue;
      const level = flat[piece++];
      if (!(ulpsBetween(moved, Math.abs(level.mid), level.error) <= this.#allowance.limit))
        return false;
    }
    return true;
  }

  /** An atom of numbered arguments; `name` says which function, with all its attributes. */
  of(
    name: string,
    argument: readonly Argument[],
    definition: ValueDefinition,
    place: Place,
  ): ValueId {
    const { height, width } = place.domain;
    const key = `${name} ${height}×${width} ${argument.map((a) => a.value).join(',')}`;
    const entries = listIn(this.#entries, key);
    const agree = (known: readonly Argument[]): Step =>
      joint(known.map((a, i) => argumentsAgree(a, argument[i])));
    const known = this.#find(entries, agree, place);
    if (known !== null) return known;
    const id = this.#table.add(definition, place);
    entries.push({ key: argument, id });
    return id;
  }

  opaque(
    fn: OpaqueFunction,
    alpha: number,
    beta: number,
    argument: Argument,
    place: Place,
  ): ValueId {
    const { value, slope, constant } = argument;
    const definition: ValueDefinition = {
      kind: 'opaque',
      function: fn,
      argument: value,
      slope,
      constant,
    };
    return this.of(`${fn} ${alpha} ${beta}`, [argument], definition, place);
  }
}

function listIn<K, T>(map: Map<K, T[]>, key: K): T[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh: T[] = [];
  map.set(key, fresh);
  return fresh;
}
