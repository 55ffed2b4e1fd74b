/**
 * Inputs that might show a difference, in a fixed order, reproducible from a seed.
 *
 * Small values, large values, both signs, single pixels and borders: default inputs (ones, uniform in
 * [0,1]) hide whole classes of wrong conversions – permutations, clips, lost signs. All are float32, so
 * the same input can be replayed on float32 kernels.
 */
import { shapeOf, type Model } from '../model/model.ts';
import { elements, type Shape } from '../model/shape.ts';

export interface InputRange {
  readonly lower: number;
  readonly upper: number;
}

type Fill = (random: () => number, shape: Shape) => Float32Array;

/** Magnitudes tried where no range is stated: activations well below and well above every clip. */
const magnitudes = [1, 64, 1 / 16, 4096];

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

function uniform(range: InputRange): Fill {
  return (random, shape) =>
    Float32Array.from({ length: elements(shape) }, () => {
      const x = Math.fround(range.lower + (range.upper - range.lower) * random());
      return Math.min(Math.max(x, range.lower), range.upper);
    });
}

/** Every value at one end of the range or the other. */
function extremes(range: InputRange): Fill {
  return (random, shape) =>
    Float32Array.from({ length: elements(shape) }, () =>
      random() < 0.5 ? range.lower : range.upper,
    );
}

/** One value everywhere but for a few pixels. */
function sparse(range: InputRange): Fill {
  return (random, shape) => {
    const rest = Math.min(Math.max(0, range.lower), range.upper);
    return Float32Array.from({ length: elements(shape) }, () =>
      random() < 0.05 ? range.lower + (range.upper - range.lower) * random() : rest,
    );
  };
}

function fills(range: InputRange | null): readonly Fill[] {
  const ranges = range === null ? magnitudes.map((m) => ({ lower: -m, upper: m })) : [range];
  const dense = ranges.map(uniform);
  const others = ranges.flatMap((r) => [extremes(r), sparse(r)]);
  return [...dense, ...others, ...dense];
}

/** Yields inputs, one array for each of the model's inputs, channel-major. */
export function* candidateInputs(
  model: Model,
  range: InputRange | null,
): Generator<readonly Float32Array[]> {
  for (const [index, fill] of fills(range).entries()) {
    const random = generator(index + 1);
    yield model.inputs.map(({ tensor }) => fill(random, shapeOf(model, tensor)));
  }
}
