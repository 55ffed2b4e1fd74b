/**
 * Whether a column has the same real number in two accumulators, beyond what float64 shows.
 */
import type { Accumulator } from './accumulator.ts';
import { isNear, type Question } from './exact.ts';
import type { ColumnId } from './form.ts';
import type { KeyTable } from './key-table.ts';
import { multipliesExactly } from './scale.ts';

/** Whether equal float64 coefficients are equal real numbers: same factors, or both exactly zero. */
export function sameKey(form: Accumulator, target: Accumulator, column: ColumnId): boolean {
  const here = form.magnitude[column] === 0 ? 0 : form.key[column];
  const there = target.magnitude[column] === 0 ? 0 : target.key[column];
  return here === there && here >= 0;
}

/** Whether float64 holds factor times the coefficient. */
export function isExactProduct(target: Accumulator, column: ColumnId, factor: number): boolean {
  if (target.magnitude[column] === 0) return true;
  return target.key[column] === 0 && multipliesExactly(factor, target.mid[column]);
}

/** The question whether form = factor · target, a power of two, in a column; null where that is not open. */
export function questionOfColumn(
  keys: KeyTable,
  pair: { readonly form: Accumulator; readonly target: Accumulator; readonly factor: number },
  column: ColumnId,
): Question | null {
  const { form, target, factor } = pair;
  if (form.magnitude[column] === 0 || target.magnitude[column] === 0) return null;
  const left = keys.exactValue(form.key[column], form.mid[column]);
  const right = keys.exactValue(target.key[column], factor * target.mid[column]);
  return left === null || right === null || !isNear(left.mid, right.mid) ? null : { left, right };
}
