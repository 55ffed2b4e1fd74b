/**
 * Channels handed on: slope · value + constant where slope and constant are what they are only up to rounding.
 *
 * A unit batch norm whose γ is √(σ²+ε) rounded multiplies by nearly one and adds nearly nothing; a reserved
 * channel that was rescaled, or written twice, comes back nearly as it was. What is known of the channel's
 * range holds only of the channel itself, so the rounding is forgiven here, once, and booked.
 */
import type { Allowance } from './allowance.ts';
import { constantsAgree } from './atoms.ts';
import { isZero, nothing, scaled, type Constant } from './constant.ts';
import { questionOf } from './exact.ts';
import type { Form, ValueId } from './form.ts';
import { scaleInterval, type Interval } from './interval.ts';
import type { Ledger } from './ledger.ts';
import type { Ranges } from './ranges.ts';
import { minusOne, one, plus, quotient, type Scale } from './scale.ts';
import type { Steps } from './steps.ts';
import type { Place } from './table.ts';
import { roundoff, ulpOf, ulpsBetween } from './ulps.ts';

/** scale · value + constant; the range of the whole where the channel was met before. */
export interface HandedOn {
  readonly scale: Scale;
  readonly constant: Constant;
  readonly range: Interval | null;
}

/** The form with one part where all its parts read one value at one shift; unchanged where they do not. */
export function joined(form: Form): Form {
  const [first] = form.parts;
  if (form.parts.length < 2 || first.kind !== 'value') return form;
  let { scale } = first;
  for (const part of form.parts.slice(1)) {
    if (part.kind !== 'value' || part.value !== first.value || part.shift !== first.shift) {
      return form;
    }
    const sum = plus(scale, part.scale);
    if (sum === null || sum.mid === 0) return form;
    scale = sum;
  }
  return { ...form, parts: [{ ...first, scale }] };
}

export class Handover {
  readonly #ranges: Ranges;
  readonly #allowance: Allowance;
  readonly #ledger: Ledger;
  readonly #steps: Steps;

  constructor(options: {
    readonly ranges: Ranges;
    readonly allowance: Allowance;
    readonly ledger: Ledger;
    readonly steps: Steps;
  }) {
    this.#ranges = options.ranges;
    this.#allowance = options.allowance;
    this.#ledger = options.ledger;
    this.#steps = options.steps;
  }

  /** scale · value + constant, put right where rounding alone has moved it. */
  of(value: ValueId, scale: Scale, constant: Constant, place: Place): HandedOn {
    const unit = this.#unitScale(scale, place);
    return (
      this.metBefore(value, unit, constant, place) ?? {
        scale: unit,
        constant: this.#noConstant(constant, place),
        range: null,
      }
    );
  }

  /** ±1 for a scale within rounding of it: a unit batch norm whose γ is √(σ²+ε) rounded. */
  #unitScale(scale: Scale, place: Place): Scale {
    if (Math.abs(scale.mid) === 1 && scale.key === '') return scale;
    const distance = Math.abs(Math.abs(scale.mid) - 1) + scale.roundings * roundoff;
    const ulps = distance / ulpOf(1);
    if (!(ulps <= this.#allowance.maxUlps)) return scale;
    this.#steps.take('unit');
    const unit = scale.mid > 0 ? one : minusOne;
    const question = questionOf(scale, unit);
    const questions = question === null ? null : [question];
    this.#ledger.charge({ ulps, exact: false, questions }, place.origin);
    return unit;
  }

  /**
   * The channel as a multiple of one met before, constant and all, where it is one up to rounding; what is
   * known of that channel's range then holds of this one.
   */
  metBefore(value: ValueId, scale: Scale, constant: Constant, place: Place): HandedOn | null {
    const known = this.#ranges.anchored(value);
    if (known === null) return null;
    const ratio = quotient(scale, known.scale);
    const expected = scaled(known.constant, ratio);
    const step = constantsAgree(expected, constant);
    if (!step.exact && !(step.ulps <= this.#allowance.limit)) return null;
    this.#ledger.charge(step, place.origin);
    return { scale, constant: expected, range: scaleInterval(known.range, ratio) };
  }

  /** Nothing for a constant that is within rounding of the terms that were cancelled in it. */
  #noConstant(constant: Constant, place: Place): Constant {
    if (constant.magnitude === 0) return nothing;
    const ulps = ulpsBetween(constant.mid, constant.yardstick, constant.error);
    if (!(ulps <= this.#allowance.maxUlps)) return constant;
    this.#ledger.charge({ ulps, exact: isZero(constant) }, place.origin);
    return nothing;
  }
}
