/**
 * Claim: whatever linear branches are made of – kernels of any size, padding, stride, dilation and groups, averages,
 * crops, batch norms, in a row or side by side, added or subtracted, beside branches that bend – what `convert` makes
 * of their sum is the same function up to one rounding of each coefficient, is proved to be, and is left alone when
 * converted again (re-parameterization, arXiv 2101.03697 and 2103.13425). Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { convert } from '../../src/convert/convert.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { TensorId } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { built, disagreement, randomInputs, Sketch } from '../../test/convert/support.ts';
import { throughFile } from '../../test/convert/through-file.ts';
import { hold } from '../runs.ts';

const steps = [
  ...(['same', 'same', 'point', 'corner', 'opposite', 'enlarged'] as const),
  ...(['counted', 'uncounted', 'norm', 'factor', 'shifted', 'relu'] as const),
];

const step = fc.record({
  kind: fc.constantFrom(...steps),
  kernel: fc.constantFrom(1, 3, 5),
  columns: fc.constantFrom(1, 3),
  dilation: fc.constantFrom(1, 1, 2),
  groups: fc.constantFrom(1, 1, 2, 4),
  bias: fc.boolean(),
});

const sum = fc.record({
  seed: fc.nat(1 << 20),
  height: fc.integer({ min: 3, max: 7 }),
  width: fc.integer({ min: 3, max: 7 }),
  rectified: fc.boolean(),
  stride: fc.constantFrom(1, 1, 2),
  branches: fc.array(fc.array(step, { maxLength: 3 }), { minLength: 2, maxLength: 4 }),
  subtracted: fc.nat(7),
  nested: fc.boolean(),
  foldBatchNorm: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Sum = typeof sum extends fc.Arbitrary<infer T> ? T : never;

const none = { top: 0, left: 0, bottom: 0, right: 0 };
const one = { top: 1, left: 1, bottom: 1, right: 1 };

/** A layer, or two, that keep the size of the image. */
function drawn(s: Sketch, name: string, x: TensorId, choice: Step): TensorId {
  const { kernel, columns, dilation, groups, bias } = choice;
  const pool = (counts: boolean): TensorId =>
    s.builder.add({
      ...{ kind: 'averagePool', name, inputs: [x], countIncludePad: counts, pads: one },
      ...{ kernel: { y: 3, x: 3 }, strides: { y: 1, x: 1 } },
    });
  switch (choice.kind) {
    case 'same':
      return s.conv(name, x, 4, { kernel: [kernel, columns], dilation, groups, bias });
    case 'point':
      return s.conv(name, x, 4, { groups, bias });
    case 'corner':
      return s.conv(name, x, 4, { kernel: 2, pads: { ...none, bottom: 1, right: 1 }, bias });
    case 'opposite':
      return s.conv(name, x, 4, { kernel: 2, pads: { ...none, top: 1, left: 1 }, groups });
    case 'enlarged': {
      const inner = s.conv(`${name}.inner`, s.pad(`${name}.pad`, x, one), 4, { bias, groups });
      return s.conv(name, inner, 4, { kernel: 3, pads: none });
    }
    case 'counted':
      return pool(true);
    case 'uncounted':
      return pool(false);
    case 'norm':
      return s.batchNorm(name, x);
    case 'factor': {
      const factor = Float32Array.of(0.5, -1.25, 0, 3);
      return s.builder.add({ kind: 'scale', name, inputs: [x], operation: 'multiply', factor });
    }
    case 'shifted': {
      const pads = { top: 1, left: 0, bottom: -1, right: 0 };
      return s.pad(name, x, pads);
    }
    case 'relu':
      return s.relu(name, x);
  }
}

function draw({ seed, height, width, rectified, stride, branches, ...of }: Sum): Model {
  const s = new Sketch(seed);
  const input = s.input({ channels: 4, height, width });
  const x = rectified ? s.relu('stem', input) : input;
  const ends = branches.map((layers, k) => {
    const end = layers.reduce((t, choice, n) => drawn(s, `l${k}.${n}`, t, choice), x);
    const size = k % 2 === 0 ? 3 : 1;
    return stride === 1 ? end : s.conv(`l${k}.stride`, end, 4, { kernel: size, stride });
  });
  const join = (a: TensorId, b: TensorId, k: number): TensorId => {
    const kind = (of.subtracted >> k) & 1 ? 'subtract' : 'add';
    return s.builder.add({ kind, name: `sum${k}`, inputs: [a, b] });
  };
  const [first, ...rest] = ends;
  if (of.nested && rest.length === 3) {
    return s.done(join(join(first, rest[0], 0), join(rest[1], rest[2], 1), 2));
  }
  return s.done(rest.reduce((total, end, k) => join(total, end, k), first));
}

/** Whether anything is cut off by a negative padding, which no file is read with. */
function crops({ layers }: Model): boolean {
  return layers.some(
    (layer) => layer.kind === 'pad' && Math.min(layer.pads.top, layer.pads.bottom) < 0,
  );
}

test('branches become one convolution where they are one, and stay the same function', async () => {
  const seen = { merged: 0, ones: 0, kept: 0 };
  await hold(
    fc.property(sum, (recipe) => {
      const model = draw(recipe);
      const { foldBatchNorm } = recipe;
      const inputRange = { lower: -3, upper: 3 };
      const options = { strategy: 'prelu', inputRange, foldBatchNorm, fuse: false } as const;
      const conversion = built(convert(model, options));
      seen.merged += conversion.merged.length;
      seen.ones += conversion.merged.filter(({ ones }) => ones).length;
      seen.kept += conversion.kept.length;
      const inputs = randomInputs(model, recipe.seed, 3);
      expect(disagreement(model, conversion.model, inputs)).toBeLessThanOrEqual(1);
      const converted = crops(conversion.model) ? conversion.model : throughFile(conversion.model);
      const attempt = prove(model, converted, { inputRange, maxUlps: 16 });
      expect(attempt.kind).toBe('equal');
      expect(built(convert(conversion.model, options)).model).toBe(conversion.model);
    }),
    { runs: 300 },
  );
  // The generator reaches every outcome often enough to mean something.
  expect(seen.merged).toBeGreaterThan(80);
  expect(seen.ones).toBeGreaterThan(2);
  expect(seen.kept).toBeGreaterThan(20);
});
