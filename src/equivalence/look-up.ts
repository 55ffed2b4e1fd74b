/**
 * Finds the value a form is a multiple of.
 *
 * A converter keeps the order of channels more often than not, so the value after the one found last is
 * tried first, which takes no fingerprint at all. Only where that fails are fingerprints made and asked.
 * The original's own forms are looked up (for channels it has twice) only when a first attempt at the
 * proof has failed: `thorough`.
 */
import type { Allowance } from './allowance.ts';
import type { Comparison, Match } from './comparison.ts';
import type { Fingerprint } from './fingerprint.ts';
import { Fingerprints } from './fingerprints.ts';
import { constantsAgree } from './atoms.ts';
import { nothing, scaled, type Constant } from './constant.ts';
import { zeroForm, type Form, type ValueId } from './form.ts';
import type { Ledger } from './ledger.ts';
import { PhaseIndex } from './phase-index.ts';
import { one } from './scale.ts';
import { sameShape } from '../model/shape.ts';
import type { Place, Table } from './table.ts';
import { takenUlps, usualUlps, type Taken } from './taken.ts';
import { formOf } from './value.ts';

/**
 * How far fingerprints of one form may be apart, relative to what was added up: each coefficient off by two
 * units in the last place, all in one direction. More, in all directions, stays within that too.
 */
const slack = 2 ** -22;

/** Candidates compared before a form is taken for new. */
const tries = 4;

/** Factors this close to one, or to a power of two, differ from it by rounding. */
const likeOne = 2 ** -18;

/** Whether a factor is a power of two but for rounding, as nearly all are that a converter meets. */
function isLikely(factor: number): boolean {
  const size = Math.abs(factor);
  return Math.abs(size / 2 ** Math.round(Math.log2(size)) - 1) < likeOne;
}

function isFlat({ magnitude }: Fingerprint): boolean {
  return magnitude === 0;
}

interface Candidate {
  readonly id: ValueId;
  readonly factor: number;
}

/** `value` null: the form is zero but for a constant. */
export type Found = Match & { readonly value: ValueId | null };

export class LookUp {
  readonly #table: Table;
  readonly #comparison: Comparison;
  readonly #ledger: Ledger;
  readonly #thorough: boolean;
  readonly #allowance: Allowance;
  readonly #taken: Taken;
  readonly #prints: Fingerprints;
  /** A second opinion: among thousands of values some are near by chance, and to find out takes long. */
  readonly #seconds: Fingerprints;
  readonly #phases = new PhaseIndex();
  /** Of values that are nothing but constants in their border. */
  readonly #borders = new PhaseIndex();
  #indexed = 0;
  /** The original's named forms in the order they were made, and the one expected next. */
  readonly #expected: ValueId[] = [];
  readonly #beside = new Map<ValueId, Constant>();
  #next = 0;

  constructor(options: {
    readonly table: Table;
    readonly comparison: Comparison;
    readonly ledger: Ledger;
    readonly thorough: boolean;
    readonly allowance: Allowance;
    readonly taken: Taken;
  }) {
    this.#table = options.table;
    this.#comparison = options.comparison;
    this.#ledger = options.ledger;
    this.#thorough = options.thorough;
    this.#allowance = options.allowance;
    this.#taken = options.taken;
    this.#prints = new Fingerprints(options.table, 0x9e3779b9);
    this.#seconds = new Fingerprints(options.table, 0x6a09e667);
  }

  /** Notes a named form as one that the converted model may have too, with the constant that is kept beside it. */
  expect(value: ValueId, beside: Constant): void {
    if (this.#allowance.forgives) return;
    this.#expected.push(value);
    if (beside !== nothing) this.#beside.set(value, beside);
  }

  find(form: Form, place: Place): Found | null {
    if (!this.#allowance.forgives) return this.#thorough ? this.#search(form, place) : null;
    return this.#guess(form, place) ?? this.#search(form, place);
  }

  /** Books a match, if it is one. */
  #accept(match: Match | null, value: ValueId | null, place: Place): Found | null {
    if (match === null || !this.#counts(match)) return null;
    this.#ledger.charge(match, place.origin);
    if (value !== null) this.#taken.note(value, place.origin);
    return { ...match, value };
  }

  /** For the original only a match counts that is exact, as far as float64 can tell. */
  #counts({ exact, ulps }: Match): boolean {
    return exact || ulps <= this.#allowance.limit;
  }

  /** Whether a match of this value has to make up for a constant that is part of the value. */
  #makesUp(match: Match, id: ValueId): boolean {
    const form = formOf(this.#table.get(id));
    return match.offset !== nothing && form !== null && form.patches.length > 0;
  }

  #guess(form: Form, place: Place): Found | null {
    const id = this.#expected[this.#next];
    if (id === undefined) return null;
    const { domain, definition } = this.#table.get(id);
    if (definition.kind !== 'linear' || !sameShape(domain, place.domain)) return null;
    const match = this.#comparison.direct(form, definition.form(), domain);
    const found = this.#accept(match, id, place);
    if (found !== null) this.#next += 1;
    return found;
  }

