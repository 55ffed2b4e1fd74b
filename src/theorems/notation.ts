/**
 * Short names for building terms. Nothing here is trusted: what a statement says is the text that smtlib.ts
 * makes of its terms.
 */
import { int, operation, real, type Operator, type Term } from '../logic/term.ts';

type Build = (...args: readonly Term[]) => Term;
const build =
  (operator: Exclude<Operator, 'to_fp'>): Build =>
  (...args) =>
    operation(operator, ...args);

export const and = build('and');
export const or = build('or');
export const not = build('not');
export const implies = build('=>');
export const equal = build('=');
export const ite = build('ite');
export const add = build('+');
export const minus = build('-');
export const times = build('*');
export const over = build('/');
export const less = build('<');
export const atMost = build('<=');

export const zero = real(0);
export const one = real(1);

/** 0 ≤ i < n */
export const within = (i: Term, n: Term): Term => and(atMost(int(0), i), less(i, n));

export const max = (a: Term, b: Term): Term => ite(less(a, b), b, a);
export const min = (a: Term, b: Term): Term => ite(less(b, a), b, a);

/** [condition] · t: t where the condition holds, and zero elsewhere. */
export const where = (condition: Term, t: Term): Term => ite(condition, t, zero);
