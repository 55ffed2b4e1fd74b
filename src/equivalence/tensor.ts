/**
 * A tensor while it is being numbered: a form for each channel, and its number once somebody asked.
 */
import type { Pair } from '../model/shape.ts';
import type { Form } from './form.ts';
import type { Interner } from './interner.ts';
import type { Point } from './piecewise.ts';
import type { Domain } from './shift.ts';
import type { Place } from './table.ts';
import type { Side } from './value.ts';

/** What a rule needs to know besides its inputs. */
export interface Context {
  readonly interner: Interner;
  readonly side: Side;
  /** The layer being numbered. */
  readonly layer: string;
}

export class Tensor {
  readonly domain: Domain;
  /** Input pixels per pixel. */
  readonly stride: Pair;
  readonly layer: string;
  readonly #context: Context;
  readonly #forms: (Form | null)[];
  readonly #points: (Point | null)[];

  private constructor(
    context: Context,
    grid: { readonly domain: Domain; readonly stride: Pair },
    forms: (Form | null)[],
    points: (Point | null)[],
  ) {
    this.#context = context;
    this.layer = context.layer;
    this.domain = grid.domain;
    this.stride = grid.stride;
    this.#forms = forms;
    this.#points = points;
  }

  static ofForms(context: Context, grid: { domain: Domain; stride: Pair }, forms: Form[]): Tensor {
    return new Tensor(
      context,
      grid,
      forms,
      forms.map(() => null),
    );
  }

  static ofPoints(
    context: Context,
    grid: { domain: Domain; stride: Pair },
    points: Point[],
  ): Tensor {
    return new Tensor(
      context,
      grid,
      points.map(() => null),
      points,
    );
  }

  get channels(): number {
    return this.#forms.length;
  }

  get grid(): { domain: Domain; stride: Pair } {
    return { domain: this.domain, stride: this.stride };
  }

  place(channel: number): Place {
    const { domain, stride, layer } = this;
    return { domain, stride, origin: { side: this.#context.side, layer, channel } };
  }

  /** The channel as a function of one value. Named once, so that every reader sees the same number. */
  point(channel: number): Point {
    const known = this.#points[channel];
    if (known !== null) return known;
    const form = this.#forms[channel];
    if (form === null) throw new Error('a channel has neither form nor point');
    const point = this.#context.interner.point(form, this.place(channel));
    this.#points[channel] = point;
    return point;
  }

  /** The channel's point where somebody has asked for it, null where it has not been named. */
  known(channel: number): Point | null {
    return this.#points[channel];
  }

  /** The channel as a form: over its value where it has been named, as it was written where not. */
  form(channel: number): Form {
    const point = this.#points[channel];
    if (point !== null) return this.#context.interner.form(point, this.place(channel));
    const form = this.#forms[channel];
    if (form === null) throw new Error('a channel has neither form nor point');
    return form;
  }

  /** The channel as a multiple of one value plus a constant. */
  named(channel: number): Point {
    return this.#context.interner.name(this.form(channel), this.place(channel));
  }

  /** Names every channel: what is read more than once must not be written out twice. */
  nameAll(): void {
    for (let channel = 0; channel < this.channels; channel++) this.point(channel);
  }

  /** Names every channel down to the value it is a multiple of. */
  termAll(): void {
    for (let channel = 0; channel < this.channels; channel++) {
      this.#context.interner.term(this.point(channel), this.place(channel));
    }
  }
}
