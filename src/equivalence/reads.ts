/** What a part of a form reads: columns, each with a weight and a factor. */
import { rowStart, type ColumnId, type Part } from './form.ts';
import { one, times, type Scale } from './scale.ts';
import type { Table } from './table.ts';

/** The factor is worked out when it is asked for: many a reader stops at the first column. */
type Visit = (column: ColumnId, weight: number, factor: () => Scale) => boolean;

/** Visits the columns in order, without those that count for nothing; stops, and says so, where a visit is false. */
export function everyRead(table: Table, part: Part, visit: Visit): boolean {
  if (part.kind === 'value') {
    return visit(table.column(part.value, part.shift), 1, () => part.scale);
  }
  const { rows, row, scale } = part;
  const start = rowStart(rows, row);
  for (let k = 0; k < rows.length; k++) {
    const weight = rows.weights[start.weights + k];
    const column = rows.columns[start.columns + k];
    if (weight === 0 || column < 0) continue;
    const own = rows.scales?.[start.columns + k] ?? one;
    if (!visit(column, weight, () => times(scale, own))) return false;
  }
  return true;
}
