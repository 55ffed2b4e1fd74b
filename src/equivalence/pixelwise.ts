/**
 * Channels that no input reaches, worked out pixel by pixel: such a channel is a number at each pixel (flat.ts), so
 * what an activation or a mean makes of it are numbers again, and two models name it alike however it was made.
 *
 * Not done for pools that take the largest, nor for opaque functions: what these make are values like others.
 */
import type { Activation } from './activations.ts';
import { patchesOf, type Patch } from './border.ts';
import { cellsOf, constantOf, gridOf } from './cells.ts';
import { nothing, sameConstant, scaled, sum, type Constant } from './constant.ts';
import { noPatches, type Form } from './form.ts';
import type { Merging } from './merging.ts';
import { compose, constantPoint, type Point } from './piecewise.ts';
import { exactly, reciprocal, times } from './scale.ts';
import type { Table } from './table.ts';
import { formOf } from './value.ts';

/** What a channel that no input reaches is on each part of its domain; null for any other channel. */
function numbersOf(table: Table, { base, slope, constant, kinks }: Point): readonly Patch[] | null {
  if (base === -1 || kinks.length > 0) return null;
  const value = table.get(base);
  const form = formOf(value);
  if (form === null || form.parts.length > 0) return null;
  const whole = { shift: 0, middle: value.domain, to: value.domain };
  return gridOf(cellsOf(form, slope, whole, table), value.domain).map((cell) => ({
    rect: cell.rect,
    constant: sum(constant, constantOf(cell)),
  }));
}

/** The channel after an activation; null where an input reaches it. */
export function bentPixelwise(
  table: Table,
  activation: Activation,
  point: Point,
  merging: Merging,
): Form | null {
  const patches: Patch[] = [];
  for (const { rect, constant } of numbersOf(table, point) ?? []) {
    const result = compose(activation, constantPoint(constant), merging);
    if (result === null) return null;
    patches.push({ rect, constant: result.constant });
  }
  if (patches.length === 0) return null;
  const [{ constant }] = patches;
  if (patches.every((patch) => sameConstant(patch.constant, constant))) {
    return { parts: [], constant, patches: noPatches };
  }
  const there = patches.filter((patch) => patch.constant !== nothing);
  return { parts: [], constant: nothing, patches: patchesOf(there) };
}

/** Mean of the channel over its domain; null where an input reaches it. */
export function meanPixelwise(table: Table, point: Point): Constant | null {
  const numbers = numbersOf(table, point);
  if (numbers === null) return null;
  const { height, width } = table.get(point.base).domain;
  let total = nothing;
  for (const { rect, constant } of numbers) {
    const pixels = (rect.bottom - rect.top) * (rect.right - rect.left);
    const share = times(exactly(pixels), reciprocal(height * width));
    total = sum(total, scaled(constant, share));
  }
  return total;
}
