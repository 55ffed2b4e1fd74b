/**
 * Claim: whatever the block – widths, kernels, strides, groups, activations, pre- or post-activation,
 * identity or projection – the converted model computes the original's function up to one rounding of
 * each coefficient, for every strategy, folded and fused or not (RM operation, arXiv 2111.00687).
 * Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert, type ConvertOptions } from '../../src/convert/convert.ts';
import { strategies } from '../../src/convert/strategy.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built, disagreement, randomInputs, Sketch } from '../../test/convert/support.ts';
import { hold } from '../runs.ts';

const part = fc.record({
  kernel: fc.constantFrom(1, 3, 5),
  stride: fc.constantFrom(1, 1, 1, 2, 3),
  width: fc.constantFrom(2, 4, 6),
  groups: fc.constantFrom(1, 1, 2),
  bias: fc.boolean(),
  batchNorm: fc.boolean(),
  activation: fc.constantFrom('none', 'relu', 'relu6', 'leaky', 'prelu', 'window'),
  before: fc.boolean(),
});

const block = fc.record({
  seed: fc.nat(1 << 20),
  height: fc.integer({ min: 3, max: 7 }),
  width: fc.integer({ min: 3, max: 7 }),
  rectified: fc.boolean(),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  swapped: fc.boolean(),
  follow: fc.boolean(),
});

type Part = typeof part extends fc.Arbitrary<infer T> ? T : never;
type Block = typeof block extends fc.Arbitrary<infer T> ? T : never;

function decorated(s: Sketch, name: string, input: TensorId, choice: Part): TensorId {
  const t = choice.batchNorm ? s.batchNorm(`${name}.bn`, input) : input;
  switch (choice.activation) {
    case 'relu':
      return s.relu(`${name}.relu`, t);
    case 'relu6':
      return s.clip(`${name}.relu6`, t, 0, 6);
    case 'leaky':
      return s.leakyRelu(`${name}.leaky`, t, 0.25);
    case 'prelu':
      return s.prelu(`${name}.prelu`, t);
    case 'window':
      return s.clip(`${name}.window`, t, -1, 2);
    default:
      return t;
  }
}

function draw({ seed, height, width, rectified, parts, swapped, follow }: Block): Model {
  const s = new Sketch(seed);
  const x = s.input({ channels: 4, height, width });
  const fork = rectified ? s.relu('stem', x) : x;
  let t = fork;
  let stride = 1;
  parts.forEach((choice, k) => {
    const name = `l${k}`;
    if (choice.before) t = decorated(s, name, t, choice);
    t = s.conv(`${name}.conv`, t, choice.width, choice);
    if (!choice.before) t = decorated(s, name, t, choice);
    stride *= choice.stride;
  });
  const channels = parts[parts.length - 1].width;
  const same = stride === 1 && channels === 4;
  const passed = same ? fork : s.batchNorm('pbn', s.conv('p', fork, channels, { stride }));
  const sum = swapped ? s.add('add', passed, t) : s.add('add', t, passed);
  return s.done(follow ? s.conv('next', s.batchNorm('nbn', sum), 3, { kernel: 3 }) : sum);
}

test('conversion keeps the function, and converting again changes nothing', async () => {
  let removed = 0;
  let kept = 0;
  await hold(
    fc.property(
      block,
      fc.constantFrom(...strategies),
      fc.boolean(),
      fc.boolean(),
      (drawn, strategy, foldBatchNorm, fuse) => {
        const model = draw(drawn);
        const inputRange = { lower: -3, upper: 3 };
        const options: ConvertOptions = { strategy, inputRange, foldBatchNorm, fuse };
        const conversion = built(convert(model, options));
        removed += conversion.removed.length;
        kept += conversion.kept.length;
        if (strategy !== 'nonnegative' && strategy !== 'shift') {
          expect(conversion.kept).toEqual([]);
        }
        const inputs = randomInputs(model, drawn.seed, 3);
        expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
        expect(built(convert(conversion.model, options)).model).toBe(conversion.model);
      },
    ),
    { runs: 500 },
  );
  // The generator reaches both outcomes often enough to mean something.
  expect(removed).toBeGreaterThan(250);
  expect(kept).toBeGreaterThan(10);
});
