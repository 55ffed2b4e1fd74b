/**
 * A formula as a term of src/logic.
 *
 * Names get their meaning from the caller. A function that has none and is not of the language becomes an
 * uninterpreted one where it is transcendental; a square root never does: what is to be known of it (r·r = e,
 * r ≥ 0) are hypotheses, which only the caller can state. A quotient by √e is a product with `inverseRoot`
 * where the caller has a term for 1/√e: polynomials are what solvers are good at. Anything else is
 * refused. Whole numbers that meet reals are taken for reals.
 */
import {
  isConditionalNode,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  type FunctionNode,
  type MathNode,
  type OperatorNode,
  type OperatorNodeFn,
  type OperatorNodeOp,
} from 'mathjs/number';
import { fun, int, largest, operation, real, sum, type Term } from '../logic/term.ts';
import { binding, type Formula } from './language.ts';

/** What the letters of a formula stand for. */
export interface Letters {
  readonly symbols: Readonly<Record<string, Term>>;
  readonly functions: Readonly<Record<string, (...args: readonly Term[]) => Term>>;
}

/** A formula that says something the logic has no term for, or a letter without a meaning. */
export class Untranslatable extends Error {}

export function translate(formula: Formula, letters: Letters): Term {
  return termOf(formula.expression, letters);
}

type Operation = OperatorNode<OperatorNodeOp, OperatorNodeFn, MathNode[]>;

const transcendental = ['exp', 'expm1', 'tanh', 'erf'];

function termOf(node: MathNode, letters: Letters): Term {
  if (isParenthesisNode(node)) return termOf(node.content, letters);
  if (isConstantNode(node)) return constant(String(node.value));
  if (isSymbolNode(node)) {
    if (Object.hasOwn(letters.symbols, node.name)) return letters.symbols[node.name];
    throw new Untranslatable(`the symbol ${node.name} has no meaning`);
  }
  if (isConditionalNode(node)) {
    const [yes, no] = alike(termOf(node.trueExpr, letters), termOf(node.falseExpr, letters));
    return operation('ite', termOf(node.condition, letters), yes, no);
  }
  if (isOperatorNode(node)) return operated(node, letters);
  if (isFunctionNode(node)) return called(node, letters);
  throw new Untranslatable(`${node.toString()} is a ${node.type}`);
}

/** Digits with or without a point, exactly. */
function constant(digits: string): Term {
  const [, whole, decimals = ''] = /^(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
  if (whole === undefined) throw new Untranslatable(`${digits} is no plain number`);
  if (decimals === '') return int(BigInt(whole));
  return real(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function asReal(term: Term): Term {
  if (term.sort !== 'Int') return term;
  return term.kind === 'number' ? real(term.numerator) : operation('to_real', term);
}

/** Whole numbers among reals become reals. */
function alike(...terms: readonly Term[]): readonly Term[] {
  return terms.every(({ sort }) => sort === 'Int') ? terms : terms.map(asReal);
}

function operated({ op, args: parts }: Operation, letters: Letters): Term {
  if (op === '/' && Object.hasOwn(letters.functions, 'inverseRoot') && isRoot(parts[1])) {
    const root = letters.functions['inverseRoot'](termOf(parts[1].args[0], letters));
    return operation('*', asReal(termOf(parts[0], letters)), root);
  }
  const args = alike(...parts.map((part) => termOf(part, letters)));
  const [a, b] = args;
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '<':
    case '<=':
      return operation(op, ...args);
    case '>':
      return operation('<', b, a);
    case '>=':
      return operation('<=', b, a);
    case '/':
      return operation('/', ...args.map(asReal));
    case 'and':
      return operation('and', ...args);
    default:
      throw new Untranslatable(`the operator ${op}`);
  }
}

function isRoot(node: MathNode): node is FunctionNode {
  return isFunctionNode(node) && node.fn.name === 'sqrt';
}

function called(node: FunctionNode, letters: Letters): Term {
  const { name } = node.fn;
  if (name === 'sum' || name === 'largest') {
    const [index, count, body] = node.args;
    const inner = (bound: Term): Term => {
      const symbols = { ...letters.symbols, [binding(index).name]: bound };
      return asReal(termOf(body, { ...letters, symbols }));
    };
    return (name === 'sum' ? sum : largest)(termOf(count, letters), inner);
  }
  const args = node.args.map((arg) => termOf(arg, letters));
  if (Object.hasOwn(letters.functions, name)) return letters.functions[name](...args);
  const [a, b] = alike(...args);
  switch (name) {
    case 'max':
      return operation('ite', operation('<', a, b), b, a);
    case 'min':
      return operation('ite', operation('<', b, a), b, a);
    case 'within':
      return operation('and', operation('<=', int(0), a), operation('<', a, b));
    case 'div':
    case 'mod':
      return operation(name, a, b);
    default:
      if (transcendental.includes(name)) return fun(name)(asReal(a));
      throw new Untranslatable(`the function ${name} has no meaning`);
  }
}
