/** Shrinking ends at something that fails and none of whose smaller ones does, however many are tried at once. */
import { expect, test } from 'vitest';
import { descend } from '../../src/gate/shrink.ts';
import { narrowerModels } from '../../src/gate/narrower-model.ts';
import { modelsAround, smallerModels } from '../../src/gate/smaller-model.ts';
import { families, usualSizes } from '../../src/networks/choice.ts';
import { drawRecipe } from '../../src/networks/draw.ts';
import { drawNetwork, type NetworkRecipe } from '../../src/networks/network.ts';
import { smallerRecipes } from '../../src/networks/smaller.ts';
import { shapeOf, type Model } from '../../src/model/model.ts';
import { elements } from '../../src/model/shape.ts';
import { permuteColumns, permuteRows } from '../../src/networks/filter.ts';
import { permuteNorm } from '../../src/networks/norm.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';

const always = (): boolean => true;

/** Some places have no candidate. */
function smallerNumbers(n: number): readonly (() => number | null)[] {
  return [Math.floor(n / 2), n - 2, null, n - 1].map(
    (k) => () => (k !== null && k >= 0 ? k : null),
  );
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
  smaller: (value: T) => Iterable<() => T | null>,
  holds: (value: T) => boolean = always,
): Promise<T> {
  const fails = (value: T): Promise<boolean> => Promise.resolve(holds(value));
  return (await descend(start, { smaller, fails, width: 4, mayGoOn: always })).value;
}

test.each(recipes)(
  'a recipe of $blocks.0.family blocks shrinks to the plainest',
  async (recipe) => {
    const plainest = await least<NetworkRecipe>(recipe, smallerRecipes);
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
  const smaller = [...smallerModels(smallest)].map((make) => make());
  expect(smaller.filter((model) => model !== null && adds(model))).toEqual([]);
  expect(smallest.layers.length).toBeLessThan(original.layers.length);
});

test('of a deep model the layers around the place come first', async () => {
  const { original } = drawNetwork(recipes[0]);
  for (const [k, { name }] of original.layers.entries()) {
    const [first] = modelsAround(original, name);
    // The layer before it, where there is one, and itself.
    const names = first()?.layers.map((layer) => layer.name) ?? [];
    expect(names.at(-1)).toBe(name);
    expect(names.length).toBeLessThanOrEqual(k === 0 ? 1 : 2);
  }
});

test.each(recipes)(
  'a network of $blocks.0.family blocks loses channels and pixels',
  async (recipe) => {
    const { original } = drawNetwork({ ...recipe, head: false });
    const values = (model: Model): number =>
      model.tensors.reduce((sum, { shape }) => sum + elements(shape), 0);
    const made = [...narrowerModels(original)].map((make) => make());
    for (const model of made) {
      if (model === null) continue;
      expect(model.layers.map(({ name }) => name)).toEqual(original.layers.map(({ name }) => name));
      expect(values(model)).toBeLessThan(values(original));
    }
    const narrowest = await least<Model>(original, narrowerModels);
    expect(narrowest.inputs.map(({ tensor }) => shapeOf(narrowest, tensor))).toEqual([
      { channels: 1, height: 1, width: 1 },
    ]);
  },
);

test('a narrower model computes what the channels it kept did', async () => {
  // Channels leave a layer by rows and the next by columns: what is left is a submatrix of each.
  const sketch = new Sketch();
  const random = new Random(5);
  const [first, second] = [random.filter(2, 4, 3, { bias: true }), random.filter(4, 3, 1)];
  const norm = random.norm(4);
  const x = sketch.norm('norm', sketch.conv('first', sketch.input(2, 3, 3), first), norm);
  const model = sketch.finish(sketch.conv('second', sketch.relu('relu', x), second));
  const kept = [2, 3];
  const expected = (): Model => {
    const other = new Sketch();
    const y = other.conv('first', other.input(2, 3, 3), permuteRows(first, kept));
    const z = other.relu('relu', other.norm('norm', y, permuteNorm(norm, kept)));
    return other.finish(other.conv('second', z, permuteColumns(second, kept)));
  };
  const made = [...narrowerModels(model)].map((make) => make());
  expect(made).toContainEqual(expected());
});
