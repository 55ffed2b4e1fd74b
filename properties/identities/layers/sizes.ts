/** Sizes of images and windows, small and not square, and what goes with them. */
import fc from 'fast-check';
import type { Sizes } from '../../../src/theorems/entry.ts';
import type { Given, Letters } from '../letters.ts';

const between = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

export { between };

/** H, W, kh, kw, sy, sx, dy, dx, py and px, with further sizes. */
export function windowSizes(
  more: Readonly<Record<string, fc.Arbitrary<number>>> = {},
): fc.Arbitrary<Sizes> {
  return fc.record({
    C: between(1, 3),
    H: between(2, 5),
    W: between(1, 4),
    kh: between(1, 3),
    kw: between(1, 2),
    sy: between(1, 2),
    sx: between(1, 2),
    dy: between(1, 2),
    dx: between(1, 2),
    py: between(0, 2),
    px: between(0, 2),
    ...more,
  });
}

/** The centre of a kernel, and the padding it reaches back. */
export function centred(sizes: fc.Arbitrary<Sizes>): fc.Arbitrary<Sizes> {
  return fc.tuple(sizes, fc.nat(), fc.nat()).map(([given, y, x]) => {
    const [ci, cj] = [y % given['kh'], x % given['kw']];
    return { ...given, ci, cj, py: ci * given['dy'], px: cj * given['dx'] };
  });
}

/** Function letters that are read everywhere, as the images of a network: zero outside H×W. */
export function zeroOutside(letters: Letters, ...names: readonly string[]): Given {
  const isInside = (row: number, column: number): boolean =>
    row >= 0 && row < letters.int('H') && column >= 0 && column < letters.int('W');
  return Object.fromEntries(
    names.map((name) => [
      name,
      (...at: readonly number[]) => (isInside(at[1], at[2]) ? letters.real(name, ...at) : 0),
    ]),
  );
}

/** Every output has two siblings in its group, and reads C channels of it: `source` of grouped statements. */
export function sourceOf(letters: Letters): Given {
  return { source: (o, c) => Math.floor(o / perGroup) * letters.int('C') + c };
}

/** Outputs of a group. */
export const perGroup = 2;

/** Outputs of a network without groups: two, or as many as are looked at. */
export function outputsOf(letters: Letters): number {
  return Math.max(2, (letters.sizes['o'] ?? 0) + 1);
}
