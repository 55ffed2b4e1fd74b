/**
 * Short names for floating-point terms, and what it means that two of them are the same.
 *
 * Every operation rounds to nearest, ties to even, and subnormal numbers are kept. A kernel that flushes them
 * to zero is outside of these theorems for as long as it meets one.
 */
import {
  float,
  operation,
  symbol,
  type FloatSort,
  type Operator,
  type Term,
} from '../../logic/term.ts';
import { and, equal, not, one, or, zero } from '../notation.ts';

export const formats = ['Float16', 'BFloat16', 'Float32'] as const satisfies readonly FloatSort[];

type Build = (...args: readonly Term[]) => Term;
const build =
  (operator: Exclude<Operator, 'to_fp'>): Build =>
  (...args) =>
    operation(operator, ...args);

export const plus = build('fp.add');
export const less = build('fp.sub');
export const by = build('fp.mul');
export const over = build('fp.div');
/** The product of the first two plus the third, rounded once. */
export const fused = build('fp.fma');
export const root = build('fp.sqrt');
export const below = build('fp.lt');
export const atMost = build('fp.leq');
export const isZero = build('fp.isZero');

/** A symbol of a format; symbols of different formats have different names. */
export function value(format: FloatSort, name: string): Term {
  return symbol(format, `${name}_${format}`);
}

export const zeroOf = (format: FloatSort): Term => float(format, zero);
export const oneOf = (format: FloatSort): Term => float(format, one);

/** The same bits, but for the sign of a zero and the payload of a NaN. */
export function same(a: Term, b: Term): Term {
  return or(operation('fp.eq', a, b), equal(a, b));
}

/** Neither infinite nor NaN. */
export function finite(a: Term): Term {
  return and(not(operation('fp.isInfinite', a)), not(operation('fp.isNaN', a)));
}
