/**
 * Claims about the reference evaluator, each against arithmetic that does not round: its values lie within
 * the bound it states for them, forwards and backwards, also where its operands are inexact; and the bound
 * is no wilder than γ allows. Exact results come from rationals over BigInt, by the definition of the
 * layer and not by this project's code for it. Expected: holds.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Conv, Layer } from '../../src/model/layer.ts';
import { shapeOf } from '../../src/model/model.ts';
import { elements, type Shape } from '../../src/model/shape.ts';
import { denote, errorBound } from '../../src/semantics/denote.ts';
import type { Operand } from '../../src/semantics/operand.ts';
import { arbitraryCase, type Case } from '../arbitraries/layer.ts';
import { hold } from '../runs.ts';

/** A finite float64 times 2¹⁰⁷⁴, as an integer. */
function scaled(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1);
  return bits >> 63n === 1n ? -magnitude : magnitude;
}

/** The scale of a product of two scaled numbers. */
const unit = scaled(1);

function abs(x: bigint): bigint {
  return x < 0n ? -x : x;
}

/** Σ weight · x over the pixels the definition names, plus bias, times unit². */
function exactConv(layer: Conv, from: Shape, shape: Shape, x: readonly bigint[]): bigint[] {
  const { kernel, strides, dilations, pads } = layer;
  const result: bigint[] = [];
  const perGroup = from.channels / layer.groups;
  const weights = Array.from(layer.weight, scaled);
  for (let o = 0; o < shape.channels; o++) {
    const group = Math.floor(o / (shape.channels / layer.groups));
    for (let p = 0; p < shape.height * shape.width; p++) {
      let sum = layer.bias === null ? 0n : scaled(layer.bias[o]) * unit;
      for (let i = 0; i < perGroup; i++) {
        for (let ty = 0; ty < kernel.y; ty++) {
          for (let tx = 0; tx < kernel.x; tx++) {
            const row = Math.floor(p / shape.width) * strides.y + ty * dilations.y - pads.top;
            const column = (p % shape.width) * strides.x + tx * dilations.x - pads.left;
            if (row < 0 || column < 0 || row >= from.height || column >= from.width) continue;
            const w = weights[((o * perGroup + i) * kernel.y + ty) * kernel.x + tx];
            sum += w * x[((group * perGroup + i) * from.height + row) * from.width + column];
          }
        }
      }
      result.push(sum);
    }
  }
  return result;
}

/** The exact result of the layer at exact operands, times unit². */
function exact(layer: Layer, shapes: readonly Shape[], shape: Shape, xs: readonly bigint[][]) {
  switch (layer.kind) {
    case 'conv':
      return exactConv(layer, shapes[0], shape, xs[0]);
    case 'dense': {
      const one = { y: 1, x: 1 };
      const pads = { top: 0, left: 0, bottom: 0, right: 0 };
      const window = { groups: 1, kernel: one, strides: one, dilations: one, pads };
      return exactConv({ ...layer, kind: 'conv', ...window }, shapes[0], shape, xs[0]);
    }
    case 'prelu': {
      const area = shape.height * shape.width;
      const slope = (k: number): bigint =>
        scaled(layer.slopes.length === 1 ? layer.slopes[0] : layer.slopes[Math.floor(k / area)]);
      return xs[0].map((x, k) => x * (x >= 0n ? unit : slope(k)));
    }
    case 'globalAveragePool': {
      const area = shapes[0].height * shapes[0].width;
      return Array.from({ length: shape.channels }, (_, c) => {
        const sum = xs[0].slice(c * area, (c + 1) * area).reduce((a, b) => a + b, 0n);
        // Rounded down, by less than one part in 2¹⁰⁷⁴ of the smallest float64.
        return (sum * unit) / BigInt(area);
      });
    }
    default:
      throw new Error(`no exact ${layer.kind}`);
  }
}

function operands({ model, inputs }: Case): Operand[] {
  return inputs.map((values, k) => ({
    shape: shapeOf(model, model.inputs[k].tensor),
    values: Float64Array.from(values),
    errors: null,
  }));
}

describe.each(['conv', 'dense', 'prelu', 'globalAveragePool'] as const)('%s', (kind) => {
  test('lies within its bound, whichever end sums start from', async () => {
    await hold(
      fc.property(arbitraryCase(kind), fc.constantFrom('forward', 'reverse'), (given, order) => {
        const [layer] = given.model.layers;
        const shape = shapeOf(given.model, layer.output);
        const at = operands(given);
        const values = denote(layer, at, shape, order);
        const bound = errorBound(layer, at, shape);
        const shapes = at.map((operand) => operand.shape);
        const xs = at.map((operand) => Array.from(operand.values, scaled));
        exact(layer, shapes, shape, xs).forEach((truth, k) => {
          const error = abs(scaled(values[k]) * unit - truth);
          expect(error <= scaled(bound[k]) * unit + 1n, `entry ${k}`).toBe(true);
        });
      }),
      { runs: 60 },
    );
  });

  test('lies within its bound when operands are off by as much as they say', async () => {
    await hold(
      fc.property(
        arbitraryCase(kind),
        fc.integer({ min: -40, max: 3 }),
        fc.nat(),
        (given, power, seed) => {
          const [layer] = given.model.layers;
          const shape = shapeOf(given.model, layer.output);
          const off = 2 ** power;
          const at = operands(given).map((operand) => ({
            ...operand,
            errors: new Float64Array(elements(operand.shape)).fill(off),
          }));
          const values = denote(layer, at, shape);
          const bound = errorBound(layer, at, shape);
          // The real operands, each moved by all of `off` one way or the other.
          const xs = at.map((operand) =>
            Array.from(operand.values, (x, k) => {
              const up = ((seed >>> (k % 31)) & 1) === 1;
              return scaled(x) + (up ? scaled(off) : -scaled(off));
            }),
          );
          const shapes = at.map((operand) => operand.shape);
          exact(layer, shapes, shape, xs).forEach((truth, k) => {
            const error = abs(scaled(values[k]) * unit - truth);
            expect(error <= scaled(bound[k]) * unit + 1n, `entry ${k}`).toBe(true);
          });
        },
      ),
      { runs: 60 },
    );
  });
});

test('the bound of a convolution is γ of its magnitudes, and little more', async () => {
  await hold(
    fc.property(arbitraryCase('conv'), (given) => {
      const [layer] = given.model.layers;
      if (layer.kind !== 'conv') throw new Error('not a convolution');
      const shape = shapeOf(given.model, layer.output);
      const [x] = operands(given);
      const bound = errorBound(layer, [x], shape);
      const magnitudes = denote(
        { ...layer, weight: layer.weight.map(Math.abs), bias: layer.bias?.map(Math.abs) ?? null },
        [{ ...x, values: x.values.map(Math.abs) }],
        shape,
      );
      const roundings = layer.weight.length / layer.outChannels + 1;
      magnitudes.forEach((size, k) => {
        expect(bound[k]).toBeLessThanOrEqual(1.001 * roundings * 2 ** -53 * size + 1e-300);
      });
    }),
    { runs: 100 },
  );
});
