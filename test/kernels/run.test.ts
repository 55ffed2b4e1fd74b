/** The runners beyond single layers: what it returns, what it refuses, what it leaves behind. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { measureConformance } from '../../src/kernels/conformance.ts';
import type { Kernel } from '../../src/kernels/kernel.ts';
import { ModelBuilder } from '../../src/model/builder.ts';
import { elements, noPadding } from '../../src/model/shape.ts';
import type { Model } from '../../src/model/model.ts';
import { errorBound } from '../../src/semantics/denote.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import type { Operand } from '../../src/semantics/operand.ts';
import { float32 } from '../../src/semantics/rounding.ts';
import { openedKernels } from './opened.ts';

const kernels = await openedKernels();

/** A stride-2 block with a projection, batch norms, pooling and a classifier: 3×9×8 → 5. */
function block(): Model {
  const builder = new ModelBuilder();
  const some = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, k) => Math.sin(7 * k + length));
  const conv = (name: string, input: number, from: number, to: number, size: number): number =>
    builder.add({
      name,
      kind: 'conv',
      inputs: [input],
      weight: some(to * from * size * size),
      bias: null,
      outChannels: to,
      kernel: { y: size, x: size },
      groups: 1,
      strides: name === 'second' ? { y: 1, x: 1 } : { y: 2, x: 2 },
      dilations: { y: 1, x: 1 },
      pads: size === 1 ? noPadding : { top: 1, left: 1, bottom: 1, right: 1 },
    });
  const norm = (name: string, input: number): number =>
    builder.add({
      name,
      kind: 'batchNorm',
      inputs: [input],
      scale: some(4),
      offset: some(4),
      mean: some(4),
      variance: some(4).map(Math.abs),
      epsilon: Math.fround(1e-3),
    });
  const x = builder.input('x', { channels: 3, height: 9, width: 8 });
  const first = norm('norm1', conv('first', x, 3, 4, 3));
  const branch = conv(
    'second',
    builder.add({ name: 'relu', kind: 'relu', inputs: [first] }),
    4,
    4,
    3,
  );
  const sum = builder.add({
    name: 'sum',
    kind: 'add',
    inputs: [norm('norm2', branch), conv('projection', x, 3, 4, 1)],
  });
  const pooled = builder.add({ name: 'pooled', kind: 'globalAveragePool', inputs: [sum] });
  const weight = some(20);
  const dense = { name: 'classes', kind: 'dense' as const, weight, bias: some(5), outChannels: 5 };
  builder.output('y', builder.add({ ...dense, inputs: [pooled] }), 'vector');
  const model = builder.finish();
  if (!model.ok) throw new Error(model.failure.reason);
  return model.value;
}

const model = block();
const image = Float32Array.from(
  { length: elements(model.tensors[0].shape) },
  (_, k) => 3 * Math.cos(k),
);
const everything = model.tensors.map((_, k) => k);

