/**
 * The language theorems are written in: terms over truth values, integers, reals and binary floating point.
 *
 * First order and without quantifiers: every free symbol of a theorem, function symbols included, stands for
 * anything of its sort. The binders are the finite sum Σ_{i<n}, empty for n ≤ 0, and the largest of n terms;
 * smtlib.ts hands them to a solver as uninterpreted functions, and what a solver may know of them are the
 * axioms of theorem.ts. Constructors
 * check sorts and do nothing else: they never simplify, so a term is what was written.
 */

/** Floating-point formats of IEEE 754 and bfloat16, and the sorts of everything else. */
export type FloatSort = 'Float16' | 'BFloat16' | 'Float32';
export type Sort = 'Bool' | 'Int' | 'Real' | FloatSort;

export type Term =
  | {
      readonly kind: 'number';
      readonly sort: 'Int' | 'Real';
      readonly numerator: bigint;
      readonly denominator: bigint;
    }
  | { readonly kind: 'symbol'; readonly sort: Sort; readonly name: string }
  /** An uninterpreted function at a point. */
  | {
      readonly kind: 'call';
      readonly sort: Sort;
      readonly name: string;
      readonly args: readonly Term[];
    }
  | {
      readonly kind: 'operation';
      readonly sort: Sort;
      readonly operator: Operator;
      readonly args: readonly Term[];
    }
  /**
   * Σ_{index < count} body, or the largest body; `index` is an integer bound in `body`, and no symbol
   * elsewhere has its name.
   */
  | {
      readonly kind: 'fold';
      readonly sort: 'Real';
      readonly of: 'sum' | 'max';
      readonly index: string;
      readonly count: Term;
      readonly body: Term;
    };

const anyFloat: readonly Sort[] = ['Float16', 'BFloat16', 'Float32'];
const anyNumber: readonly Sort[] = ['Int', 'Real'];
const anySort: readonly Sort[] = ['Bool', ...anyNumber, ...anyFloat];

/**
 * SMT-LIB's operators: what their arguments may be (all of one sort), how many there are (null: any, at least
 * one), and what comes out (null: the arguments' sort). Floating point rounds to nearest, ties to even.
 */
const operators = {
  and: [['Bool'], null, 'Bool'],
  or: [['Bool'], null, 'Bool'],
  not: [['Bool'], 1, 'Bool'],
  '=>': [['Bool'], 2, 'Bool'],
  '=': [anySort, 2, 'Bool'],
  ite: [anySort, 2, null],
  '+': [anyNumber, null, null],
  '-': [anyNumber, null, null],
  '*': [anyNumber, null, null],
  '/': [['Real'], 2, 'Real'],
  '<': [anyNumber, 2, 'Bool'],
  '<=': [anyNumber, 2, 'Bool'],
  div: [['Int'], 2, 'Int'],
  mod: [['Int'], 2, 'Int'],
  to_real: [['Int'], 1, 'Real'],
  'fp.add': [anyFloat, 2, null],
  'fp.sub': [anyFloat, 2, null],
  'fp.mul': [anyFloat, 2, null],
  'fp.div': [anyFloat, 2, null],
  'fp.fma': [anyFloat, 3, null],
  'fp.sqrt': [anyFloat, 1, null],
  'fp.lt': [anyFloat, 2, 'Bool'],
  'fp.leq': [anyFloat, 2, 'Bool'],
  'fp.eq': [anyFloat, 2, 'Bool'],
  'fp.isZero': [anyFloat, 1, 'Bool'],
  'fp.isNaN': [anyFloat, 1, 'Bool'],
  'fp.isInfinite': [anyFloat, 1, 'Bool'],
  to_fp: [['Real'], 1, null],
} as const satisfies Record<string, readonly [readonly Sort[], number | null, Sort | null]>;

export type Operator = keyof typeof operators;

/** A term that was put together wrongly: a mistake in a statement, never in somebody's model. */
export class IllSorted extends Error {}

function demand(condition: boolean, message: () => string): void {
  if (!condition) throw new IllSorted(message());
}

function demandSort(term: Term, sorts: readonly Sort[], where: string): void {
  demand(
    sorts.includes(term.sort),
    () => `${where}: expected ${sorts.join('/')}, got ${term.sort}`,
  );
}

export function int(value: number | bigint): Term {
  return { kind: 'number', sort: 'Int', numerator: BigInt(value), denominator: 1n };
}

/** An exact rational. */
export function real(numerator: number | bigint, denominator: number | bigint = 1): Term {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  demand(d > 0n, () => `the denominator ${d} is not positive`);
  return { kind: 'number', sort: 'Real', numerator: n, denominator: d };
}

/** Words that mean something else in SMT-LIB text, and the names of lifted folds. */
const reserved =
  /^(and|or|not|ite|div|mod|abs|let|par|forall|exists|distinct|true|false|sum_.*|max_.*)$/;

function demandName(name: string): void {
  const fits = /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !reserved.test(name);
  demand(fits, () => `${name} is no name for a symbol`);
}

export function symbol(sort: Sort, name: string): Term {
  demandName(name);
  return { kind: 'symbol', sort, name };
}

/** A function symbol over the integers; what it is applied to says how many places it has. */
export function fun(name: string, sort: Sort = 'Real'): (...args: readonly Term[]) => Term {
  demandName(name);
  return (...args) => {
    demand(args.length > 0, () => `${name} needs an argument`);
    return { kind: 'call', sort, name, args };
  };
}

let indices = 0;

