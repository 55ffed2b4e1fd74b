/** Shrinking ends at something that fails and none of whose smaller ones does, however many are tried at once. */
import { expect, test } from 'vitest';
import { descend } from '../../src/gate/shrink.ts';
import { modelsAround, smallerModels } from '../../src/gate/smaller-model.ts';
import { families, usualSizes } from '../../src/networks/choice.ts';
import { drawRecipe } from '../../src/networks/draw.ts';
import { drawNetwork, type NetworkRecipe } from '../../src/networks/network.ts';
import { smallerRecipes } from '../../src/networks/smaller.ts';
import type { Model } from '../../src/model/model.ts';

const always = (): boolean => true;

function* smallerNumbers(n: number): Generator<number> {
  yield* [Math.floor(n / 2), n - 2, n - 1].filter((k) => k >= 0);
}

test.each([1, 2, 3, 8])(
  'the smallest is found with %d at a time, in as many tries',
  async (width) => {
    const fails = (n: number): Promise<boolean> => Promise.resolve(n >= 37);
    const found = await descend(1000, { smaller: smallerNumbers, fails, width, mayGoOn: always });
    expect(found.value).toBe(37);
    expect(found.tried).toBe(
      (await descend(1000, { smaller: smallerNumbers, fails, width: 1, mayGoOn: always })).tried,
    );
  },
);

test('what takes too long ends where it is', async () => {
  let asked = 0;
  const mayGoOn = (): boolean => asked++ < 3;
  const fails = (): Promise<boolean> => Promise.resolve(true);
  const { value, tried } = await descend(1000, {
    smaller: smallerNumbers,
    fails,
    width: 1,
    mayGoOn,
  });
  expect([value, tried]).toEqual([125, 3]);
});

const recipes = families.map((_, k) => drawRecipe({ families, sizes: usualSizes, seed: 3 }, 2 * k));

/** Of what is left when every smaller one fails as well. */
async function least<T>(
  start: T,
  smaller: (value: T) => Iterable<T>,
  holds: (value: T) => boolean = always,
): Promise<T> {
  const fails = (value: T): Promise<boolean> => Promise.resolve(holds(value));
  return (await descend(start, { smaller, fails, width: 4, mayGoOn: always })).value;
}

test.each(recipes)(
  'a recipe of $blocks.0.family blocks shrinks to the plainest',
  async (recipe) => {
    const plainest = await least<NetworkRecipe>(recipe, (value) => smallerRecipes(value));
    expect(plainest).toMatchObject({
      image: { channels: 1, height: 3, width: 3 },
      stem: { channels: 1, norm: false, pooled: false },
      blocks: [{ change: 'same', inner: 1, width: 1, kernel: 1, biased: false }],
      head: false,
    });
    expect(() => drawNetwork(plainest)).not.toThrow();
  },
);

test.each(recipes)(
  'any network of $blocks.0.family blocks shrinks to one layer',
  async (recipe) => {
    const smallest = await least<Model>(drawNetwork(recipe).original, smallerModels);
    expect(smallest.layers).toHaveLength(1);
  },
);

test('what keeps a network failing is kept', async () => {
  const { original } = drawNetwork(recipes[0]);
  const adds = (model: Model): boolean =>
    ['add', 'relu'].every((kind) => model.layers.some((layer) => layer.kind === kind));
  const smallest = await least<Model>(original, smallerModels, adds);
  expect(adds(smallest)).toBe(true);
  expect([...smallerModels(smallest)].filter(adds)).toEqual([]);
  expect(smallest.layers.length).toBeLessThan(original.layers.length);
});

test('of a deep model the layers around the place come first', async () => {
  const { original } = drawNetwork(recipes[0]);
  for (const [k, { name }] of original.layers.entries()) {
    const [first] = modelsAround(original, name);
    // The layer before it, where there is one, and itself.
    const names = first.layers.map((layer) => layer.name);
    expect(names.at(-1)).toBe(name);
    expect(names.length).toBeLessThanOrEqual(k === 0 ? 1 : 2);
  }
});
