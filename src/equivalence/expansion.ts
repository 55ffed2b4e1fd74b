/**
 * Named values written out again, where a comparison does not come out equal over their names.
 */
import type { Accumulator, WeightedRow } from './accumulator.ts';
import type { Reading } from './cells.ts';
import type { ColumnId, Part, Rows, ValueId } from './form.ts';
import { times, type Scale } from './scale.ts';
import type { Domain, ShiftId } from './shift.ts';
import type { Table } from './table.ts';
import { formOf } from './value.ts';

/** Multiply-adds one comparison may spend on expanding named values before it gives up. */
const budget = 2 ** 26;

/** The named values in these columns that are of the layer of the latest one; empty where none is named. */
export function latestNamed(table: Table, columns: readonly ColumnId[]): ReadonlySet<ValueId> {
  const named = columns
    .map((column) => table.columnValue(column))
    .filter((value) => formOf(table.get(value)) !== null);
  const latest = named.reduce((a, b) => Math.max(a, b), -1);
  if (latest < 0) return new Set();
  const { layer, side } = table.get(latest).origin;
  return new Set(
    named.filter((value) => {
      const { origin } = table.get(value);
      return origin.layer === layer && origin.side === side;
    }),
  );
}

/** Writes the chosen values out; false when the budget is spent. */
export function expand(
  table: Table,
  accumulator: Accumulator,
  chosen: ReadonlySet<ValueId>,
  domain: Domain,
): boolean {
  const isChosen = (c: ColumnId): boolean => chosen.has(table.columnValue(c));
  accumulator.work += accumulator.touched.length;
  const columns = accumulator.touched.filter(isChosen).sort((a, b) => b - a);
  accumulator.touched = accumulator.touched.filter((c) => !isChosen(c));
  // Rows of one layer read in one way are added together: there may be hundreds.
  const batches = new Map<Rows, Map<ShiftId, Batch>>();
  for (const column of columns) {
    const scale = accumulator.take(column);
    const value = table.get(table.columnValue(column));
    const form = formOf(value);
    if (scale === null || form === null) continue;
    const shift = table.columnShift(column);
    const reading = { shift, middle: value.domain, to: domain };
    const rest: Part[] = [];
    for (const part of form.parts) {
      if (part.kind === 'value') rest.push(part);
      else addTo(batches, part, times(scale, part.scale), reading);
    }
    accumulator.add({ ...form, parts: rest }, scale, reading);
  }
  for (const [rows, byShift] of batches) {
    for (const { members, reading } of byShift.values()) {
      accumulator.addMany(rows, members, reading);
      if (accumulator.work > budget) return false;
    }
  }
  return true;
}

interface Batch {
  readonly members: WeightedRow[];
  readonly reading: Reading;
}

function addTo(
  batches: Map<Rows, Map<ShiftId, Batch>>,
  part: { readonly rows: Rows; readonly row: number },
  scale: Scale,
  reading: Reading,
): void {
  const byShift = batches.get(part.rows) ?? new Map<ShiftId, Batch>();
  batches.set(part.rows, byShift);
  const batch = byShift.get(reading.shift) ?? { members: [], reading };
  byShift.set(reading.shift, batch);
  batch.members.push({ row: part.row, scale });
}
