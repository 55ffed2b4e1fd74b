/**
 * Claim: however one layer of a correct conversion is changed, the numbering calls the pair equal only if
 * it is. Judged by the reference evaluator on inputs of six magnitudes: outputs may then differ by its
 * float64 error bounds and by what the proof says it forgave, nothing more. Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { prove } from '../../src/equivalence/prove.ts';
import type { Layer } from '../../src/model/layer.ts';
import type { Model } from '../../src/model/model.ts';
import { edit } from '../../test/pairs/edit.ts';
import { gap, inputsOf } from '../../test/pairs/gap.ts';
import { correctPairs } from '../../test/pairs/library.ts';
import { Random } from '../../src/networks/random.ts';
import { hold } from '../runs.ts';

const maxUlps = 16;
const pairs = correctPairs();

/** One number of a parameter scaled, negated, moved or lost. */
function slip(values: Float32Array, random: Random): Float32Array {
  const at = random.integer(values.length);
  const changes = [values[at] * 1.001, -values[at], values[at] + 0.01, 0];
  return values.with(at, changes[random.integer(changes.length)]);
}

/** The layer with something changed, or null for a kind that has nothing to change. */
function mutate(layer: Layer, random: Random): Layer | null {
  const either = random.integer(2) === 0;
  switch (layer.kind) {
    case 'conv': {
      const { pads, bias } = layer;
      const moved = { ...pads, top: pads.top - 1, bottom: pads.bottom + 1 };
      if (pads.top > 0 && random.integer(4) === 0) return { ...layer, pads: moved };
      if (bias !== null && either) return { ...layer, bias: slip(bias, random) };
      return { ...layer, weight: slip(layer.weight, random) };
    }
    case 'dense':
      return { ...layer, weight: slip(layer.weight, random) };
    case 'batchNorm': {
      if (either) return { ...layer, scale: slip(layer.scale, random) };
      return { ...layer, mean: slip(layer.mean, random) };
    }
    case 'scale':
      return layer.operation === 'divide' ? null : { ...layer, factor: slip(layer.factor, random) };
    case 'translate':
      return { ...layer, addend: slip(layer.addend, random) };
    case 'relu': {
      const { name, inputs, output } = layer;
      const lower = Float32Array.of(either ? 0 : -0.25);
      const upper = Float32Array.of(either ? 6 : Infinity);
      return { kind: 'clip', name, inputs, output, lower, upper };
    }
    case 'clip':
      return { ...layer, upper: layer.upper.map((u) => (Number.isFinite(u) ? u + 0.5 : 7)) };
    case 'leakyRelu':
      return { ...layer, slope: layer.slope + 0.125 };
    case 'prelu':
      return { ...layer, slopes: slip(layer.slopes, random) };
    case 'subtract':
    case 'concat':
      return { ...layer, inputs: [...layer.inputs].reverse() };
    case 'select':
      return { ...layer, channels: layer.channels.toReversed() };
    case 'pad':
      return { ...layer, value: layer.value + 1 };
    case 'averagePool':
      return { ...layer, countIncludePad: !layer.countIncludePad };
    case 'add':
    case 'multiply':
    case 'maxPool':
    case 'globalAveragePool':
    case 'flatten':
    case 'opaque':
      return null;
  }
}

/** A conversion with one layer mutated; null where the mutation does not fit the shapes. */
function mutant(model: Model, random: Random): Model | null {
  const layer = model.layers[random.integer(model.layers.length)];
  const changed = mutate(layer, random);
  if (changed === null) return null;
  try {
    return edit(model, layer.name, () => changed);
  } catch {
    return null;
  }
}

test('a mutated conversion is proved only where it still agrees', async () => {
  let proved = 0;
  let refused = 0;
  await hold(
    fc.property(fc.nat(pairs.length - 1), fc.nat(2 ** 31), (index, seed) => {
      const { original, converted: unmutated, inputRange } = pairs[index];
      const random = new Random(seed);
      const converted = mutant(unmutated, random);
      fc.pre(converted !== null);
      if (converted === null) return;
      const result = prove(original, converted, { inputRange: inputRange ?? everything, maxUlps });
      if (result.kind === 'unmatched') {
        refused += 1;
        return;
      }
      proved += 1;
      const forgiven = { original: result.ulps, converted: result.ulps };
      for (const inputs of inputsOf(pairs[index], random)) {
        expect(gap({ original, converted }, inputs, forgiven).excess).toBeLessThanOrEqual(0);
      }
    }),
    { runs: 300 },
  );
  // Mutations of dead channels are harmless and must be proved; most others must not.
  expect(proved).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(100);
});
