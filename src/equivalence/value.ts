/**
 * Values: what the channels of both models' tensors are made of, one table for the two.
 *
 * A value is one channel of one tensor up to an affine change: an input channel, a named affine form, or
 * an atom – a nonlinearity applied to a value. Two channels with the same number are the same function.
 */
import type { Pair } from '../model/shape.ts';
import type { OpaqueFunction } from '../model/layer.ts';
import type { Constant } from './constant.ts';
import type { Form, ValueId } from './form.ts';
import type { Scale } from './scale.ts';
import type { Domain, ShiftId } from './shift.ts';

export type Side = 'original' | 'converted';

/** The channel that made a value first: what a verdict calls it. */
export interface Origin {
  readonly side: Side;
  readonly layer: string;
  readonly channel: number;
}

interface Common {
  readonly domain: Domain;
  /** Pixels of the network's input per pixel of this value. */
  readonly stride: Pair;
  readonly origin: Origin;
}

/** A kink of a piecewise linear function: weight · max(x − threshold, 0). */
export interface Kink {
  readonly threshold: Constant;
  readonly weight: Scale;
}

/** What is known of a piecewise linear function where it is flat (flat-ends.ts); null where it is not, or is not known. */
export interface Flats {
  /** Of its right end: how high above the left one, if that is flat too; else what the activation made it. */
  readonly level: Constant | null;
  /** Of its right end: what it is there, constant and all. */
  readonly end: Constant | null;
  /** Whether it is at one of its ends wherever it is flat. */
  readonly bounded: boolean;
}

export type ValueDefinition =
  | { readonly kind: 'input'; readonly port: number; readonly channel: number }
  /** A named affine form, without a constant. `form` is computed when first expanded. */
  | {
      readonly kind: 'linear';
      readonly form: () => Form;
      /** Set where the form is one value read at a shift. */
      readonly reading: { readonly value: ValueId; readonly shift: ShiftId } | null;
      /** Set where the form is the mean of one value over its domain. */
      readonly meanOf: ValueId | null;
    }
  /** max(base − threshold, 0). */
  | { readonly kind: 'relu'; readonly base: ValueId; readonly threshold: Constant }
  /** slope · base + Σ kinks, the first kink with weight 1; `form` spells it out over relu values. */
  | {
      readonly kind: 'kinks';
      readonly base: ValueId;
      readonly slope: Scale;
      readonly kinks: readonly Kink[];
      readonly flats: Flats;
      readonly form: () => Form;
    }
  /** Largest of sign · argument over a window, pixels outside ignored. */
  | { readonly kind: 'maxPool'; readonly argument: ValueId; readonly sign: number }
  /** f(slope · argument + constant). */
  | {
      readonly kind: 'opaque';
      readonly function: OpaqueFunction;
      readonly argument: ValueId;
      readonly slope: Scale;
      readonly constant: Constant;
    }
  | { readonly kind: 'softmax'; readonly channel: number }
  | { readonly kind: 'product'; readonly factors: readonly [ValueId, ValueId] }
  /** Could not be brought to normal form; equal to nothing else. */
  | { readonly kind: 'unknown' };

export type Value = Common & { readonly definition: ValueDefinition };

/** The form a value stands for, or null for a value that is not made of others linearly. */
export function formOf(value: Value): Form | null {
  const { definition } = value;
  switch (definition.kind) {
    case 'linear':
    case 'kinks':
      return definition.form();
    case 'input':
    case 'relu':
    case 'maxPool':
    case 'opaque':
    case 'softmax':
    case 'product':
    case 'unknown':
      return null;
  }
}
