/** What counts as rounding: the moves themselves, and correct conversions that are rounded badly. */
import { describe, expect, test } from 'vitest';
import type { Layer } from '../../src/model/layer.ts';
import { candidateInputs } from '../../src/refutation/inputs.ts';
import { gapOn } from '../../src/refutation/gap.ts';
import { roundedAtRandom, roundingMoves } from '../../src/refutation/rounding-noise.ts';
import { Sketch } from '../../src/networks/sketch.ts';
import { foldedInFloat32, type Weights } from './float32-folding.ts';

const wiring = { name: 'layer', inputs: [0], output: 1 };

/** The float32 numbers up to two steps away from one that is neither zero nor near it. */
function neighbours(x: number): readonly number[] {
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(x))) - 23);
  return [-2, -1, -0.5, 0, 1, 2].map((k) => x + k * unit * Math.sign(x));
}

describe('one draw', () => {
  const weight = Float32Array.of(1.5, -0.1, 0, 3, 0.1, 0.1, -1, -7);
  const conv: Layer = {
    ...wiring,
    kind: 'conv',
    weight,
    bias: Float32Array.of(0, 2.5),
    outChannels: 2,
    kernel: { y: 2, x: 2 },
    groups: 1,
    strides: { y: 1, x: 1 },
    dilations: { y: 1, x: 1 },
    pads: { top: 0, left: 0, bottom: 0, right: 0 },
  };
  const weights = (seed: number): Float32Array => {
    const moved = roundedAtRandom(conv, seed);
    return moved.kind === 'conv' ? moved.weight : new Float32Array(0);
  };

  test('moves by two units at most, keeps zero and one, and writes to a copy', () => {
    const before = Float32Array.from(weight);
    for (let seed = 0; seed < 20; seed++) {
      weights(seed).forEach((x, k) => {
        const exact = weight[k] === 0 || weight[k] === -1;
        expect(exact ? [weight[k]] : neighbours(weight[k])).toContain(x);
      });
    }
    expect(weight).toEqual(before);
  });

  test('is reproducible, and another draw is another', () => {
    expect(weights(3)).toEqual(weights(3));
    const draws = Array.from({ length: 8 }, (_, seed) => weights(seed).join());
    expect(new Set(draws).size).toBeGreaterThan(4);
  });

  test('moves equal weights of a channel alike', () => {
    for (let seed = 0; seed < 20; seed++) expect(weights(seed)[4]).toBe(weights(seed)[5]);
  });

  test('leaves the bounds of a clip alone', () => {
    const lower = Float32Array.of(0, -Infinity);
    const clip: Layer = { ...wiring, kind: 'clip', lower, upper: Float32Array.of(6, Infinity) };
    expect(roundedAtRandom(clip, 1)).toBe(clip);
  });

  test('keeps variances positive and the largest float32 finite', () => {
    const largest = (2 - 2 ** -23) * 2 ** 127;
    const norm: Layer = {
      ...wiring,
      kind: 'batchNorm',
      scale: Float32Array.of(largest, -largest),
      offset: Float32Array.of(0, 0),
      mean: Float32Array.of(1, 1),
      variance: Float32Array.of(2 ** -149, 2 ** -148),
      epsilon: 0,
    };
    for (let seed = 0; seed < 20; seed++) {
      const moved = roundedAtRandom(norm, seed);
      if (moved.kind !== 'batchNorm') throw new Error('another kind of layer');
      for (const v of moved.variance) expect(v).toBeGreaterThan(0);
      for (const s of moved.scale) expect(Number.isFinite(s)).toBe(true);
    }
  });
});

test('3·x moves by two units of 3 at most, and by as much in some draw', () => {
  const sketch = new Sketch();
  const model = sketch.finish(sketch.scale('triple', sketch.input(1, 1, 1), [3]));
  const moves = [0, 1, 2, 3, 4, 5].map(
    (draw) => roundingMoves(model, [Float64Array.of(5)], [Float64Array.of(15)], { draw })[0],
  );
  expect(Math.max(...moves)).toBe(5 * 2 * 2 ** -22);
});

describe('correct conversions folded in float32 show no gap that counts', () => {
  const kinds: readonly Weights[] = ['signed', 'positive', 'equal', 'cancelling'];
  const sizes = [
    { channels: 4, depth: 1, seed: 1 },
    { channels: 24, depth: 1, seed: 2 },
    { channels: 8, depth: 8, seed: 3 },
  ];
  const ranges = [null, { lower: 0, upper: 1 }];
  const cases = kinds.flatMap((kind) => sizes.map((size) => ({ kind, ...size })));
  test.each(cases)('$kind weights, $channels channels, $depth deep', ({ kind, ...size }) => {
    const pair = foldedInFloat32(kind, size);
    for (const range of ranges) {
      for (const inputs of candidateInputs(pair.original, range)) {
        // Not thoroughly: as large models are judged, where a single draw may have to do.
        const { kind: judgement } = gapOn(pair, inputs, { thorough: false });
        expect(judgement).not.toBe('apart');
      }
    }
  });
});

test('the same conversion with one batch norm forgotten shows at once', () => {
  const pair = foldedInFloat32('cancelling', { channels: 8, depth: 8, seed: 3 });
  const layers = pair.converted.layers.map((layer) =>
    layer.kind === 'conv' && layer.name === 'conv4' ? { ...layer, bias: null } : layer,
  );
  const wrong = { original: pair.original, converted: { ...pair.converted, layers } };
  const [inputs] = candidateInputs(pair.original, null);
  expect(gapOn(wrong, inputs, { thorough: false }).kind).toBe('apart');
});
