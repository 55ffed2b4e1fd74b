/**
 * Claim: a residual block is its branch alone, with reserved channels that carry the shortcut, in every strategy.
 * Source: arXiv 2111.00687, and the theorems' own. Expected: holds, and not for values out of the activation's
 * range, or reserved channels that are no whole groups.
 */
import fc from 'fast-check';
import type { LayerSpec } from '../../../src/model/layer.ts';
import type { Pair } from '../../../src/model/shape.ts';
import type { Entry, Sizes } from '../../../src/theorems/entry.ts';
import { residualBlocks } from '../../../src/theorems/blocks/residual-blocks.ts';
import type { Identity } from '../identity.ts';
import {
  convolutionOf,
  image,
  matrixOf,
  network,
  sequence,
  shapeOfImage,
} from '../layer-networks.ts';
import { between, outputsOf } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import {
  atCentre,
  convertedHidden,
  convertedWidth,
  levelsOf,
  originalHidden,
  originalLevel,
  withDomains,
  type Level,
  type LevelSpec,
  type Manner,
} from './branch.ts';
import { affine, normOf } from './norms.ts';
import { determinedBy, strategyOf, type StrategyName } from './strategies.ts';

interface Family {
  readonly stem: string;
  /** By whether the shortcut is a projection. */
  readonly levels: (isProjected: boolean) => readonly LevelSpec[];
  readonly endsBent: boolean;
}

const dense = (isStrided: boolean): LevelSpec => ({ kind: 'dense', isWide: true, isStrided });
const one = (isStrided: boolean): LevelSpec => ({ kind: 'dense', isWide: false, isStrided });
const among = (kind: 'depthwise' | 'grouped', isStrided: boolean): LevelSpec => ({
  kind,
  isWide: true,
  isStrided,
});

/** Longer names first: one is the start of another's. */
const families: readonly Family[] = [
  {
    stem: 'grouped-bottleneck',
    levels: () => [one(false), among('grouped', false), one(false)],
    endsBent: true,
  },
  {
    stem: 'bottleneck',
    levels: (isProjected) => [one(isProjected), dense(isProjected), one(false)],
    endsBent: true,
  },
  {
    stem: 'basic-block',
    levels: (isProjected) => [dense(isProjected), dense(false)],
    endsBent: true,
  },
  {
    stem: 'inverted-residual',
    levels: (isProjected) => [one(false), among('depthwise', isProjected), one(false)],
    endsBent: false,
  },
  {
    stem: 'pre-activation',
    levels: () => [
      { kind: 'identity', isWide: false, isStrided: false },
      dense(false),
      dense(false),
    ],
    endsBent: false,
  },
];

const strategyNames: readonly StrategyName[] = [
  'nonnegative',
  'unit-norm',
  'prelu',
  'bounds',
  'split',
  'shift',
];

interface Block {
  readonly entry: Entry;
  readonly family: Family;
  readonly isProjected: boolean;
  readonly strategy: StrategyName;
  /** Whether activations have an upper bound. */
  readonly isClipped: boolean;
}

function blockOf(entry: Entry): Block {
  const family = families.find(({ stem }) => entry.name.startsWith(`${stem}-`));
  const strategy = strategyNames.find((name) => entry.name.endsWith(`-${name}`));
  if (family === undefined || strategy === undefined) {
    throw new Error(`${entry.name} is no block of a known family and strategy`);
  }
  const isClipped =
    family.stem === 'inverted-residual' && (strategy === 'bounds' || strategy === 'shift');
  const isProjected = entry.name === `${family.stem}-projection-${strategy}`;
  return { entry, family, isProjected, strategy, isClipped };
}

function sizesOf({ family, isProjected, strategy }: Block): fc.Arbitrary<Sizes> {
  const specs = family.levels(isProjected);
  const letters: Record<string, fc.Arbitrary<number>> = {
    C: between(1, 2),
    H: between(1, 4),
    W: between(1, 3),
    w: between(1, 2),
    gM: between(1, 2),
  };
  for (const k of specs.keys()) {
    const ranges = { M: [1, 2], kh: [1, 3], kw: [1, 2], ci: [0, 5], cj: [0, 5] } as const;
    const steps = { dy: [1, 2], dx: [1, 2], sy: [1, 2], sx: [1, 2] } as const;
    for (const [name, [min, max]] of Object.entries({ ...ranges, ...steps })) {
      letters[`${name}${k + 1}`] = between(min, max);
    }
  }
  const isGrouped = specs.some(({ kind }) => kind === 'grouped');
  return fc.record(letters).map((sizes) => {
    const found: Record<string, number> = { ...sizes };
    for (const k of specs.keys()) {
      found[`ci${k + 1}`] %= sizes[`kh${k + 1}`];
      found[`cj${k + 1}`] %= sizes[`kw${k + 1}`];
    }
    if (isGrouped) {
      const copies = strategy === 'split' ? 2 : 1;
      Object.assign(found, {
        C: sizes['C'] * sizes['w'],
        gR: copies * sizes['C'],
        M1: sizes['gM'] * sizes['w'],
      });
    }
    return withDomains(specs, found);
  });
}

