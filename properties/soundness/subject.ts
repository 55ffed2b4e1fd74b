/**
 * The correct conversions that faults are put into: one for each pair of a seed and an index, from
 * families in turn, so that a single case can be drawn again without those before it.
 *
 * Thirteen families of networks in the styles of other converters (properties/arbitraries), the same
 * networks through this project's own converter, and two kinds of network the others do not have: gates,
 * and pruned channels.
 */
import fc from 'fast-check';
import { Random as Seeded } from '../../src/blocks/random.ts';
import { convert } from '../../src/convert/convert.ts';
import { strategies } from '../../src/convert/strategy.ts';
import type { Model } from '../../src/model/model.ts';
import { drawExcited, excited } from '../../test/pairs/correct/channel-order.ts';
import { drawPrunable, prunable, pruned } from '../../test/pairs/correct/dead-channel.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';
import { families as networkFamilies } from '../../src/networks/choice.ts';
import { arbitraryConversion, drawConversion } from '../arbitraries/conversion.ts';
import { arbitraryNetwork, drawNetwork } from '../../src/networks/network.ts';
import type { Range } from './apart.ts';

export const families = [...networkFamilies, 'ownConverter', 'gated', 'pruned'] as const;
export type SubjectFamily = (typeof families)[number];

export interface Subject {
  readonly family: SubjectFamily;
  readonly original: Model;
  readonly converted: Model;
  readonly inputRange: Range | null;
}

type Drawn = Omit<Subject, 'family'>;

/** One value of an arbitrary, a function of the seed. */
function drawn<T>(arbitrary: fc.Arbitrary<T>, seed: number): T {
  return fc.sample(arbitrary, { seed, numRuns: 1 })[0];
}

function throughOwnConverter(seed: number): Drawn {
  const { original } = drawNetwork(drawn(arbitraryNetwork(), seed));
  const random = new Seeded(seed + 1);
  const inputRange = random.chance(0.5) ? { lower: -3, upper: 3 } : null;
  const conversion = convert(original, {
    strategy: strategies[random.bits() % strategies.length],
    inputRange,
    foldBatchNorm: random.chance(0.5),
    fuse: random.chance(0.5),
  });
  // What does not fit float32 is not converted; the network is then its own conversion.
  return { original, converted: conversion.ok ? conversion.value.model : original, inputRange };
}

function gated(seed: number): Drawn {
  const random = new Random(seed, seed % 2 === 0 ? 'coarse' : 'fine');
  const network = drawExcited(random);
  return {
    original: excited(network, false)(new Sketch()),
    converted: excited(network, true, random.permutation(4))(new Sketch()),
    inputRange: null,
  };
}

function prunedChannels(seed: number): Drawn {
  const random = new Random(seed, seed % 2 === 0 ? 'coarse' : 'fine');
  // A constant above zero may go into a bias only where nothing is padded.
  const kernel = random.integer(2) === 0 ? 1 : 3;
  const upper = kernel === 1 ? 1 : 0;
  const offsets = random.values(2, -1, upper);
  const network = drawPrunable(random, offsets, kernel);
  const less = pruned(
    network,
    offsets.map((b) => Math.max(b, 0)),
  );
  const write = (n: typeof network): Model => {
    const sketch = new Sketch();
    return sketch.head(prunable(sketch, n), n.head);
  };
  return { original: write(network), converted: write(less), inputRange: null };
}

function draw(family: SubjectFamily, seed: number): Drawn {
  switch (family) {
    case 'ownConverter':
      return throughOwnConverter(seed);
    case 'gated':
      return gated(seed);
    case 'pruned':
      return prunedChannels(seed);
    default: {
      const recipe = drawn(arbitraryConversion([family]), seed);
      return { ...drawConversion(recipe), inputRange: null };
    }
  }
}

/** A seed of one case's own, scrambled so that neighbours have nothing in common. */
export function caseSeed(seed: number, index: number): number {
  return new Seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)).bits() >>> 1;
}

/** The conversion of case `index`. */
export function subject(seed: number, index: number): Subject {
  const family = families[index % families.length];
  return { family, ...draw(family, caseSeed(seed, index)) };
}
