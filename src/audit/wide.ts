/**
 * Where the kernel of a shortcut that is a convolution of several taps can go: beside that of the branch's last layer,
 * or of its first, in a window that holds both.
 */
import type { ShortcutKind } from '../theorems/blocks/shortcut.ts';
import { hullOf, isOne } from './common-kernel.ts';
import type { BranchLayer, Recognised } from './residual.ts';
import type { Step } from './side.ts';
import { unit, type Size } from './size.ts';

/** The window that holds the shortcut's kernel beside that of the branch's last layer, or of its first. */
export interface Wide {
  /** Which of the layers it is. */
  readonly index: number;
  readonly kernel: readonly [rows: Size, columns: Size];
  readonly dilation: number;
}

/** A shortcut as the theorems have it. */
export interface Shortcut {
  readonly kind: ShortcutKind;
  readonly wide: Wide | null;
}

function unknown(at: NonNullable<Step['conv']>, reason: string): Recognised<never> {
  return { ok: false, hindrance: { kind: 'unknown', at, reason } };
}

/** Where a kernel of several taps goes: into the last layer's where it can, else into the first's. */
export function wideShortcut(
  conv: NonNullable<Step['conv']>,
  layers: readonly BranchLayer[],
): Recognised<Shortcut> {
  const strided = layers.flatMap(({ spec }, k) => (spec.strided ? [k] : []));
  const last = layers.length - 1;
  const places = [
    { kind: 'wide', index: last, stride: last },
    { kind: 'ahead', index: 0, stride: 0 },
  ] as const;
  const fitting = places.filter(({ stride }) => strided.every((k) => k === stride));
  if (fitting.length === 0) {
    return unknown(
      conv,
      'no theorem here is about a shortcut with a kernel beside strides within the branch, or in several of its layers',
    );
  }
  for (const { kind, index } of fitting) {
    const wide = heldBy(conv, layers[index]);
    if (wide !== null) return { ok: true, value: { kind, wide: { ...wide, index } } };
  }
  return unknown(
    conv,
    'no theorem here is about a shortcut whose kernel has another dilation than the layer it is put beside, or which of the two is larger depends on letters',
  );
}

/** One window for both kernels; null where there is none. */
function heldBy(
  conv: NonNullable<Step['conv']>,
  { step }: BranchLayer,
): Omit<Wide, 'index'> | null {
  const { kernel, dilation } = conv.operation;
  const own = step.conv?.operation ?? { kernel: [unit, unit] as const, dilation: 1 };
  if (!own.kernel.every(isOne) && own.dilation !== dilation) return null;
  const hull = hullOf([kernel, own.kernel].map(([rows, columns]) => ({ rows, columns })));
  return hull === null ? null : { kernel: [hull.rows, hull.columns], dilation };
}
