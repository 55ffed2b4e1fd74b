/**
 * A term at particular sizes, with every fold written out and every integer worked out: the second road to a
 * theorem, without lemmas.
 *
 * An uninterpreted function at integers becomes a constant of its own (`W(1, 0, 2)` becomes `W_1_0_2`), so
 * a solver's model can be read as weights and pixels. Used for checks and counterexamples; no theorem rests
 * on it.
 */
import { int, real, rebuilt, symbol, type Term } from '../logic/term.ts';
import { add, equal, less, max, zero } from './notation.ts';
import type { Sizes } from './entry.ts';

const yes = equal(zero, zero);
const no = less(zero, zero);

function asInteger(term: Term): bigint | null {
  return term.kind === 'number' && term.sort === 'Int' ? term.numerator : null;
}

/** True or false where that is plain, null otherwise. */
function truth(term: Term): boolean | null {
  if (term === yes) return true;
  return term === no ? false : null;
}

const asTruth = (value: boolean): Term => (value ? yes : no);

/** The value of an operation on integers, as a term; null where an argument is not plain. */
function onIntegers(operator: string, args: readonly Term[]): Term | null {
  const values: bigint[] = [];
  for (const arg of args) {
    const value = asInteger(arg);
    if (value === null) return null;
    values.push(value);
  }
  const [a, b] = values;
  switch (operator) {
    case '+':
      return int(values.reduce((x, y) => x + y));
    case '-':
      return int(values.length === 1 ? -a : values.slice(1).reduce((x, y) => x - y, a));
    case '*':
      return int(values.reduce((x, y) => x * y));
    case 'mod':
      return b > 0n ? int(((a % b) + b) % b) : null;
    case 'div':
      return b > 0n ? int((a - (((a % b) + b) % b)) / b) : null;
    case '=':
      return asTruth(a === b);
    case '<':
      return asTruth(a < b);
    case '<=':
      return asTruth(a <= b);
    case 'to_real':
      return real(a);
    default:
      return null;
  }
}

function logical(operator: string, args: readonly Term[], term: Term): Term {
  switch (operator) {
    case 'and':
    case 'or': {
      const absorbing = operator === 'or';
      const open = args.filter((arg) => truth(arg) !== !absorbing);
      if (open.some((arg) => truth(arg) === absorbing)) return asTruth(absorbing);
      if (open.length === 0) return asTruth(!absorbing);
      return open.length === 1 ? open[0] : rebuilt(term, open);
    }
    case 'not': {
      const value = truth(args[0]);
      return value === null ? rebuilt(term, args) : asTruth(!value);
    }
    case '=>': {
      const value = truth(args[0]);
      if (value === null) return truth(args[1]) === true ? yes : rebuilt(term, args);
      return value ? args[1] : yes;
    }
    case 'ite': {
      const value = truth(args[0]);
      if (value === null) return rebuilt(term, args);
      return value ? args[1] : args[2];
    }
    default:
      return rebuilt(term, args);
  }
}

function isZero(term: Term): boolean {
  return term.kind === 'number' && term.numerator === 0n;
}

/** What integer symbols and indices stand for. */
type Places = ReadonlyMap<string, Term>;

function expand(term: Term, places: Places): Term {
  switch (term.kind) {
    case 'number':
      return term;
    case 'symbol':
      return places.get(term.name) ?? term;
    case 'fold':
      return expandFold(term, places);
    case 'call': {
      const args = term.args.map((part) => expand(part, places));
      const values = args.map(asInteger);
      if (values.includes(null)) return rebuilt(term, args);
      return symbol(term.sort, [term.name, ...values].join('_').replaceAll('-', 'm'));
    }
    case 'operation':
      return expandOperation(term, places);
  }
}

function expandOperation(term: Extract<Term, { kind: 'operation' }>, places: Places): Term {
  const { operator } = term;
  const args: Term[] = [];
  for (const part of term.args) {
    const arg = expand(part, places);
    // Zeros are dropped so that a product with a Dirac kernel is what it reads.
    if (operator === '*' && term.sort === 'Real' && isZero(arg)) return zero;
    const value = operator === 'ite' && args.length === 0 ? truth(arg) : null;
    if (value !== null) return expand(term.args[value ? 1 : 2], places);
    args.push(arg);
  }
  return onIntegers(operator, args) ?? logical(operator, args, term);
}

function expandFold(term: Extract<Term, { kind: 'fold' }>, places: Places): Term {
  const count = asInteger(expand(term.count, places));
  if (count === null) throw new Error('a fold has no plain size');
  const inner = new Map(places);
  const terms = Array.from({ length: Math.max(Number(count), 0) }, (_, i) =>
    expand(term.body, inner.set(term.index, int(i))),
  );
  if (term.of === 'sum') return terms.length === 0 ? zero : add(...terms);
  if (terms.length === 0) throw new Error('the largest of nothing');
  return terms.reduce(max);
}

/** The term where the named integers have these values. */
export function atSizes(term: Term, sizes: Sizes): Term {
  return expand(term, new Map(Object.entries(sizes).map(([name, value]) => [name, int(value)])));
}
