/** Numbers for exact factors, so that exactness of two coefficients is one integer comparison. */
import { factors, isShort, type Scale } from './scale.ts';

/** Numbers the exact factors of a term: 0 where float64 holds the term exactly, −1 where unknown. */
export class KeyTable {
  readonly #numbers = new Map<string, number>([['', 0]]);

  /** For float32 weights times this scale. */
  of(scale: Scale): number {
    if (scale.key === '' && isShort(scale.mid)) return 0;
    const key = factors(scale);
    if (key === null) return -1;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}
