/**
 * Presentation MathML as plain data: elements that a page turns into text, and that nobody has to escape.
 *
 * Only what formulas and terms need. See the MathML Core specification for the elements.
 */
export interface MathElement {
  readonly tag:
    'mrow' | 'mi' | 'mn' | 'mo' | 'mtext' | 'mfrac' | 'msqrt' | 'msub' | 'msup' | 'munder';
  readonly children: readonly (MathElement | string)[];
}

function element(
  tag: MathElement['tag'],
  ...children: readonly (MathElement | string)[]
): MathElement {
  return { tag, children };
}

export function row(...parts: readonly MathElement[]): MathElement {
  return parts.length === 1 ? parts[0] : element('mrow', ...parts);
}

export const digits = (text: string): MathElement => element('mn', text);
export const sign = (text: string): MathElement => element('mo', text);
export const words = (text: string): MathElement => element('mtext', text);
export const fraction = (a: MathElement, b: MathElement): MathElement => element('mfrac', a, b);
export const root = (a: MathElement): MathElement => element('msqrt', a);
const below = (a: MathElement, b: MathElement): MathElement => element('msub', a, b);
export const above = (a: MathElement, b: MathElement): MathElement => element('msup', a, b);

const greek: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  mu: 'μ',
  mean: 'μ',
  pi: 'π',
  eps: 'ε',
  epsilon: 'ε',
};

/** A name as one writes it: Greek letters, indices, and words that stay upright. */
export function letter(name: string): MathElement {
  if (name === 'sigma2' || name === 'variance') return above(element('mi', 'σ'), digits('2'));
  // kh, sy, ci: a letter and the axis or place it is of.
  if (/^[a-z][hwxyij]$/.test(name)) return below(element('mi', name[0]), element('mi', name[1]));
  const [stem, ...indices] = name.split('_');
  const known = Object.hasOwn(greek, stem) ? greek[stem] : stem;
  const own = element('mi', known === '' ? name : known);
  return indices.length === 0 ? own : below(own, letter(indices.join(' ')));
}

export function list(parts: readonly MathElement[]): MathElement {
  return row(...parts.flatMap((part, i) => (i === 0 ? [part] : [sign(','), part])));
}

export function inParentheses(part: MathElement): MathElement {
  return row(sign('('), part, sign(')'));
}

/** f(a, b); a sequence at one index is written with it below. */
export function application(
  name: string,
  args: readonly MathElement[],
  isSequence: boolean,
): MathElement {
  return isSequence ? below(letter(name), args[0]) : row(letter(name), inParentheses(list(args)));
}

/** Σ or max over index < count. */
export function fold(
  of: 'sum' | 'max',
  index: MathElement,
  count: MathElement,
  body: MathElement,
): MathElement {
  const head = of === 'sum' ? sign('∑') : sign('max');
  return row(element('munder', head, row(index, sign('<'), count)), body);
}

/** yes where condition, else no. */
export function cases(condition: MathElement, yes: MathElement, no: MathElement): MathElement {
  return inParentheses(row(yes, words(' if '), condition, words(' else '), no));
}

/** How tightly an operator binds, and its sign. */
const operators: Readonly<Record<string, readonly [strength: number, sign: string]>> = {
  '=>': [1, '⇒'],
  or: [2, '∨'],
  and: [3, '∧'],
  '=': [4, '='],
  '<': [4, '<'],
  '<=': [4, '≤'],
  '>': [4, '>'],
  '>=': [4, '≥'],
  '+': [5, '+'],
  '-': [5, '−'],
  '*': [6, '·'],
  '/': [6, '/'],
  div: [6, 'div'],
  mod: [6, 'mod'],
};

/** Written without parentheses among themselves, on either side. */
const associative: readonly string[] = ['and', 'or', '+', '*'];

/** Binds as a sum does: what stands under Σ needs parentheses if it is one. */
const sumStrength = 5;

/** Binds tighter than any operator. */
export const tightest = 8;

export interface Written {
  readonly element: MathElement;
  readonly strength: number;
}

function enclosed({ element: part, strength }: Written, least: number): MathElement {
  return strength < least ? inParentheses(part) : part;
}

/** Parts with an operator between them, in as few parentheses as will do; null for an operator unknown here. */
export function operated(operator: string, parts: readonly Written[]): Written | null {
  if (!Object.hasOwn(operators, operator)) return null;
  const [strength, text] = operators[operator];
  if (parts.length === 1) {
    if (operator !== '-') return parts[0];
    return { element: row(sign('−'), enclosed(parts[0], 6)), strength: sumStrength };
  }
  if (operator === '/') {
    return { element: fraction(parts[0].element, parts[1].element), strength: tightest };
  }
  const least = associative.includes(operator) ? strength : strength + 1;
  const inside = parts.flatMap((part, i) => {
    const own = enclosed(part, i === 0 ? strength : least);
    return i === 0 ? [own] : [sign(text), own];
  });
  return { element: row(...inside), strength };
}

/** What a sum or a maximum is taken of. */
export function underFold(body: Written): MathElement {
  return enclosed(body, sumStrength + 1);
}
