/**
 * Whether two models really differ on an input, by the float64 reference evaluator (formal-core §1).
 *
 * The gap must exceed the rigorous error bound of both evaluations where that bound is useful, and
 * otherwise a thousand times the noise seen when every sum is added up the other way round. Which of the
 * two it was is part of the answer.
 */
import type { Model } from '../model/model.ts';
import { evaluate, type Evaluation } from '../semantics/evaluate.ts';
import type { GapBound } from '../verdict/verdict.ts';

export interface Gap {
  /** Index of the output port and of the value in it where the models differ most. */
  readonly output: number;
  readonly index: number;
  readonly gap: number;
  readonly bound: number;
  readonly boundKind: GapBound;
  readonly original: Float64Array;
  readonly converted: Float64Array;
}

interface Largest {
  readonly output: number;
  readonly index: number;
  readonly gap: number;
}

function outputs(model: Model, evaluation: Evaluation): readonly Float64Array[] {
  return model.outputs.map(({ tensor, name }) => {
    const values = evaluation.values.get(tensor);
    if (values === undefined) throw new Error(`output ${name} was not evaluated`);
    return values;
  });
}

function largestGap(a: readonly Float64Array[], b: readonly Float64Array[]): Largest {
  let best: Largest = { output: 0, index: 0, gap: 0 };
  for (const [output, values] of a.entries()) {
    const others = b[output];
    for (let index = 0; index < values.length; index++) {
      const gap = Math.abs(values[index] - others[index]);
      if (gap > best.gap) best = { output, index, gap };
    }
  }
  return best;
}

/** Noise is at least this many roundings of the value itself: a sum of one term shows none. */
const leastNoise = 2 ** -50;

/**
 * The largest difference of the two models on an input, if it is beyond noise; null if it is not.
 * `rigorous` asks for propagated error bounds, which cost about three times an evaluation.
 */
export function gapOn(
  pair: { readonly original: Model; readonly converted: Model },
  inputs: readonly Float32Array[],
  rigorous: boolean,
): Gap | null {
  const wide = inputs.map((values) => Float64Array.from(values));
  const [left, right] = [pair.original, pair.converted].map((model) => {
    const evaluation = evaluate(model, wide, { bound: rigorous });
    const values = outputs(model, evaluation);
    return { model, evaluation, values };
  });
  const { output, index, gap } = largestGap(left.values, right.values);
  if (gap === 0 || !Number.isFinite(gap)) return null;
  const found = {
    output,
    index,
    gap,
    original: left.values[output],
    converted: right.values[output],
  };
  if (rigorous) {
    const bound = [left, right].reduce((sum, { model, evaluation }) => {
      const errors = evaluation.errors?.get(model.outputs[output].tensor);
      return sum + (errors === undefined ? Infinity : errors[index]);
    }, 0);
    if (gap > bound) return { ...found, bound, boundKind: 'rigorous float64 error bound' };
  }
  const noise = [left, right].reduce((sum, { model, values }) => {
    const again = outputs(model, evaluate(model, wide, { order: 'reverse' }));
    return sum + largestGap(values, again).gap;
  }, 0);
  const size = Math.max(Math.abs(found.original[index]), Math.abs(found.converted[index]));
  const bound = 1000 * Math.max(noise, leastNoise * size);
  return gap > bound ? { ...found, bound, boundKind: '1000 × measured float64 noise' } : null;
}
