/** Numbers for exact factors, so that exactness of two coefficients is one integer comparison. */
import type { Factored } from './exact.ts';
import { exactly, factors, isShort, joinFactors, mantissa, type Scale } from './scale.ts';

/** Numbers the exact factors of a term: 0 where float64 holds the term exactly, −1 where unknown. */
export class KeyTable {
  readonly #numbers = new Map<string, number>([['', 0]]);
  /** For each number the factors it stands for: their text, and about their product, in [1, 2). */
  readonly #factors: { readonly text: string; readonly size: number }[] = [{ text: '', size: 1 }];

  /** For float32 weights times this scale. */
  of(scale: Scale): number {
    if (scale.key === '' && isShort(scale.mid)) return 0;
    const key = factors(scale);
    if (key === null) return -1;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    this.#factors.push({ text: key, size: mantissa(scale.mid) });
    return this.#numbers.size - 1;
  }

  /** The exact value of a term with this number, of which float64 has `mid`; null where it is unknown. */
  exactValue(key: number, mid: number): Factored | null {
    if (key < 0 || mid === 0) return null;
    if (key === 0) return { mid, factors: factors(exactly(mid)) ?? '' };
    const { text, size } = this.#factors[key];
    // What is left beside the factors is the float32 weight, of which float64 shows every digit.
    const ratio = mantissa(mid) / size;
    const weight = Math.fround(ratio);
    if (Math.abs(weight - ratio) > 2 ** -40 * ratio) return null;
    return { mid, factors: joinFactors(factors(exactly(weight)), text) ?? '' };
  }
}
