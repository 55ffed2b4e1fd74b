/**
 * Forms that read nothing but values which are constants near their border and in the middle: constants again,
 * though other ones from pixel to pixel.
 *
 * Written out as one constant for each part of the domain, so that such a channel is one function by one form,
 * whatever layers it came through, and stays small however many they are.
 */
import { patchesOf, type Patch } from './border.ts';
import { cellsOf, constantOf, gridOf, type Cell } from './cells.ts';
import { nothing, sum } from './constant.ts';
import { noPatches, type ColumnId, type Form } from './form.ts';
import { everyRead } from './reads.ts';
import { exactly, one, times } from './scale.ts';
import { sameRect, wholeOf, type Domain } from './shift.ts';
import type { Table } from './table.ts';
import { formOf } from './value.ts';

/** The form of a value that is constants only; null for any other. */
function constantsOf(table: Table, column: ColumnId): Form | null {
  const own = formOf(table.get(table.columnValue(column)));
  return own !== null && own.parts.length === 0 ? own : null;
}

/** The same form without parts; null where it reads something that is not constants only. */
export function flattened(table: Table, form: Form, domain: Domain): Form | null {
  const { parts } = form;
  const isConstant = (column: ColumnId): boolean => constantsOf(table, column) !== null;
  if (!parts.every((part) => everyRead(table, part, isConstant))) return null;
  const whole = { shift: 0, middle: domain, to: domain };
  const cells: Cell[] = [...cellsOf({ ...form, constant: nothing }, one, whole, table)];
  for (const part of parts) {
    everyRead(table, part, (column, weight, factor) => {
      const own = constantsOf(table, column);
      const middle = table.get(table.columnValue(column)).domain;
      const reading = { shift: table.columnShift(column), middle, to: domain };
      if (own !== null) {
        cells.push(...cellsOf(own, times(factor(), exactly(weight)), reading, table));
      }
      return true;
    });
  }
  const patches: Patch[] = gridOf(cells, domain)
    .filter(({ magnitude }) => magnitude > 0)
    .map((cell) => ({ rect: cell.rect, constant: constantOf(cell) }));
  const isWhole = patches.length === 1 && sameRect(patches[0].rect, wholeOf(domain));
  return isWhole
    ? { parts: [], constant: sum(form.constant, patches[0].constant), patches: noPatches }
    : { parts: [], constant: form.constant, patches: patchesOf(patches) };
}
