/**
 * A formula as TeX, for reports and documents. Decides nothing.
 *
 * mathjs prints operators; what is done here are the folds, the functions of indices, and the Greek letters.
 */
import {
  isFunctionNode,
  isOperatorNode,
  isSymbolNode,
  type FunctionNode,
  type MathNode,
} from 'mathjs/number';
import { binding, type Formula } from './language.ts';

/** Names that are not their own TeX. */
const names: Readonly<Record<string, string>> = {
  alpha: '\\alpha',
  beta: '\\beta',
  gamma: '\\gamma',
  mu: '\\mu',
  sigma2: '\\sigma^2',
  eps: '\\varepsilon',
  pi: '\\pi',
};

function nameOf(name: string): string {
  if (Object.hasOwn(names, name)) return names[name];
  const [stem, index] = name.split('_');
  const letters = stem.length > 1 ? `\\mathrm{${stem}}` : stem;
  return index === undefined ? letters : `${letters}_{${index}}`;
}

export function tex(formula: Formula): string {
  const options = { parenthesis: 'auto', handler };
  return formula.expression.toTex(options).trim();
}

interface Options {
  readonly parenthesis: string;
  readonly handler: (node: MathNode, options: Options) => string | undefined;
}

/** What is not left to mathjs. */
function handler(node: MathNode, options: Options): string | undefined {
  const text = isSymbolNode(node) ? nameOf(node.name) : null;
  const own = isFunctionNode(node) ? called(node, options) : text;
  // A blank, since it may come to stand behind a command: \cdot t.
  return own === null ? undefined : ` ${own}`;
}

function called(node: FunctionNode, options: Options): string | null {
  const { name } = node.fn;
  const written = (part: MathNode): string => part.toTex(options).trim();
  if (name === 'sum' || name === 'largest') {
    const [index, count, body] = node.args;
    const sign = name === 'sum' ? '\\sum' : '\\max';
    const isSum = isOperatorNode(body) && ['+', '-'].includes(body.op);
    const text = isSum ? `\\left(${written(body)}\\right)` : written(body);
    return `${sign}_{${nameOf(binding(index).name)}<${written(count)}} ${text}`;
  }
  const args = node.args.map(written);
  switch (name) {
    case 'sqrt':
      return null;
    case 'max':
    case 'min':
    case 'exp':
    case 'tanh':
      return `\\${name}\\left(${args.join(', ')}\\right)`;
    case 'expm1':
      return `\\left(e^{${args[0]}} - 1\\right)`;
    case 'within':
      return `0 \\le ${args[0]} < ${args[1]}`;
    case 'div':
      return `\\left\\lfloor\\frac{${args[0]}}{${args[1]}}\\right\\rfloor`;
    case 'mod':
      return `\\left(${args[0]} \\bmod ${args[1]}\\right)`;
    default:
      return args.length === 1 && isSymbolNode(node.args[0])
        ? `${nameOf(name)}_{${args[0]}}`
        : `${nameOf(name)}\\left(${args.join(', ')}\\right)`;
  }
}
