/** Two kernels, each with a tap of its own for the pixel itself, within a larger one around the same pixel. */
import fc from 'fast-check';
import type { Sizes } from '../../../src/theorems/entry.ts';
import { between } from '../layers/sizes.ts';
import type { Letters } from '../letters.ts';
import type { Sized } from './joined.ts';

/** The letters of a kernel: rows, columns, and the centre's place among them. */
export type Names = readonly [rows: string, columns: string, row: string, column: string];

export const projected: Names = ['ph', 'pw', 'pi', 'pj'];

export function sizedBy(letters: Letters, [rows, columns, row, column]: Names): Sized {
  return {
    size: { y: letters.int(rows), x: letters.int(columns) },
    centre: { y: letters.int(row), x: letters.int(column) },
  };
}

interface Extent {
  readonly before: number;
  readonly after: number;
}

const extent: fc.Arbitrary<Extent> = fc.record({ before: between(0, 1), after: between(0, 1) });

/** An extent that holds both. */
function around(a: Extent, b: Extent): Extent {
  return { before: Math.max(a.before, b.before), after: Math.max(a.after, b.after) };
}

/** The kernel of `own`, the projection's, and one that holds both and may be larger yet. */
export function twoKernels(own: Names): fc.Arbitrary<Sizes> {
  const axes = fc.record({
    own: fc.tuple(extent, extent),
    of: fc.tuple(extent, extent),
    more: fc.tuple(extent, extent),
  });
  return axes.map(({ own: mine, of, more }) => {
    const named = (names: Names, [y, x]: readonly [Extent, Extent]): Sizes => ({
      [names[0]]: y.before + 1 + y.after,
      [names[1]]: x.before + 1 + x.after,
      [names[2]]: y.before,
      [names[3]]: x.before,
    });
    const hull = [0, 1].map((axis) => {
      const [a, b, c] = [mine[axis], of[axis], more[axis]];
      return { before: around(a, b).before + c.before * c.after, after: around(a, b).after };
    });
    const whole = named(['kh', 'kw', 'ci', 'cj'], [hull[0], hull[1]]);
    return { ...named(own, mine), ...named(projected, of), ...whole };
  });
}
