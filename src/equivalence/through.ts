/**
 * One value read at a shift, where the value is itself another one moved, perhaps with something else in
 * its border: what is read is that other one, and of the border only what the reading still sees.
 *
 * A channel padded with a constant and cropped again is the channel (theorem `naming`).
 */
import { cellsOf, constantOf } from './cells.ts';
import { nothing, sum } from './constant.ts';
import { patchesOf, type Patch } from './border.ts';
import type { Form, Part } from './form.ts';
import { times } from './scale.ts';
import { sameRect, wholeOf } from './shift.ts';
import type { Place, Table } from './table.ts';
import { formOf } from './value.ts';

/** The form of a part seen through its value; null where the value is no moved one with a border. */
export function seenThrough(
  table: Table,
  part: Extract<Part, { kind: 'value' }>,
  place: Place,
): Form | null {
  const value = table.get(part.value);
  const inner = value.definition.kind === 'linear' ? formOf(value) : null;
  if (inner === null || inner.parts.length !== 1 || inner.patches.length === 0) return null;
  const [own] = inner.parts;
  if (own.kind !== 'value') return null;
  const reading = { shift: part.shift, middle: value.domain, to: place.domain };
  const from = table.get(own.value).domain;
  const shift = table.shifts.compose(part.shift, own.shift, {
    from,
    middle: value.domain,
    to: place.domain,
  });
  const whole = wholeOf(place.domain);
  let constant = nothing;
  const patches: Patch[] = [];
  for (const cell of cellsOf(inner, part.scale, reading, table)) {
    const { rect } = cell;
    const here = constantOf(cell);
    if (sameRect(rect, whole)) constant = sum(constant, here);
    else patches.push({ rect, constant: here });
  }
  const scale = times(part.scale, own.scale);
  const parts: readonly Part[] =
    shift < 0 ? [] : [{ kind: 'value', value: own.value, shift, scale }];
  return { parts, constant, patches: patchesOf(patches) };
}