describe.each(kernels)('kernel $name', (kernel: Kernel) => {
  test('returns the tensors wanted, inputs included, within the bound of the reference', async () => {
    const run = await kernel.run(model, [image], everything);
    if (!run.ok) throw new Error(run.failure.reason);
    expect([...run.value.keys()].sort((a, b) => a - b)).toEqual(everything);
    const asked = { keep: everything, bound: true };
    const { values, errors } = evaluate(model, [Float64Array.from(image)], asked);
    // How far the kernel's own activations may be from the real ones, carried through every layer.
    const live = new Map<number, Operand>();
    for (const tensor of everything) {
      const { shape } = model.tensors[tensor];
      const observed = Float64Array.from(run.value.get(tensor) ?? []);
      const layer = model.layers.find((each) => each.output === tensor);
      const operands = layer?.inputs.flatMap((input) => live.get(input) ?? []) ?? [];
      const allowed =
        layer === undefined
          ? new Float64Array(observed.length)
          : errorBound(layer, operands, shape, float32);
      live.set(tensor, { shape, values: observed, errors: allowed });
      const meant = values.get(tensor) ?? new Float64Array();
      const reference = errors?.get(tensor) ?? new Float64Array();
      expect(observed.length).toBe(meant.length);
      observed.forEach((v, k) => {
        expect(Math.abs(v - meant[k])).toBeLessThanOrEqual(allowed[k] + reference[k]);
      });
    }
  });

  test('conforms, layer by layer', async () => {
    const measured = await measureConformance({ model, kernel, inputs: [image] });
    if (!measured.ok) throw new Error(measured.failure.reason);
    expect(measured.value.layers).toBe(model.layers.length);
    expect(measured.value.worstRatio).toBeGreaterThan(0);
    expect(measured.value.worstRatio).toBeLessThanOrEqual(1);
    const { ratios, observed, allowed } = measured.value;
    expect([observed.length, allowed.length]).toEqual([ratios.length, ratios.length]);
    for (const [k, ratio] of ratios.entries()) {
      expect(allowed[k]).toBeGreaterThan(0);
      expect(observed[k] / allowed[k]).toBe(ratio);
    }
  });

  test.each([
    ['off by a half', 0.5],
    ['not a number', NaN],
  ])('one value of a ReLU that is %s is what was observed there', async (_, off) => {
    const wrong: Kernel = {
      ...kernel,
      name: kernel.name,
      close: () => kernel.close(),
      run: async (asked, inputs, keep) => {
        const run = await kernel.run(asked, inputs, keep);
        if (!run.ok || asked.layers[0].name !== 'relu') return run;
        for (const values of run.value.values()) values[7] = Math.round(values[7]) + off;
        return run;
      },
    };
    const right = await kernel.run(model, [image], everything);
    const relu = model.layers.findIndex(({ name }) => name === 'relu');
    const { output } = model.layers[relu];
    const meant = right.ok ? (right.value.get(output)?.[7] ?? 0) : 0;
    const measured = await measureConformance({ model, kernel: wrong, inputs: [image] });
    if (!measured.ok) throw new Error(measured.failure.reason);
    const { ratios, observed, allowed } = measured.value;
    expect(observed[relu]).toBe(Math.abs(Math.round(meant) + off - meant));
    expect(ratios[relu]).toBeGreaterThan(1);
    // A ReLU rounds nothing: only a subnormal number may become zero.
    expect(allowed[relu]).toBe(2 ** -126);
  });

  test('leaves no tensor behind, whether it succeeds or fails', async () => {
    await kernel.run(model, [image], everything);
    const before = tf.memory().numTensors;
    await kernel.run(model, [image], [model.outputs[0].tensor]);
    const broken = { ...model, layers: model.layers.filter((layer) => layer.name !== 'relu') };
    const failed = await kernel.run(broken, [image], [model.outputs[0].tensor]);
    expect(failed.ok).toBe(false);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a kernel with one weight off by a thousandth does not conform', async () => {
    const wrong: Kernel = {
      ...kernel,
      name: kernel.name,
      close: () => kernel.close(),
      run: (asked, inputs, keep) => {
        const layers = asked.layers.map((layer) => {
          if (layer.name !== 'second' || layer.kind !== 'conv') return layer;
          const weight = layer.weight.slice();
          weight[5] *= 1.001;
          return { ...layer, weight };
        });
        return kernel.run({ ...asked, layers }, inputs, keep);
      },
    };
    const measured = await measureConformance({ model, kernel: wrong, inputs: [image] });
    expect(measured).toMatchObject({ ok: true, value: { layer: 'second' } });
    expect(measured.ok && measured.value.worstRatio).toBeGreaterThan(10);
  });
});

test('runs on several backends at once take turns', async () => {
  const runs = await Promise.all(
    [...kernels, ...kernels].map((kernel) =>
      measureConformance({ model, kernel, inputs: [image] }),
    ),
  );
  for (const run of runs) expect(run.ok && run.value.worstRatio).toBeLessThanOrEqual(1);
});
