/**
 * What values a symbol can take: at first by the layer that makes it alone, then by intervals from the input on.
 *
 * Intervals are widened by more than float64 can have lost in them.
 */
import type { Layer } from '../model/layer.ts';
import { bendOf, bent } from './bend.ts';
import type { Rows } from './rows.ts';
import type { Sum, Sums } from './sums.ts';
import { isHalf, tensorOf, type Side, type SymbolId } from './symbols.ts';

export type Interval = readonly [number, number];

export const anything: Interval = [-Infinity, Infinity];

/** More than adding up a row can lose, relative to the magnitudes in it. */
const slack = 2 ** -36;

/** Values of a whole tensor, channel by channel. */
interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export function times([low, high]: Interval, factor: number): Interval {
  if (factor === 0) return [0, 0];
  return factor > 0 ? [low * factor, high * factor] : [high * factor, low * factor];
}

export class Ranges {
  readonly #original: Side;
  readonly #input: Interval;
  readonly #sums: Sums;
  readonly #rows: Rows;
  readonly #bounds = new Map<number, Bounds>();
  #reached = 0;

  /** `rows` and `sums` are this object's own. */
  constructor(original: Side, input: Interval, rows: Rows, sums: Sums) {
    this.#original = original;
    this.#input = input;
    this.#rows = rows;
    this.#sums = sums;
  }

  /** By the layer alone. */
  quick(symbol: SymbolId): Interval {
    const tensor = tensorOf(symbol);
    if (isHalf(symbol)) return [0, Infinity];
    if (tensor >= this.#original.model.tensors.length) return anything;
    const layer = this.#original.makers[tensor];
    if (layer === undefined) return this.#input;
    switch (layer.kind) {
      case 'relu':
        return [0, Infinity];
      case 'clip':
        return [extreme(layer.lower, Math.min), extreme(layer.upper, Math.max)];
      case 'maxPool':
      case 'averagePool': {
        const [input] = layer.inputs;
        return this.#original.claims[input] === undefined ? anything : this.quick(2 * input);
      }
      default:
        return anything;
    }
  }

  /** By intervals through all layers up to it. */
  thorough(symbol: SymbolId, channel: number): Interval {
    const tensor = tensorOf(symbol);
    if (tensor >= this.#original.model.tensors.length) return anything;
    const { model } = this.#original;
    for (; !this.#bounds.has(tensor) && this.#reached < model.layers.length; this.#reached++) {
      const layer = model.layers[this.#reached];
      if (this.#original.claims[layer.output] !== undefined) this.#bound(layer);
    }
    const own = this.#known(tensor, channel) ?? this.quick(symbol);
    return isHalf(symbol) ? [Math.max(0, own[0]), Math.max(0, own[1])] : own;
  }

  #known(tensor: number, channel: number): Interval | null {
    const bounds = this.#bounds.get(tensor);
    return bounds === undefined ? null : [bounds.lower[channel], bounds.upper[channel]];
  }

  #bound(layer: Layer): void {
    const { channels } = this.#original.model.tensors[layer.output].shape;
    const bounds = { lower: new Float64Array(channels), upper: new Float64Array(channels) };
    const isBend = bendOf(layer, 0) !== null;
    const isLinear = !isBend && this.#isNamed(layer);
    const from = isBend ? layer.inputs[0] : layer.output;
    if (isBend || isLinear) this.#rows.restart(this.#original.model.tensors[from].shape, new Set());
    for (let channel = 0; channel < channels; channel++) {
      const bend = bendOf(layer, channel);
      let range = this.quick(2 * layer.output);
      if (bend !== null || isLinear) {
        this.#rows.add(this.#sums.left, this.#original, from, channel, {
          factor: 1,
          fresh: !isBend,
        });
        const [low, high] = this.rowRange(this.#sums, this.#sums.left, (s, c) => this.#of(s, c));
        this.#sums.drop();
        range = bend === null ? [low, high] : bentRange(low, high, (t) => bent(bend, t));
      } else if (layer.kind === 'maxPool' || layer.kind === 'averagePool') {
        range = this.#known(layer.inputs[0], channel) ?? range;
        if (layer.kind === 'averagePool') range = [Math.min(range[0], 0), Math.max(range[1], 0)];
      }
      [bounds.lower[channel], bounds.upper[channel]] = range;
    }
    this.#bounds.set(layer.output, bounds);
  }

  #isNamed({ kind }: Layer): boolean {
    return !['maxPool', 'averagePool', 'multiply', 'opaque'].includes(kind);
  }

  /** Of what has been added up; `of` is the range of a symbol. */
  rowRange(
    sums: Sums,
    { mid, magnitude }: Sum,
    of: (symbol: SymbolId, channel: number) => Interval,
  ): Interval {
    let [low, high] = [0, 0];
    const { error } = sums;
    for (const { base, columns, symbol, inside } of sums.blocks) {
      for (let i = base; i < base + columns; i++) {
        if (magnitude[i] === 0) continue;
        const known: Interval = symbol === null ? [1, 1] : of(symbol, i - base);
        // What is read outside its domain is zero.
        const [least, most] = inside ? known : [Math.min(known[0], 0), Math.max(known[1], 0)];
        const off = error * magnitude[i];
        const [a, b] = times([least, most], mid[i] - off);
        const [c, d] = times([least, most], mid[i] + off);
        low += Math.min(a, c) - slack * Math.abs(Math.min(a, c));
        high += Math.max(b, d) + slack * Math.abs(Math.max(b, d));
      }
    }
    return Number.isNaN(low) || Number.isNaN(high) || 8 * error > slack ? anything : [low, high];
  }

  #of(symbol: SymbolId, channel: number): Interval {
    return this.#known(tensorOf(symbol), channel) ?? this.quick(symbol);
  }
}

function extreme(values: Float32Array, of: (a: number, b: number) => number): number {
  return values.reduce((a, b) => of(a, b));
}

function bentRange(low: number, high: number, f: (t: number) => number): Interval {
  const ends = [f(low), f(high), ...(low < 0 && high > 0 ? [f(0)] : [])];
  return [Math.min(...ends), Math.max(...ends)];
}
