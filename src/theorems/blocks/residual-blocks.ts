/**
 * The residual blocks of the catalogue, each with every strategy that applies to it.
 *
 * Where a shortcut is the identity all strides are 1; with a projection the branch may have any stride.
 */
import type { Entry } from '../entry.ts';
import { block } from './block.ts';
import type { LayerSpec } from './branch.ts';

import type { ShortcutKind } from './shortcut.ts';
import { clipped, rectified, strategies, type Bend, type StrategyName } from './strategy.ts';
import { symbol } from '../../logic/term.ts';

interface Family {
  readonly stem: string;
  readonly words: string;
  readonly source: string;
  readonly layers: (shortcut: ShortcutKind) => readonly LayerSpec[];
  readonly end: Bend | null;
}

const manners: Readonly<Record<StrategyName, string>> = {
  'unit-norm': 'behind a unit batch norm, and not negative',
  bounds: 'the reserved channels have wide bounds',
  nonnegative: 'its input is not negative, so the activation leaves it alone',
  prelu: 'the reserved channels have slope 1',
  split: 'relu(x) and relu(−x) are carried, and subtracted in the end',
  shift: 'a·x + b is carried where the activation is the identity, and undone in the last layer',
};

/** Where the reserved channels hold the shortcut's value and not the block's input. */
const carriedAhead: Readonly<Record<StrategyName, string>> = {
  ...manners,
  nonnegative: 'the shortcut is not negative, so the activation leaves it alone',
  split: 'the halves of the shortcut and of its opposite are carried, and subtracted in the end',
  shift: 'a·t + b is carried of the shortcut t where the activation is the identity',
};

/** Projections of 1×1 are told by the theorems' names. */
const beside: Readonly<Record<ShortcutKind, string>> = {
  identity: '',
  projection: '',
  wide: ' whose shortcut is a convolution of any kernel, done in its last layer,',
  ahead: ' whose shortcut is a convolution of any kernel, done in its first layer,',
};

const rm = 'arXiv 2111.00687';

function entryOf(
  { stem, words, source, layers, end }: Family,
  of: { readonly shortcut: ShortcutKind; readonly strategy: StrategyName; readonly bend?: Bend },
): Entry {
  const { shortcut, strategy, bend = rectified } = of;
  const manner = shortcut === 'ahead' ? carriedAhead[strategy] : manners[strategy];
  return block({
    name: [stem, ...(shortcut === 'identity' ? [] : [shortcut]), strategy].join('-'),
    says: `${words}${beside[shortcut]} is its branch alone, with reserved channels: ${manner}.`,
    source,
    layers: layers(shortcut),
    shortcut,
    strategy: strategies[strategy],
    bend,
    end,
  });
}

const dense = (strided: boolean): LayerSpec => ({ kind: 'dense', kernel: 'any', strided });
const one = (strided: boolean): LayerSpec => ({ kind: 'dense', kernel: '1x1', strided });

const isProjected = (shortcut: ShortcutKind): boolean => shortcut === 'projection';

const basic: Family = {
  stem: 'basic-block',
  words: 'A BasicBlock (two convolutions)',
  source: `${rm}, figure 2; arXiv 1512.03385, figure 5`,
  // All reserved pixels are read by a wide shortcut, so that a stride comes last; one ahead comes first.
  layers: (shortcut) => [
    dense(shortcut === 'projection' || shortcut === 'ahead'),
    dense(shortcut === 'wide'),
  ],
  end: rectified,
};

/** The stride in the first or in the second layer, as either version of ResNet has it. */
const bottleneck: Family = {
  stem: 'bottleneck',
  words: 'A Bottleneck (1×1, k×k, 1×1)',
  source: `${rm}; arXiv 1512.03385, figure 5`,
  layers: (shortcut) => [one(isProjected(shortcut)), dense(isProjected(shortcut)), one(false)],
  end: rectified,
};

const grouped: Family = {
  stem: 'grouped-bottleneck',
  words: 'A grouped bottleneck (1×1, grouped k×k, 1×1)',
  source: `${rm}, RMNeXt; arXiv 1611.05431`,
  layers: () => [one(false), { kind: 'grouped', kernel: 'any', strided: false }, one(false)],
  end: rectified,
};

const inverted: Family = {
  stem: 'inverted-residual',
  words: 'An inverted residual block (1×1, depthwise k×k, linear 1×1)',
  source: `${rm}, MobileNetV2 to MobileNetV1; arXiv 1801.04381`,
  layers: (shortcut) => [
    one(false),
    { kind: 'depthwise', kernel: 'any', strided: isProjected(shortcut) },
    one(false),
  ],
  end: null,
};

const preActivation: Family = {
  stem: 'pre-activation',
  words: 'A pre-activation block (batch norm and ReLU before each of two convolutions)',
  source: `${rm}; arXiv 1603.05027`,
  layers: () => [{ kind: 'identity', kernel: '1x1', strided: false }, dense(false), dense(false)],
  end: null,
};

const every: readonly StrategyName[] = ['nonnegative', 'prelu', 'split', 'shift'];
const signed: readonly StrategyName[] = ['prelu', 'split'];
/** A shift would have to make its addend of the zeros that a kernel reads around the image. */
const unshifted: readonly StrategyName[] = ['nonnegative', 'prelu', 'split'];
const top = symbol('Real', 'top');

function both(family: Family): readonly Entry[] {
  const shortcuts: readonly ShortcutKind[] = ['identity', 'projection'];
  return shortcuts.flatMap((shortcut) =>
    every.map((strategy) => entryOf(family, { shortcut, strategy })),
  );
}

export const residualBlocks: readonly Entry[] = [
  ...both(basic),
  entryOf(basic, { shortcut: 'identity', strategy: 'unit-norm' }),
  ...unshifted.map((strategy) => entryOf(basic, { shortcut: 'wide', strategy })),
  ...every.map((strategy) => entryOf(basic, { shortcut: 'ahead', strategy })),
  ...both(bottleneck),
  ...every.map((strategy) => entryOf(grouped, { shortcut: 'identity', strategy })),
  ...signed.map((strategy) => entryOf(inverted, { shortcut: 'identity', strategy })),
  entryOf(inverted, { shortcut: 'identity', strategy: 'bounds', bend: clipped(top) }),
  entryOf(inverted, { shortcut: 'identity', strategy: 'shift', bend: clipped(top) }),
  ...[...signed, 'shift' as const].map((strategy) =>
    entryOf(preActivation, { shortcut: 'identity', strategy }),
  ),
];
