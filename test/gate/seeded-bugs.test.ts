/**
 * Converters with one bug each: the gate's networks show it within two hundred, and what shows it is made as
 * small as the bug allows.
 *
 * In one process and without files, as the workers do it one by one: the networks, the verifier and the
 * shrinking are those of `plainproof gate`.
 */
import { expect, test } from 'vitest';
import { faults } from '../../properties/faults/catalogue.ts';
import { convert } from '../../src/convert/convert.ts';
import { descend } from '../../src/gate/shrink.ts';
import { narrowerModels } from '../../src/gate/narrower-model.ts';
import { smallerModels } from '../../src/gate/smaller-model.ts';
import type { Model } from '../../src/model/model.ts';
import { families, usualSizes } from '../../src/networks/choice.ts';
import { drawRecipe } from '../../src/networks/draw.ts';
import { drawNetwork, type NetworkRecipe } from '../../src/networks/network.ts';
import { smallerRecipes } from '../../src/networks/smaller.ts';
import { verify } from '../../src/verify.ts';

/** This project's converter, but for one fault in the first place of its result where it fits. */
function convertedBadly(original: Model, name: string): Model | null {
  const fault = faults.find((known) => known.name === name);
  if (fault === undefined) throw new Error(`there is no fault ${name}`);
  const settings = { inputRange: null, foldBatchNorm: false, fuse: false };
  const conversion = convert(original, { strategy: 'auto', ...settings });
  if (!conversion.ok) return null;
  const { model } = conversion.value;
  for (const place of fault.places(model)) {
    const bad = fault.inject(model, place);
    if (bad !== null) return bad;
  }
  return model;
}

async function isRefuted(original: Model, fault: string): Promise<boolean> {
  const converted = convertedBadly(original, fault);
  return converted !== null && (await verify(original, converted)).verdict === 'refuted';
}

const mostNetworks = 200;

async function firstRefuted(fault: string): Promise<NetworkRecipe> {
  for (let k = 0; k < mostNetworks; k++) {
    const recipe = drawRecipe({ families, sizes: usualSizes, seed: 1 }, k);
    if (await isRefuted(drawNetwork(recipe).original, fault)) return recipe;
  }
  throw new Error(`${fault} was not seen on ${mostNetworks} networks`);
}

/** What a network must have for the fault to be possible at all. */
const bugs: readonly {
  readonly fault: string;
  readonly layers: number;
  readonly channels: number;
}[] = [
  // An activation of what may be negative, beside a shortcut.
  { fault: 'relu-for-slopes', layers: 3, channels: 1 },
  // A branch of two convolutions, a projection, the sum; a projection of one channel is a factor.
  { fault: 'projection-taken-for-identity', layers: 4, channels: 2 },
  { fault: 'epsilon-copied', layers: 1, channels: 1 },
  { fault: 'relu-for-relu6', layers: 1, channels: 1 },
  // A branch of two convolutions, and the sum.
  { fault: 'dirac-of-ones', layers: 3, channels: 1 },
  { fault: 'identity-index-in-group', layers: 2, channels: 2 },
  { fault: 'bias-dropped', layers: 1, channels: 1 },
  { fault: 'groups-ignored', layers: 1, channels: 2 },
  { fault: 'activation-lost', layers: 1, channels: 1 },
  { fault: 'norm-applied-twice', layers: 1, channels: 1 },
];

test.each(bugs)('$fault', { timeout: 300_000 }, async ({ fault, layers, channels }) => {
  const recipe = await firstRefuted(fault);
  const descent = { width: 1, mayGoOn: () => true };
  const plainest = await descend(recipe, {
    ...descent,
    smaller: smallerRecipes,
    fails: (smaller) => isRefuted(drawNetwork(smaller).original, fault),
  });
  const { value: smallest } = await descend(drawNetwork(plainest.value).original, {
    ...descent,
    smaller: (model) => [...smallerModels(model), ...narrowerModels(model)],
    fails: (smaller) => isRefuted(smaller, fault),
  });
  expect(await isRefuted(smallest, fault)).toBe(true);
  expect(smallest.layers.length).toBeLessThanOrEqual(layers + 3);
  const widest = Math.max(...smallest.tensors.map(({ shape }) => shape.channels));
  expect(widest).toBeLessThanOrEqual(channels + 4);
});
