/**
 * Small networks as recipes: a stem, a few blocks of any families, perhaps a head, on an image that is
 * small and not square, so that borders count.
 *
 * `drawNetwork` makes of a recipe, deterministically, the original model and what a converter needs to
 * write its residual-free twin. Recipes shrink to fewer blocks, fewer channels and smaller images.
 */
import fc from 'fast-check';
import type { Model } from '../model/model.ts';
import { Sketch } from './sketch.ts';
import { knownAfter, repeated, type Block } from './block.ts';
import {
  acNet,
  diracNet,
  diverseBranch,
  mobileOne,
  repLk,
  repMixer,
  repVgg,
  rmRepVgg,
} from './branch-families.ts';
import {
  arbitraryChoice,
  families,
  usualSizes,
  type Choice,
  type Family,
  type Sizes,
} from './choice.ts';
import {
  basicBlock,
  bottleneck,
  groupedBlock,
  invertedResidual,
  preActivationBlock,
  type Place,
} from './residual-families.ts';
import { arbitraryTexture, TexturedRandom, type Texture } from './texture.ts';
import { pool, writeUnit, type Unit } from './unit.ts';

export interface NetworkRecipe {
  readonly seed: number;
  readonly texture: Texture;
  readonly image: { readonly channels: number; readonly height: number; readonly width: number };
  readonly stem: {
    readonly channels: number;
    readonly activation: 'relu' | 'relu6' | 'none';
    readonly norm: boolean;
    /** Whether a 3×3 max pool with stride 2 follows. */
    readonly pooled: boolean;
  };
  readonly blocks: readonly Choice[];
  /** Global average pool and a dense layer. */
  readonly head: boolean;
}

export function arbitraryNetwork(
  of: readonly Family[] = families,
  sizes: Sizes = usualSizes,
): fc.Arbitrary<NetworkRecipe> {
  return fc.record({
    seed: fc.noShrink(fc.nat(2 ** 31 - 1)),
    texture: arbitraryTexture,
    image: fc.record({
      channels: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 3, max: sizes.image }),
      width: fc.integer({ min: 3, max: Math.max(3, sizes.image - 1) }),
    }),
    stem: fc.record({
      channels: fc.integer({ min: 1, max: sizes.channels }),
      activation: fc.constantFrom('relu', 'relu', 'relu6', 'none'),
      norm: fc.boolean(),
      pooled: fc.nat(7).map((n) => n === 7),
    }),
    blocks: fc.array(arbitraryChoice(of, sizes), { minLength: 1, maxLength: sizes.blocks }),
    head: fc.boolean(),
  });
}

const build: Readonly<Record<Family, (place: Place) => Block>> = {
  basic: basicBlock,
  bottleneck,
  grouped: groupedBlock,
  inverted: invertedResidual,
  preActivation: preActivationBlock,
  repVgg,
  rmRepVgg,
  diracNet,
  acNet,
  diverseBranch,
  mobileOne,
  repMixer,
  repLk,
};

export interface Network {
  readonly recipe: NetworkRecipe;
  readonly original: Model;
  readonly stem: Unit;
  readonly blocks: readonly Block[];
  readonly head: Unit | null;
}

function drawStem({ seed, texture, image, stem }: NetworkRecipe): Unit {
  const random = new TexturedRandom(seed, texture);
  return {
    kind: 'unit',
    name: 'stem',
    before: 'nothing',
    filter: random.filter(image.channels, stem.channels, 3, { bias: true }),
    stride: 1,
    norm: stem.norm ? random.norm(stem.channels) : null,
    bends: repeated(stem.activation, stem.channels),
    reserved: 0,
  };
}

function drawHead({ seed, texture }: NetworkRecipe, channels: number): Unit {
  const random = new TexturedRandom(seed + 1, texture);
  return {
    kind: 'unit',
    name: 'head',
    before: 'mean',
    filter: random.filter(channels, 3, 1, { bias: true }),
    stride: 1,
    norm: null,
    bends: repeated('none', 3),
    reserved: 0,
  };
}

export function blockName(index: number): string {
  return `block${index + 1}`;
}

export function drawNetwork(recipe: NetworkRecipe): Network {
  const { image, texture } = recipe;
  const sketch = new Sketch();
  const stem = drawStem(recipe);
  let x = writeUnit(sketch, sketch.input(image.channels, image.height, image.width), stem);
  if (recipe.stem.pooled) x = pool(sketch, 'stem', x, 'maxPool');
  const blocks = recipe.blocks.map((choice, k) => {
    const random = new TexturedRandom(choice.seed, texture);
    const block = build[choice.family]({ inChannels: sketch.shape(x).channels, choice, random });
    x = block.original(sketch, blockName(k), x);
    return block;
  });
  const head = recipe.head ? drawHead(recipe, sketch.shape(x).channels) : null;
  if (head !== null) x = writeUnit(sketch, x, head);
  return { recipe, original: sketch.finish(x), stem, blocks, head };
}

/** What is known of the tensor that enters each block. */
export function knownEntering({ recipe, blocks }: Network): readonly Block['known'][] {
  return blocks.map((_, k) => (k === 0 ? knownAfter(recipe.stem.activation) : blocks[k - 1].known));
}
