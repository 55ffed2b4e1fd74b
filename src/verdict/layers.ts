/**
 * What each layer of the converted model is, in terms of the original: kept on demand, for reports.
 *
 * It explains a verdict and decides nothing: a channel is said to equal one of the original only where the
 * comparison that proves found it to, but what is not said here may be equal all the same.
 */

/**
 * `own`: the channel of one layer of the original. `fused`: of several layers one after the other.
 * `merged`: of several, an addition among them. `reserved`: a channel of the layer's input, carried through,
 * maybe scaled and moved. `constant`: the same everywhere. `other`: no channel of the original equals it.
 */
export const channelKinds = ['own', 'reserved', 'merged', 'fused', 'constant', 'other'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Channels that follow one another and equal channels of the original that do so too. */
export interface ChannelRun {
  readonly kind: ChannelKind;
  readonly first: number;
  readonly count: number;
  /** Layer or input of the original, and the first of its channels; null for `constant` and `other`. */
  readonly layer: string | null;
  readonly channel: number | null;
  /** A channel is this multiple of the original's, plus a constant where `shifted`. */
  readonly scale: number;
  readonly shifted: boolean;
}

export interface LayerAccount {
  /** Of the converted model. */
  readonly layer: string;
  /** How many channels of each kind. */
  readonly counts: Readonly<Record<ChannelKind, number>>;
  /** In order of channels; the first few where there are many. */
  readonly runs: readonly ChannelRun[];
  /** Whether `runs` are all. */
  readonly complete: boolean;
  /** The layer of the original that most of the own, merged and fused channels are of. */
  readonly counterpart: string | null;
  /** Whether the result is the whole result of the counterpart, in whatever order of channels. */
  readonly whole: boolean;
  /** Layers of the original that this one stands for. */
  readonly standsFor: readonly string[];
  /** Largest rounding of a coefficient that was booked here, in float32 units in the last place. */
  readonly ulps: number;
  /** Names of the theorems that the steps taken here are instances of. */
  readonly theorems: readonly string[];
}

/** What a proof did, layer by layer. */
export interface Account {
  readonly layers: readonly LayerAccount[];
  /** Every comparison of a channel that held up to rounding, by its rounding. */
  readonly roundings: {
    /** Upper ends of the bins in units in the last place, ascending; each begins where the last one ends. */
    readonly edges: readonly number[];
    readonly counts: readonly number[];
    /** Comparisons that hold exactly. */
    readonly exact: number;
  };
}
