/** The channels of the original as a certificate speaks of them: by value, and as terms. */
import { bendOf } from '../checker/bend.ts';
import { isAffineHere } from '../checker/symbols.ts';
import type { ValueId } from '../equivalence/form.ts';
import { Holders, multipleOf, type Holder, type Multiple } from '../equivalence/holders.ts';
import type { Interner } from '../equivalence/interner.ts';
import type { Recorded } from '../equivalence/prove.ts';
import type { Step as Traced } from '../equivalence/trace.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Term } from './certificate.ts';
import { ratio } from './guess.ts';

export type Domain = Readonly<Record<'height' | 'width', number>>;

export function isAffineLayer(layer: Layer | null): boolean {
  return layer === null || isAffineHere(layer);
}

export class Originals {
  readonly #interner: Interner;
  readonly #model: Model;
  readonly #holders: Holders;
  /** Layers that bend what they read. */
  readonly #bending = new Map<string, Layer[]>();
  /** Channels that channels of the converted model were found to be. */
  readonly #kept = new Set<string>();

  constructor({ numbering }: Recorded, model: Model) {
    this.#interner = numbering.interner;
    this.#model = model;
    this.#holders = new Holders(this.#interner, numbering.trace('original')?.steps ?? []);
    this.#interner.allowance.enter('converted');
    for (const layer of model.layers) {
      if (bendOf(layer, 0) === null) continue;
      const read = this.name(layer.inputs[0]);
      const known = this.#bending.get(read);
      if (known === undefined) this.#bending.set(read, [layer]);
      else known.push(layer);
    }
  }

  name(tensor: TensorId): string {
    return this.#model.tensors[tensor].name;
  }

  multiple({ tensor }: Traced, channel: number): Multiple {
    return multipleOf(this.#interner, tensor, channel);
  }

  same(a: Multiple, b: Multiple): boolean {
    return this.#holders.same(a, b);
  }

  /** Channels that are multiples of it, with a constant. */
  of({ value }: Multiple): readonly Holder[] {
    return value === null ? [] : this.#holders.of(value);
  }

  /** Those with that many pixels. */
  fitting(own: Multiple, domain: Domain): readonly Holder[] {
    return this.of(own).filter((holder) => {
      const { height, width } = this.#extent(holder);
      return height === domain.height && width === domain.width;
    });
  }

  layer({ step }: Holder): Layer | null {
    return this.#holders.layer(step);
  }

  tensor({ step }: Holder): TensorId {
    const { layer, name } = this.#holders.steps[step];
    if (layer !== null) return layer.output;
    return this.#model.inputs.find((port) => port.name === name)?.tensor ?? 0;
  }

  #extent(holder: Holder): Domain {
    return this.#model.tensors[this.tensor(holder)].shape;
  }

  term(holder: Holder, scale: number): Term {
    const tensor = this.name(this.tensor(holder));
    return { tensor, channel: holder.channel, scale, half: false, stride: [1, 1] };
  }

  keep(terms: readonly Term[]): void {
    for (const { tensor, channel } of terms) this.#kept.add(`${tensor} ${channel}`);
  }

  isKept(holder: Holder): boolean {
    return this.#kept.has(`${this.name(this.tensor(holder))} ${holder.channel}`);
  }

  bending(tensor: string): readonly Layer[] {
    return this.#bending.get(tensor) ?? [];
  }

  /** The value that this one is every second pixel of, or so. */
  every(own: Multiple): {
    readonly value: ValueId;
    readonly stride: (of: Domain) => Term['stride'];
  } | null {
    const { table } = this.#interner;
    const reading = own.value === null ? null : table.reading(own.value);
    if (reading === null) return null;
    const { stride, offset, guard } = table.shifts.get(reading.shift);
    if (guard !== null || offset.y !== 0 || offset.x !== 0) return null;
    // One pixel is every so-manieth of as many as there are.
    const of = ({ height, width }: Domain) => [stride.y || height, stride.x || width] as const;
    return { value: reading.value, stride: of };
  }

  /** A channel that this one is every second pixel of, or so. */
  strided(own: Multiple): { readonly holder: Holder; readonly stride: Term['stride'] } | null {
    const every = this.every(own);
    if (every === null) return null;
    const all = this.#holders.of(every.value);
    const alike = all.filter(({ multiple }) => ratio(own, multiple).constant === 0);
    const holder = alike.find((each) => this.isKept(each)) ?? alike.at(0) ?? all.at(0);
    return holder === undefined ? null : { holder, stride: every.stride(this.#extent(holder)) };
  }
}
