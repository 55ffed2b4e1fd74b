/**
 * Claim: what is proved with facts of the solver is so. Two layers of ReLUs over a few channels with small
 * whole weights, where sums of ReLUs are often of one sign though no interval says so, end in a ReLU or a
 * clip in one model and without in the other; where they are proved equal, the reference evaluator finds
 * no input on which they differ beyond its float64 error. Expected: holds.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything } from '../../src/equivalence/interval.ts';
import { settle } from '../../src/equivalence/settle.ts';
import type { Model } from '../../src/model/model.ts';
import { filterFrom, type Filter } from '../../src/networks/filter.ts';
import { gap, inputsOf } from '../../test/pairs/gap.ts';
import type { Pair } from '../../test/pairs/pair.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';
import { hold, patience } from '../runs.ts';

const small = fc.integer({ min: -1, max: 1 });

interface Network {
  readonly first: readonly number[];
  readonly bias: readonly number[];
  readonly second: readonly number[];
  readonly size: number;
  readonly upper: number;
}

const networks = fc.record<Network>({
  first: fc.array(small, { minLength: 8, maxLength: 8 }),
  bias: fc.array(small, { minLength: 4, maxLength: 4 }),
  second: fc.array(small, { minLength: 12, maxLength: 12 }),
  size: fc.constantFrom(1, 3),
  upper: fc.constantFrom(Infinity, 1, 2),
});

/** A row of weights, read along the width. */
function filter(
  weights: readonly number[],
  shape: { inputs: number; outputs: number; size: number },
): Filter {
  const { inputs, outputs, size } = shape;
  const dimensions = { inChannels: inputs, outChannels: outputs, height: 1, width: size };
  return filterFrom(dimensions, (o, i, _, x) => weights[(o * inputs + i) * size + x] ?? 0);
}

function draw(network: Network, bent: boolean): Model {
  const { first, bias, second, size, upper } = network;
  const s = new Sketch();
  const branches = { ...filter(first, { inputs: 2, outputs: 4, size: 1 }), bias };
  const x = s.relu('relu', s.conv('branches', s.input(2, 3, 4), branches));
  const y = s.conv('merge', x, filter(second, { inputs: 4, outputs: 1, size }));
  return s.finish(bent ? s.clip('clip', y, 0, upper) : y);
}

test('proved with facts, hence equal', { timeout: patience(120_000) }, async () => {
  let withFacts = 0;
  await hold(
    fc.asyncProperty(networks, fc.boolean(), async (network, bounded) => {
      const inputRange: Pair['inputRange'] = bounded ? { lower: -1, upper: 1 } : null;
      const pair: Pair = {
        name: 'random',
        note: '',
        expected: 'exact',
        original: draw(network, true),
        converted: draw(network, false),
        inputRange,
      };
      const options = { inputRange: inputRange ?? everything, maxUlps: 16, rlimit: 200_000 };
      const { attempt, facts } = await settle(pair.original, pair.converted, options);
      if (attempt.kind !== 'equal') return;
      if (facts.length > 0) withFacts += 1;
      for (const inputs of inputsOf(pair, new Random(5))) {
        expect(gap(pair, inputs, { original: 0, converted: 0 }).excess).toBeLessThanOrEqual(0);
      }
    }),
    { runs: 200 },
  );
  // Otherwise nothing was tested (about one in a hundred has facts).
  expect(withFacts).toBeGreaterThan(0);
});
