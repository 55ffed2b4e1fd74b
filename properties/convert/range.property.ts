/**
 * Claim: for every model and every input in the stated range, every value of every tensor lies in the
 * interval that `ranges` gives for its channel. Expected: holds (interval arithmetic with outward
 * slack). A range that is too narrow would let the converter take a ReLU for the identity.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../src/blocks/random.ts';
import { ranges } from '../../src/convert/range.ts';
import type { OpaqueFunction, TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { Sketch } from '../../test/convert/support.ts';
import { hold } from '../runs.ts';

const opaque: readonly OpaqueFunction[] = [
  'softmax',
  'sigmoid',
  'hardSigmoid',
  'hardSwish',
  'silu',
  'gelu',
  'geluTanh',
  'tanh',
  'elu',
];

/** A chain with some side branches; `choices` picks each layer. */
function draw(seed: number, choices: readonly number[]): Model {
  const s = new Sketch(seed);
  const random = new Random(seed);
  const x = s.input({ channels: 4, height: 5, width: 4 });
  let t = x;
  const window = {
    kernel: { y: 2, x: 3 },
    strides: { y: 1, x: 1 },
    pads: { top: 1, left: 1, bottom: 0, right: 1 },
  };
  const makers: readonly ((name: string, input: TensorId) => TensorId)[] = [
    (name, input) => s.conv(name, input, 4, { kernel: 3, bias: random.chance(0.5) }),
    (name, input) => s.conv(name, input, 4, { kernel: 3, groups: 2, dilation: 2, bias: true }),
    (name, input) => s.batchNorm(name, input),
    (name, input) => s.relu(name, input),
    (name, input) => s.clip(name, input, random.between(-2, 0), random.between(0, 6)),
    (name, input) => s.leakyRelu(name, input, random.between(-1, 1)),
    (name, input) => s.prelu(name, input),
    (name, input) => s.add(name, input, x),
    (name, input) => s.builder.add({ kind: 'subtract', name, inputs: [input, x] }),
    (name, input) => s.builder.add({ kind: 'multiply', name, inputs: [x, input] }),
    (name, input) =>
      s.builder.add({
        ...{ kind: 'scale', name, inputs: [input], operation: 'divide' },
        factor: Float32Array.of(random.between(0.5, 2) * (random.chance(0.5) ? 1 : -1)),
      }),
    (name, input) =>
      s.builder.add({
        ...{ kind: 'translate', name, inputs: [input] },
        addend: random.symmetric(4, 2),
      }),
    (name, input) =>
      s.builder.add({
        ...{ kind: 'select', name, inputs: [input] },
        channels: Int32Array.of(3, 1, 1, 0),
      }),
    (name, input) =>
      s.builder.add({
        ...{ kind: 'averagePool', name, inputs: [input], ...window },
        countIncludePad: random.chance(0.5),
      }),
    (name, input) =>
      s.builder.add({
        ...{ kind: 'maxPool', name, inputs: [input], ...window },
        dilations: { y: 1, x: 1 },
      }),
    (name, input) => {
      const fn = opaque[random.bits() % opaque.length];
      const [alpha, beta] = fn === 'elu' ? [random.between(-1, 1), 0] : [1 / 6, 0.5];
      return s.builder.add({ kind: 'opaque', name, inputs: [input], function: fn, alpha, beta });
    },
  ];
  choices.forEach((choice, k) => {
    const make = makers[choice % makers.length];
    const next = make(`l${k}`, t);
    // Pooling may change the size by a pixel; pad it back so that additions keep fitting.
    const { height } = s.builder.shape(next);
    const missing = 5 - height;
    t =
      missing === 0
        ? next
        : s.pad(`p${k}`, next, { top: missing, left: 0, bottom: 0, right: 0 }, 0.5);
  });
  const order = seed % 2 === 0 ? ('chw' as const) : ('hwc' as const);
  const flat = s.builder.add({ kind: 'flatten', name: 'flat', inputs: [t], order });
  const pooled = s.builder.add({ kind: 'globalAveragePool', name: 'gap', inputs: [t] });
  const joined = s.builder.add({ kind: 'concat', name: 'cat', inputs: [flat, pooled] });
  return s.done(s.dense('dense', joined, 3));
}

test('values stay in their ranges', async () => {
  await hold(
    fc.property(
      fc.integer({ min: 0, max: 1 << 30 }),
      fc.array(fc.nat(15), { minLength: 1, maxLength: 8 }),
      fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: 0, max: 8 })),
      (seed, choices, [lower, width]) => {
        const model = draw(seed, choices);
        const known = ranges(model, { lower, upper: lower + width });
        const keep = model.layers.map((layer) => layer.output);
        const random = new Random(seed + 1);
        // Corners of the box are where intervals are met.
        const corner = random.chance(0.5);
        const input = Float64Array.from({ length: 80 }, () =>
          corner ? lower + (random.chance(0.5) ? width : 0) : random.between(lower, lower + width),
        );
        const { values, errors } = evaluate(model, [input], { keep, bound: true });
        for (const tensor of keep) {
          const found = values.get(tensor) ?? new Float64Array(0);
          const error = errors?.get(tensor) ?? found;
          const pixels = found.length / known[tensor].lower.length;
          const escaped = found.findIndex((value, i) => {
            const c = Math.floor(i / pixels);
            const { lower: low, upper: high } = known[tensor];
            return !(value + error[i] >= low[c] && value - error[i] <= high[c]);
          });
          expect(escaped).toBe(-1);
        }
      },
    ),
    { runs: 300 },
  );
});

test('with inputs of any size, what is bounded is bounded by an activation', async () => {
  const s = new Sketch(1);
  const x = s.input({ channels: 2, height: 3, width: 3 });
  const linear = s.conv('c', x, 2, { kernel: 3 });
  const clipped = s.clip('clip', linear, 0, 6);
  const model = s.done(s.conv('d', clipped, 2));
  const known = ranges(model, null);
  expect([...known[linear].lower, ...known[linear].upper].some(Number.isFinite)).toBe(false);
  expect([...known[clipped].upper]).toEqual([6, 6]);
  const last = known[model.outputs[0].tensor];
  expect([...last.lower, ...last.upper].every(Number.isFinite)).toBe(true);
});
