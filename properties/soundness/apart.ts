/**
 * Whether two models compute different functions, decided without a tolerance.
 *
 * On each of a list of inputs both are evaluated in float64 with rigorous error bounds; where those do not
 * tell them apart, with intervals of 320-bit numbers. Intervals that lie apart prove a difference. What is
 * not seen apart is not proved equal: the inputs are a sample, though a generic one.
 */
import { Random } from '../../src/blocks/random.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { evaluateExactly } from './exact/evaluate.ts';

export interface Range {
  readonly lower: number;
  readonly upper: number;
}

export interface Models {
  readonly original: Model;
  readonly converted: Model;
}

/** An input on which the models differ, and what it took to see it. */
export interface Apart {
  readonly inputs: readonly Float64Array[];
  readonly by: 'float64' | 'exact';
}

/** Where no range is stated: below every activation's bounds, around them, and far above. */
const magnitudes = [1, 16, 2 ** -8, 256, 4096, 2 ** 20, 4, 64, 2 ** -4];

/** The values of an input: all over the range, at its ends, or in a few places only. */
const fills: readonly ((random: Random, range: Range) => number)[] = [
  (random, { lower, upper }) => random.between(lower, upper),
  (random, { lower, upper }) => (random.chance(0.5) ? lower : upper),
  (random, { lower, upper }) =>
    random.chance(0.1) ? random.between(lower, upper) : Math.min(Math.max(0, lower), upper),
];

/** Generic inputs inside the range, float32, the same for the same seed. */
export function* genericInputs(
  model: Model,
  range: Range | null,
  seed: number,
): Generator<readonly Float64Array[]> {
  const random = new Random(seed);
  const ranges = range === null ? magnitudes.map((m) => ({ lower: -m, upper: m })) : [range, range];
  for (const fill of fills) {
    for (const { lower, upper } of ranges) {
      const within = (x: number): number => {
        const value = Math.fround(x);
        return value < lower || value > upper ? Math.fround((lower + upper) / 2) : value;
      };
      yield model.inputs.map(({ tensor }) =>
        Float64Array.from({ length: elements(shapeOf(model, tensor)) }, () =>
          within(fill(random, { lower, upper })),
        ),
      );
    }
  }
}

/** Whether some output value differs by more than both evaluations can be off. */
export function apartInFloat64({ original, converted }: Models, inputs: readonly Float64Array[]) {
  const [a, b] = [original, converted].map((model) => {
    const { values, errors } = evaluate(model, inputs, { bound: true });
    return model.outputs.map(({ tensor }) => ({
      values: values.get(tensor) ?? new Float64Array(0),
      errors: errors?.get(tensor) ?? new Float64Array(0),
    }));
  });
  // The bounds themselves are sums in float64; a hair more than both is certain.
  return a.some(({ values, errors }, output) =>
    values.some((v, k) => {
      const room = (errors[k] + b[output].errors[k]) * (1 + 2 ** -50);
      return Math.abs(v - b[output].values[k]) * (1 - 2 ** -50) > room;
    }),
  );
}

/** Whether the intervals of some output value lie apart; false also where a layer has no exact value. */
export function apartExactly({ original, converted }: Models, inputs: readonly Float64Array[]) {
  const a = evaluateExactly(original, inputs);
  const b = evaluateExactly(converted, inputs);
  if (a === null || b === null) return false;
  return a.some((values, output) =>
    values.some(({ lower, upper }, k) => {
      const other = b[output][k];
      return lower > other.upper || upper < other.lower;
    }),
  );
}

/** How many inputs are worth an exact evaluation, some twenty milliseconds each. */
const exactly = 6;

/** An input on which the two differ, or null where none of the inputs tried shows a difference. */
export function functionsApart(models: Models, range: Range | null, seed: number): Apart | null {
  const tried = [...genericInputs(models.original, range, seed)];
  for (const inputs of tried) {
    if (apartInFloat64(models, inputs)) return { inputs, by: 'float64' };
  }
  for (const inputs of tried.slice(0, exactly)) {
    if (apartExactly(models, inputs)) return { inputs, by: 'exact' };
  }
  return null;
}
