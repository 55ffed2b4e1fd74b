/**
 * Claims about the evaluation that judges faults, written without src/semantics: of every layer it knows it
 * gives intervals that meet what the reference evaluator allows, and none wider than 2⁻¹²⁰ of what is
 * evaluated; and it tells apart what float64 cannot. Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModelBuilder } from '../../src/model/builder.ts';
import type { Model } from '../../src/model/model.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { arbitraryCase, layerKinds } from '../arbitraries/layer.ts';
import { hold } from '../runs.ts';
import { functionsApart } from './apart.ts';
import { evaluateExactly } from './exact/evaluate.ts';
import { fixed, type Interval } from './exact/number.ts';

const unit = Number(fixed(1));

/** The ends in float64, each rounded once: relative 2⁻⁵³, which is added to what is allowed. */
function ends({ lower, upper }: Interval): readonly [number, number] {
  return [Number(lower) / unit, Number(upper) / unit];
}

test.each([...layerKinds, 'hardSigmoid', 'hardSwish'] as const)('%s', async (kind) => {
  await hold(
    fc.property(arbitraryCase(kind), ({ model, inputs }) => {
      const wide = inputs.map((values) => Float64Array.from(values));
      const exact = evaluateExactly(model, wide);
      expect(exact).not.toBeNull();
      const [{ tensor }] = model.outputs;
      const { values, errors } = evaluate(model, wide, { bound: true });
      const [value, error] = [values.get(tensor) ?? [], errors?.get(tensor) ?? []];
      expect(exact?.[0].length).toBe(value.length);
      exact?.[0].forEach((interval, k) => {
        const [lower, upper] = ends(interval);
        const room = error[k] + 2 ** -52 * Math.abs(value[k]) + 2 ** -1074;
        expect(lower).toBeLessThanOrEqual(value[k] + room);
        expect(upper).toBeGreaterThanOrEqual(value[k] - room);
        expect(interval.upper - interval.lower).toBeLessThanOrEqual(fixed(2 ** -120));
      });
    }),
    { runs: 60 },
  );
});

/** x · (1 + 2⁻²³)ⁿ · (1 − 2⁻²³)ⁿ, or x with as many factors left out. */
function nearlyOne(pairs: number): Model {
  const builder = new ModelBuilder();
  let x = builder.input('x', { channels: 1, height: 1, width: 1 });
  const times = (factor: number): void => {
    const layer = { kind: 'scale', name: 'factor', operation: 'multiply', inputs: [x] } as const;
    x = builder.add({ ...layer, factor: Float32Array.of(factor) });
  };
  for (let k = 0; k < pairs; k++) {
    times(1 + 2 ** -23);
    times(1 - 2 ** -23);
  }
  builder.output('y', x);
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

test('a difference of 2⁻⁴⁶ behind 2000 roundings is seen, and none where there is none', () => {
  const original = nearlyOne(1000);
  expect(functionsApart({ original, converted: original }, null, 1)).toBeNull();
  const found = functionsApart({ original, converted: nearlyOne(1001) }, null, 1);
  expect(found?.by).toBe('exact');
});
