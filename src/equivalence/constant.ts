/**
 * The constant a form adds inside its domain: a number, what was added up to get it, and how exactly.
 *
 * `magnitude` is the sum of the magnitudes of the terms that went in; rounding is judged against that sum, so
 * that a bias which is the small difference of two large numbers is not mistaken for a bug. The exact
 * Near a border fewer terms may be left than elsewhere: `yardstick` is the sum where it is smallest, and rounding
 * is judged by that. The exact
 * value is kept as a short list of terms, each a number times exact factors as in factors.ts.
 */
import { joinFactors, sameFactors, textOf, type Factors } from './factors.ts';
import { addsExactly, factors, minusOne, multipliesExactly, type Scale } from './scale.ts';
import { roundoff } from './ulps.ts';

/** `mid` itself where `key` is ''; otherwise the number near `mid` that is ± 2ⁿ times the factors. */
export interface ExactTerm {
  readonly mid: number;
  readonly key: Factors | '';
}

export interface Constant {
  readonly mid: number;
  readonly magnitude: number;
  /** The magnitudes added up at the pixel where that is least; at most `magnitude`. */
  readonly yardstick: number;
  /** Rigorous bound on |mid − true value| from float64 arithmetic. */
  readonly error: number;
  /** Terms whose exact sum is the value, sorted; null when not known. */
  readonly terms: readonly ExactTerm[] | null;
}

/** More terms than this are not worth keeping. */
const mostTerms = 6;

export const nothing: Constant = { mid: 0, magnitude: 0, yardstick: 0, error: 0, terms: [] };

export function number(x: number): Constant {
  return exactSum(x, Math.abs(x));
}

/** A number known exactly, with the magnitudes that went into it. */
export function exactSum(mid: number, magnitude: number, yardstick = magnitude): Constant {
  if (magnitude === 0) return nothing;
  return { mid, magnitude, yardstick, error: 0, terms: mid === 0 ? [] : [{ mid, key: '' }] };
}

/** Whether `mid` is the exact value. */
export function isNumber(c: Constant): boolean {
  if (c.terms === null || c.terms.length > 1) return false;
  return c.terms.length === 0 ? c.mid === 0 : c.terms[0].key === '';
}

/** Whether the exact value is known to be zero. */
export function isZero(c: Constant): boolean {
  return c.terms !== null && c.terms.length === 0;
}

function joinTerms(a: readonly ExactTerm[], b: readonly ExactTerm[]): readonly ExactTerm[] | null {
  const terms = [...a];
  for (const term of b) {
    const opposite = terms.findIndex((t) => t.mid === -term.mid && sameFactors(t.key, term.key));
    if (opposite >= 0) {
      terms.splice(opposite, 1);
      continue;
    }
    const addable = terms.findIndex(
      (t) => t.key === '' && term.key === '' && addsExactly(t.mid, term.mid),
    );
    if (addable >= 0) terms[addable] = { mid: terms[addable].mid + term.mid, key: '' };
    else terms.push(term);
  }
  if (terms.length > mostTerms) return null;
  return sorted(terms);
}

function sorted(terms: ExactTerm[]): readonly ExactTerm[] {
  if (terms.length < 2 || (terms.length === 2 && terms[0].mid < terms[1].mid)) return terms;
  return terms.sort((s, t) => s.mid - t.mid || (textOf(s.key) < textOf(t.key) ? -1 : 1));
}

export function sum(a: Constant, b: Constant): Constant {
  if (a === nothing) return b;
  if (b === nothing) return a;
  const mid = a.mid + b.mid;
  const magnitude = a.magnitude + b.magnitude;
  const yardstick = a.yardstick + b.yardstick;
  if (isNumber(a) && isNumber(b) && addsExactly(a.mid, b.mid)) {
    return exactSum(mid, magnitude, yardstick);
  }
  const terms = a.terms === null || b.terms === null ? null : joinTerms(a.terms, b.terms);
  return { mid, magnitude, yardstick, error: a.error + b.error + roundoff * magnitude, terms };
}

function scaleTerms(terms: readonly ExactTerm[], scale: Scale): readonly ExactTerm[] | null {
  const scaledTerms: ExactTerm[] = [];
  for (const term of terms) {
    const mid = term.mid * scale.mid;
    if (term.key === '' && scale.key === '' && multipliesExactly(term.mid, scale.mid)) {
      scaledTerms.push({ mid, key: '' });
      continue;
    }
    const own = term.key === '' ? factors(term) : term.key;
    const key = joinFactors(own, factors(scale));
    if (key === null) return null;
    scaledTerms.push({ mid, key });
  }
  return sorted(scaledTerms);
}

export function scaled(c: Constant, scale: Scale): Constant {
  if (c === nothing || scale.mid === 0) return nothing;
  if (scale.key === '' && scale.mid === 1) return c;
  const mid = c.mid * scale.mid;
  const factor = Math.abs(scale.mid);
  const magnitude = c.magnitude * factor;
  const yardstick = c.yardstick * factor;
  const exact = scale.key === '' && multipliesExactly(c.mid, scale.mid);
  if (exact && isNumber(c)) return exactSum(mid, magnitude, yardstick);
  const rounding = exact ? 0 : roundoff * (scale.roundings + 2) * magnitude;
  return {
    mid,
    magnitude,
    yardstick,
    error: c.error * factor * (1 + 4 * roundoff) + rounding,
    terms: c.terms === null ? null : scaleTerms(c.terms, scale),
  };
}

/** Σ of many products, computed by the caller; no exact form is kept. */
export function measured(
  mid: number,
  magnitude: number,
  error: number,
  yardstick = magnitude,
): Constant {
  return magnitude === 0 ? nothing : { mid, magnitude, yardstick, error, terms: null };
}

/** The same, as a term of its own: what is added up alike elsewhere, and is named alike, is the same number. */
export function namedSum(own: Constant, key: Factors): Constant {
  // The name says nothing of sign and size, so the number has to.
  return Math.abs(own.mid) > 2 * own.error ? { ...own, terms: [{ mid: own.mid, key }] } : own;
}

/** A number near both that is not further from either than they are apart; which one is left open. */
export function between(a: Constant, b: Constant): Constant {
  const apart = Math.abs(a.mid - b.mid) + a.error + b.error;
  return measured(
    a.mid,
    Math.max(a.magnitude, b.magnitude),
    apart * (1 + 2 ** -50),
    Math.min(a.yardstick, b.yardstick),
  );
}

export function negated(c: Constant): Constant {
  return scaled(c, minusOne);
}

/** Whether two constants are known to be the same real number. */
export function sameConstant(a: Constant, b: Constant): boolean {
  if (a === b) return true;
  if (a.terms === null || b.terms === null || a.terms.length !== b.terms.length) return false;
  const others = b.terms;
  return a.terms.every(({ mid, key }, i) => {
    const other = others[i];
    // Same factors and closer than a factor of two: the same power of two, hence the same number.
    const close = Math.abs(mid - other.mid) <= 2 ** -40 * Math.abs(mid);
    if (key === '') return other.key === '' && mid === other.mid;
    return close && sameFactors(key, other.key);
  });
}
