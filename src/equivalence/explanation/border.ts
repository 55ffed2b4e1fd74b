/** What differs near the border only: constants that zero padding cuts off, readings confined to a part. */
import type { Survey } from './survey.ts';
import type { Cell } from '../cells.ts';
import type { Domain, Rect } from '../shift.ts';
import type { Table } from '../table.ts';

/** Sums that should be zero may be this large, relative to what was added. */
const rounding = 2 ** -19;

function sumAt(cells: readonly Cell[], y: number, x: number): number {
  let total = 0;
  for (const { rect, value } of cells) {
    if (y >= rect.top && y < rect.bottom && x >= rect.left && x < rect.right) total += value;
  }
  return total;
}

/** Runs of positions along an axis between the edges of all rectangles. */
function runs(
  cells: readonly Cell[],
  size: number,
  edges: (rect: Rect) => readonly number[],
): number[] {
  const cuts = new Set([0, ...cells.flatMap(({ rect }) => edges(rect))]);
  return [...cuts].filter((cut) => cut >= 0 && cut < size).sort((a, b) => a - b);
}

function span(from: number, to: number): string {
  return to - from === 1 ? String(from) : `${from}–${to - 1}`;
}

/** A part of the domain where the constants of two channels differ by more than in the middle. */
export interface BorderDifference {
  /** Where, in words. */
  readonly where: string;
  /** The pixel where they differ most. */
  readonly y: number;
  readonly x: number;
  /** What each adds to its constant there. */
  readonly ours: number;
  readonly theirs: number;
}

/** Where form − scale · target is not what it is in the middle; null where it is so everywhere. */
export function borderDifference(survey: Survey, domain: Domain): BorderDifference | null {
  const { form, target } = survey.cells;
  const { scale } = survey;
  const all = [...form, ...target];
  const tops = runs(all, domain.height, (r) => [r.top, r.bottom]);
  const lefts = runs(all, domain.width, (r) => [r.left, r.right]);
  const at = (y: number, x: number): number => sumAt(form, y, x) - scale * sumAt(target, y, x);
  const middle = at(Math.floor(domain.height / 2), Math.floor(domain.width / 2));
  const size = all.reduce((most, cell) => Math.max(most, Math.abs(cell.value)), 0);
  const differs = (y: number, x: number): boolean => Math.abs(at(y, x) - middle) > rounding * size;
  let worst = { y: 0, x: 0, deviation: 0 };
  for (const y of tops) {
    for (const x of lefts) {
      const deviation = Math.abs(at(y, x) - middle);
      if (deviation > worst.deviation) worst = { y, x, deviation };
    }
  }
  if (!differs(worst.y, worst.x)) return null;
  const rows = tops.filter((y) => lefts.every((x) => differs(y, x)));
  const columns = lefts.filter((x) => tops.every((y) => differs(y, x)));
  const end = (starts: readonly number[], from: number, length: number): number =>
    starts.find((start) => start > from) ?? length;
  const words = [
    rows.length === 0
      ? ''
      : `in rows ${rows.map((y) => span(y, end(tops, y, domain.height))).join(', ')}`,
    columns.length === 0
      ? ''
      : `in columns ${columns.map((x) => span(x, end(lefts, x, domain.width))).join(', ')}`,
  ].filter((text) => text !== '');
  const { y, x } = worst;
  const { ours, theirs } = { ours: sumAt(form, y, x), theirs: sumAt(target, y, x) };
  return { where: words.join(' and ') || `at pixel (${y},${x})`, y, x, ours, theirs };
}

/** Whether the differing coefficients cancel at the middle pixel, so that only the border differs. */
export function agreesInside(table: Table, { differences }: Survey, domain: Domain): boolean {
  const y = Math.floor(domain.height / 2);
  const x = Math.floor(domain.width / 2);
  const sums = new Map<string, { total: number; size: number }>();
  for (const { column, form, target } of differences) {
    const { offset, stride, guard } = table.shifts.get(table.columnShift(column));
    if (guard !== null) {
      const inside = y >= guard.top && y < guard.bottom && x >= guard.left && x < guard.right;
      if (!inside) continue;
    }
    const key = `${table.columnValue(column)} ${offset.y},${offset.x} ${stride.y},${stride.x}`;
    const sum = sums.get(key) ?? { total: 0, size: 0 };
    sums.set(key, {
      total: sum.total + form - target,
      size: sum.size + Math.abs(form - target),
    });
  }
  return [...sums.values()].every(({ total, size }) => Math.abs(total) <= rounding * size);
}
