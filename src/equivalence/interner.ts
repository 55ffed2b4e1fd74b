/**
 * Gives every channel its number: the form of a channel becomes a function of one value.
 *
 * A value of the original is only identified with another where they are exactly equal. A value of the
 * converted model is identified with one that agrees up to `maxUlps`, and the rounding is booked. What
 * matches nothing gets a number of its own; that is never an error here, only at the outputs.
 */
import type { Activation } from './activations.ts';
import { Allowance } from './allowance.ts';
import { Atoms } from './atoms.ts';
import { KeyTable } from './key-table.ts';
import { Comparison } from './comparison.ts';
import { negated, nothing, scaled, sum, type Constant } from './constant.ts';
import { Doubts, type Facts } from './doubts.ts';
import { noPatches, type Form, type Part, type ValueId } from './form.ts';
import { Handover, joined } from './handed-on.ts';
import { meet, shiftInterval, type Interval } from './interval.ts';
import type { Ledger } from './ledger.ts';
import { Merging } from './merging.ts';
import {
  addPoints,
  compose,
  constantPoint,
  scalePoint,
  translatePoint,
  type Point,
  type Term,
} from './piecewise.ts';
import { flattened } from './flat.ts';
import { unknownFlats } from './flat-ends.ts';
import { LookUp } from './look-up.ts';
import { bentPixelwise } from './pixelwise.ts';
import { Ranges } from './ranges.ts';
import { Readings } from './readings.ts';
import type { Names } from './rules/constant-inputs.ts';
import { inverse, one, zero, type Scale } from './scale.ts';
import type { Place, Table } from './table.ts';
import { Taken } from './taken.ts';
import { seenThrough } from './through.ts';
import { Steps } from './steps.ts';
import { rowOfOneNumber, united } from './united.ts';

/** Largest number of whole-channel parts that is worth trying as a function of one value. */
const fewParts = 8;

export interface InternerOptions {
  readonly ledger: Ledger;
  readonly maxUlps: number;
  readonly input: Interval;
  /** Whether equal channels of the original are looked for; see look-up.ts. */
  readonly thorough: boolean;
  /** Signs that a solver has proved. */
  readonly facts: Facts;
}

export class Interner {
  readonly table: Table;
  readonly atoms: Atoms;
  readonly ranges: Ranges;
  readonly readings: Readings;
  readonly comparison: Comparison;
  readonly doubts: Doubts;
  readonly allowance: Allowance;
  /** What was done, for the theorems it rests on. */
  readonly steps = new Steps();
  /** For sums that have no exact form; only a thorough numbering asks whether two of them are the same. */
  readonly names: Names;
  readonly #lookUp: LookUp;
  readonly #handover: Handover;
  readonly #ledger: Ledger;

