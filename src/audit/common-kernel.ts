/**
 * The kernel that holds those of several branches, centre on centre: of the largest dilation that all of theirs are
 * multiples of, and where each is in it.
 */
import { int, type Term } from '../logic/term.ts';
import type { Spacing } from '../theorems/blocks/dilated.ts';
import { ci, cj, integer, kh, kw } from '../theorems/blocks/frame.ts';
import type { Sized } from '../theorems/blocks/kernels.ts';
import { isNumber, sameSize, sizeOf, unit, valueOf, type Size } from './size.ts';

export interface Kernels {
  readonly rows: Size;
  readonly columns: Size;
}

export interface Dilated extends Kernels {
  readonly dilation: number;
}

/** Where a kernel is in the common one. */
export interface Placement {
  readonly sized: Sized;
  readonly spacing: Spacing | null;
}

export interface CommonKernel {
  readonly hull: Kernels;
  readonly dilation: number;
  /** Of each; null for one that is as large, or that is none. */
  readonly placements: readonly (Placement | null)[];
}

/** The larger of two where that is plain: 1 is smaller than any letter. */
function larger(a: Size, b: Size): Size | null {
  if (sameSize(a, b)) return a;
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  if (!isNumber(a) || !isNumber(b)) return null;
  return valueOf(a, {}) > valueOf(b, {}) ? a : b;
}

export function isOne(size: Size): boolean {
  return isNumber(size) && valueOf(size, {}) === 1;
}

/** The kernel that holds all of them. */
export function hullOf(kernels: readonly Kernels[]): Kernels | null {
  return kernels.reduce<Kernels | null>(
    (hull, { rows, columns }) => {
      if (hull === null) return null;
      const [tall, wide] = [larger(hull.rows, rows), larger(hull.columns, columns)];
      return tall === null || wide === null ? null : { rows: tall, columns: wide };
    },
    { rows: unit, columns: unit },
  );
}

/** What all dilations are multiples of; a kernel of one tap has any. */
function commonDilation(kernels: readonly Dilated[]): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const wide = kernels.filter(({ rows, columns }) => !isOne(rows) || !isOne(columns));
  return wide.map(({ dilation }) => dilation).reduce(divisor, 0) || 1;
}

function timesOf({ rows, columns, dilation }: Dilated, common: number): number {
  return isOne(rows) && isOne(columns) ? 1 : dilation / common;
}

/**
 * The rows and columns in whose middle the kernel is with taps `times` as far from one another; null where that
 * depends on whether letters are odd. With an even count, the tap in the middle has one more behind than ahead.
 */
function extentOf({ rows, columns }: Kernels, times: number): Kernels | null {
  if (times === 1) return { rows, columns };
  const along = (size: Size): Size | null => {
    if (isOne(size)) return unit;
    if (!isNumber(size)) return null;
    const taps = valueOf(size, {});
    return sizeOf(taps % 2 === 1 ? times * (taps - 1) + 1 : times * taps);
  };
  const [tall, wide] = [along(rows), along(columns)];
  return tall === null || wide === null ? null : { rows: tall, columns: wide };
}

/** Where the kernel is in the hull; null where it is as large. `k` tells its letters from the others'. */
function placedIn(
  hull: Kernels,
  { rows, columns }: Kernels,
  { k, times }: { readonly k: number; readonly times: number },
): Placement | null {
  const spacing = times === 1 ? null : ([integer(`fy${k}`), integer(`fx${k}`)] as const);
  const isWhole = (size: Size, whole: Size): boolean => spacing === null && sameSize(size, whole);
  const axis = (size: Size, whole: Size, letters: readonly [string, string, Term, Term]) => {
    const [extent, centre, all, middle] = letters;
    if (isOne(size)) return [int(1), int(0)] as const;
    return isWhole(size, whole)
      ? ([all, middle] as const)
      : ([integer(extent), integer(centre)] as const);
  };
  if (isWhole(rows, hull.rows) && isWhole(columns, hull.columns)) return null;
  const tall = axis(rows, hull.rows, [`eh${k}`, `ei${k}`, kh, ci]);
  const wide = axis(columns, hull.columns, [`ew${k}`, `ej${k}`, kw, cj]);
  return { sized: { size: [tall[0], wide[0]], centre: [tall[1], wide[1]] }, spacing };
}

/** Of branches' kernels, null for one that has none; or why there is none. */
export function commonKernel(kernels: readonly (Dilated | null)[]): CommonKernel | string {
  const present = kernels.flatMap((kernel) => kernel ?? []);
  const dilation = commonDilation(present);
  const extents = present.flatMap((kernel) => extentOf(kernel, timesOf(kernel, dilation)) ?? []);
  if (extents.length < present.length) {
    return 'how far a dilated kernel reaches depends on whether a letter is odd';
  }
  const hull = hullOf(extents);
  if (hull === null) return 'which of the kernels is the largest depends on letters';
  const placements = kernels.map((kernel, k) =>
    kernel === null ? null : placedIn(hull, kernel, { k, times: timesOf(kernel, dilation) }),
  );
  return { hull, dilation, placements };
}

/** Small sizes for the letters of the placements; where asked, of kernels that reach out of the image. */
export function sizesOf(
  placements: CommonKernel['placements'],
  isReaching: boolean,
): Readonly<Record<string, number>> {
  const sizes: Record<string, number> = {};
  placements.forEach((placement, k) => {
    if (placement === null) return;
    const isSpaced = placement.spacing !== null;
    const rows =
      isSpaced || isReaching ? { [`eh${k}`]: 2, [`ei${k}`]: 1 } : { [`eh${k}`]: 1, [`ei${k}`]: 0 };
    Object.assign(sizes, rows, { [`ew${k}`]: 1, [`ej${k}`]: 0 });
    // Two rows with one between them.
    if (isSpaced) Object.assign(sizes, { [`fy${k}`]: 2, [`fx${k}`]: 2, kh: 3, ci: 2 });
  });
  return sizes;
}
