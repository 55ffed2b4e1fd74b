/** A residual branch and its plain twin as layers of networks, with the letters of src/theorems/blocks/branch.ts. */
import type { Conv, LayerSpec } from '../../../src/model/layer.ts';
import type { Pair } from '../../../src/model/shape.ts';
import type { Sizes } from '../../../src/theorems/entry.ts';
import { convolutionOf } from '../layer-networks.ts';
import type { Letters } from '../letters.ts';
import { affine, normOf } from './norms.ts';
import { bendOf, convertedBend, type Strategy } from './strategies.ts';

export type Weight = (o: number, c: number, i: number, j: number) => number;
export type Window = Pick<Conv, 'kernel' | 'strides' | 'dilations' | 'pads'>;

/** `identity`: no convolution of its own. */
export interface LevelSpec {
  readonly kind: 'dense' | 'depthwise' | 'grouped' | 'identity';
  /** Any kernel, or one of 1×1. */
  readonly isWide: boolean;
  /** Any stride, or 1. */
  readonly isStrided: boolean;
}

export interface Level extends LevelSpec {
  readonly level: number;
  readonly window: Window;
  readonly centre: Pair;
  /** Channels of the branch that it reads, and writes. */
  readonly from: number;
  readonly to: number;
  readonly weights: Weight;
}

/** A window whose tap at the centre reads the pixel itself, and that keeps the size but for its stride. */
export function centredWindow(
  kernel: Pair,
  centre: Pair,
  of: { readonly strides: Pair; readonly dilations: Pair },
): Window {
  const { y, x } = of.dilations;
  const pads = {
    top: centre.y * y,
    left: centre.x * x,
    bottom: (kernel.y - 1 - centre.y) * y,
    right: (kernel.x - 1 - centre.x) * x,
  };
  return { kernel, ...of, pads };
}

const origin = { y: 0, x: 0 };
const unit = { y: 1, x: 1 };

export function levelsOf(
  specs: readonly LevelSpec[],
  letters: Letters,
  outputs: number,
): readonly Level[] {
  const levels: Level[] = [];
  for (const [k, spec] of specs.entries()) {
    const level = k + 1;
    const pair = (y: string, x: string): Pair => ({
      y: letters.int(`${y}${level}`),
      x: letters.int(`${x}${level}`),
    });
    const centre = spec.isWide ? pair('ci', 'cj') : origin;
    const from = levels.at(-1)?.to ?? letters.int('C');
    const width = spec.kind === 'dense' ? letters.int(`M${level}`) : from;
    levels.push({
      ...spec,
      level,
      centre,
      window: centredWindow(spec.isWide ? pair('kh', 'kw') : unit, centre, {
        strides: spec.isStrided ? pair('sy', 'sx') : unit,
        dilations: spec.isWide ? pair('dy', 'dx') : unit,
      }),
      from,
      to: level === specs.length ? outputs : width,
      weights: (...at) => letters.real(`V${level}`, ...at),
    });
  }
  return levels;
}

/** Channels that a weight of the level reads. */
function groupWidth({ kind }: LevelSpec, letters: Letters, from: number): number {
  if (kind === 'depthwise') return 1;
  return kind === 'grouped' ? letters.int('w') : from;
}

/** s·t + b, of the level's channel. */
const ownNorm = (letters: Letters, { level }: Level, channel: number) =>
  affine(letters.real(`s${level}`, channel), letters.real(`b${level}`, channel));

export interface Manner {
  readonly letters: Letters;
  readonly strategy: Strategy;
  readonly isClipped: boolean;
}

/** The original's layers of a level, activation excluded. */
export function originalLevel(level: Level, letters: Letters): readonly LayerSpec[] {
  const { from, to, window, weights } = level;
  const norm = normOf(to, (channel) => ownNorm(letters, level, channel));
  if (level.kind === 'identity') return [norm];
  const groups = from / groupWidth(level, letters, from);
  return [convolutionOf({ from, to, groups }, window, weights), norm];
}

/** Its hidden layers: all but the last level. */
export function originalHidden(
  levels: readonly Level[],
  { letters, isClipped }: Manner,
): readonly LayerSpec[] {
  return levels
    .slice(0, -1)
    .flatMap((level) => [...originalLevel(level, letters), bendOf(letters, isClipped)]);
}

/**
 * Channels of a converted tensor: the reserved ones and the branch's own. Without the assumption on whole groups
 * their last group is not full, and is filled with channels that no later layer reads but the grouped one.
 */
export function convertedWidth(own: number, { letters, strategy }: Manner): number {
  const w = letters.sizes['w'] ?? 1;
  return Math.ceil((strategy.count + own) / w) * w;
}

/** One at the centre, zero elsewhere. */
export function atCentre({ centre }: Pick<Level, 'centre'>, i: number, j: number): number {
  return i === centre.y && j === centre.x ? 1 : 0;
}

/** The weights of a converted level: what carries the reserved channels on, beside the branch's own. */
function convertedWeights(level: Level, { letters, strategy }: Manner): Weight {
  const { count, source, sign } = strategy;
  const isFirst = level.level === 1;
  const entryOf = (k: number): number => {
    if (isFirst) return source(k);
    if (level.kind === 'depthwise') return 0;
    return level.kind === 'grouped' ? k % letters.int('w') : k;
  };
  const isWhole = level.kind === 'dense' || level.kind === 'identity';
  return (k, c, i, j) => {
    if (k < count) {
      const factor = isFirst ? sign(k) : 1;
      return c === entryOf(k) ? factor * atCentre(level, i, j) : 0;
    }
    const own = k - count;
    if (level.kind === 'identity') return c === own ? 1 : 0;
    if (isFirst || !isWhole) return level.weights(own, c, i, j);
    return c < count || c - count >= level.from ? 0 : level.weights(own, c - count, i, j);
  };
}

export function convertedHidden(levels: readonly Level[], manner: Manner): readonly LayerSpec[] {
  const { letters, strategy, isClipped } = manner;
  const { count } = strategy;
  return levels.slice(0, -1).flatMap((level) => {
    const isFirst = level.level === 1;
    const from = isFirst ? level.from : convertedWidth(level.from, manner);
    const channels = convertedWidth(level.to, manner);
    const groups = isFirst ? 1 : from / groupWidth(level, letters, from);
    const reserved = (k: number) => (isFirst ? strategy.norm(k) : affine(1, 0));
    return [
      convolutionOf({ from, to: channels, groups }, level.window, convertedWeights(level, manner)),
      normOf(channels, (k) => (k < count ? reserved(k) : ownNorm(letters, level, k - count))),
      convertedBend(strategy, letters, { channels, isClipped }),
    ];
  });
}

/** The sizes with the domain of every level: what is left of H × W by the strides. */
export function withDomains(specs: readonly LevelSpec[], sizes: Sizes): Sizes {
  const domains: Record<string, number> = {};
  let [height, width] = [sizes['H'], sizes['W']];
  for (const [k, { isStrided }] of specs.entries()) {
    const [y, x] = isStrided ? [sizes[`sy${k + 1}`], sizes[`sx${k + 1}`]] : [1, 1];
    height = Math.floor((height - 1) / y) + 1;
    width = Math.floor((width - 1) / x) + 1;
    domains[`H${k + 1}`] = height;
    domains[`W${k + 1}`] = width;
  }
  return { ...sizes, ...domains };
}
