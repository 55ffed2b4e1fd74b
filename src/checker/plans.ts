/** The columns that a convolution reads, looked up once for all of its output channels. */
import type { TensorId } from '../model/layer.ts';
import type { Model } from '../model/model.ts';
import { placeKey, strided, type Place } from './place.ts';
import type { Plan } from './stencil.ts';
import type { Sums } from './sums.ts';
import { isHalf, one, shapeOf, tensorOf, type Claims, type Side } from './symbols.ts';

/** Where a convolution is looked at, and the places of its taps, which may be forbidden ones. */
interface Taps {
  readonly place: Place;
  readonly places: () => readonly Place[];
}

export class Plans {
  readonly #sums: Sums;
  readonly #original: Side;
  readonly #converted: Model;
  readonly #plans = new Map<string, Plan | null>();
  #open: ReadonlySet<TensorId> = new Set();

  constructor(sums: Sums, original: Side, converted: Model) {
    this.#sums = sums;
    this.#original = original;
    this.#converted = converted;
  }

  restart(open: ReadonlySet<TensorId>): void {
    this.#plans.clear();
    this.#open = open;
  }

  /** Null where what is read is not claimed, or opened: then it has to be written out. */
  of(side: Side, output: TensorId, input: TensorId, taps: Taps): Plan | null {
    const key = `${side === this.#original} ${output} ${placeKey(taps.place)}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const claims = side.claims[input];
    const isOpen = claims?.symbols.some((s) => !isHalf(s) && this.#open.has(tensorOf(s))) ?? true;
    const plan = claims === undefined || isOpen ? null : this.#plan(side, input, taps, claims);
    this.#plans.set(key, plan);
    return plan;
  }

  #plan(side: Side, input: TensorId, taps: Taps, claims: Claims): Plan {
    const { shape } = side.model.tensors[input];
    const places = taps.places();
    const first = new Int32Array(shape.channels + 1);
    const scales: number[] = [];
    const columns: number[] = [];
    const bases = new Map<string, readonly number[]>();
    const basesOf = (k: number): readonly number[] => {
      const [symbol, stride] = [claims.symbols[k], claims.strides[k]];
      if (symbol === one) return places.map((place) => this.#sums.one(shape, place));
      const key = `${symbol} ${stride.y} ${stride.x}`;
      const known = bases.get(key);
      if (known !== undefined) return known;
      const own = shapeOf(symbol, this.#original.model, this.#converted);
      const found = places.map((place) => this.#sums.column(symbol, own, strided(place, stride)));
      bases.set(key, found);
      return found;
    };
    for (let i = 0; i < shape.channels; i++) {
      for (let k = claims.first[i]; k < claims.first[i + 1]; k++) {
        scales.push(claims.scales[k]);
        for (const base of basesOf(k)) columns.push(base === 0 ? 0 : base + claims.channels[k]);
      }
      first[i + 1] = scales.length;
    }
    return { first, scales: Float64Array.from(scales), columns: Int32Array.from(columns) };
  }
}
