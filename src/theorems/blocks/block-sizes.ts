/**
 * Small sizes for the letters of a block, at which its claim is checked and its assumptions are shown to be needed;
 * and the one assumption that is about sizes.
 */
import type { Term } from '../../logic/term.ts';
import type { Hypothesis, Sizes } from '../entry.ts';
import { equal, times } from '../notation.ts';
import type { Layer } from './branch.ts';
import { typing } from './frame.ts';

/** Every letter of the block at a small size: kernels of one row or one column; or single taps and pixels. */
export function sizesOf(
  layers: readonly Layer[],
  of: {
    readonly widths: number;
    readonly shortcut: number;
    readonly single: boolean;
    readonly split: boolean;
    /** Where a shortcut with a kernel of its own is put; null for another. */
    readonly wide: 'wide' | 'ahead' | null;
  },
): Sizes {
  const { widths, shortcut, single, split, wide } = of;
  const size = single ? 1 : 2;
  const sizes: Record<string, number> = {
    ...{ C: shortcut, H: size, W: size, o: 0, p: 0, q: 0 },
    ...(wide === null ? {} : wideSizes(wide, single)),
  };
  for (const { groups } of layers) {
    if (groups === null) continue;
    const reserved = split ? 2 * shortcut : shortcut;
    const [width, carried, own] = groups.letters;
    Object.assign(sizes, { [carried]: Math.max(1, reserved / widths), [own]: 1, [width]: widths });
  }
  for (const { level, kernel, strided } of layers) {
    Object.assign(sizes, { [`M${level}`]: widths, [`H${level}`]: size, [`W${level}`]: size });
    if (kernel === 'any') {
      const tall = level !== 2 && !single;
      const wide = level === 2 && !single;
      const taps = { kh: tall ? 2 : 1, kw: wide ? 2 : 1, ci: tall ? 1 : 0, cj: 0, dy: 1, dx: 1 };
      for (const [name, value] of Object.entries(taps)) sizes[`${name}${level}`] = value;
    }
    if (strided) Object.assign(sizes, { [`sy${level}`]: size, [`sx${level}`]: 1 });
  }
  return sizes;
}

/**
 * Of a shortcut's kernel, and of one that holds a layer's too: in the last one's columns two rows beside whatever the
 * layer has; in the first one's rows, where what is carried is a product of its own, a single tap of two on an image of
 * one column: a shift's products of products take z3 long.
 */
function wideSizes(shortcut: 'wide' | 'ahead', single: boolean): Sizes {
  const isRow = shortcut === 'wide' && !single;
  const p = isRow ? { ph: 2, pw: 1, pi: 1, pj: 0 } : { ph: 1, pw: 1, pi: 0, pj: 0 };
  const k = single ? { kh: 1, kw: 1, ci: 0, cj: 0 } : { kh: 2, kw: isRow ? 2 : 1, ci: 1, cj: 0 };
  return { ...p, ...k, dy: 1, dx: 1, N: 1, ...(shortcut === 'ahead' ? { W: 1 } : {}) };
}

/**
 * That it is needed is said of `reserved-groups`, and here where a counterexample is soon found: that of a split
 * has groups of three. The first grouped layer's label has no number, as its letters have none.
 */
export function wholeGroups(
  layer: Layer,
  count: Term,
  breaksAt: Sizes | null,
): readonly Hypothesis[] {
  const { groups, level } = layer;
  if (groups === null) return [];
  const term = equal(count, times(groups.reserved, groups.width));
  if (breaksAt === null) return [typing(term)];
  const isFirst = groups.letters[0] === 'w';
  return [
    {
      kind: 'assumption',
      label: isFirst ? 'whole-groups' : `whole-groups-${level}`,
      meaning: `the reserved channels are a multiple of the channels of a group${isFirst ? '' : ` of layer ${level}`}`,
      term,
      breaksAt,
    },
  ];
}

/** The sizes with groups of single channels in all grouped layers but this one. */
export function onlyGrouped(sizes: Sizes, layers: readonly Layer[], layer: Layer): Sizes {
  const all: Record<string, number> = { ...sizes };
  for (const { groups, level } of layers) {
    if (groups === null || level === layer.level) continue;
    const [width, reserved, own] = groups.letters;
    Object.assign(all, { [width]: 1, [reserved]: sizes['C'], [own]: sizes[`M${level}`] });
  }
  return all;
}