  constructor(options: InternerOptions & { readonly table: Table }) {
    this.table = options.table;
    this.#ledger = options.ledger;
    let named = 0;
    this.names = { asked: options.thorough, fresh: () => named++ };
    this.allowance = new Allowance(options.maxUlps, options.thorough);
    const taken = new Taken();
    this.atoms = new Atoms({ ...options, allowance: this.allowance, taken });
    this.ranges = new Ranges(options.table, options.input);
    this.readings = new Readings(this.table, this.ranges);
    this.comparison = new Comparison(options.table, new KeyTable(), options.maxUlps);
    this.doubts = new Doubts(this.table, this.ranges, options.facts);
    this.#handover = new Handover({
      ranges: this.ranges,
      allowance: this.allowance,
      ledger: options.ledger,
      steps: this.steps,
    });
    this.#lookUp = new LookUp({
      ...options,
      comparison: this.comparison,
      allowance: this.allowance,
      taken,
    });
  }

  /** The form as a function of one value. */
  point(written: Form, place: Place): Point {
    const form = joined(rowOfOneNumber(this.table, written));
    if (form.parts.length === 0 && form.patches.length === 0) {
      this.steps.take('constant');
      return constantPoint(form.constant);
    }
    if (form.patches.length === 0 && form.parts.length <= fewParts) {
      const local = this.#local(form, place);
      if (local !== null) return local;
    }
    const fewer = united(form, {
      table: this.table,
      domain: place.domain,
      pointOf: (value) => this.pointOf(value),
      merging: this.#merging(place),
      named: (point) => this.term(point, { ...this.table.get(point.base), origin: place.origin }),
    });
    if (fewer !== form) return this.point(fewer, place);
    const flat = form.parts.length === 0 ? null : flattened(this.table, form, place.domain);
    if (flat !== null) return this.point(flat, place);
    if (form.patches.length === 0) {
      const [part] = form.parts;
      if (form.parts.length === 1 && part.kind === 'value') {
        const seen = seenThrough(this.table, part, place);
        this.steps.take('handed-on');
        if (seen !== null) {
          return this.point({ ...seen, constant: sum(seen.constant, form.constant) }, place);
        }
        const id = this.readings.at(part.value, part.shift, place);
        const own = this.#handover.of(id, part.scale, form.constant, place);
        return this.#affine(id, own.scale, own.constant, own.range ?? undefined);
      }
    }
    return this.#general(form, place);
  }

  /** The form as a multiple of one value plus a constant: what pools and opaque functions need. */
  name(form: Form, place: Place): Point {
    const point = this.point(form, place);
    const term = this.term(point, place);
    return term === null
      ? point
      : this.#affine(term.value, term.scale, point.constant, point.range);
  }

  /** The value a point is a multiple of, leaving out its constant; null for a constant. */
  term(point: Point, place: Place): Term | null {
    if (point.base === -1) return null;
    const term = point.term ?? this.atoms.piecewise(point, place);
    if (term !== null && point.kinks.length > 0) {
      this.ranges.anchor(term, point.constant, point.range);
    }
    return term;
  }

  form(point: Point, place: Place): Form {
    const term = this.term(point, place);
    const parts: readonly Part[] =
      term === null ? [] : [{ kind: 'value', value: term.value, shift: 0, scale: term.scale }];
    return { parts, constant: point.constant, patches: noPatches };
  }

  /** The point after an activation. */
  activate(activation: Activation, point: Point, place: Place): Point {
    const narrowed = this.doubts.narrow(activation, point, place);
    const merging = this.#merging(place);
    const composed = compose(activation, this.#reaching(activation, narrowed, merging), merging);
    if (composed?.kinks.length !== 0) {
      const pixelwise = bentPixelwise(this.table, activation, point, merging);
      if (pixelwise !== null) return this.point(pixelwise, place);
    }
    if (composed !== null) return composed;
    const term = this.term(point, place);
    const line =
      term === null ? null : this.#affine(term.value, term.scale, point.constant, point.range);
    const named = line && compose(activation, line, merging);
    // A function nothing is known of: equal to nothing, so nothing can be proved through it.
    return named ?? this.#affine(this.table.add({ kind: 'unknown' }, place), one, nothing);
  }

  #affine(value: ValueId, scale: Scale, constant: Constant, range?: Interval): Point {
    const own = range ?? this.ranges.affine(value, scale, constant);
    return {
      base: value,
      slope: scale,
      constant,
      kinks: [],
      flats: unknownFlats,
      range: own,
      term: null,
    };
  }

  /** A value as a function of the value it is made from. */
  pointOf(value: ValueId): Point {
    const { definition } = this.table.get(value);
    const range = this.ranges.of(value);
    switch (definition.kind) {
      case 'relu': {
        const { base } = definition;
        const kinks = [{ threshold: definition.threshold, weight: one }];
        const term = { value, scale: one };
        return { base, slope: zero, constant: nothing, kinks, flats: unknownFlats, range, term };
      }
      case 'kinks': {
        const { base, slope, kinks, flats } = definition;
        const term = { value, scale: one };
        return { base, slope, constant: nothing, kinks, flats, range, term };
      }
      case 'input':
      case 'linear':
      case 'maxPool':
      case 'opaque':
      case 'softmax':
      case 'product':
      case 'unknown':
        return {
          base: value,
          slope: one,
          constant: nothing,
          kinks: [],
          flats: unknownFlats,
          range,
          term: null,
        };
    }
  }

  /** A sum of whole channels that are all functions of one value; null where they are not. */
  #local(form: Form, place: Place): Point | null {
    const [first] = form.parts;
    if (form.parts.length === 1) {
      if (first.kind !== 'value' || first.shift !== 0) return null;
      this.steps.take('handed-on');
      return this.#handedOn(first.value, first.scale, form.constant, place);
    }
    const merging = this.#merging(place);
    let total: Point | null = null;
    for (const part of form.parts) {
      if (part.kind !== 'value' || part.shift !== 0) return null;
      const point = scalePoint(this.pointOf(part.value), part.scale);
      total = total === null ? point : addPoints(total, point, merging);
      if (total === null) return null;
    }
    if (total === null) return null;
    const { base, slope } = total;
    const constant = sum(total.constant, form.constant);
    if (base === -1) return constantPoint(constant);
    const range = shiftInterval(this.ranges.form(form), form.constant);
    if (total.kinks.length > 0) return { ...total, constant, range };
    // relu(x) − relu(−x) is x, and x itself may bend: then as a function of what x is made from.
    const whole = this.#handedOn(base, slope, constant, place);
    return { ...whole, range: meet(range, whole.range) };
  }

  /** scale · value + constant as a function of what the value is made from. */
  #handedOn(value: ValueId, slope: Scale, added: Constant, place: Place): Point {
    const { scale, constant, range } = this.#handover.of(value, slope, added, place);
    const point = translatePoint(scalePoint(this.pointOf(value), scale), constant);
    return { ...point, range: range ?? this.ranges.affine(value, scale, constant) };
  }

  /** The argument with its range put right where rounding alone lets it bend. */
  #reaching(activation: Activation, point: Point, merging: Merging): Point {
    let { range } = point;
    for (const { threshold } of activation.kinks) {
      const reached = merging.reaching(range, point.constant, threshold.mid);
      if (reached !== range && !this.#bendsThere(point, threshold)) range = reached;
    }
    return range === point.range ? point : { ...point, range };
  }

  /** Whether a line crosses a threshold where the original has a kink. */
  #bendsThere({ base, slope, constant, kinks }: Point, threshold: Constant): boolean {
    if (base === -1 || kinks.length > 0 || !this.allowance.forgives) return false;
    const crossing = scaled(sum(threshold, negated(constant)), inverse(slope));
    return this.atoms.bends(base, crossing);
  }

  /** How kinks are put together in the model that is being read. */
  #merging({ origin }: Place): Merging {
    return new Merging(this.allowance, this.#ledger, origin);
  }

  #general(form: Form, place: Place): Point {
    const match = this.#lookUp.find(form, place);
    if (match !== null) {
      this.steps.take('found');
      const { value, scale, offset } = match;
      if (value === null) return constantPoint(offset);
      const met = this.#handover.metBefore(value, scale, offset, place);
      return this.#affine(value, scale, met?.constant ?? offset, met?.range ?? undefined);
    }
    // A constant that is not the same everywhere belongs to the value (form.ts).
    const [own, constant] =
      form.patches.length > 0 ? [form, nothing] : [{ ...form, constant: nothing }, form.constant];
    const definition = { kind: 'linear', form: () => own, reading: null, meanOf: null } as const;
    const id = this.table.add(definition, place);
    this.#lookUp.expect(id, constant);
    return this.#affine(id, one, constant);
  }
}
