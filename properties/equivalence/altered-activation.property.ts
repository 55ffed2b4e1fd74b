/**
 * Claim: a small random network and a copy with activations dropped, widened or merged, its inputs in a
 * random range, are called equal only if they are. This is aimed at what the numbering knows of signs,
 * ranges and borders. Judged by the reference evaluator on inputs in and at the ends of the range;
 * outputs may differ by its float64 error bounds and by what the proof forgave. Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import { elements, sameShape } from '../../src/model/shape.ts';
import { gap, inputsOf } from '../../test/pairs/gap.ts';
import type { Pair } from '../../test/pairs/pair.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';
import { hold } from '../runs.ts';

const ranges: readonly Pair['inputRange'][] = [
  null,
  { lower: 0, upper: 1 },
  { lower: -1, upper: 1 },
  { lower: 1, upper: 2 },
  { lower: -2, upper: -1 },
];

/** One layer, or two; `altered` draws it in the way that is right only under some condition. */
function draw(s: Sketch, x: number, random: Random, altered: boolean): number {
  const kind = random.integer(9);
  const choice = random.integer(6);
  switch (kind) {
    case 0:
    case 1: {
      const size = choice < 3 ? 1 : 3;
      const filter = random.filter(s.shape(x).channels, 2, size, { bias: choice % 2 === 0 });
      // Small enough for ranges to stay near the bounds of the clips below.
      const weight = filter.weight.map((w) => Math.fround(w / 4));
      return s.conv('conv', x, { ...filter, weight });
    }
    case 2:
      return altered ? x : s.relu('relu', x);
    case 3: {
      const lower = [0, -1, -Infinity][choice % 3];
      const upper = [1, 6][choice % 2];
      if (altered) return choice < 3 ? x : s.clip('clip', x, lower, Infinity);
      return s.clip('clip', x, lower, upper);
    }
    case 4: {
      const value = choice === 0 ? -1 : 0;
      return altered
        ? s.maxPool('max', x, 3, 1, 1)
        : s.maxPool('max', s.pad('pad', x, 1, value), 3, 1);
    }
    case 5:
      return s.pad('pad', x, 1, choice === 0 ? -1 : 0);
    case 6:
      return s.translate('t', s.scale('s', x, [random.between(-1, 1)]), [random.between(-1, 1)]);
    case 7:
      return altered ? s.relu('relu', x) : s.leakyRelu('leaky', x, [0.25, 0, -1][choice % 3]);
    default: {
      const total = s.add('add', x, s.relu('branch', x));
      return altered ? total : s.relu('outer', total);
    }
  }
}

/** The network of a seed; `altered` says which of its layers are drawn the other way. */
function network(seed: number, altered: (layer: number) => boolean): Model {
  const random = new Random(seed, seed % 2 === 0 ? 'fine' : 'coarse');
  const sketch = new Sketch();
  let x = sketch.input(2, 4 + random.integer(2), 5);
  const layers = 3 + random.integer(5);
  for (let k = 0; k < layers; k++) x = draw(sketch, x, random, altered(k));
  return sketch.finish(x);
}

/** Inputs that are at one end or the other of the range, pixel by pixel. */
function corners(pair: Pair, random: Random): Float64Array[][] {
  const { lower, upper } = pair.inputRange ?? { lower: -8, upper: 8 };
  const [port] = pair.original.inputs;
  const count = elements(shapeOf(pair.original, port.tensor));
  return Array.from({ length: 6 }, () => [
    Float64Array.from({ length: count }, () => (random.integer(2) === 0 ? lower : upper)),
  ]);
}

test('a network with altered activations is proved only where they do not matter', async () => {
  let proved = 0;
  let refused = 0;
  await hold(
    fc.property(
      fc.nat(2 ** 31),
      fc.nat(2 ** 8 - 1),
      fc.constantFrom(...ranges),
      (seed, mask, range) => {
        const original = network(seed, () => false);
        const converted = network(seed, (layer) => (mask >> layer) % 2 === 1);
        const [from, to] = [original, converted].map((m) => shapeOf(m, m.outputs[0].tensor));
        fc.pre(sameShape(from, to));
        const result = prove(original, converted, { inputRange: range ?? everything, maxUlps: 16 });
        if (result.kind === 'unmatched') {
          refused += 1;
          return;
        }
        proved += 1;
        const pair: Pair = {
          name: '',
          original,
          converted,
          inputRange: range,
          expected: 'exact',
          note: '',
        };
        const random = new Random(seed + 1);
        const forgiven = { original: result.ulps, converted: result.ulps };
        for (const inputs of [...inputsOf(pair, random), ...corners(pair, random)]) {
          expect(gap(pair, inputs, forgiven).excess).toBeLessThanOrEqual(0);
        }
      },
    ),
    { runs: 300 },
  );
  expect(proved).toBeGreaterThan(30);
  expect(refused).toBeGreaterThan(60);
});
