/** Where the original's named tensors have to be opened, for both rows of a comparison to be of the same symbols. */
import { isAffineHere, makers } from '../checker/symbols.ts';
import type { Layer, TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';

/** Which tensors of the original the rows of a step are written in, and what to open so that both sides meet. */
export class Openings {
  readonly #makers: readonly (Layer | undefined)[];
  readonly #named: ReadonlySet<TensorId>;
  readonly #reach = new Map<TensorId, ReadonlySet<TensorId>>();

  constructor(original: Model, named: ReadonlySet<TensorId>) {
    this.#makers = makers(original);
    this.#named = named;
  }

  isSymbol(tensor: TensorId): boolean {
    const maker = this.#makers[tensor];
    return maker === undefined || !isAffineHere(maker) || this.#named.has(tensor);
  }

  /** Symbols in which a tensor is written: itself, if it is one. */
  of(tensor: TensorId): ReadonlySet<TensorId> {
    return this.isSymbol(tensor) ? new Set([tensor]) : this.definition(tensor);
  }

  /** Symbols in which the layer that makes a tensor writes it. */
  definition(tensor: TensorId): ReadonlySet<TensorId> {
    const known = this.#reach.get(tensor);
    if (known !== undefined) return known;
    const inputs = this.#makers[tensor]?.inputs ?? [];
    const reach = new Set(inputs.flatMap((input) => [...this.of(input)]));
    this.#reach.set(tensor, reach);
    return reach;
  }

  argument(tensor: TensorId): readonly TensorId[] {
    return (this.#makers[tensor]?.inputs ?? []).flatMap((input) => [...this.of(input)]);
  }

  /** Opens the latest symbol that only one side has, until there is none that can be opened. */
  between(left: ReadonlySet<TensorId>, right: ReadonlySet<TensorId>): readonly TensorId[] {
    const [l, r] = [new Set(left), new Set(right)];
    const open = new Set<TensorId>();
    for (;;) {
      const only = [...l, ...r].filter((t) => l.has(t) !== r.has(t) && this.#named.has(t));
      if (only.length === 0) return [...open];
      const latest = Math.max(...only);
      open.add(latest);
      for (const side of [l, r]) {
        if (!side.delete(latest)) continue;
        for (const symbol of this.definition(latest)) side.add(symbol);
      }
    }
  }
}
