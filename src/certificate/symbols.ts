/**
 * The tensors of the original that a certificate is written in, and which of them to open in a step.
 *
 * A named tensor is affine and yet a symbol. Where one row of a comparison names it and the other is written in what
 * it is made of, both meet only where it is opened.
 */
import { isAffineHere, makers } from '../checker/symbols.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import type { Run, Step } from './certificate.ts';
import type { Guess, Guesses } from './guess.ts';

export class Symbols {
  readonly #original: Model;
  readonly #makers: readonly (Layer | undefined)[];
  readonly #ids: ReadonlyMap<string, TensorId>;
  readonly #named = new Set<TensorId>();
  readonly #facts = new Map<TensorId, ReadonlySet<TensorId>>();

  constructor(original: Model) {
    this.#original = original;
    this.#makers = makers(original);
    this.#ids = new Map(original.tensors.map(({ name }, id) => [name, id]));
    // A mean is taken of a symbol: what is written with windows has none (docs/certificate.md).
    for (const { kind, inputs } of original.layers)
      if (kind === 'globalAveragePool' && !this.has(inputs[0])) this.#named.add(inputs[0]);
  }

  /** Makes symbols of what the best guesses say, before anything else is asked for. */
  name(guesses: Guesses): void {
    for (const [{ terms }] of guesses) {
      for (const { tensor, half } of terms) {
        const id = this.#id(tensor);
        if (!half && !this.has(id)) this.#named.add(id);
      }
    }
  }

  named(): readonly string[] {
    return [...this.#named].map((id) => this.#original.tensors[id].name);
  }

  has(tensor: TensorId): boolean {
    const maker = this.#makers[tensor];
    return maker === undefined || !isAffineHere(maker) || this.#named.has(tensor);
  }

  knows({ terms }: Guess): boolean {
    return terms.every(({ tensor, half }) => half || this.has(this.#id(tensor)));
  }

  /** From here on, channels of a tensor may be read as what a fact says of them. */
  know({ tensor, runs }: Step): void {
    this.#facts.set(this.#id(tensor), this.in(runs));
  }

  /** Symbols that are in runs. */
  in(runs: readonly Run[]): ReadonlySet<TensorId> {
    const said = runs.filter(({ rule }) => rule !== 'flat');
    const all = said.flatMap(({ terms }) => terms.map(({ tensor }) => this.#id(tensor)));
    return new Set(all.flatMap((id) => [...this.of(id)]));
  }

  /** Symbols in which a tensor is written: itself, if it is one, and what facts say of it. */
  of(tensor: TensorId): ReadonlySet<TensorId> {
    if (!this.has(tensor)) return this.#definition(tensor);
    return new Set([tensor, ...(this.#facts.get(tensor) ?? [])]);
  }

  /** Symbols that the argument of a layer is compared with where its channels are said to be that. */
  behind(runs: readonly Run[]): ReadonlySet<TensorId> {
    const all = new Set<TensorId>();
    for (const { rule, terms } of runs) {
      for (const { tensor } of terms) {
        const id = this.#id(tensor);
        const read = rule === 'same' ? (this.#makers[id]?.inputs ?? []) : [id];
        for (const each of read) for (const symbol of this.of(each)) all.add(symbol);
      }
    }
    return all;
  }

  #id(name: string): TensorId {
    return this.#ids.get(name) ?? -1;
  }

  /** Symbols in which the layer that makes a tensor writes it. */
  #definition(tensor: TensorId): ReadonlySet<TensorId> {
    const inputs = this.#makers[tensor]?.inputs ?? [];
    return new Set(inputs.flatMap((input) => [...this.of(input)]));
  }

  /** What may be opened so that both sides meet: as little as can be, and everything. */
  openings(
    left: ReadonlySet<TensorId>,
    right: ReadonlySet<TensorId>,
  ): readonly (readonly string[])[] {
    const few = this.#between(left, right);
    const all = new Set<TensorId>();
    const pending = [...left, ...right];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (!this.#named.has(next) || all.has(next)) continue;
      all.add(next);
      pending.push(...this.#definition(next));
    }
    const ways = few.size === all.size ? [few] : [few, all];
    return ways.map((way) => [...way].map((id) => this.#original.tensors[id].name));
  }

  /** Opens the latest symbol that only one side has, until there is none that can be opened. */
  #between(left: ReadonlySet<TensorId>, right: ReadonlySet<TensorId>): ReadonlySet<TensorId> {
    const [l, r] = [new Set(left), new Set(right)];
    const open = new Set<TensorId>();
    for (;;) {
      const only = [...l, ...r].filter((t) => l.has(t) !== r.has(t) && this.#named.has(t));
      if (only.length === 0) return open;
      const latest = Math.max(...only);
      open.add(latest);
      for (const side of [l, r]) {
        if (!side.delete(latest)) continue;
        for (const symbol of this.#definition(latest)) side.add(symbol);
      }
    }
  }
}
