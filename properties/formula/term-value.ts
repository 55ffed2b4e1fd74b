/** The number a term is, in float64, where its symbols and functions are numbers. */
import type { Term } from '../../src/logic/term.ts';
import type { Values } from '../../src/formula/evaluate.ts';

/** Truth values are 1 and 0. */
export function termValue(term: Term, values: Values): number {
  const at = (part: Term): number => termValue(part, values);
  switch (term.kind) {
    case 'number':
      return Number(term.numerator) / Number(term.denominator);
    case 'symbol':
      return values.symbols[term.name];
    case 'call':
      return values.functions[term.name](...term.args.map(at));
    case 'operation':
      // Only what is chosen: the other may read where nothing is.
      if (term.operator === 'ite') return at(at(term.args[0]) === 1 ? term.args[1] : term.args[2]);
      return operated(term.operator, term.args.map(at));
    case 'fold': {
      const count = at(term.count);
      let folded = term.of === 'sum' ? 0 : -Infinity;
      for (let i = 0; i < count; i++) {
        const symbols = { ...values.symbols, [term.index]: i };
        const value = termValue(term.body, { ...values, symbols });
        folded = term.of === 'sum' ? folded + value : Math.max(folded, value);
      }
      return folded;
    }
  }
}

function operated(operator: string, args: readonly number[]): number {
  const [a, b] = args;
  switch (operator) {
    case '+':
      return args.reduce((x, y) => x + y);
    case '-':
      return args.length === 1 ? -a : args.reduce((x, y) => x - y);
    case '*':
      return args.reduce((x, y) => x * y);
    case '/':
      return a / b;
    case '<':
      return a < b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '=':
      return a === b ? 1 : 0;
    case 'and':
      return args.every((arg) => arg === 1) ? 1 : 0;
    case 'or':
      return args.some((arg) => arg === 1) ? 1 : 0;
    case 'not':
      return 1 - a;
    case '=>':
      return a === 1 ? b : 1;
    case 'div':
      return Math.floor(a / b);
    case 'mod':
      return a - b * Math.floor(a / b);
    case 'to_real':
      return a;
    default:
      throw new Error(`${operator} is not among the operators of formulas`);
  }
}
