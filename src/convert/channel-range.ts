/**
 * Bounds on the values of each channel of a tensor inside its domain. What a layer does to them is in
 * range.ts and its neighbours.
 */

/** Bounds for each channel; ±Infinity where none is known. */
export interface Range {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export function emptyRange(channels: number): Range {
  return { lower: new Float64Array(channels), upper: new Float64Array(channels) };
}

/** The range and zero: what a window that reads padding may find. */
export function hullWithZero({ lower, upper }: Range): Range {
  return { lower: lower.map((v) => Math.min(v, 0)), upper: upper.map((v) => Math.max(v, 0)) };
}
