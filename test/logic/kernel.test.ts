/** The rules of the kernel, where they could be unsound: capture, side conditions of induction, lifting. */
import { describe, expect, test } from 'vitest';
import { Unsat } from '../../src/logic/evidence.ts';
import { smtlib } from '../../src/logic/smtlib.ts';
import {
  fun,
  IllSorted,
  int,
  key,
  lambda,
  operation,
  real,
  substitute,
  sum,
  symbol,
  type Term,
} from '../../src/logic/term.ts';
import {
  established,
  induction,
  NoInference,
  obligation,
  type Sequent,
  type Theorem,
} from '../../src/logic/theorem.ts';

const n = symbol('Int', 'n');
const m = symbol('Int', 'm');
const h = fun('h');

/** A premise for testing inferences: nobody decided it. */
function premise(sequent: Sequent): Theorem {
  const text = smtlib(obligation([], sequent, []));
  return established([], sequent, [], new Unsat({ text, solver: 'a test', seconds: 0 }));
}

function textOf(...assumptions: readonly Term[]): string {
  return smtlib({ about: [], assumptions, goal: null, expected: 'sat' });
}

describe('substitution', () => {
  test('an index is not captured by the index of a sum it is put into', () => {
    const inner = sum(n, (j) => h(j));
    // Σ_{i<n} h(i) with h(i) := Σ_{j<n} h(j) + [i as a real]
    const nested = substitute(inner, {
      h: lambda(['Int'], (i) => operation('+', inner, operation('to_real', i))),
    });
    const expected = sum(n, (i) =>
      operation(
        '+',
        sum(n, (j) => h(j)),
        operation('to_real', i),
      ),
    );
    expect(key(nested)).toBe(key(expected));
  });

  test('the same sum put into itself keeps its two indices apart', () => {
    const outer = sum(n, (i) => sum(n, (j) => fun('f')(i, j)));
    const swapped = substitute(outer, { f: lambda(['Int', 'Int'], (a, b) => fun('f')(b, a)) });
    expect(key(swapped)).not.toBe(key(outer));
    expect(key(substitute(swapped, { f: lambda(['Int', 'Int'], (a, b) => fun('f')(b, a)) }))).toBe(
      key(outer),
    );
  });

  test('all symbols are replaced at once', () => {
    const pair = operation('+', n, m);
    expect(key(substitute(pair, { n: m, m: n }))).toBe(key(operation('+', m, n)));
  });

  test('a function given by a lambda is the same function everywhere', () => {
    let calls = 0;
    const fickle = lambda(['Int'], () => real((calls += 1)));
    const both = operation('=', h(int(0)), h(int(1)));
    expect(key(substitute(both, { h: fickle }))).toBe(key(operation('=', real(1), real(1))));
  });

  test('a term of another sort is refused', () => {
    expect(() => substitute(n, { n: real(1) })).toThrow(IllSorted);
  });
});

describe('names', () => {
  test.each(['%1', 'sum_1', 'max_2', 'and', 'a b', '', '1x', 'x|y'])('%j is refused', (name) => {
    expect(() => symbol('Int', name)).toThrow(IllSorted);
  });

  test('one name for two signatures is refused', () => {
    const twice = operation('=', h(n), fun('h')(n, n));
    expect(() => textOf(twice)).toThrow('is used as');
  });
});

describe('induction', () => {
  const claim = operation('=', h(m), real(0));
  const at = (value: Term): Term => operation('=', h(value), real(0));
  const next = at(operation('+', m, int(1)));
  const base = premise({ hypotheses: [], conclusion: at(int(0)) });
  const positive = operation('<=', int(0), m);
  const below = operation('<', m, n);
  const step = premise({ hypotheses: [positive, below, claim], conclusion: next });

  test('ends at the bound', () => {
    const theorem = induction({ variable: 'm', claim, bound: n, base, step });
    expect(key(theorem.conclusion)).toBe(key(at(n)));
    expect(theorem.hypotheses.map((term) => key(term))).toEqual([key(operation('<=', int(0), n))]);
  });

  test('what else the step assumes must not speak of the variable', () => {
    const special = premise({ hypotheses: [operation('<', int(7), m), claim], conclusion: next });
    const attempt = (): Theorem =>
      induction({ variable: 'm', claim, bound: n, base, step: special });
    expect(attempt).toThrow(NoInference);
  });

  test('a base that assumes something of the variable is refused', () => {
    const special = premise({ hypotheses: [operation('<', m, n)], conclusion: at(int(0)) });
    const attempt = (): Theorem =>
      induction({ variable: 'm', claim, bound: n, base: special, step });
    expect(attempt).toThrow(NoInference);
  });

  test('the bound must not speak of the variable', () => {
    const bound = operation('+', m, int(1));
    expect(() => induction({ variable: 'm', claim, bound, base, step })).toThrow(NoInference);
  });

  test('a base or a step of another claim is refused', () => {
    const wrong = { variable: 'm', claim: at(operation('+', m, m)), bound: n, base, step };
    expect(() => induction(wrong)).toThrow(NoInference);
    expect(() => induction({ variable: 'm', claim, bound: n, base, step: base })).toThrow(
      NoInference,
    );
  });
});

describe('lifting folds to functions', () => {
  const f = fun('f');
  const k = symbol('Int', 'k');

  test('equal sums share a function, whatever their indices are called', () => {
    const text = textOf(
      operation(
        '=',
        sum(n, (i) => h(i)),
        sum(n, (j) => h(j)),
      ),
    );
    expect(text).toContain('(assert (= (sum_1 n) (sum_1 n)))');
  });

  test('parts without the index become arguments', () => {
    const row = (c: Term): Term => sum(n, (i) => f(c, i));
    const text = textOf(operation('=', row(k), row(operation('+', k, int(1)))));
    expect(text).toContain('(assert (= (sum_1 n k) (sum_1 n (+ k 1))))');
  });

  test('bodies that differ in the place of the index do not share a function', () => {
    const text = textOf(
      operation(
        '=',
        sum(n, (i) => f(k, i)),
        sum(n, (i) => f(i, k)),
      ),
    );
    expect(text).toContain('(sum_1 n k) (sum_2 n k)');
  });

  test('the indices of nested sums are told apart', () => {
    const rows = sum(n, (i) => sum(n, (j) => f(i, j)));
    const columns = sum(n, (i) => sum(n, (j) => f(j, i)));
    expect(textOf(operation('=', rows, columns))).toContain('(= (sum_1 n n) (sum_2 n n))');
  });

  test('a count is no part of the body', () => {
    const text = textOf(
      operation(
        '=',
        sum(n, (i) => h(i)),
        sum(k, (i) => h(i)),
      ),
    );
    expect(text).toContain('(= (sum_1 n) (sum_1 k))');
  });
});
