/**
 * Weights and batch-norm statistics of random networks, in the textures that tell correct converters from
 * lucky ones.
 *
 * A generator seeded by the recipe, not an arbitrary of arrays: a failing network is then printed as a few
 * words and a seed, and shrinking changes sizes and textures while the numbers stay what they were. Every
 * number drawn is a float32, so that an original rounds nothing.
 */
import fc from 'fast-check';
import { filterFrom, tap, type Filter } from './filter.ts';
import type { Norm } from './norm.ts';
import { Random } from './random.ts';

/**
 * What weights look like. `coarse`: multiples of 1/8, whose products and short sums are float32 again;
 * `fine`: all 24 bits; `sparse`: half of them zero; `duplicated`: output channels that are copies, or
 * multiples, of others; `large`: magnitudes from 2⁻¹⁰ to 2¹⁰ beside one another.
 */
export type WeightTexture = 'coarse' | 'fine' | 'sparse' | 'duplicated' | 'large';

/**
 * What batch norms look like. `ordinary`: one γ in eight zero, half negative; `slimmed`: half of the γ zero
 * or tiny, as after network slimming; `extreme`: variances from 10⁻⁶ to 10⁴ and means to match; `unit`:
 * γ = σ² = 1, β = μ = 0 on most channels, as before training.
 */
const normTextures = ['ordinary', 'slimmed', 'extreme', 'unit'] as const;
export type NormTexture = (typeof normTextures)[number];

/** Frameworks' defaults first: PyTorch's, Keras', then others found in published models. */
const epsilons = [1e-5, 1e-3, 3e-4, 1e-12, 0.1].map(Math.fround);

export interface Texture {
  readonly weights: WeightTexture;
  readonly norms: NormTexture;
}

export const arbitraryTexture: fc.Arbitrary<Texture> = fc.record({
  weights: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        'coarse' as const,
        'fine' as const,
        'sparse' as const,
        'large' as const,
      ),
    },
    { weight: 1, arbitrary: fc.constant('duplicated' as const) },
  ),
  norms: fc.constantFrom(...normTextures),
});

type FilterShape = Parameters<Random['filter']>;

/** Draws filters and norms of one texture. */
export class TexturedRandom extends Random {
  readonly texture: Texture;

  constructor(seed: number, texture: Texture) {
    super(seed, texture.weights === 'coarse' ? 'coarse' : 'fine');
    this.texture = texture;
  }

  override weight(): number {
    switch (this.texture.weights) {
      case 'coarse':
      case 'fine':
      case 'duplicated':
        return super.weight();
      case 'sparse':
        return this.integer(2) === 0 ? 0 : super.weight();
      case 'large':
        return super.weight() * 2 ** (this.integer(21) - 10);
    }
  }

  override filter(...shape: FilterShape): Filter {
    const drawn = super.filter(...shape);
    if (this.texture.weights !== 'duplicated' || drawn.groups !== 1) return drawn;
    const source = Array.from({ length: drawn.outChannels }, (_, o) =>
      this.integer(2) === 0 ? this.integer(o + 1) : o,
    );
    const factor = source.map((from, o) => (from === o ? 1 : [1, 1, 2, -1][this.integer(4)]));
    return filterFrom(
      drawn,
      (o, i, y, x) => factor[o] * tap(drawn, source[o], i, y, x),
      drawn.bias,
    );
  }

  override norm(channels: number): Norm {
    const drawn = super.norm(channels);
    if (this.texture.weights === 'coarse') return this.#coarsened(drawn);
    const epsilon = epsilons[this.integer(epsilons.length)];
    const norm = { ...drawn, epsilon };
    switch (this.texture.norms) {
      case 'ordinary':
        return norm;
      case 'slimmed': {
        const thin = (gamma: number): number =>
          [gamma, gamma, 0, Math.fround(gamma * 1e-4)][this.integer(4)];
        return { ...norm, scale: norm.scale.map(thin) };
      }
      case 'extreme': {
        const powers = norm.scale.map(() => 10 ** (this.integer(11) - 6));
        return {
          ...norm,
          variance: norm.variance.map((v, c) => Math.fround(v * powers[c])),
          mean: norm.mean.map((m, c) => Math.fround(m * Math.sqrt(powers[c]))),
        };
      }
      case 'unit': {
        const fresh = norm.scale.map(() => this.integer(4) > 0);
        const pick = (values: readonly number[], unit: number): number[] =>
          values.map((value, c) => (fresh[c] ? unit : value));
        return {
          scale: pick(norm.scale, 1),
          offset: pick(norm.offset, 0),
          mean: pick(norm.mean, 0),
          variance: pick(norm.variance, 1),
          epsilon,
        };
      }
    }
  }

  /** Coarse norms stay coarse: only the share of zeros follows the texture. */
  #coarsened(norm: Norm): Norm {
    if (this.texture.norms !== 'slimmed') return norm;
    return { ...norm, scale: norm.scale.map((gamma) => (this.integer(2) === 0 ? 0 : gamma)) };
  }
}
