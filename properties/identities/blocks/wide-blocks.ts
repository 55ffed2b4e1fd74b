/**
 * Claim: a residual block whose shortcut is a convolution of any kernel is its branch alone, with that kernel in the
 * columns of the last layer or in rows of the first. Source: arXiv 2111.00687, of any kernel.
 * Expected: holds, and not for values out of the activation's range.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import { residualBlocks } from '../../../src/theorems/blocks/residual-blocks.ts';
import type { Entry, Sizes } from '../../../src/theorems/entry.ts';
import type { Identity } from '../identity.ts';
import { convolutionOf, image, network, sequence, shapeOfImage } from '../layer-networks.ts';
import { between, outputsOf } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import {
  atCentre,
  centredWindow,
  convertedHidden,
  convertedWidth,
  levelsOf,
  originalHidden,
  originalLevel,
  withDomains,
  type Level,
  type LevelSpec,
  type Manner,
  type Weight,
} from './branch.ts';
import { embedded, weightOf, wholeOf } from './joined.ts';
import { affine, normOf } from './norms.ts';
import { convertedBend, determinedBy, strategyOf, type StrategyName } from './strategies.ts';
import { projected, sizedBy, twoKernels } from './wide-sizes.ts';

type Kind = 'wide' | 'ahead';

/** The level beside whose kernel the shortcut's is put, which has the stride too. */
const besideOf: Readonly<Record<Kind, 1 | 2>> = { wide: 2, ahead: 1 };

function specsOf(kind: Kind): readonly LevelSpec[] {
  return [1, 2].map((level) => {
    return { kind: 'dense', isWide: true, isStrided: level === besideOf[kind] };
  });
}

function sizesOf(kind: Kind): fc.Arbitrary<Sizes> {
  const beside = besideOf[kind];
  const other = 3 - beside;
  const steps = { dy: between(1, 2), dx: between(1, 2) };
  const own = {
    ...{ C: between(1, 2), N: between(1, 2), M1: between(1, 2), M2: between(1, 2) },
    ...{ H: between(1, 4), W: between(1, 3), ...steps },
    ...{ [`sy${beside}`]: between(1, 2), [`sx${beside}`]: between(1, 2) },
    ...{ [`dy${other}`]: between(1, 2), [`dx${other}`]: between(1, 2) },
    ...{ [`kh${other}`]: between(1, 2), [`kw${other}`]: between(1, 2) },
    ...{ [`ci${other}`]: between(0, 1), [`cj${other}`]: between(0, 1) },
  };
  const names = [`kh${beside}`, `kw${beside}`, `ci${beside}`, `cj${beside}`] as const;
  return fc.tuple(fc.record(own), twoKernels(names)).map(([few, kernels]) => {
    const sizes: Record<string, number> = { ...few, ...kernels };
    sizes[`ci${other}`] %= sizes[`kh${other}`];
    sizes[`cj${other}`] %= sizes[`kw${other}`];
    // The dilation beside the shortcut's kernel is that one's.
    Object.assign(sizes, { [`dy${beside}`]: sizes['dy'], [`dx${beside}`]: sizes['dx'] });
    return withDomains(specsOf(kind), sizes);
  });
}

interface Block {
  readonly letters: Letters;
  readonly manner: Manner;
  readonly kind: Kind;
  readonly levels: readonly Level[];
  readonly outputs: number;
  /** Channels of the input. */
  readonly from: number;
}

function blockOf(letters: Letters, kind: Kind, strategy: StrategyName): Block {
  const isAhead = kind === 'ahead';
  const from = letters.int(isAhead ? 'N' : 'C');
  const outputs = isAhead ? letters.int('C') : outputsOf(letters);
  const [first, last] = levelsOf(specsOf(kind), letters, outputs);
  const manner = { letters, isClipped: false, strategy: strategyOf(strategy, letters) };
  return { letters, manner, kind, levels: [{ ...first, from }, last], outputs, from };
}

/** The shortcut's convolution and its batch norm. */
function shortcutOf({ letters, kind, levels, outputs, from }: Block): readonly LayerSpec[] {
  const { strides } = levels[besideOf[kind] - 1].window;
  const { size, centre } = sizedBy(letters, projected);
  const dilations = { y: letters.int('dy'), x: letters.int('dx') };
  const window = centredWindow(size, centre, { strides, dilations });
  return [
    convolutionOf({ from, to: outputs }, window, weightOf(letters, 'P')),
    normOf(outputs, (o) => affine(letters.real('sp', o), letters.real('bp', o))),
  ];
}

