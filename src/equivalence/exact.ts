/**
 * Whether numbers that float64 cannot tell apart are the same real number.
 *
 * Batch norms put γ/√(σ²+ε) on a coefficient, and two spellings of it may be equal although no float64
 * carries either: w·γ/√v = w'·γ'/√v' exactly where the signs agree and (wγ)²/v = (w'γ')²/v'. The numbering
 * notes such pairs as questions and they are decided here at the end, on rationals. Sums of unlike
 * radicals are not decided; they never become a question.
 */
import type * as Mathjs from 'mathjs';
import type { Constant } from './constant.ts';
import { dyadic } from './dyadic.ts';
import { hasSum, textOf } from './factors.ts';
import { factors, type Scale } from './scale.ts';

/** A real number ± 2ᵏ · Π factors: factors as in factors.ts, sign and power of two those of `mid`. */
export interface Factored {
  readonly mid: number;
  readonly factors: string;
}

/** Whether two numbers are equal. */
export interface Question {
  readonly left: Factored;
  readonly right: Factored;
}

/** The question whether two scales are equal; null where one has no exact form, or they clearly differ. */
export function questionOf(a: Scale, b: Scale): Question | null {
  if (!isNear(a.mid, b.mid)) return null;
  const left = factoredOf(a);
  const right = factoredOf(b);
  return left === null || right === null ? null : { left, right };
}

/** Term by term, by size; terms that only add up to the same are not found equal. */
export function questionsOfConstants(a: Constant, b: Constant): readonly Question[] | null {
  if (a.terms === null || b.terms === null || a.terms.length !== b.terms.length) return null;
  const bySize = (s: { readonly mid: number }, t: { readonly mid: number }): number =>
    s.mid - t.mid;
  const others = [...b.terms].sort(bySize);
  const questions: Question[] = [];
  for (const [i, { mid, key }] of [...a.terms].sort(bySize).entries()) {
    if (!isNear(mid, others[i].mid)) return null;
    const left = factoredOf({ mid, key });
    const right = factoredOf(others[i]);
    if (left === null || right === null) return null;
    questions.push({ left, right });
  }
  return questions;
}

function factoredOf(scale: Pick<Scale, 'mid' | 'key'>): Factored | null {
  const own = scale.mid === 0 ? null : factors(scale);
  return own === null ? null : { mid: scale.mid, factors: textOf(own) };
}

/** Questions one proof may leave; beyond that it counts as rounded. Ten thousand take about a second. */
export const mostQuestions = 10_000;

type Fraction = ReturnType<typeof Mathjs.fraction>;

/** Numbers further apart than this, relatively, are told apart by float64: what made them rounds far less. */
const near = 2 ** -40;

export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= near * Math.abs(a);
}

class Squares {
  readonly #fraction: typeof Mathjs.fraction;
  readonly #known = new Map<string, Fraction>();

  constructor(fraction: typeof Mathjs.fraction) {
    this.#fraction = fraction;
  }

  /** The square of a product of factors. */
  of(factors: string): Fraction {
    const known = this.#known.get(factors);
    if (known !== undefined) return known;
    let square = this.#number(1);
    if (factors !== '')
      for (const factor of factors.split(' ')) square = square.mul(this.#one(factor));
    this.#known.set(factors, square);
    return square;
  }

  #one(factor: string): Fraction {
    if (factor.startsWith('/')) return this.#one(factor.slice(1)).inverse();
    if (factor.startsWith('√')) {
      const [variance, epsilon = '0'] = factor.slice(1).split(',');
      return this.#number(Number(variance))
        .add(this.#number(Number(epsilon)))
        .inverse();
    }
    const slope = /^\(1-(.*)\)$/.exec(factor);
    if (slope !== null) {
      const weight = this.#number(1).sub(this.#number(Number(slope[1])));
      return weight.mul(weight);
    }
    if (!factor.startsWith('*')) throw new Error(`no factor reads ${factor}`);
    const number = this.#number(Number(factor.slice(1)));
    return number.mul(number);
  }

  #number(x: number): Fraction {
    // Never from a float: that approximates.
    const { numerator, denominator } = dyadic(x);
    return this.#fraction(numerator, denominator);
  }
}

function isPowerOfTwo(n: bigint): boolean {
  return n > 0n && (n & (n - 1n)) === 0n;
}

/** Whether all questions are answered yes. */
export async function allEqual(questions: readonly Question[]): Promise<boolean> {
  if (questions.length > mostQuestions) return false;
  if (questions.length === 0) return true;
  const { fraction } = await import('mathjs');
  const squares = new Squares(fraction);
  return questions.every(({ left, right }) => {
    if (!isNear(left.mid, right.mid)) return false;
    if (left.factors === right.factors) return true;
    if (hasSum(left.factors) || hasSum(right.factors)) return false;
    // The quotient is a power of two where the factors agree; being near one, it then is one.
    const quotient = squares.of(left.factors).div(squares.of(right.factors));
    return isPowerOfTwo(quotient.n) && isPowerOfTwo(quotient.d);
  });
}
