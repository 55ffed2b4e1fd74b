/**
 * Claims: permuting channels, folding, splitting, rescaling and renaming change no verdict, neither that of
 * a correct conversion nor that of a wrong one; what keeps every number keeps the grade. Expected: holds.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prove } from '../../src/equivalence/prove.ts';
import { everything } from '../../src/equivalence/interval.ts';
import type { Model } from '../../src/model/model.ts';
import { edit, largest, replaced } from '../../test/pairs/edit.ts';
import {
  arbitraryConversion,
  drawConversion,
  type ConversionRecipe,
} from '../arbitraries/conversion.ts';
import type { Style } from '../arbitraries/style.ts';
import { knownGap } from '../completeness/known-gaps.ts';
import { hold } from '../runs.ts';

const maxUlps = 16;

/** `exact`: every number stays or is moved by a power of two, and so does the grade. */
type Keeps = 'exact' | 'rounded';

const restylings: readonly (readonly [string, Partial<Style>, Keeps])[] = [
  ['renamed', { rename: true }, 'exact'],
  ['permuted', { order: 'shuffled' }, 'exact'],
  ['rescaled by powers of two', { scale: 'powers-of-two' }, 'exact'],
  ['with channels written twice', { split: 'halves' }, 'rounded'],
  ['folded', { norms: 'folded' }, 'rounded'],
];

/** The recipe before and after a change of style; channels are split only where nothing rounds. */
function around(recipe: ConversionRecipe, change: Partial<Style>): readonly ConversionRecipe[] {
  const none = {
    scale: 'none',
    split: 'none',
    norms: 'kept',
    order: 'first',
    rename: false,
  } as const;
  const { network, style } = recipe;
  const splits = change.split !== undefined;
  const texture = splits ? ({ ...network.texture, weights: 'coarse' } as const) : network.texture;
  const plain: Style = { ...style, ...none, ...(splits ? { unit: 'variance' } : {}) };
  return [plain, { ...plain, ...change }].map((each) => ({
    network: { ...network, texture },
    style: each,
  }));
}

function verdict(original: Model, converted: Model): 'exact' | 'rounded' | 'unproved' {
  const attempt = prove(original, converted, { inputRange: everything, maxUlps });
  return attempt.kind === 'unmatched' ? 'unproved' : attempt.exact ? 'exact' : 'rounded';
}

/** The stem's largest weight off by a hundredth: where a channel behind it lives, another function. */
function spoiled(model: Model): Model {
  return edit(model, 'stem', (layer) => {
    if (layer.kind !== 'conv') throw new Error('the stem is a convolution');
    const at = largest(layer.weight);
    return { ...layer, weight: replaced(layer.weight, at, (w) => 1.01 * w) };
  });
}

describe.each(restylings)('a conversion %s', (_, change, keeps) => {
  test('keeps its verdict', async () => {
    await hold(
      fc.property(arbitraryConversion(), (recipe) => {
        const recipes = around(recipe, change);
        const pairs = recipes.map(drawConversion);
        fc.pre(recipes.every((each, k) => knownGap(each, pairs[k].original) === null));
        const [was, is] = pairs.map((pair) => verdict(pair.original, pair.converted));
        if (keeps === 'exact') expect(is).toBe(was);
        else expect(is === 'unproved').toBe(was === 'unproved');
      }),
      { runs: 15 },
    );
  });

  test('keeps its verdict where it is wrong', async () => {
    await hold(
      fc.property(arbitraryConversion(), (recipe) => {
        const recipes = around(recipe, change);
        const pairs = recipes.map(drawConversion);
        fc.pre(recipes.every((each, k) => knownGap(each, pairs[k].original) === null));
        const original = spoiled(pairs[0].original);
        const [was, is] = pairs.map((pair) => verdict(original, pair.converted));
        expect(is === 'unproved').toBe(was === 'unproved');
      }),
      { runs: 10 },
    );
  });
});
