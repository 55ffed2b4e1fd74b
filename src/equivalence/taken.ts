/**
 * Which values of the original channels of the converted model have been taken for.
 *
 * Where rounding does not tell two values of the original apart, a converter that has both means the one that is
 * not yet taken. That chooses among candidates that all agree, and proves nothing.
 */
import type { ValueId } from './form.ts';
import type { Origin } from './value.ts';

/** What a converter usually rounds a coefficient by, at most. */
export const usualUlps = 2;

/** How much nearer, in units in the last place, a value has to be that is taken already. */
export const takenUlps = 2;

export class Taken {
  readonly #first = new Map<ValueId, Origin>();

  note(id: ValueId, channel: Origin): void {
    if (channel.side === 'converted' && !this.#first.has(id)) this.#first.set(id, channel);
  }

  /** Whether another channel of the converted model has been taken for it. */
  byAnother(id: ValueId, { layer, channel }: Origin): boolean {
    const first = this.#first.get(id);
    return first !== undefined && (first.layer !== layer || first.channel !== channel);
  }
}
