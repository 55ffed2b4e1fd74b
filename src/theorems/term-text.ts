/** Terms as people write them: infix, with Σ and max. For reading only; what counts is the SMT-LIB text. */
import type { Term } from '../logic/term.ts';

const infix: Readonly<Record<string, string>> = {
  and: '∧',
  or: '∨',
  '=>': '⇒',
  '=': '=',
  '+': '+',
  '-': '−',
  '*': '·',
  '/': '/',
  '<': '<',
  '<=': '≤',
  div: 'div',
  mod: 'mod',
};

/** How tightly an operator binds. */
const strength: Readonly<Record<string, number>> = {
  '=>': 1,
  or: 2,
  and: 3,
  '=': 4,
  '<': 4,
  '<=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  div: 6,
  mod: 6,
};

const letters = ['i', 'j', 'k', 'l', 'm'];

export function termText(term: Term): string {
  return written(term, 0, new Map());
}

function written(term: Term, outer: number, names: ReadonlyMap<string, string>): string {
  const list = (terms: readonly Term[]): string =>
    terms.map((part) => written(part, 0, names)).join(', ');
  switch (term.kind) {
    case 'number':
      return term.denominator === 1n
        ? `${term.numerator}`
        : `${term.numerator}/${term.denominator}`;
    case 'symbol':
      return names.get(term.name) ?? term.name;
    case 'call':
      return `${term.name}(${list(term.args)})`;
    case 'fold': {
      const own = letters[names.size] ?? `i${names.size}`;
      const inner = new Map([...names, [term.index, own]]);
      const sign = term.of === 'sum' ? 'Σ' : 'max';
      const text = `${sign}_{${own}<${written(term.count, 5, names)}} ${written(term.body, 5, inner)}`;
      return outer > 5 ? `(${text})` : text;
    }
    case 'operation':
      return operationText(term, outer, names);
  }
}

function operationText(
  term: Extract<Term, { kind: 'operation' }>,
  outer: number,
  names: ReadonlyMap<string, string>,
): string {
  const { operator, args } = term;
  if (operator === 'ite') {
    const [condition, yes, no] = args.map((part) => written(part, 0, names));
    const isZero = args[2].kind === 'number' && args[2].numerator === 0n;
    if (isZero && args[1].kind === 'number' && args[1].numerator === 1n) return `[${condition}]`;
    return isZero ? `[${condition}]·(${yes})` : `(${yes} if ${condition} else ${no})`;
  }
  const sign = infix[operator];
  if (sign === undefined || (args.length === 1 && operator !== '-')) {
    return `${operator}(${args.map((part) => written(part, 0, names)).join(', ')})`;
  }
  const own = strength[operator];
  if (args.length === 1) return `−${written(args[0], own + 1, names)}`;
  // Subtraction and division associate to the left; so do the others, harmlessly.
  const parts = args.map((part, i) => written(part, i === 0 ? own : own + 1, names));
  const text = parts.join(` ${sign} `);
  return own < outer ? `(${text})` : text;
}
