/**
 * A certificate: why two models compute the same function, written down so that checking takes no search.
 *
 * It says of channels of the converted model which channels of the original they are. docs/certificate.md
 * is its specification; read-certificate.ts is the only way from a file to one of these.
 */

/**
 * How the channels of a run come to be what they are said to be.
 * - `is`: the argument of the layer is that, and where the layer bends it does not bend there;
 * - `same`: the layer is the original's layer, and its argument a multiple of the argument there;
 * - `half`: the layer is a ReLU, and its argument a multiple of a channel of the original;
 * - `bound`: the layer puts the upper bound of the original's clip on its ReLU, which an earlier layer made;
 * - `flat`: the argument is that, and where it is the layer is flat: the channel is a number;
 * - `dead`: the argument, by intervals, never leaves a flat piece of the layer; or it is a factor that is zero;
 * - `any`: nothing is said of the channel; what depends on it cannot be shown to be anything of the original's.
 */
export const rules = ['is', 'same', 'half', 'bound', 'flat', 'dead', 'any'] as const;
export type Rule = (typeof rules)[number];

/** `scale` · a channel of a tensor of the original; of its ReLU where `half`. */
export interface Term {
  readonly tensor: string;
  /** For the first channel of the run; the next channel of the run has the next one. */
  readonly channel: number;
  readonly scale: number;
  readonly half: boolean;
  /** Pixel (y, x) of the channel is pixel (y · rows, x · columns) of this one. */
  readonly stride: readonly [number, number];
}

/** Channels `first` to `first + count − 1`, each Σ terms + constant. */
export interface Run {
  readonly first: number;
  readonly count: number;
  readonly rule: Rule;
  readonly terms: readonly Term[];
  readonly constant: number;
}

/** What the channels of one tensor are, of the converted model or, as a fact, of the original. */
export interface Step {
  readonly tensor: string;
  /** Tensors of the original whose definition is put in their place while this step is checked. */
  readonly open: readonly string[];
  readonly runs: readonly Run[];
}

/** What a proof is of, by content. */
export interface Subject {
  /** SHA-256 of the files, hexadecimal: the original, the converted model. */
  readonly models: readonly [string, string];
  /** SHA-256 of the statements of the theorem library. */
  readonly library: string;
}

export interface Argument {
  /** Theorems that the steps are instances of. */
  readonly theorems: readonly string[];
  readonly inputRange: readonly [number, number] | null;
  /** Bound on every rounding, in float32 units in the last place. */
  readonly maxUlps: number;
  /** Tensors of the original that are affine in earlier ones and yet stand for themselves unless open. */
  readonly named: readonly string[];
  /** What channels of the original are that are numbers, or others of its channels. */
  readonly facts: readonly Step[];
  /** In the order of the converted model's layers. */
  readonly steps: readonly Step[];
  /** For each output of the models, in order, what is open while it is compared. */
  readonly outputs: readonly (readonly string[])[];
}

export interface Certificate extends Subject, Argument {}

/** Changes whenever the meaning of a certificate does. */
export const certificateVersion = 1;
