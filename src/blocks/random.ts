/**
 * A small seeded generator of random numbers, so that every network of the catalogue is a function of
 * its seed alone. A 32-bit state stepped by an odd constant and scrambled twice (the "mulberry" scheme
 * of T. Ettinger): one multiplication-heavy hash a draw, fast enough for 60 million weights. Not for
 * cryptography, and its period of 2³² draws is short by the standards of simulation.
 */
export class Random {
  #state: number;

  /** `seed` is any number; its integer part modulo 2³² is what counts. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The next 32 random bits, as an unsigned integer. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let hash = this.#state;
    hash = Math.imul(hash ^ (hash >>> 15), hash | 1);
    hash ^= hash + Math.imul(hash ^ (hash >>> 7), hash | 61);
    return (hash ^ (hash >>> 14)) >>> 0;
  }

  /** Uniform on [0, 1). */
  uniform(): number {
    return this.bits() / 0x1_0000_0000;
  }

  /** Uniform on [lower, upper). */
  between(lower: number, upper: number): number {
    return lower + (upper - lower) * this.uniform();
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Standard normal deviate, by the Box–Muller transform. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.bits() + 1) / 0x1_0000_0001));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** An array of float32 uniform on [−limit, limit). */
  symmetric(length: number, limit: number): Float32Array {
    const values = new Float32Array(length);
    const unit = limit / 0x8000_0000;
    for (let i = 0; i < length; i++) values[i] = (this.bits() - 0x8000_0000) * unit;
    return values;
  }
}
