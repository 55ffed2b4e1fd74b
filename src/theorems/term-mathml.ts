/** Terms as MathML, for pages. For reading only; what counts is the SMT-LIB text. */
import type { Term } from '../logic/term.ts';
import {
  application,
  cases,
  digits,
  fold,
  fraction,
  inParentheses,
  letter,
  list,
  operated,
  row,
  sign,
  tightest,
  underFold,
  words,
  type MathElement,
  type Written,
} from '../formula/math-element.ts';

const letters = ['i', 'j', 'k', 'l', 'm'];

export function termMathml(term: Term): MathElement {
  return written(term, new Map()).element;
}

function tight(element: MathElement): Written {
  return { element, strength: tightest };
}

function written(term: Term, names: ReadonlyMap<string, string>): Written {
  switch (term.kind) {
    case 'number': {
      const { numerator, denominator } = term;
      const whole = digits(String(numerator));
      if (denominator !== 1n) return tight(fraction(whole, digits(String(denominator))));
      return { element: whole, strength: numerator < 0n ? 5 : tightest };
    }
    case 'symbol':
      return tight(letter(names.get(term.name) ?? term.name));
    case 'call': {
      const args = term.args.map((part) => written(part, names).element);
      const isSequence = args.length === 1 && term.args[0].kind === 'symbol';
      return tight(application(term.name, args, isSequence));
    }
    case 'fold': {
      const own = letters[names.size] ?? `i_${names.size}`;
      const inner = new Map([...names, [term.index, own]]);
      const count = written(term.count, names).element;
      const body = underFold(written(term.body, inner));
      return { element: fold(term.of, letter(own), count, body), strength: 6 };
    }
    case 'operation':
      return operation(term, names);
  }
}

function isNumber(term: Term, value: bigint): boolean {
  return term.kind === 'number' && term.numerator === value && term.denominator === 1n;
}

function operation(
  { operator, args }: Extract<Term, { kind: 'operation' }>,
  names: ReadonlyMap<string, string>,
): Written {
  const parts = args.map((part) => written(part, names));
  if (operator === 'ite') {
    const [condition, yes, no] = parts.map(({ element }) => element);
    if (!isNumber(args[2], 0n)) return tight(cases(condition, yes, no));
    // Iverson's bracket: one where the condition holds, zero elsewhere.
    const bracket = tight(row(sign('['), condition, sign(']')));
    return isNumber(args[1], 1n) ? bracket : (operated('*', [bracket, parts[1]]) ?? bracket);
  }
  if (operator === 'to_real') return parts[0];
  if (operator === 'not') return tight(row(sign('¬'), inParentheses(parts[0].element)));
  const known = operated(operator, parts);
  if (known !== null) return known;
  return tight(row(words(operator), inParentheses(list(parts.map(({ element }) => element)))));
}
