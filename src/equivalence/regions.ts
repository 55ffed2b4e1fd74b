/**
 * A domain cut along the edges of a form's patches: in each region the patches add one number.
 *
 * Range arithmetic over regions knows what range arithmetic over the whole domain forgets: where a tap reads
 * padding, the constant of that tap is missing too.
 */
import { shiftInterval, type Interval } from './interval.ts';
import { nothing, sum } from './constant.ts';
import { spelledOut } from './border.ts';
import type { Patches } from './form.ts';
import { intersect, isEmpty, preimage, sameRect, wholeOf } from './shift.ts';
import type { Domain, Rect, Shift } from './shift.ts';

export interface Region {
  readonly rect: Rect;
  /** What the patches add there. */
  readonly added: Interval;
}

/** More regions than this are not worth telling apart. */
const mostRegions = 64;

function edges(values: readonly number[], size: number): readonly number[] {
  const inside = values.filter((v) => v > 0 && v < size);
  return [...new Set([0, ...inside, size])].sort((a, b) => a - b);
}

/** The regions of a domain; empty where there are too many. */
export function regionsOf(own: readonly Patches[], domain: Domain): readonly Region[] {
  const patches = spelledOut(own);
  const rows = edges(
    patches.flatMap(({ rect }) => [rect.top, rect.bottom]),
    domain.height,
  );
  const columns = edges(
    patches.flatMap(({ rect }) => [rect.left, rect.right]),
    domain.width,
  );
  if ((rows.length - 1) * (columns.length - 1) > mostRegions) return [];
  const regions: Region[] = [];
  for (const [i, top] of rows.slice(0, -1).entries()) {
    for (const [j, left] of columns.slice(0, -1).entries()) {
      const rect = { top, left, bottom: rows[i + 1], right: columns[j + 1] };
      const here = patches.reduce(
        (total, patch) =>
          isEmpty(intersect(rect, patch.rect)) ? total : sum(total, patch.constant),
        nothing,
      );
      regions.push({ rect, added: shiftInterval({ lower: 0, upper: 0 }, here) });
    }
  }
  return regions;
}

/** Where a shift reads a value on `from`, seen from a region: everywhere, nowhere, or here and there. */
export function readsIn(
  region: Rect,
  { stride, offset, guard }: Shift,
  from: Domain,
): 'inside' | 'outside' | 'both' {
  let read = intersect(region, preimage(stride, offset, wholeOf(from)));
  if (guard !== null) read = intersect(read, guard);
  if (isEmpty(read)) return 'outside';
  return sameRect(read, region) ? 'inside' : 'both';
}
