/**
 * Which channels of the original hold a value: the way back from numbers to the reader's layers.
 *
 * Only for accounts: it names what the proof left unnamed, which the proof does not look at any more.
 */
import type { Layer } from '../model/layer.ts';
import { constantsAgree, scalesAgree } from './atoms.ts';
import type { Constant } from './constant.ts';
import type { ValueId } from './form.ts';
import type { Interner } from './interner.ts';
import type { Point } from './piecewise.ts';
import type { Scale } from './scale.ts';
import type { Tensor } from './tensor.ts';
import type { Step } from './trace.ts';

/** A channel as a multiple of a value plus a constant; `value` null where it is the constant alone. */
export interface Multiple {
  readonly point: Point;
  readonly value: ValueId | null;
  readonly scale: Scale;
  readonly constant: Constant;
}

/** A channel of a step of the original. */
export interface Holder {
  readonly step: number;
  readonly channel: number;
  readonly multiple: Multiple;
}

/** More holders of one value than this are not looked through. */
const most = 32;

export function multipleOf(interner: Interner, tensor: Tensor, channel: number): Multiple {
  const point = tensor.point(channel);
  const term = interner.term(point, tensor.place(channel));
  const { constant } = point;
  if (term === null) return { point, value: null, scale: point.slope, constant };
  return { point, value: term.value, scale: term.scale, constant };
}

export class Holders {
  readonly steps: readonly Step[];
  readonly #maxUlps: number;
  readonly #byValue = new Map<ValueId, Holder[]>();

  /** `steps`: the trace of the original. Names every channel of it. */
  constructor(interner: Interner, steps: readonly Step[]) {
    this.steps = steps;
    this.#maxUlps = interner.allowance.maxUlps;
    interner.allowance.enter('original');
    for (const [step, { tensor }] of steps.entries()) {
      for (let channel = 0; channel < tensor.channels; channel++) {
        const multiple = multipleOf(interner, tensor, channel);
        if (multiple.value === null) continue;
        const holder = { step, channel, multiple };
        const known = this.#byValue.get(multiple.value);
        if (known === undefined) this.#byValue.set(multiple.value, [holder]);
        else if (known.length < most) known.push(holder);
      }
    }
  }

  layer(step: number): Layer | null {
    return this.steps[step].layer;
  }

  /** Every holder of the value, multiplied and moved in whatever way. */
  of(value: ValueId): readonly Holder[] {
    return this.#byValue.get(value) ?? [];
  }

  /** Whether both are the same channel, up to the rounding that is allowed. */
  same(a: Multiple, b: Multiple): boolean {
    if (a.value !== b.value) return false;
    const steps = [constantsAgree(a.constant, b.constant), scalesAgree(a.scale, b.scale)];
    return steps.every((step) => step.exact || step.ulps <= this.#maxUlps);
  }

  /** The layers of the original between a step and those where `reached` holds; null for too many. */
  between(step: number, reached: (step: number) => boolean): readonly number[] | null {
    const found = new Set([step]);
    const pending = [...this.steps[step].inputs];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (found.has(next) || reached(next)) continue;
      if (this.steps[next].layer === null || found.size === mostBetween) return null;
      found.add(next);
      pending.push(...this.steps[next].inputs);
    }
    return [...found].sort((a, b) => a - b);
  }
}

/** Layers that one layer stands for, at most. */
const mostBetween = 24;
