/**
 * Correct conversions of random networks in the styles of other converters.
 *
 * A conversion is a recipe: a network and a style. `convertInStyle` writes the residual-free twin, in
 * float64 with one rounding at the end, so that the pair computes one function up to one rounding of each
 * coefficient; nothing of src/convert takes part.
 */
import fc from 'fast-check';
import type { Model } from '../../src/model/model.ts';
import { Random } from '../../src/networks/random.ts';
import { Sketch } from '../../src/networks/sketch.ts';
import type { Chain, Link } from './chain.ts';
import { addDeadChannels, reorder, rescale, splitChannels } from './channel-restyling.ts';
import type { Family } from '../../src/networks/choice.ts';
import {
  enlargeKernels,
  foldNorms,
  fuseNeighbours,
  moveBiases,
  writeOutGroups,
} from './layer-restyling.ts';
import {
  arbitraryNetwork,
  blockName,
  drawNetwork,
  knownEntering,
  type Network,
  type NetworkRecipe,
} from '../../src/networks/network.ts';
import { arbitraryStyle, type Style } from './style.ts';
import { twin } from './twin.ts';
import { pool, writeUnit, type Spelling } from '../../src/networks/unit.ts';

export interface ConversionRecipe {
  readonly network: NetworkRecipe;
  readonly style: Style;
}

export interface ConvertedPair {
  readonly original: Model;
  readonly converted: Model;
}

/** Conversions of networks from these families, of all unless told. */
export function arbitraryConversion(of?: readonly Family[]): fc.Arbitrary<ConversionRecipe> {
  return fc.record({ network: arbitraryNetwork(of), style: arbitraryStyle });
}

/** The original of the recipe and its twin in the recipe's style. */
export function drawConversion({ network, style }: ConversionRecipe): ConvertedPair {
  const drawn = drawNetwork(network);
  return { original: drawn.original, converted: convertInStyle(drawn, style) };
}

/** The residual-free twin before any restyling, blocks to be kept excepted. */
function plainChain(network: Network, style: Style, random: Random): Chain {
  const { stem, blocks, head, recipe } = network;
  const known = knownEntering(network);
  const links = blocks.flatMap((block, k): Link[] => {
    const name = blockName(k);
    const before = k === 0 && recipe.stem.pooled ? 'maxPool' : 'nothing';
    if (((style.keep >> k) & 1) === 1) return [{ kind: 'kept', name, before, block }];
    const units = twin(block, { name, entering: known[k], style, random });
    return units.map((unit, n) => (n === 0 ? { ...unit, before } : unit));
  });
  return [stem, ...links, ...(head === null ? [] : [head])];
}

function restyled(plain: Chain, style: Style, random: Random): Chain {
  let chain = plain;
  if (style.ungroup) chain = writeOutGroups(chain);
  if (style.fuse) chain = fuseNeighbours(chain);
  if (style.norms === 'folded') chain = foldNorms(chain);
  if (style.norms === 'moved') chain = moveBiases(chain);
  chain = rescale(chain, style.scale, random);
  chain = reorder(chain, style.order, random);
  chain = splitChannels(chain, style.split, random);
  if (style.dead) chain = addDeadChannels(chain, random);
  if (style.enlarge) chain = enlargeKernels(chain);
  return chain;
}

function write({ recipe }: Network, chain: Chain, style: Style): Model {
  const { channels, height, width } = recipe.image;
  const sketch = new Sketch();
  const spelling: Spelling = {
    norm: style.norms === 'spelled' ? 'spelled' : 'layer',
    mixed: style.mixed,
  };
  let x = sketch.input(channels, height, width, style.rename ? 'images' : 'input');
  chain.forEach((link, k) => {
    const name = style.rename ? `layer-${chain.length - k}` : link.name;
    x =
      link.kind === 'unit'
        ? writeUnit(sketch, x, { ...link, name }, spelling)
        : link.block.original(sketch, name, pool(sketch, name, x, link.before));
  });
  return sketch.finish(x);
}

/** Writes the network without its shortcuts, in the style. */
function convertInStyle(network: Network, style: Style): Model {
  const grain = network.recipe.texture.weights === 'coarse' ? 'coarse' : 'fine';
  const random = new Random(style.seed, grain);
  return write(network, restyled(plainChain(network, style, random), style, random), style);
}
