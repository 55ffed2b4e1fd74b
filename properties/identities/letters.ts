/**
 * What the letters of a theorem stand for, in numbers: drawn, or what a solver found where an assumption is
 * dropped.
 *
 * Drawn numbers are small multiples of powers of two, so that fused and folded weights, and everything that float64
 * computes of them, are exact: two sides of an identity may be held to be equal, and what kernels make of
 * them differs by the kernels' rounding alone.
 */
import type { Sizes } from '../../src/theorems/entry.ts';
import { partsOf, type Sort, type Term } from '../../src/logic/term.ts';
import type { Values } from '../../src/formula/evaluate.ts';

/** A letter's number, or what computes it from a function letter's arguments. */
export type Given = Readonly<Record<string, number | ((...at: readonly number[]) => number)>>;

export class Letters {
  readonly sizes: Sizes;
  readonly #number: (name: string, at: readonly number[]) => number;

  constructor(sizes: Sizes, number: (name: string, at: readonly number[]) => number) {
    this.sizes = sizes;
    this.#number = number;
  }

  /** An integer: of the sizes. */
  int(name: string): number {
    const value = this.sizes[name];
    if (value === undefined) throw new Error(`the sizes do not say what ${name} is`);
    return value;
  }

  /** The letter's number, or the function letter's at these arguments. */
  real(name: string, ...at: readonly number[]): number {
    return this.#number(name, at);
  }

  /** The same letters but for the ones given. */
  with(given: Given): Letters {
    return new Letters(this.sizes, (name, at) => {
      if (!Object.hasOwn(given, name)) return this.#number(name, at);
      const own = given[name];
      return typeof own === 'number' ? own : own(...at);
    });
  }

  /** The same letters, with further integers. */
  at(more: Sizes): Letters {
    return new Letters({ ...this.sizes, ...more }, this.#number);
  }

  /** The values of every letter in the terms. */
  values(terms: readonly Term[]): Values {
    const symbols: Record<string, number> = {};
    const functions: Record<string, (...at: readonly number[]) => number> = {};
    for (const { name, sort, isFunction } of lettersIn(terms)) {
      if (isFunction) functions[name] = (...at) => this.real(name, ...at);
      else symbols[name] = sort === 'Int' ? this.int(name) : this.real(name);
    }
    return { symbols, functions };
  }
}

interface Letter {
  readonly name: string;
  readonly sort: Sort;
  readonly isFunction: boolean;
}

function lettersIn(terms: readonly Term[]): readonly Letter[] {
  const letters = new Map<string, Letter>();
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    const isFunction = term.kind === 'call';
    // The indices of folds are no letters.
    if ((isFunction || term.kind === 'symbol') && !term.name.startsWith('%')) {
      letters.set(term.name, { name: term.name, sort: term.sort, isFunction });
    }
    for (const part of partsOf(term)) visit(part);
  };
  for (const term of terms) visit(term);
  return [...letters.values()];
}

/** An integer below 2³² for a text and a seed (FNV-1a, then Murmur's last mix). */
function hash(text: string, seed: number): number {
  let state = (2166136261 ^ seed) >>> 0;
  for (let k = 0; k < text.length; k++) {
    state = Math.imul(state ^ text.charCodeAt(k), 16777619) >>> 0;
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b) >>> 0;
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35) >>> 0;
  return (state ^ (state >>> 16)) >>> 0;
}

/** Inputs have this many bits below the point: sums of their products with weights round in float32. */
const fine = 2 ** 14;

/**
 * Letters for these sizes and this seed. Those named in `images` are multiples of 2⁻¹⁴ below 32 in size, all
 * others multiples of ¼ up to 2.
 */
export function drawn(sizes: Sizes, seed: number, images: readonly string[]): Letters {
  return new Letters(sizes, (name, at) => {
    const random = hash([name, ...at].join(' '), seed);
    if (images.includes(name)) return ((random % (64 * fine)) - 32 * fine) / fine;
    return ((random % 17) - 8) / 4;
  });
}

/** A real as SMT-LIB prints it: a rational, or a decimal with a question mark. */
function numberOf(text: string): number {
  const minus = /^\(- (.*)\)$/.exec(text);
  if (minus !== null) return -numberOf(minus[1]);
  const over = /^\(\/ (\S+) (\S+)\)$/.exec(text);
  if (over !== null) return numberOf(over[1]) / numberOf(over[2]);
  const value = Number(text.replace('?', ''));
  if (!Number.isFinite(value)) throw new Error(`${text} is no number`);
  return value;
}

/** Letters as a solver's model has them, `K_0_1_0_m2` for K(0, 1, 0, −2); what it leaves open is zero. */
export function ofModel(sizes: Sizes, values: Readonly<Record<string, string>>): Letters {
  return new Letters(sizes, (name, at) => {
    const constant = [name, ...at].join('_').replaceAll('-', 'm');
    return Object.hasOwn(values, constant) ? numberOf(values[constant]) : 0;
  });
}
