/** Where two evaluations of an output are farthest apart. */
import type { Model } from '../model/model.ts';
import type { Evaluation } from '../semantics/evaluate.ts';

export interface OutputGap {
  readonly index: number;
  /** NaN where one of the two holds no number. */
  readonly gap: number;
}

/** The values of the model's outputs, in order. */
export function outputsOf(model: Model, evaluation: Evaluation): readonly Float64Array[] {
  return model.outputs.map(({ tensor, name }) => {
    const values = evaluation.values.get(tensor);
    if (values === undefined) throw new Error(`output ${name} was not evaluated`);
    return values;
  });
}

export function largestGap(a: Float64Array, b: Float64Array): OutputGap {
  let [index, gap] = [0, 0];
  for (let k = 0; k < a.length; k++) {
    const apart = Math.abs(a[k] - b[k]);
    if (Number.isNaN(apart)) return { index: k, gap: NaN };
    if (apart > gap) [index, gap] = [k, apart];
  }
  return { index, gap };
}
