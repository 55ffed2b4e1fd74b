/** What every part of an explanation needs: both models, and the table their values share. */
import type { Difference } from '../../verdict/verdict.ts';
import { scaled } from '../constant.ts';
import { zeroForm, type Form, type ValueId } from '../form.ts';
import type { Interner } from '../interner.ts';
import type { Term } from '../piecewise.ts';
import { one, times } from '../scale.ts';
import { formOf } from '../value.ts';
import type { Surveyor } from './survey.ts';
import type { Spot, View } from './view.ts';

export interface Models {
  readonly interner: Interner;
  readonly surveyor: Surveyor;
  readonly ours: View;
  readonly theirs: View;
  readonly maxUlps: number;
}

/** Two channels that ought to be the same function: one of the converted model, one of the original. */
export interface Spots {
  readonly ours: Spot;
  readonly theirs: Spot;
}

/** What is wrong, in words, and the coefficients where that is it. */
export type Cause = Pick<Difference, 'cause'> & Partial<Difference>;

export function report(models: Models, { ours, theirs }: Spots, cause: Cause): Difference {
  return {
    layer: models.ours.step(ours).name,
    channel: ours.channel,
    originalLayer: models.theirs.step(theirs).name,
    originalChannel: theirs.channel,
    term: null,
    originalCoefficient: null,
    convertedCoefficient: null,
    ...cause,
  };
}

/** The form that reads a value and does nothing else. */
export function itself(value: ValueId): Form {
  return { ...zeroForm, parts: [{ kind: 'value', value, shift: 0, scale: one }] };
}

/** The form of a value; a value that has none counts as itself. */
export function ownForm({ interner }: Models, id: ValueId): Form {
  return formOf(interner.table.get(id)) ?? itself(id);
}

/** The form of a channel that is a multiple of a value. */
export function scaledForm(models: Models, { value, scale }: Term): Form {
  const form = ownForm(models, value);
  if (scale.mid === 1) return form;
  // Only for messages: what is exact need not stay so.
  const factor = { mid: scale.mid, roundings: scale.roundings, key: null };
  return {
    ...form,
    parts: form.parts.map((part) => ({ ...part, scale: times(part.scale, factor) })),
    constant: scaled(form.constant, factor),
    patches: form.patches.map((p) => ({ ...p, scale: times(p.scale, factor) })),
  };
}

/** Whether the original has the value too. */
export function isKnown({ interner, theirs }: Models, value: ValueId): boolean {
  return interner.table.get(value).origin.side === 'original' || theirs.holders(value).length > 0;
}

/** Whether some channel of the converted model holds the value. */
export function isHeld({ ours }: Models, value: ValueId): boolean {
  return ours.holders(value).length > 0;
}
