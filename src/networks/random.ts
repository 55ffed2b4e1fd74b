/**
 * A seeded generator of parameters that hide nothing: signed, with exact zeros, never all alike.
 *
 * `fine` values use all 24 bits, so that products and sums of them do not fit float32 again; `coarse`
 * values are small multiples of 1/8, so that a converter's products and short sums of them are exact
 * and a pair made of them can be claimed `exact`.
 */
import type { Filter } from './filter.ts';
import type { Norm } from './norm.ts';

export type Grain = 'fine' | 'coarse';

export class Random {
  #state: number;
  readonly grain: Grain;

  constructor(seed: number, grain: Grain = 'fine') {
    this.#state = seed >>> 0;
    this.grain = grain;
  }

  /** Uniform on [0, 1), 32 bits: a Weyl sequence through a multiplicative mixer. */
  unit(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let bits = this.#state;
    bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
    bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
  }

  integer(below: number): number {
    return Math.floor(this.unit() * below);
  }

  /** A float32 in [lower, upper]; a multiple of 1/8 when coarse. */
  between(lower: number, upper: number): number {
    const value = lower + (upper - lower) * this.unit();
    return this.grain === 'coarse' ? Math.round(value * 8) / 8 : Math.fround(value);
  }

  /** A weight: zero once in ten, else in [−1, 1]. */
  weight(): number {
    return this.integer(10) === 0 ? 0 : this.between(-1, 1);
  }

  values(count: number, lower: number, upper: number): number[] {
    return Array.from({ length: count }, () => this.between(lower, upper));
  }

  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, k) => k);
    for (let k = count - 1; k > 0; k--) {
      const other = this.integer(k + 1);
      [order[k], order[other]] = [order[other], order[k]];
    }
    return order;
  }

  /** A convolution's weights; `inChannels` counts all groups together. */
  filter(
    inChannels: number,
    outChannels: number,
    kernel: number | readonly [number, number],
    options: { readonly groups?: number; readonly bias?: boolean } = {},
  ): Filter {
    const [height, width] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const groups = options.groups ?? 1;
    const count = (outChannels * inChannels * height * width) / groups;
    return {
      inChannels,
      outChannels,
      groups,
      height,
      width,
      weight: Array.from({ length: count }, () => this.weight()),
      bias: options.bias === true ? this.values(outChannels, -1, 1) : null,
    };
  }

  /**
   * A batch norm. Fine: one scale in eight is zero, half are negative, every channel has its own
   * variance. Coarse: variance + epsilon is 1/4, 1 or 4 and epsilon is 2⁻¹⁰, so folding is exact.
   */
  norm(channels: number): Norm {
    const each = (draw: () => number): number[] => Array.from({ length: channels }, draw);
    const coarse = this.grain === 'coarse';
    const epsilon = coarse ? 2 ** -10 : Math.fround([1e-5, 1e-3, 3e-4][this.integer(3)]);
    return {
      scale: each(() => (this.integer(8) === 0 ? 0 : this.between(-1.5, 1.5))),
      offset: this.values(channels, -1, 1),
      mean: this.values(channels, -1, 1),
      variance: each(() =>
        coarse ? [0.25, 1, 4][this.integer(3)] - epsilon : this.between(0.05, 2),
      ),
      epsilon,
    };
  }
}
