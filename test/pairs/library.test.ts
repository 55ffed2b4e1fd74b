/**
 * Is the library honest? Correct pairs agree, wrong ones differ, judged by the reference evaluator.
 *
 * An `exact` pair may differ by what float64 evaluation loses, for which the evaluator has a rigorous
 * bound. A `rounded` one may also differ by one rounding of every converted parameter: the evaluator's
 * bounds for an arithmetic whose unit roundoff is 2⁻²⁴ divided by the roundings that it counts for a
 * layer, so that every term of a sum is perturbed once and the sum itself is not. A wrong pair must
 * differ by more than a rounding could, where its conversion rounds at all.
 */
import { describe, expect, test } from 'vitest';
import type { Layer, TensorId } from '../../src/model/layer.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { denote, errorBound } from '../../src/semantics/denote.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import type { Operand } from '../../src/semantics/operand.ts';
import { float32 } from '../../src/semantics/rounding.ts';
import { correctPairs, selfPairs, wrongPairs } from './library.ts';
import type { Pair } from './pair.ts';
import { Random } from './random.ts';
import { wasRounded } from './sketch.ts';

/** Magnitudes of the inputs tried where no range is stated; else the range and both its ends. */
const magnitudes = [0, 1 / 16, 1, 16, 256, 4096];

function inputsOf(pair: Pair, random: Random): Float64Array[][] {
  const { inputRange: range } = pair;
  const ranges =
    range === null
      ? magnitudes.map((m) => ({ lower: -m, upper: m }))
      : [range, range, { ...range, upper: range.lower }, { ...range, lower: range.upper }];
  return ranges.map(({ lower, upper }) =>
    pair.original.inputs.map((port) => {
      const count = elements(shapeOf(pair.original, port.tensor));
      return Float64Array.from(random.values(count, lower, upper));
    }),
  );
}

/**
 * What to divide the unit roundoff by. A convolution's bounds count one rounding more than it has terms;
 * a batch norm's count six, where rounding its four parameters moves the result by three at most.
 */
function roundings(layer: Layer): number {
  if (layer.kind === 'conv' || layer.kind === 'dense') {
    return layer.weight.length / layer.outChannels + 1;
  }
  return layer.kind === 'batchNorm' ? 2 : 1;
}

/** Outputs, and how far rounding every parameter once can move them. */
function perturbed(model: Model, inputs: readonly Float64Array[]): Operand[] {
  const tensors = new Map<TensorId, Operand>();
  model.inputs.forEach((port, k) => {
    const shape = shapeOf(model, port.tensor);
    tensors.set(port.tensor, { shape, values: inputs[k], errors: null });
  });
  const at = (tensor: TensorId): Operand => {
    const operand = tensors.get(tensor);
    if (operand === undefined) throw new Error(`tensor ${tensor} is missing`);
    return operand;
  };
  for (const layer of model.layers) {
    const operands = layer.inputs.map(at);
    const shape = shapeOf(model, layer.output);
    const arithmetic = { ...float32, unitRoundoff: float32.unitRoundoff / roundings(layer) };
    const values = denote(layer, operands, shape);
    const errors = errorBound(layer, operands, shape, arithmetic);
    tensors.set(layer.output, { shape, values, errors });
  }
  return model.outputs.map((port) => at(port.tensor));
}

interface Gap {
  /** Largest difference beyond the float64 error bounds of both evaluations. */
  readonly beyondExact: number;
  /** Largest difference beyond those bounds and one rounding of each converted parameter. */
  readonly beyondRounding: number;
  readonly size: number;
}

function gapOf(pair: Pair, inputs: readonly Float64Array[]): Gap {
  const original = evaluate(pair.original, inputs, { bound: true });
  const converted = evaluate(pair.converted, inputs, { bound: true });
  const rounding = perturbed(pair.converted, inputs);
  let [beyondExact, beyondRounding, size] = [-Infinity, -Infinity, 0];
  pair.original.outputs.forEach((port, k) => {
    const other = pair.converted.outputs[k].tensor;
    const [u, v] = [original.values.get(port.tensor), converted.values.get(other)];
    const [e, f] = [original.errors?.get(port.tensor), converted.errors?.get(other)];
    if (!u || !v || !e || !f) throw new Error('an output was not evaluated');
    u.forEach((value, i) => {
      const beyond = Math.abs(value - v[i]) - e[i] - f[i];
      beyondExact = Math.max(beyondExact, beyond);
      beyondRounding = Math.max(beyondRounding, beyond - (rounding[k].errors?.[i] ?? 0));
      size = Math.max(size, Math.abs(value));
    });
  });
  return { beyondExact, beyondRounding, size };
}

function gaps(pair: Pair): Gap[] {
  return inputsOf(pair, new Random(31)).map((inputs) => gapOf(pair, inputs));
}

describe('correct pairs', () => {
  test.each(correctPairs().map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    expect(pair.expected).not.toBe('different');
    expect(wasRounded(pair.original)).toBe(false);
    expect(wasRounded(pair.converted)).toBe(pair.expected === 'rounded');
    for (const gap of gaps(pair)) {
      expect(pair.expected === 'exact' ? gap.beyondExact : gap.beyondRounding).toBeLessThanOrEqual(
        0,
      );
    }
    // A function that ignores its input would agree with anything.
    const sizes = gaps(pair).map((gap) => gap.size);
    expect(new Set(sizes).size).toBeGreaterThan(1);
  });
});

describe('wrong pairs', () => {
  test.each(wrongPairs().map((pair) => [pair.name, pair] as const))('%s', (_, pair) => {
    expect(pair.expected).toBe('different');
    const rounds = wasRounded(pair.original) || wasRounded(pair.converted);
    const beyond = gaps(pair).map((gap) => (rounds ? gap.beyondRounding : gap.beyondExact));
    expect(Math.max(...beyond)).toBeGreaterThan(0);
  });
});

test('names are unique, wrong ones say so', () => {
  const all = [...correctPairs(), ...selfPairs(), ...wrongPairs()];
  expect(new Set(all.map((pair) => pair.name)).size).toBe(all.length);
  for (const pair of all) {
    expect(pair.name.startsWith('wrong-')).toBe(pair.expected === 'different');
  }
});
