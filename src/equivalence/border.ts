/**
 * Constants on parts of the domain, written out one by one, and made from such.
 *
 * A layer's patches are kept as one array of numbers (form.ts): a network has as many as it has channels times
 * taps, and most are read once or never.
 */
import { exactSum, measured, scaled, type Constant } from './constant.ts';
import { noPatches, type Patches } from './form.ts';
import { one } from './scale.ts';
import type { Rect } from './shift.ts';

/** Numbers a border keeps for each channel and rectangle. */
export const patchSize = 4;

/** A constant on part of the domain only. */
export interface Patch {
  readonly rect: Rect;
  readonly constant: Constant;
}

export function spelledOut(patches: readonly Patches[]): readonly Patch[] {
  const found: Patch[] = [];
  for (const { border, channel, scale } of patches) {
    const { rects, numbers } = border;
    for (const [i, rect] of rects.entries()) {
      const at = (channel * rects.length + i) * patchSize;
      const [mid, magnitude, error, yardstick] = numbers.subarray(at, at + patchSize);
      const own =
        error === 0
          ? exactSum(mid, magnitude, yardstick)
          : measured(mid, magnitude, error, yardstick);
      if (magnitude > 0) found.push({ rect, constant: scaled(own, scale) });
    }
  }
  return found;
}

/** Patches of a form that shares them with no other. */
export function patchesOf(list: readonly Patch[]): readonly Patches[] {
  if (list.length === 0) return noPatches;
  const numbers = new Float64Array(list.length * patchSize);
  for (const [i, { constant }] of list.entries()) {
    const { mid, magnitude, error, yardstick } = constant;
    numbers.set([mid, magnitude, error, yardstick], i * patchSize);
  }
  const border = { rects: list.map((p) => p.rect), numbers, madeOf: null };
  return [{ border, channel: 0, scale: one }];
}