/** The projection with its batch norm's scale. */
function projection(letters: Letters, o: number, c: number): number {
  return letters.real('sp', o) * letters.real('P', o, c, 0, 0);
}

function shortcutOf(
  block: Block,
  levels: readonly Level[],
  letters: Letters,
): readonly LayerSpec[] {
  if (!block.isProjected) return [];
  const to = levels[levels.length - 1].to;
  const strides = levels.reduce<Pair>(
    (total, { window }) => ({
      y: total.y * window.strides.y,
      x: total.x * window.strides.x,
    }),
    { y: 1, x: 1 },
  );
  return [
    matrixOf(letters.int('C'), to, (o, c) => letters.real('P', o, c, 0, 0), null, strides),
    normOf(to, (o) => affine(letters.real('sp', o), letters.real('bp', o))),
  ];
}

/** What the last kernel has at its centre for reserved channel c. */
function reservedColumn({ isProjected }: Block, { letters, strategy }: Manner) {
  return (o: number, c: number): number => {
    const channel = strategy.source(c);
    const restoring = strategy.name === 'shift' ? letters.real('ainv', channel) : 1;
    const identity = channel === o ? 1 : 0;
    const weight = isProjected ? projection(letters, o, channel) : identity;
    return strategy.sign(c) * weight * restoring;
  };
}

/** The last convolution, with the batch norms folded in. */
function merged(block: Block, last: Level, manner: Manner): LayerSpec {
  const { letters, strategy } = manner;
  const { count } = strategy;
  const column = reservedColumn(block, manner);
  const weight = (o: number, c: number, i: number, j: number): number => {
    if (c < count) return column(o, c) * atCentre(last, i, j);
    if (c - count >= last.from) return 0;
    return letters.real(`s${last.level}`, o) * last.weights(o, c - count, i, j);
  };
  const bias = (o: number): number => {
    const own = letters.real(`b${last.level}`, o);
    const shortcut = block.isProjected ? letters.real('bp', o) : 0;
    const added = Array.from({ length: count }, (_, c) => column(o, c) * strategy.norm(c).beta);
    const shifted = strategy.name === 'shift' ? added.reduce((sum, term) => sum + term, 0) : 0;
    return own + shortcut - shifted;
  };
  const from = convertedWidth(last.from, manner);
  return convolutionOf({ from, to: last.to }, last.window, weight, bias);
}

function identityOf(entry: Entry): Identity {
  const block = blockOf(entry);
  const { family, isProjected, isClipped } = block;
  const end: readonly LayerSpec[] = family.endsBent
    ? [{ kind: 'relu', name: 'end', inputs: [0] }]
    : [];
  return {
    entry,
    sizes: sizesOf(block),
    images: ['x'],
    determined: (letters) => determinedBy(block.strategy, letters, isClipped),
    networks: (letters) => {
      const shape = shapeOfImage(letters);
      const outputs = isProjected ? outputsOf(letters) : shape.channels;
      const levels = levelsOf(family.levels(isProjected), letters, outputs);
      const last = levels[levels.length - 1];
      const manner = { letters, isClipped, strategy: strategyOf(block.strategy, letters) };
      return {
        original: network([shape], (builder, [x]) => {
          const through = (from: number, layers: readonly LayerSpec[]): number =>
            layers.reduce((read, layer) => builder.add({ ...layer, inputs: [read] }), from);
          const branch = through(x, [
            ...originalHidden(levels, manner),
            ...originalLevel(last, letters),
          ]);
          const shortcut = through(x, shortcutOf(block, levels, letters));
          const sum = builder.add({ kind: 'add', name: 'add', inputs: [shortcut, branch] });
          return through(sum, end);
        }),
        converted: sequence(shape, [
          ...convertedHidden(levels, manner),
          merged(block, last, manner),
          ...end,
        ]),
        inputs: [image(letters, 'x', shape)],
      };
    },
  };
}

/** Those whose shortcut has a kernel of its own are in wide-blocks.ts. */
export const residualIdentities: readonly Identity[] = residualBlocks
  .filter(({ name }) => !/-(?:wide|ahead)-/.test(name))
  .map(identityOf);
