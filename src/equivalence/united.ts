/**
 * Functions of one number that are read at one place, among other things: added up where that leaves a multiple of the
 * number, or nothing.
 *
 * A channel reserved as relu(x) and relu(−x) comes back as x; beside other terms that shows only once the two are
 * one term, and a fingerprint of their difference is mostly rounding.
 */
import type { Form, Part, ValueId } from './form.ts';
import type { Merging } from './merging.ts';
import { addPoints, scalePoint, type Point } from './piecewise.ts';

type Read = Extract<Part, { kind: 'value' }>;

/** The sum of some multiples of values at one shift; null where it is more than a multiple of one value. */
function sumOf(
  parts: readonly Read[],
  points: readonly Point[],
  merging: Merging,
): readonly Part[] | null {
  let total: Point | null = null;
  for (const [i, { scale }] of parts.entries()) {
    const point = scalePoint(points[i], scale);
    total = total === null ? point : addPoints(total, point, merging);
    if (total === null) return null;
  }
  if (total === null || total.kinks.length > 0) return null;
  const { base, slope } = total;
  return base === -1 ? [] : [{ kind: 'value', value: base, shift: parts[0].shift, scale: slope }];
}

/** The same form with such sums as one part each; the form itself where there are none. */
export function united(form: Form, pointOf: (value: ValueId) => Point, merging: Merging): Form {
  const reads = form.parts.filter((part) => part.kind === 'value');
  if (reads.length < 2) return form;
  const groups = new Map<string, { readonly parts: Read[]; readonly points: Point[] }>();
  for (const part of reads) {
    const point = pointOf(part.value);
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
    const sum = sumOf(group.parts, group.points, merging);
    const added: readonly Part[] = group.parts;
    if (sum !== null) parts = [...parts.filter((part) => !added.includes(part)), ...sum];
  }
  return parts === form.parts ? form : { ...form, parts };
}
