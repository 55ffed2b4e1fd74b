/** Numbers for exact factors, so that exactness of two coefficients is one integer comparison. */
import type { Factored } from './exact.ts';
import type { Factors } from './factors.ts';
import { joinFactors, mantissa, textOf } from './factors.ts';
import { exactly, factors, isShort, type Scale } from './scale.ts';

/** Numbers the exact factors of a term: 0 where float64 holds the term exactly, −1 where unknown. */
export class KeyTable {
  readonly #numbers = new Map<string, number>([['', 0]]);
  /** For each number the factors it stands for: what they are, and about their product, in [1, 2). */
  readonly #factors: { readonly own: Factors | ''; readonly size: number }[] = [
    { own: '', size: 1 },
  ];

  /** For float32 weights times this scale. */
  of(scale: Scale): number {
    if (scale.key === '' && isShort(scale.mid)) return 0;
    const own = factors(scale);
    if (own === null) return -1;
    const key = textOf(own);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    this.#factors.push({ own, size: mantissa(scale.mid) });
    return this.#numbers.size - 1;
  }

  /** The exact value of a term with this number, of which float64 has `mid`; null where it is unknown. */
  exactValue(key: number, mid: number): Factored | null {
    if (key < 0 || mid === 0) return null;
    if (key === 0) return { mid, factors: textOf(factors(exactly(mid)) ?? '') };
    const { own, size } = this.#factors[key];
    // What is left beside the factors is the float32 weight, of which float64 shows every digit.
    const ratio = mantissa(mid) / size;
    const weight = Math.fround(ratio);
    if (Math.abs(weight - ratio) > 2 ** -40 * ratio) return null;
    return { mid, factors: textOf(joinFactors(factors(exactly(weight)), own) ?? '') };
  }
}
