/**
 * What the letters of a theorem stand for, in numbers, and the value of a term for them.
 *
 * Drawn numbers are small multiples of powers of two, so that what is folded and merged is exact in float32 and
 * the two sides of a theorem differ on a kernel by that kernel's rounding alone.
 */
import type { Random } from '../blocks/random.ts';
import type { Term } from '../logic/term.ts';
import type { Sizes } from '../theorems/entry.ts';
import { readValue } from '../theorems/model-value.ts';

export interface Letters {
  readonly sizes: Sizes;
  /** Of a letter, or of a function letter at these arguments. */
  readonly real: (name: string, ...at: readonly number[]) => number;
}

/** Numbers drawn when first asked for. */
export function drawnLetters(sizes: Sizes, random: Random): Letters {
  const known = new Map<string, number>();
  const drawn = (name: string): number => {
    // Scales with every sign and a zero now and then, as after slimming.
    if (/^e?s[\dp]/.test(name)) return random.chance(0.1) ? 0 : random.chance(0.3) ? -0.5 : 1.5;
    if (name.startsWith('slope')) return random.chance(0.5) ? 0.25 : -0.5;
    return Math.floor(random.between(-4, 5)) / 4;
  };
  return {
    sizes,
    real: (name, ...at) => {
      const id = [name, ...at].join(' ');
      const value = known.get(id) ?? drawn(name);
      known.set(id, value);
      return value;
    },
  };
}

/** What a solver found at these sizes; zero for what it left open. */
export function foundLetters(sizes: Sizes, values: ReadonlyMap<string, string>): Letters {
  return {
    sizes,
    real: (name, ...at) => {
      const text = values.get([name, ...at].join('_').replaceAll('-', 'm'));
      if (text === undefined) return 0;
      const value = readValue(text, 'Real');
      if (typeof value !== 'object') throw new Error(`${name} is no real number`);
      return Number(value.numerator) / Number(value.denominator);
    },
  };
}

/** In float64; truth values as 0 and 1. */
export function numberOf(
  term: Term,
  letters: Letters,
  indices: ReadonlyMap<string, number> = new Map(),
): number {
  const value = (part: Term): number => numberOf(part, letters, indices);
  switch (term.kind) {
    case 'number':
      return Number(term.numerator) / Number(term.denominator);
    case 'symbol':
      return (
        indices.get(term.name) ??
        (term.sort === 'Int' ? letters.sizes[term.name] : letters.real(term.name))
      );
    case 'call':
      return letters.real(term.name, ...term.args.map(value));
    case 'fold': {
      const count = value(term.count);
      const terms = Array.from({ length: Math.max(count, 0) }, (_, k) =>
        numberOf(term.body, letters, new Map([...indices, [term.index, k]])),
      );
      return term.of === 'sum' ? terms.reduce((a, b) => a + b, 0) : Math.max(...terms);
    }
    case 'operation':
      return operated(term, value);
  }
}

function operated(
  { operator, args }: Extract<Term, { kind: 'operation' }>,
  value: (part: Term) => number,
): number {
  // What is not taken must not be asked for: its letters may be out of range.
  if (operator === 'ite') return value(args[value(args[0]) === 1 ? 1 : 2]);
  if (operator === '*') {
    return args.reduce((all, arg) => (all === 0 ? 0 : all * value(arg)), 1);
  }
  if (operator === 'and') return args.every((arg) => value(arg) === 1) ? 1 : 0;
  const [a, ...others] = args.map(value);
  const [b] = others;
  switch (operator) {
    case '+':
      return others.reduce((x, y) => x + y, a);
    case '-':
      return others.length === 0 ? -a : others.reduce((x, y) => x - y, a);
    case '/':
      return a / b;
    case '=':
      return a === b ? 1 : 0;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case 'not':
      return 1 - a;
    case 'div':
      return Math.floor(a / b);
    case 'mod':
      return a - b * Math.floor(a / b);
    case 'to_real':
      return a;
    default:
      throw new Error(`${operator} has no number here`);
  }
}
