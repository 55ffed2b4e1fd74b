/**
 * Functions of one number that are read at one place, among other things: added up where some of their bends cancel.
 *
 * A channel reserved as relu(x) and relu(−x) comes back as x; beside other terms that shows only once the two are
 * one term, and a fingerprint of their difference is mostly rounding.
 */
import type { Form, Part, ValueId } from './form.ts';
import type { Merging } from './merging.ts';
import { addPoints, scalePoint, type Point, type Term } from './piecewise.ts';
import { everyRead } from './reads.ts';
import { withoutHalves } from './reflected.ts';
import { exactly, plus, times, zero, type Scale } from './scale.ts';
import type { Domain, ShiftId } from './shift.ts';
import type { Table } from './table.ts';

/** The value that a value is a function of, bends and all. */
function baseOf(table: Table, value: ValueId): ValueId {
  const { definition } = table.get(value);
  return definition.kind === 'relu' || definition.kind === 'kinks' ? definition.base : value;
}

/**
 * A row all of whose weights read functions of one number at one place, written out, what reads the same value twice
 * as one part; any other form as it is.
 */
export function rowOfOneNumber(table: Table, form: Form): Form {
  const [part] = form.parts;
  if (form.parts.length !== 1 || part.kind !== 'row') return form;
  const scales = new Map<ValueId, Scale>();
  let base: ValueId | null = null;
  let shift: ShiftId = 0;
  const isOne = everyRead(table, part, (column, weight, factor) => {
    const value = table.columnValue(column);
    if (base === null) {
      base = baseOf(table, value);
      shift = table.columnShift(column);
    } else if (table.columnShift(column) !== shift || baseOf(table, value) !== base) return false;
    const sum = plus(scales.get(value) ?? zero, times(exactly(weight), factor()));
    if (sum === null) return false;
    scales.set(value, sum);
    return true;
  });
  if (!isOne) return form;
  const parts = [...scales].map(([value, scale]): Part => {
    return { kind: 'value', value, shift, scale };
  });
  return { ...form, parts: parts.filter(({ scale }) => scale.mid !== 0) };
}

type Read = Extract<Part, { kind: 'value' }>;

/** What is known of the values that are read. */
interface Known {
  readonly table: Table;
  /** Of the form. */
  readonly domain: Domain;
  readonly pointOf: (value: ValueId) => Point;
  readonly merging: Merging;
  /** A function of one number as a multiple of one value; null where it is nothing. */
  readonly named: (point: Point) => Term | null;
}

/** The sum of some multiples of values at one shift; null where that is no simpler. */
function sumOf(
  parts: readonly Read[],
  points: readonly Point[],
  { merging, named }: Known,
): readonly Part[] | null {
  let total: Point | null = null;
  let bends = 0;
  for (const [i, { scale }] of parts.entries()) {
    const point = scalePoint(points[i], scale);
    bends += point.kinks.length;
    total = total === null ? point : addPoints(total, point, merging);
    if (total === null) return null;
  }
  if (total === null) return null;
  // Of what still bends only a single ReLU: what else bends has a name as it was written.
  const isSimple = total.kinks.length === 1 && total.slope.mid === 0 && bends > 2;
  if (total.kinks.length > 0 && !isSimple) return null;
  const { shift } = parts[0];
  const whole = { value: total.base, scale: total.slope };
  const term = total.base === -1 ? null : total.kinks.length === 0 ? whole : named(total);
  return term === null ? [] : [{ kind: 'value', shift, ...term }];
}

/** The same form with such sums as one part each; the form itself where there are none. */
export function united(form: Form, known: Known): Form {
  const reads = form.parts.filter((part) => part.kind === 'value');
  return reads.length < 2 ? form : withoutHalves(unbent(form, reads, known), known);
}

function unbent(form: Form, reads: readonly Read[], known: Known): Form {
  const groups = new Map<string, { readonly parts: Read[]; readonly points: Point[] }>();
  for (const part of reads) {
    const point = known.pointOf(part.value);
    const key = `${part.shift} ${point.base}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { parts: [part], points: [point] });
    else {
      group.parts.push(part);
      group.points.push(point);
    }
  }
  let { parts } = form;
  for (const group of groups.values()) {
    if (group.parts.length < 2) continue;
    const sum = sumOf(group.parts, group.points, known);
    const added: readonly Part[] = group.parts;
    if (sum !== null) parts = [...parts.filter((part) => !added.includes(part)), ...sum];
  }
  return parts === form.parts ? form : { ...form, parts };
}
