/**
 * Smaller and plainer networks than a recipe's, for whoever looks for the smallest that still fails.
 *
 * fast-check's own shrinker walks towards a value along the one path that made it, one small step at a time,
 * and each step here costs a run of somebody's converter. So the large steps come first: one block alone,
 * no head, the smallest image, one channel; then the small ones. Seeds stay: the weights of what is left
 * should not change more than they must.
 */
import type { Choice } from './choice.ts';
import type { NetworkRecipe } from './network.ts';

/** Values below `value`, down to `least`: the least, the middle, the next. */
function below(value: number, least: number): readonly number[] {
  const steps = [least, Math.floor((least + value) / 2), value - 1];
  return [...new Set(steps)].filter((step) => step >= least && step < value);
}

/** Those listed before the value, which are plainer. */
function before<T>(value: T, plainestFirst: readonly NoInfer<T>[]): readonly T[] {
  const at = plainestFirst.indexOf(value);
  return at < 0 ? plainestFirst : plainestFirst.slice(0, at);
}

function without<T>(values: readonly T[], index: number): readonly T[] {
  return values.filter((_, k) => k !== index);
}

function* smallerChoices(choice: Choice): Generator<Choice> {
  for (const change of before(choice.change, ['same', 'widened', 'strided', 'strided-widened'])) {
    yield { ...choice, change };
  }
  for (const inner of below(choice.inner, 1)) yield { ...choice, inner };
  for (const width of below(choice.width, 1)) yield { ...choice, width };
  for (const groups of before(choice.groups, [1, 2, 3])) yield { ...choice, groups };
  for (const kernel of before(choice.kernel, [1, 3, 5])) yield { ...choice, kernel };
  if (choice.biased) yield { ...choice, biased: false };
  for (const activation of before(choice.activation, ['none', 'relu', 'relu6'])) {
    yield { ...choice, activation };
  }
}

/** In the order they are worth trying. */
export function* smallerRecipes(recipe: NetworkRecipe): Generator<() => NetworkRecipe> {
  for (const smaller of recipesBelow(recipe)) yield () => smaller;
}

function* recipesBelow(recipe: NetworkRecipe): Generator<NetworkRecipe> {
  const { blocks, image, stem, texture } = recipe;
  if (blocks.length > 1) {
    for (const block of blocks) yield { ...recipe, blocks: [block] };
    for (const k of blocks.keys()) yield { ...recipe, blocks: without(blocks, k) };
  }
  if (recipe.head) yield { ...recipe, head: false };
  if (stem.pooled) yield { ...recipe, stem: { ...stem, pooled: false } };
  if (stem.norm) yield { ...recipe, stem: { ...stem, norm: false } };
  for (const channels of below(stem.channels, 1)) yield { ...recipe, stem: { ...stem, channels } };
  for (const channels of below(image.channels, 1)) {
    yield { ...recipe, image: { ...image, channels } };
  }
  for (const height of below(image.height, 3)) yield { ...recipe, image: { ...image, height } };
  for (const width of below(image.width, 3)) yield { ...recipe, image: { ...image, width } };
  for (const [k, choice] of blocks.entries()) {
    for (const smaller of smallerChoices(choice)) {
      yield { ...recipe, blocks: blocks.with(k, smaller) };
    }
  }
  for (const weights of before(texture.weights, ['coarse', 'fine'])) {
    yield { ...recipe, texture: { ...texture, weights } };
  }
  for (const norms of before(texture.norms, ['ordinary'])) {
    yield { ...recipe, texture: { ...texture, norms } };
  }
  for (const activation of before(stem.activation, ['none', 'relu', 'relu6'])) {
    yield { ...recipe, stem: { ...stem, activation } };
  }
}
