/**
 * The gradient of each kind of layer against the layer itself: ⟨J·v, g⟩ = ⟨v, Jᵀ·g⟩, where J·v is read off
 * the evaluator. Where the layer bends, v is small and the point is away from the bend.
 */
import { describe, expect, test } from 'vitest';
import type { TensorId } from '../../src/model/layer.ts';
import { shapeOf } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { gradientAt } from '../../src/refutation/gradient.ts';
import { evaluate } from '../../src/semantics/evaluate.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';

const random = new Random(77);

type Draw = (s: Sketch, x: TensorId) => TensorId;

const cases: readonly (readonly [string, Draw])[] = [
  ['conv', (s, x) => s.conv('c', x, random.filter(4, 6, 3, { groups: 2, bias: true }))],
  [
    'conv, strided and dilated',
    (s, x) =>
      s.conv('c', x, random.filter(4, 2, [3, 2]), {
        stride: 2,
        dilation: 2,
        pads: { top: 1, left: 2, bottom: 0, right: 3 },
      }),
  ],
  ['dense', (s, x) => s.dense('d', s.flatten('f', x), random.filter(4 * 5 * 7, 3, 1))],
  ['batch norm', (s, x) => s.norm('n', x, random.norm(4))],
  ['division', (s, x) => s.scale('s', x, [2, -4, 0.5, 8], true)],
  ['translation', (s, x) => s.translate('t', x, [1, 2, 3, 4])],
  ['leaky ReLU', (s, x) => s.leakyRelu('l', x, 0.25)],
  ['PReLU', (s, x) => s.prelu('p', x, [0.5, -1, 2, 0.25])],
  ['sum with itself', (s, x) => s.add('a', x, s.scale('s', x, [3]))],
  ['difference, broadcast', (s, x) => s.subtract('d', x, s.globalAveragePool('g', x))],
  ['product, broadcast', (s, x) => s.multiply('m', s.select('k', x, [1]), x)],
  ['concatenation', (s, x) => s.concat('c', [x, s.scale('s', x, [2]), x])],
  ['selection', (s, x) => s.select('s', x, [3, 0, 3])],
  ['padding', (s, x) => s.pad('p', x, { top: 1, left: -1, bottom: 0, right: 2 }, 5)],
  ['flatten', (s, x) => s.flatten('f', x, 'hwc')],
  ['max pool', (s, x) => s.maxPool('m', x, 2, 2)],
  ['average pool', (s, x) => s.averagePool('a', x, { y: 2, x: 3 }, { stride: 1 })],
  ['global average pool', (s, x) => s.globalAveragePool('g', x)],
  ['softmax', (s, x) => s.opaque('o', x, 'softmax')],
  ['sigmoid', (s, x) => s.opaque('o', x, 'sigmoid')],
];

describe('every kind of layer', () => {
  test.each(cases)('%s', (_, draw) => {
    const sketch = new Sketch();
    const model = sketch.finish(draw(sketch, sketch.input(4, 5, 7)));
    const { tensor } = model.outputs[0];
    // Values a whole 1/8 apart from zero and from each other's bends, moved by far less.
    const x = Float64Array.from(random.values(140, 0.25, 2), (v, k) => (k % 2 === 0 ? v : -v));
    const v = Float64Array.from(random.values(140, -1, 1), (d) => d * 2 ** -20);
    const at = (sign: number): Float64Array => {
      const { values } = evaluate(model, [x.map((value, k) => value + sign * v[k])]);
      return values.get(tensor) ?? new Float64Array(0);
    };
    const [above, below] = [at(1), at(-1)];
    const count = elements(shapeOf(model, tensor));
    let total = 0;
    for (const index of [0, Math.floor(count / 3), count - 1]) {
      const [gradient] = gradientAt(model, [x], { tensor, index });
      const predicted = gradient.reduce((sum, g, k) => sum + g * v[k], 0);
      const seen = (above[index] - below[index]) / 2;
      // The slope of a smooth function is taken with a step of 1/256: a relative error of its square.
      const size = gradient.reduce((sum, g, k) => sum + Math.abs(g * v[k]), 0);
      expect(Math.abs(predicted - seen)).toBeLessThanOrEqual(size * 2 ** -12 + 2 ** -45);
      total += size;
    }
    expect(total).toBeGreaterThan(0);
  });
});

test('a closed ReLU passes something on', () => {
  const sketch = new Sketch();
  const model = sketch.finish(sketch.relu('relu', sketch.input(1, 1, 1)));
  const { tensor } = model.outputs[0];
  const [gradient] = gradientAt(model, [Float64Array.of(-3)], { tensor, index: 0 });
  expect(gradient[0]).toBeGreaterThan(0);
});