/** The level's window made large enough for both kernels. */
function widened({ window: { strides } }: Level, letters: Letters): Level['window'] {
  const { size, centre } = wholeOf(letters);
  const dilations = { y: letters.int('dy'), x: letters.int('dx') };
  return centredWindow(size, centre, { strides, dilations });
}

/** The level's own kernel in that window. */
function ownWithin({ level, weights }: Level, letters: Letters): Weight {
  const sized = sizedBy(letters, [`kh${level}`, `kw${level}`, `ci${level}`, `cj${level}`]);
  return embedded(letters, sized, weights);
}

const scaledProjection =
  (letters: Letters): Weight =>
  (o, ...at) =>
    letters.real('sp', o) * letters.real('P', o, ...at);

/** The first converted level, whose reserved rows hold the shortcut's value. */
function aheadLevel({ letters, manner, levels: [first] }: Block): readonly LayerSpec[] {
  const { strategy } = manner;
  const { count, source, sign } = strategy;
  const P = embedded(letters, sizedBy(letters, projected), scaledProjection(letters));
  const V = ownWithin(first, letters);
  const channels = count + first.to;
  const weights: Weight = (k, ...at) =>
    k < count ? sign(k) * P(source(k), ...at) : V(k - count, ...at);
  const norm = (k: number) => {
    if (k >= count) {
      return affine(letters.real('s1', k - count), letters.real('b1', k - count));
    }
    const { gamma, beta } = strategy.norm(k);
    return affine(gamma, gamma * sign(k) * letters.real('bp', source(k)) + beta);
  };
  return [
    convolutionOf({ from: first.from, to: channels }, widened(first, letters), weights),
    normOf(channels, norm),
    convertedBend(strategy, letters, { channels, isClipped: false }),
  ];
}

/** The last convolution, with the batch norms folded in. */
function merged({ letters, manner, levels: [, last], kind, outputs }: Block): LayerSpec {
  const { count, source, sign, name, norm } = manner.strategy;
  const isAhead = kind === 'ahead';
  const P = embedded(letters, sizedBy(letters, projected), scaledProjection(letters));
  const V = isAhead ? last.weights : ownWithin(last, letters);
  const restored = (c: number): number => (name === 'shift' ? letters.real('ainv', c) : 1);
  const column: Weight = (o, c, i, j) => {
    if (!isAhead) return sign(c) * P(o, source(c), i, j);
    return source(c) === o ? sign(c) * restored(c) * atCentre(last, i, j) : 0;
  };
  const weights: Weight = (o, c, ...at) =>
    c < count ? column(o, c, ...at) : letters.real('s2', o) * V(o, c - count, ...at);
  const bias = (o: number): number => {
    const shifted = name === 'shift' ? restored(o) * norm(o).beta : 0;
    return letters.real('b2', o) + (isAhead ? -shifted : letters.real('bp', o));
  };
  const channels = { from: convertedWidth(last.from, manner), to: outputs };
  const window = isAhead ? last.window : widened(last, letters);
  return convolutionOf(channels, window, weights, bias);
}

const end: LayerSpec = { kind: 'relu', name: 'end', inputs: [0] };

function identityOf(entry: Entry, kind: Kind): Identity {
  const strategies = ['nonnegative', 'prelu', 'split', 'shift'] as const;
  const strategy = strategies.find((name) => entry.name.endsWith(`-${name}`));
  if (strategy === undefined) throw new Error(`${entry.name} has no known strategy`);
  return {
    entry,
    sizes: sizesOf(kind),
    images: ['x'],
    determined: (letters) => determinedBy(strategy, letters, false),
    networks: (letters) => {
      const block = blockOf(letters, kind, strategy);
      const { levels, manner, from } = block;
      const shape = shapeOfImage(letters, from);
      const hidden = kind === 'ahead' ? aheadLevel(block) : convertedHidden(levels, manner);
      return {
        original: network([shape], (builder, [x]) => {
          const through = (read: number, layers: readonly LayerSpec[]): number =>
            layers.reduce((last, layer) => builder.add({ ...layer, inputs: [last] }), read);
          const branch = [...originalHidden(levels, manner), ...originalLevel(levels[1], letters)];
          const inputs = [through(x, shortcutOf(block)), through(x, branch)];
          return through(builder.add({ kind: 'add', name: 'add', inputs }), [end]);
        }),
        converted: sequence(shape, [...hidden, merged(block), end]),
        inputs: [image(letters, 'x', shape)],
      };
    },
  };
}

export const wideBlockIdentities: readonly Identity[] = residualBlocks.flatMap((entry) => {
  const kind = (['wide', 'ahead'] as const).find((name) => entry.name.includes(`-${name}-`));
  return kind === undefined ? [] : [identityOf(entry, kind)];
});
