/**
 * Affine forms: what one channel of one tensor is, in terms of values.
 *
 * A form is kept as it was written – a row of some layer's weights, times a scale – and never expanded
 * into one object per coefficient. `Rows` is shared by all output channels of a layer.
 */
import type { Constant } from './constant.ts';
import { nothing } from './constant.ts';
import type { Scale } from './scale.ts';
import type { Rect, ShiftId } from './shift.ts';

/** Index into the table of values. */
export type ValueId = number;

/** Index into the table of columns: a value read at a shift. −1: reads nothing. */
export type ColumnId = number;

/** The weights of one layer over columns; row o of group g is a run of `length` weights. */
export interface Rows {
  readonly weights: Float32Array;
  readonly length: number;
  readonly rowsPerGroup: number;
  /** groups × length. */
  readonly columns: Int32Array;
  /** What each column's value is multiplied by before the weight; null where all are 1. */
  readonly scales: readonly Scale[] | null;
}

export type Part =
  | { readonly kind: 'row'; readonly rows: Rows; readonly row: number; readonly scale: Scale }
  | {
      readonly kind: 'value';
      readonly value: ValueId;
      readonly shift: ShiftId;
      readonly scale: Scale;
    };

/** Constants on parts of the domain only, those of all channels of a layer: what zero padding makes of biases. */
export interface Border {
  readonly rects: readonly Rect[];
  /**
   * For each channel, for each rectangle: the constant, the magnitudes added up in it, a bound on what
   * float64 lost, 0 where the constant is exactly that number, and its yardstick (constant.ts).
   */
  readonly numbers: Float64Array;
  /**
   * The layer's weights, where each channel's numbers are made linearly of the row of weights of the same number;
   * null where they are not.
   */
  readonly madeOf: Rows | null;
}

/** The patches of one channel, times a scale. */
export interface Patches {
  readonly border: Border;
  readonly channel: number;
  readonly scale: Scale;
}

/**
 * Σ parts + constant + patches, inside the domain; zero outside. What is the same everywhere belongs into
 * `constant`, so that at each pixel the terms that are added up there are known, and whether there are any.
 *
 * A form that stands for a value has a constant only where it has patches: the two are judged together. Any
 * other constant is kept beside the value.
 */
export interface Form {
  readonly parts: readonly Part[];
  readonly constant: Constant;
  readonly patches: readonly Patches[];
}

export const noPatches: readonly Patches[] = [];

export const zeroForm: Form = { parts: [], constant: nothing, patches: noPatches };

/** First weight and number of weights of a part's row. */
export function rowStart(
  rows: Rows,
  row: number,
): { weights: number; columns: number; group: number } {
  const group = Math.floor(row / rows.rowsPerGroup);
  return { weights: row * rows.length, columns: group * rows.length, group };
}
