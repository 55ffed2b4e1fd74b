/**
 * Two affine forms side by side: the coefficients of the converted model's channel and of what it is said to be.
 *
 * A column is a symbol at a place; constants are columns too, for they read zero outside their domain as anything
 * does. Coefficients are float64 with the magnitudes of all terms added up in them.
 */
import type { Shape } from '../model/shape.ts';
import { isInside, isNowhere, placeKey, span, type Place } from './place.ts';
import { Rejected, type SymbolId } from './symbols.ts';

/** `symbol` null for the number one inside `shape`. */
export interface Block {
  readonly base: number;
  readonly columns: number;
  readonly symbol: SymbolId | null;
  readonly shape: Shape;
  readonly place: Place;
  readonly inside: boolean;
}

export interface Sum {
  mid: Float64Array;
  magnitude: Float64Array;
}

/** Roundings that go into a term besides those of adding: sixteen layers deep, five roundings each, and more. */
const perTerm = 128;

/** More columns than this are no layer's. */
const mostColumns = 2 ** 25;

const scratch = new Float64Array(1);
const bits = new BigUint64Array(scratch.buffer);
const words = new Uint32Array(scratch.buffer);

/** Which word holds the exponent. */
const high = ((): number => {
  bits[0] = 1n << 63n;
  return words[0] === 0 ? 1 : 0;
})();

/** Spacing of float32 numbers at |x| > 0: x without its fraction is the power of two below it. */
function ulpOf(x: number): number {
  scratch[0] = x;
  words[high] &= 0x7ff00000;
  words[1 - high] = 0;
  return Math.max(2 ** -149, scratch[0] * 2 ** -23);
}

/** |difference| in float32 units in the last place of a magnitude. */
export function ulpsOf(difference: number, magnitude: number): number {
  if (difference === 0) return 0;
  return magnitude > 0 ? Math.abs(difference) / ulpOf(magnitude) : Infinity;
}

export class Sums {
  readonly left: Sum = { mid: new Float64Array(4096), magnitude: new Float64Array(4096) };
  readonly right: Sum = { mid: new Float64Array(4096), magnitude: new Float64Array(4096) };
  readonly #bases = new Map<string, number>();
  /** Column 0 takes what lies outside every domain, and is never looked at. */
  #size = 1;
  #terms = 0;
  #output: Shape = { channels: 1, height: 1, width: 1 };
  blocks: Block[] = [];

  get output(): Shape {
    return this.#output;
  }

  /** Forgets all columns; from here on rows are of a tensor of that shape. */
  restart(output: Shape): void {
    this.#zero();
    this.#bases.clear();
    this.#size = 1;
    this.blocks = [];
    this.#output = output;
  }

  /** Counts terms that are about to be added into one row. */
  count(terms: number): void {
    this.#terms += terms;
  }

  /** First column of a symbol's tensor at a place; 0 where that is outside for every pixel. */
  column(symbol: SymbolId, shape: Shape, place: Place): number {
    return this.#block(`${symbol} ${placeKey(place)}`, symbol, shape, place);
  }

  one(shape: Shape, place: Place): number {
    const inside = isInside(place, shape, this.#output);
    const key = inside ? 'one' : `${shape.height} ${shape.width} one ${placeKey(place)}`;
    return this.#block(key, null, shape, place);
  }

  #block(key: string, symbol: SymbolId | null, shape: Shape, place: Place): number {
    const known = this.#bases.get(key);
    if (known !== undefined) return known;
    const base = isNowhere(place, shape, this.#output) ? 0 : this.#size;
    this.#bases.set(key, base);
    if (base === 0) return 0;
    const columns = symbol === null ? 1 : shape.channels;
    const inside = isInside(place, shape, this.#output);
    this.blocks.push({ base, columns, symbol, shape, place, inside });
    this.#size += columns;
    if (this.#size > mostColumns) throw new Rejected('a row has too many terms');
    for (const sum of [this.left, this.right]) {
      if (this.#size <= sum.mid.length) continue;
      const grown = {
        mid: new Float64Array(2 * this.#size),
        magnitude: new Float64Array(2 * this.#size),
      };
      grown.mid.set(sum.mid);
      grown.magnitude.set(sum.magnitude);
      Object.assign(sum, grown);
    }
    return base;
  }

  /** Relative error of every coefficient, of its magnitude. */
  get error(): number {
    return (this.#terms + perTerm) * 2 ** -53 * (1 + 2 ** -10);
  }

  /** The largest rounding between both rows, or `known` if that is larger; then they are empty again. */
  compare(known: number): number {
    const { error, left, right } = this;
    const ones = this.blocks.filter(({ symbol }) => symbol === null);
    const isWhole = ones.every(({ inside }) => inside);
    let worst = isWhole ? known : Math.max(known, this.#inRegions(ones));
    if (!isWhole) {
      for (const { base } of ones) for (const { magnitude } of [left, right]) magnitude[base] = 0;
    }
    const [a, b, sizes, others] = [left.mid, right.mid, left.magnitude, right.magnitude];
    for (let i = 1; i < this.#size; i++) {
      const sum = sizes[i] + others[i];
      if (sum === 0) continue;
      const distance = Math.abs(a[i] - b[i]) + error * sum;
      const magnitude = Math.max(sizes[i], others[i]);
      // An ulp is more than 2⁻²⁴ of the number.
      if (!(distance <= worst * 2 ** -24 * magnitude)) {
        worst = Math.max(worst, ulpsOf(distance, magnitude));
      }
    }
    this.#zero();
    return worst;
  }

  /** Constants that end somewhere are added up wherever others are there: once for all pixels that see the same. */
  #inRegions(ones: readonly Block[]): number {
    const { height, width } = this.#output;
    const spans = ones.map(({ place: { stride, offset }, shape, inside }) => ({
      y: inside
        ? [0, height]
        : span({ stride: stride.y, offset: offset.y, extent: shape.height }, height),
      x: inside
        ? [0, width]
        : span({ stride: stride.x, offset: offset.x, extent: shape.width }, width),
    }));
    const corners = (axis: 'y' | 'x', pixels: number): readonly number[] =>
      [...new Set([0, ...spans.flatMap((s) => s[axis])])].filter((at) => at < pixels);
    const { left, right } = this;
    let worst = 0;
    for (const y of corners('y', height)) {
      for (const x of corners('x', width)) {
        let [difference, l, r] = [0, 0, 0];
        for (const [i, { base }] of ones.entries()) {
          const { y: rows, x: columns } = spans[i];
          if (y < rows[0] || y >= rows[1] || x < columns[0] || x >= columns[1]) continue;
          difference += left.mid[base] - right.mid[base];
          l += left.magnitude[base];
          r += right.magnitude[base];
        }
        const distance = Math.abs(difference) + this.error * (l + r);
        if (l + r > 0) worst = Math.max(worst, ulpsOf(distance, Math.max(l, r)));
      }
    }
    return worst;
  }

  #zero(): void {
    for (const { mid, magnitude } of [this.left, this.right]) {
      mid.fill(0, 0, this.#size);
      magnitude.fill(0, 0, this.#size);
    }
    this.#terms = 0;
  }

  /** Empties both rows without looking at them. */
  drop(): void {
    this.#zero();
  }
}
