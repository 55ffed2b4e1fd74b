/**
 * What a term without folds and functions is for given values of its symbols, exactly: reals as rationals,
 * floating point as IEEE 754 rounds it.
 *
 * A second opinion on a solver's counterexamples, which shares nothing with the solver.
 */
import type { FloatSort, Term } from '../logic/term.ts';
import { anyValue, readValue, rounded, type Value } from './model-value.ts';
import { compare, negative, product, quotient, rational, sum, type Rational } from './rational.ts';

/** Values of constants as SMT-LIB text, by name; those left out may be anything. */
export type ModelText = ReadonlyMap<string, string>;

type Operation = Extract<Term, { kind: 'operation' }>;

/** Throws for a term with folds or functions, and for a value that is no exact number. */
export function evaluateTerm(term: Term, model: ModelText): Value {
  switch (term.kind) {
    case 'number':
      return rational(term.numerator, term.denominator);
    case 'symbol': {
      const text = model.get(term.name);
      return text === undefined ? anyValue(term.sort) : readValue(text, term.sort);
    }
    case 'operation':
      return operationValue(term, model);
    case 'call':
    case 'fold':
      throw new Error(`a ${term.kind} has no value; expand the term at sizes first`);
  }
}

function isFloat(term: Term): term is Term & { readonly sort: FloatSort } {
  return term.sort !== 'Bool' && term.sort !== 'Int' && term.sort !== 'Real';
}

function truth(value: Value): boolean {
  if (typeof value !== 'boolean') throw new Error('a truth value was expected');
  return value;
}

function exact(value: Value): Rational {
  if (typeof value === 'object') return value;
  throw new Error('a rational was expected');
}

function float(value: Value): number {
  if (typeof value === 'number') return value;
  throw new Error('a floating-point number was expected');
}

function operationValue(term: Operation, model: ModelText): Value {
  const { operator, args } = term;
  const value = (arg: Term): Value => evaluateTerm(arg, model);
  switch (operator) {
    case 'and':
      return args.every((arg) => truth(value(arg)));
    case 'or':
      return args.some((arg) => truth(value(arg)));
    case 'not':
      return !truth(value(args[0]));
    case '=>':
      return !truth(value(args[0])) || truth(value(args[1]));
    case 'ite':
      return value(truth(value(args[0])) ? args[1] : args[2]);
    case '=':
      return equal(value(args[0]), value(args[1]));
    case 'to_fp':
      return isFloat(term) ? nearest(exact(value(args[0])), term.sort) : anyValue(term.sort);
    default:
      return args.some(isFloat)
        ? onFloats(
            term,
            args.map((arg) => float(value(arg))),
          )
        : onRationals(
            term,
            args.map((arg) => exact(value(arg))),
          );
  }
}

/** Identity; for floating point, of bits, where all NaN are one. */
function equal(a: Value, b: Value): boolean {
  if (typeof a === 'object' && typeof b === 'object') return compare(a, b) === 0n;
  return Object.is(a, b);
}

/** Both parts are exact in float64, so their quotient rounds once before it rounds to the format. */
function nearest({ numerator, denominator }: Rational, sort: FloatSort): number {
  const [n, d] = [Number(numerator), Number(denominator)];
  if (Math.max(Math.abs(n), d) > 2 ** 24) throw new Error('a literal beyond 24 bits');
  return rounded(n / d, sort);
}

function onRationals({ operator }: Operation, args: readonly Rational[]): Value {
  const [a, b] = args;
  switch (operator) {
    case '+':
      return args.reduce(sum);
    case '-':
      return args.length === 1
        ? negative(a)
        : args.slice(1).reduce((x, y) => sum(x, negative(y)), a);
    case '*':
      return args.reduce(product);
    case '/':
      return quotient(a, b);
    case '<':
      return compare(a, b) < 0n;
    case '<=':
      return compare(a, b) <= 0n;
    case 'to_real':
      return a;
    default:
      throw new Error(`${operator} has no value here`);
  }
}

/** Float64 has more than twice the bits of these formats: rounding its result rounds correctly. */
function onFloats(term: Operation, args: readonly number[]): Value {
  const [a, b] = args;
  const result = (value: number): number => (isFloat(term) ? rounded(value, term.sort) : value);
  switch (term.operator) {
    case 'fp.add':
      return result(a + b);
    case 'fp.sub':
      return result(a - b);
    case 'fp.mul':
      return result(a * b);
    case 'fp.div':
      return result(a / b);
    case 'fp.sqrt':
      return result(Math.sqrt(a));
    case 'fp.lt':
      return a < b;
    case 'fp.leq':
      return a <= b;
    case 'fp.eq':
      return a === b;
    case 'fp.isZero':
      return a === 0;
    case 'fp.isNaN':
      return Number.isNaN(a);
    case 'fp.isInfinite':
      return a === Infinity || a === -Infinity;
    default:
      throw new Error(`${term.operator} has no value here`);
  }
}
