/** A formula as MathML, from the tree mathjs parsed. Decides nothing. */
import {
  isConditionalNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  type FunctionNode,
  type MathNode,
} from 'mathjs/number';
import { binding, type Formula } from './language.ts';
import {
  above,
  application,
  cases,
  digits,
  fold,
  fraction,
  inParentheses,
  letter,
  list,
  operated,
  root,
  row,
  sign,
  tightest,
  underFold,
  words,
  type MathElement,
  type Written,
} from './math-element.ts';

export function mathml({ expression }: Formula): MathElement {
  return written(expression).element;
}

function tight(element: MathElement): Written {
  return { element, strength: tightest };
}

function written(node: MathNode): Written {
  if (isParenthesisNode(node)) return written(node.content);
  if (isSymbolNode(node)) return tight(letter(node.name));
  if (isFunctionNode(node)) return called(node);
  if (isConditionalNode(node)) {
    const [condition, yes, no] = [node.condition, node.trueExpr, node.falseExpr].map(
      (part) => written(part).element,
    );
    return tight(cases(condition, yes, no));
  }
  if (isOperatorNode(node)) {
    const known = operated(node.op, node.args.map(written));
    if (known !== null) return known;
  }
  const text = node.toString();
  return tight(/^[\d.]+$/.test(text) ? digits(text) : words(text));
}

function called(node: FunctionNode): Written {
  const { name } = node.fn;
  if (name === 'sum' || name === 'largest') {
    const [index, count, body] = node.args;
    const of = name === 'sum' ? 'sum' : 'max';
    const parts = [letter(binding(index).name), written(count).element] as const;
    return { element: fold(of, ...parts, underFold(written(body))), strength: 6 };
  }
  const args = node.args.map((arg) => written(arg).element);
  const [a, b] = args;
  switch (name) {
    case 'sqrt':
      return tight(root(a));
    case 'max':
    case 'min':
      return tight(row(sign(name), inParentheses(list(args))));
    case 'exp':
      return tight(above(letter('e'), a));
    case 'expm1':
      return { element: row(above(letter('e'), a), sign('−'), digits('1')), strength: 5 };
    case 'within':
      return { element: row(digits('0'), sign('≤'), a, sign('<'), b), strength: 4 };
    case 'div':
      return tight(row(sign('⌊'), fraction(a, b), sign('⌋')));
    case 'mod':
      return tight(inParentheses(row(a, sign('mod'), b)));
    default:
      return tight(application(name, args, args.length === 1 && isSymbolNode(node.args[0])));
  }
}
