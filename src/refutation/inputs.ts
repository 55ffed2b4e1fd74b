/**
 * Inputs that might show a difference, in a fixed order, reproducible from a seed.
 *
 * Small values, large values, both signs, both ends everywhere, single pixels and borders: default inputs
 * (ones, uniform in [0,1]) hide whole classes of wrong conversions – permutations, clips, lost signs. All
 * are float32, so the same input can be replayed on float32 kernels, and inside the stated range.
 *
 * None is chosen by the difference it makes. An input that was looked for because it makes the difference
 * large agrees with the rounding errors of the parameters sign by sign, and would show √n times more than
 * the same errors do elsewhere (rounding-noise.ts): a correct conversion would be refuted.
 */
import { shapeOf, type Model } from '../model/model.ts';
import { elements, type Shape } from '../model/shape.ts';

export interface InputRange {
  readonly lower: number;
  readonly upper: number;
}

type Fill = (random: () => number, shape: Shape, range: InputRange) => Float32Array;

/**
 * Magnitudes tried where the range is not finite: activations well below and well above every clip.
 */
const magnitudes = [64, 1, 4096, 1 / 16];

/** And, where inputs are cheap, between those and far beyond them. */
const moreMagnitudes = [16, 2 ** 20, 2 ** -8, 256, 1];

/** Of the channels of an input, those that are lit one at a time. */
const litChannels = 8;

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The next float32 above (`step` 1) or below (−1) a float32 that is not zero. */
function neighbour(x: number, step: 1 | -1): number {
  const value = Float32Array.of(x);
  const bits = new Int32Array(value.buffer);
  if (x === 0) return step * 2 ** -149;
  bits[0] += x > 0 ? step : -step;
  return value[0];
}

/** The largest range with float32 ends inside a range; empty (lower > upper) if no float32 lies in it. */
function float32Range({ lower, upper }: InputRange): InputRange {
  const [low, high] = [Math.fround(lower), Math.fround(upper)];
  return {
    lower: low < lower ? neighbour(low, 1) : low,
    upper: high > upper ? neighbour(high, -1) : high,
  };
}

/** The finite ranges inputs are taken from, in the order they are tried. */
export function finiteRanges(
  range: InputRange | null,
  tried: readonly number[] = magnitudes,
): readonly InputRange[] {
  const { lower, upper } = range ?? { lower: -Infinity, upper: Infinity };
  const ranges =
    Number.isFinite(lower) && Number.isFinite(upper)
      ? [{ lower, upper }]
      : tried.map((m) => ({ lower: Math.max(lower, -m), upper: Math.min(upper, m) }));
  return ranges.map(float32Range).filter((r) => r.lower <= r.upper);
}

function within({ lower, upper }: InputRange, share: number): number {
  const x = Math.fround(lower + (upper - lower) * share);
  return Math.min(Math.max(x, lower), upper);
}

/** What stands for "nothing there": zero, or the end next to it. */
export function rest({ lower, upper }: InputRange): number {
  return Math.min(Math.max(0, lower), upper);
}

const uniform: Fill = (random, shape, range) =>
  Float32Array.from({ length: elements(shape) }, () => within(range, random()));

/** Every value at one end of the range or the other. */
const extremes: Fill = (random, shape, { lower, upper }) =>
  Float32Array.from({ length: elements(shape) }, () => (random() < 0.5 ? lower : upper));

/** Nothing but for a few values. */
const sparse: Fill = (random, shape, range) =>
  Float32Array.from({ length: elements(shape) }, () =>
    random() < 0.05 ? within(range, random()) : rest(range),
  );

const allUpper: Fill = (_, shape, { upper }) => new Float32Array(elements(shape)).fill(upper);

const allLower: Fill = (_, shape, { lower }) => new Float32Array(elements(shape)).fill(lower);

/** Values at the ends along the border, nothing inside. */
const border: Fill = (random, { channels, height, width }, range) =>
  Float32Array.from({ length: channels * height * width }, (_, k) => {
    const y = Math.floor(k / width) % height;
    const x = k % width;
    const inside = y > 0 && y < height - 1 && x > 0 && x < width - 1;
    return inside ? rest(range) : random() < 0.5 ? range.lower : range.upper;
  });

/** The middle pixel of one channel, or of all, at the end that is farther from zero. */
function lit(shape: Shape, range: InputRange, only: number | null): Float32Array {
  const { channels, height, width } = shape;
  const { lower, upper } = range;
  const values = new Float32Array(elements(shape)).fill(rest(range));
  const bright = Math.abs(upper) < Math.abs(lower) ? lower : upper;
  const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
  for (let c = 0; c < channels; c++) {
    if (only === null || c === only) values[c * height * width + middle] = bright;
  }
  return values;
}

const pixel: Fill = (_, shape, range) => lit(shape, range, null);

const fills: readonly Fill[] = [
  uniform,
  extremes,
  sparse,
  allUpper,
  allLower,
  border,
  pixel,
  uniform,
];

/** Yields inputs, one array for each of the model's inputs, channel-major. */
export function* candidateInputs(
  model: Model,
  range: InputRange | null,
): Generator<readonly Float32Array[]> {
  let seed = 0;
  for (const fill of fills) {
    for (const finite of finiteRanges(range)) {
      const random = generator(++seed);
      yield model.inputs.map(({ tensor }) => fill(random, shapeOf(model, tensor), finite));
    }
  }
}

/**
 * More inputs of the same kinds, for models so small that trying them costs little. The first light up one
 * channel only: what it does is not lost in the rounding of the others.
 */
export function* moreInputs(
  model: Model,
  range: InputRange | null,
): Generator<readonly Float32Array[]> {
  const ranges = finiteRanges(range, moreMagnitudes);
  const widest = Math.max(...model.inputs.map(({ tensor }) => shapeOf(model, tensor).channels));
  for (let channel = 0; channel < Math.min(widest, litChannels); channel++) {
    for (const finite of ranges) {
      yield model.inputs.map(({ tensor }) => lit(shapeOf(model, tensor), finite, channel));
    }
  }
  let seed = 1000;
  for (const fill of [uniform, extremes, sparse, border, pixel, uniform, extremes, sparse]) {
    for (const finite of ranges) {
      const random = generator(++seed);
      yield model.inputs.map(({ tensor }) => fill(random, shapeOf(model, tensor), finite));
    }
  }
}
