/**
 * An obligation as SMT-LIB 2 text: the conjunction of its assumptions with the negation of its goal. The goal
 * follows from the assumptions where the text is unsatisfiable.
 *
 * A fold becomes a function of its count and of the largest parts of its body that do not mention the index;
 * two folds share a function exactly where the rest of their bodies agrees. Nothing else is said of these
 * functions, so the text has more models than the statement has: unsat carries over to folds, sat need not.
 * Names are given in order of appearance: equal obligations have equal texts, byte for byte.
 */
import { key, mentions, partsOf, type FloatSort, type Sort, type Term } from './term.ts';

export interface Obligation {
  /** Lines of words at the head of the text; they change nothing but the digest. */
  readonly about: readonly string[];
  readonly assumptions: readonly Term[];
  /** Null to ask only whether the assumptions can be met. */
  readonly goal: Term | null;
  /** What the asker hopes for; a note to whoever reads the text. */
  readonly expected: 'unsat' | 'sat';
}

const floatWidths: Readonly<Record<FloatSort, readonly [exponent: number, significand: number]>> = {
  Float16: [5, 11],
  BFloat16: [8, 8],
  Float32: [8, 24],
};

function isFloat(sort: Sort): sort is FloatSort {
  return Object.hasOwn(floatWidths, sort);
}

function sortText(sort: Sort): string {
  return isFloat(sort) ? `(_ FloatingPoint ${floatWidths[sort].join(' ')})` : sort;
}

function numberText(term: Extract<Term, { kind: 'number' }>): string {
  const size = term.numerator < 0n ? -term.numerator : term.numerator;
  const digits = term.sort === 'Int' ? `${size}` : `${size}.0`;
  const magnitude = term.denominator === 1n ? digits : `(/ ${digits} ${term.denominator}.0)`;
  return term.numerator < 0n ? `(- ${magnitude})` : magnitude;
}

const rounded = new Set(['fp.add', 'fp.sub', 'fp.mul', 'fp.div', 'fp.fma', 'fp.sqrt']);

class Writer {
  readonly #signatures = new Map<string, string>();
  /** Names of folds by the shape of their bodies and the sorts of its places. */
  readonly #folds = new Map<string, string>();
  readonly #foldDeclarations: string[] = [];
  hasFloats = false;

  /** In order of appearance. */
  declarations(): readonly string[] {
    const symbols = [...this.#signatures].map(([name, of]) => `(declare-fun ${name} ${of})`);
    return [...symbols, ...this.#foldDeclarations];
  }

  text(term: Term): string {
    if (isFloat(term.sort)) this.hasFloats = true;
    switch (term.kind) {
      case 'number':
        return numberText(term);
      case 'symbol':
        return this.#declared(term);
      case 'call':
        return `(${this.#declared(term)} ${term.args.map((arg) => this.text(arg)).join(' ')})`;
      case 'operation':
        return this.#operation(term);
      case 'fold':
        return this.#fold(term);
    }
  }

  /** The name of a symbol or function, declared; one name has one signature. */
  #declared(term: Extract<Term, { kind: 'symbol' | 'call' }>): string {
    const { name } = term;
    if (name.startsWith('%')) throw new Error(`the index ${name} is out of its scope`);
    const args = term.kind === 'call' ? term.args.map((arg) => sortText(arg.sort)) : [];
    const signature = `(${args.join(' ')}) ${sortText(term.sort)}`;
    const known = this.#signatures.get(name);
    if (known !== undefined && known !== signature) {
      throw new Error(`${name} is used as ${known} and as ${signature}`);
    }
    this.#signatures.set(name, signature);
    return name;
  }

  #operation(term: Extract<Term, { kind: 'operation' }>): string {
    const { operator } = term;
    const args = term.args.map((arg) => this.text(arg));
    if (operator === 'to_fp' && isFloat(term.sort)) {
      return `((_ to_fp ${floatWidths[term.sort].join(' ')}) RNE ${args[0]})`;
    }
    // SMT-LIB has these from two arguments on.
    if (args.length === 1 && ['and', 'or', '+', '*'].includes(operator)) return args[0];
    return `(${operator}${rounded.has(operator) ? ' RNE' : ''} ${args.join(' ')})`;
  }

  #fold(term: Extract<Term, { kind: 'fold' }>): string {
    const count = this.text(term.count);
    const parts = new Map<string, Term>();
    const shape = this.#shape(term.body, [term.index], parts);
    const arity = [...parts.values()].map((part) => sortText(part.sort));
    const id = `${term.of} ${shape} : ${arity.join(' ')}`;
    const name = this.#folds.get(id) ?? `${term.of}_${this.#folds.size + 1}`;
    if (!this.#folds.has(id)) {
      this.#folds.set(id, name);
      this.#foldDeclarations.push(
        `; (${[name, 'n', ...arity.map((_, k) => `@${k}`)].join(' ')}) is the ${term.of} over # < n of ${shape}`,
        `(declare-fun ${name} (${['Int', ...arity].join(' ')}) Real)`,
      );
    }
    const args = [...parts.values()].map((part) => ` ${this.text(part)}`);
    return `(${name} ${count}${args.join('')})`;
  }

  /** The body as a text in which every largest part without a bound index is a place, numbers aside. */
  #shape(term: Term, bound: readonly string[], parts: Map<string, Term>): string {
    if (term.kind === 'number') return numberText(term);
    if (term.kind === 'symbol' && bound.includes(term.name)) {
      const level = bound.lastIndexOf(term.name);
      return level === 0 ? '#' : `#${level}`;
    }
    if (!bound.some((name) => mentions(term, name))) {
      const id = key(term);
      parts.set(id, parts.get(id) ?? term);
      return `@${[...parts.keys()].indexOf(id)}`;
    }
    const shapes = (inner: readonly string[]): string =>
      partsOf(term)
        .map((part) => this.#shape(part, inner, parts))
        .join(' ');
    switch (term.kind) {
      case 'symbol':
        throw new Error(`the index ${term.name} is out of its scope`);
      case 'call':
        // The name is part of the shape; its signature has to be one and the same everywhere.
        this.#declared(term);
        return `(${term.name} ${shapes(bound)})`;
      case 'operation':
        return `(${term.operator} ${shapes(bound)})`;
      case 'fold': {
        const count = this.#shape(term.count, bound, parts);
        const body = this.#shape(term.body, [...bound, term.index], parts);
        return `(${term.of} #${bound.length} < ${count} of ${body})`;
      }
    }
  }
}

export function smtlib(obligation: Obligation): string {
  const writer = new Writer();
  const asserted = obligation.assumptions.map((term) => `(assert ${writer.text(term)})`);
  if (obligation.goal !== null) {
    asserted.push('; the negation of the goal', `(assert (not ${writer.text(obligation.goal)}))`);
  }
  return [
    ...obligation.about.map((line) => `; ${line}`.trimEnd()),
    `(set-logic ${writer.hasFloats ? 'QF_FP' : 'QF_UFNIRA'})`,
    ...writer.declarations(),
    ...asserted,
    `(set-info :status ${obligation.expected})`,
    '(check-sat)',
    '',
  ].join('\n');
}