  #search(form: Form, place: Place): Found | null {
    const tolerance = this.#allowance.forgives ? slack : 2 ** -44;
    const own = this.#prints.form(form, place.domain);
    const fingerprint = isFlat(own) ? this.#prints.border(form, place.domain) : own;
    const length = Math.hypot(fingerprint.real, fingerprint.imaginary);
    if (length <= tolerance * fingerprint.magnitude) {
      const cancelled = this.#comparison.match(form, zeroForm, place.domain, one);
      const found = this.#accept(cancelled, null, place);
      if (found !== null) return found;
    }
    let compared = 0;
    let best: { readonly found: Found; readonly doubt: number } | null = null;
    const flat = isFlat(own);
    for (const { id, factor } of this.#candidates(fingerprint, { place, tolerance, flat })) {
      const isSure = flat || isLikely(factor);
      if (!isSure && !this.#agrees({ form, place }, own, { id, factor, tolerance })) continue;
      compared += 1;
      if (compared > tries) break;
      const match = this.#comparison.matchValue(form, id, place.domain, factor);
      if (match === null || !this.#counts(match)) continue;
      const doubt = this.#doubt(match, id, place);
      if (best === null || doubt < best.doubt) best = { found: { ...match, value: id }, doubt };
      if (doubt < usualUlps) break;
    }
    if (best === null) return null;
    const { found } = best;
    if (found.value !== null) this.#next = this.#positionAfter(found.value);
    return this.#accept(found, found.value, place);
  }

  /** What speaks against a match, in units in the last place: the least is taken. */
  #doubt(match: Match, id: ValueId, { origin }: Place): number {
    const taken = this.#taken.byAnother(id, origin) && !this.#isWhole(match, id) ? takenUlps : 0;
    return match.ulps + taken + (this.#makesUp(match, id) ? Infinity : 0);
  }

  /** Whether the constant found beside the value is the one that it has in the original. */
  #isWhole({ scale, offset }: Match, id: ValueId): boolean {
    const beside = this.#beside.get(id);
    if (beside === undefined) return false;
    return constantsAgree(scaled(beside, scale), offset).ulps <= this.#allowance.maxUlps;
  }

  /** Whether the second fingerprint has the same factor as the first. */
  #agrees(
    { form, place }: { readonly form: Form; readonly place: Place },
    first: Fingerprint,
    { id, factor, tolerance }: Candidate & { readonly tolerance: number },
  ): boolean {
    const [ours, theirs] = [this.#seconds.form(form, place.domain), this.#seconds.of(id)];
    const real = ours.real - factor * theirs.real;
    const imaginary = ours.imaginary - factor * theirs.imaginary;
    const doubt = [ours, theirs, first, this.#prints.of(id)].reduce(
      (total, { real: x, imaginary: y, magnitude }) => total + magnitude / Math.hypot(x, y),
      0,
    );
    const size = Math.abs(factor) * Math.hypot(theirs.real, theirs.imaginary);
    return !(Math.hypot(real, imaginary) > 4 * tolerance * doubt * size);
  }

  #printOf(id: ValueId): Fingerprint {
    const own = this.#prints.of(id);
    const value = this.#table.get(id);
    const form = isFlat(own) ? formOf(value) : null;
    return form === null ? own : this.#prints.border(form, value.domain);
  }

  /** Place in `#expected` behind a value; numbers grow in the order values are made. */
  #positionAfter(id: ValueId): number {
    let low = 0;
    let high = this.#expected.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#expected[middle] <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * The likeliest values, and about which multiple of each the form would be. Of values that are multiples of one
   * another a converter that rescales nothing means the one that is met as it is.
   */
  #candidates(
    fingerprint: Fingerprint,
    {
      place,
      tolerance,
      flat,
    }: { readonly place: Place; readonly tolerance: number; readonly flat: boolean },
  ): readonly Candidate[] {
    for (; this.#indexed < this.#table.size; this.#indexed++) {
      const value = this.#table.get(this.#indexed);
      const print = this.#prints.of(this.#indexed);
      if (!isFlat(print)) this.#phases.add(this.#indexed, print, value);
      else this.#borders.add(this.#indexed, this.#printOf(this.#indexed), value);
    }
    const index = flat ? this.#borders : this.#phases;
    const near = index.near(fingerprint, place, tolerance).map((id) => {
      const { real, imaginary } = this.#printOf(id);
      const square = real * real + imaginary * imaginary;
      const product = fingerprint.real * real + fingerprint.imaginary * imaginary;
      return { id, factor: product / square };
    });
    if (near.length < 2) return near;
    const unlike = ({ factor }: Candidate): number =>
      Math.abs(Math.abs(factor) - 1) < likeOne ? 0 : isLikely(factor) ? 1 : 2;
    const taken = ({ id }: Candidate): number => Number(this.#taken.byAnother(id, place.origin));
    return near.sort((a, b) => unlike(a) - unlike(b) || taken(a) - taken(b));
  }
}