/** A name that no term in existence contains, and that no other symbol can have. */
function freshIndex(): string {
  indices += 1;
  return `%${indices}`;
}

function fold(of: 'sum' | 'max', count: Term, body: (index: Term) => Term): Term {
  demandSort(count, ['Int'], `the count of a ${of}`);
  const index = freshIndex();
  const inner = body({ kind: 'symbol', sort: 'Int', name: index });
  demandSort(inner, ['Real'], `the body of a ${of}`);
  return { kind: 'fold', sort: 'Real', of, index, count, body: inner };
}

/** Σ_{i<count} body(i); zero for count ≤ 0. */
export function sum(count: Term, body: (index: Term) => Term): Term {
  return fold('sum', count, body);
}

/** The largest body(i) for i < count; some unknown number for count ≤ 0. */
export function largest(count: Term, body: (index: Term) => Term): Term {
  return fold('max', count, body);
}

export function operation(operator: Exclude<Operator, 'to_fp'>, ...args: readonly Term[]): Term {
  const alike = operator === 'ite' ? args.slice(1) : args;
  const [sorts, count, result]: readonly [readonly Sort[], number | null, Sort | null] =
    operators[operator];
  demand(
    alike.length > 0 && alike.length === (count ?? alike.length),
    () => `a part of ${operator} is missing`,
  );
  if (operator === 'ite') demandSort(args[0], ['Bool'], operator);
  for (const arg of alike) {
    demandSort(arg, sorts, operator);
    demandSort(arg, [alike[0].sort], operator);
  }
  return { kind: 'operation', sort: result ?? alike[0].sort, operator, args };
}

/** A rational rounded to a floating-point format. */
export function float(sort: FloatSort, value: Term): Term {
  demand(value.kind === 'number' && value.sort === 'Real', () => 'to_fp of what is no rational');
  return { kind: 'operation', sort, operator: 'to_fp', args: [value] };
}

/** The same node over other parts of the same sorts, in order. */
export function rebuilt(term: Term, parts: readonly Term[]): Term {
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return term;
    case 'call':
    case 'operation':
      return { ...term, args: parts };
    case 'fold':
      return { ...term, count: parts[0], body: parts[1] };
  }
}

export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'call':
    case 'operation':
      return term.args;
    case 'fold':
      return [term.count, term.body];
  }
}

/** A function given by a term: `body` over parameters that occur nowhere else. */
export interface Lambda {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Term;
}

/** The function that `body` describes; called once, on symbols, so that it is one and the same everywhere. */
export function lambda(
  sorts: readonly Sort[],
  body: (...parameters: readonly Term[]) => Term,
): Lambda {
  const parameters = sorts.map((sort): Term & { kind: 'symbol' } => {
    return { kind: 'symbol', sort, name: freshIndex() };
  });
  const names = parameters.map(({ name }) => name);
  return { kind: 'lambda', parameters: names, body: body(...parameters) };
}

/** What free symbols (by terms) and function symbols (by lambdas) are replaced by. */
export type Substitution = Readonly<Record<string, Term | Lambda>>;

function applied({ parameters, body }: Lambda, args: readonly Term[]): Term {
  demand(parameters.length === args.length, () => `a function of ${parameters.length} parameters`);
  return substitute(body, Object.fromEntries(parameters.map((name, i) => [name, args[i]])));
}

/** `term` with its free symbols replaced, all at once. Indices of folds are renamed, so nothing is captured. */
export function substitute(term: Term, by: Substitution): Term {
  if (term.kind === 'fold') {
    const renamed: Term = { kind: 'symbol', sort: 'Int', name: freshIndex() };
    const body = substitute(term.body, { ...by, [term.index]: renamed });
    return { ...term, index: renamed.name, count: substitute(term.count, by), body };
  }
  const own = partsOf(term);
  const parts = own.map((part) => substitute(part, by));
  const same = parts.every((part, i) => part === own[i]);
  if (term.kind !== 'symbol' && term.kind !== 'call') return same ? term : rebuilt(term, parts);
  const to = Object.hasOwn(by, term.name) ? by[term.name] : undefined;
  if (to === undefined) return same ? term : rebuilt(term, parts);
  demand(
    (to.kind === 'lambda') === (term.kind === 'call'),
    () => `${term.name} is of another kind`,
  );
  const result = to.kind === 'lambda' ? applied(to, parts) : to;
  demandSort(result, [term.sort], `what ${term.name} is replaced by`);
  return result;
}

/** A text that two terms share exactly where they differ in nothing but the names of indices. */
export function key(term: Term, bound: readonly string[] = []): string {
  switch (term.kind) {
    case 'number':
      return `${term.numerator}/${term.denominator}:${term.sort}`;
    case 'symbol': {
      const level = bound.lastIndexOf(term.name);
      return level < 0 ? `${term.name}:${term.sort}` : `#${level}`;
    }
    case 'call':
      return `${term.name}:${term.sort}(${term.args.map((arg) => key(arg, bound)).join(',')})`;
    case 'operation': {
      const args = term.args.map((arg) => key(arg, bound)).join(' ');
      return `(${term.operator}:${term.sort} ${args})`;
    }
    case 'fold':
      return `${term.of}[${key(term.count, bound)}](${key(term.body, [...bound, term.index])})`;
  }
}

/** Whether a symbol or function of this name is free in the term. */
export function mentions(term: Term, name: string): boolean {
  if ((term.kind === 'symbol' || term.kind === 'call') && term.name === name) return true;
  return partsOf(term).some((part) => mentions(part, name));
}
