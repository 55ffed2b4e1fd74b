/**
 * Sizes of a block that has no sizes yet: sums of products of letters, as `4*M`, `C/2` or `C - R`.
 *
 * A sum of monomials in normal form, so that two sizes are one where they are one for every value of the
 * letters, and so that costs can be added up and printed. Powers may be negative (a domain divided by a stride
 * twice). What is read are mathjs expressions; anything but numbers, letters and + − · / ^ is refused.
 */
import {
  isConstantNode,
  isOperatorNode,
  isParenthesisNode,
  isSymbolNode,
  type MathNode,
} from 'mathjs/number';
import { formula, type Formula } from '../formula/language.ts';

/** A letter's power. */
type Powers = ReadonlyMap<string, number>;

interface Monomial {
  readonly coefficient: number;
  readonly powers: Powers;
}

/** By the text of their letters, in the order they are printed in. */
export type Size = readonly Monomial[];

/** Values of letters. */
export type Numbers = Readonly<Record<string, number>>;

/** How a size may be written in a block. */
export type SizeText = number | string;

function keyOf(powers: Powers): string {
  return [...powers].map(([letter, power]) => `${letter}^${power}`).join(' ');
}

function degree({ powers }: Monomial): number {
  return [...powers.values()].reduce((sum, power) => sum + power, 0);
}

function ordered(powers: Iterable<readonly [string, number]>): Powers {
  const present = [...powers].filter(([, power]) => power !== 0);
  return new Map(present.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function collected(monomials: readonly Monomial[]): Size {
  const sums = new Map<string, Monomial>();
  for (const { coefficient, powers } of monomials) {
    const id = keyOf(powers);
    sums.set(id, { powers, coefficient: coefficient + (sums.get(id)?.coefficient ?? 0) });
  }
  const kept = [...sums.values()].filter(({ coefficient }) => coefficient !== 0);
  return kept.sort((a, b) => degree(b) - degree(a) || (keyOf(a.powers) < keyOf(b.powers) ? -1 : 1));
}

function constant(value: number): Size {
  return collected([{ coefficient: value, powers: new Map() }]);
}

export function letter(name: string): Size {
  return [{ coefficient: 1, powers: new Map([[name, 1]]) }];
}

export const unit: Size = constant(1);

export function plus(...sizes: readonly Size[]): Size {
  return collected(sizes.flat());
}

export function scaled(size: Size, factor: number): Size {
  return collected(
    size.map(({ coefficient, powers }) => ({ powers, coefficient: coefficient * factor })),
  );
}

function product(a: Monomial, b: Monomial): Monomial {
  const powers = new Map(a.powers);
  for (const [name, power] of b.powers) powers.set(name, (powers.get(name) ?? 0) + power);
  return { coefficient: a.coefficient * b.coefficient, powers: ordered(powers) };
}

export function times(...sizes: readonly Size[]): Size {
  return sizes.reduce(
    (all, size) => collected(all.flatMap((a) => size.map((b) => product(a, b)))),
    unit,
  );
}

/** Null where the divisor is a sum, or zero. */
export function over(size: Size, divisor: Size): Size | null {
  if (divisor.length !== 1) return null;
  const [{ coefficient, powers }] = divisor;
  const inverse = new Map([...powers].map(([name, power]) => [name, -power]));
  return times(size, [{ coefficient: 1 / coefficient, powers: inverse }]);
}

/** Whether the two are one for every value of the letters. */
export function sameSize(a: Size, b: Size): boolean {
  return plus(a, scaled(b, -1)).length === 0;
}

export function isNumber(size: Size): boolean {
  return size.every(({ powers }) => powers.size === 0);
}

export function lettersOf(size: Size): readonly string[] {
  return [...new Set(size.flatMap(({ powers }) => [...powers.keys()]))];
}

/** NaN where a letter has no value. */
export function valueOf(size: Size, numbers: Numbers): number {
  return size.reduce((sum, { coefficient, powers }) => {
    const factors = [...powers].map(([name, power]) => (numbers[name] ?? NaN) ** power);
    return sum + factors.reduce((all, factor) => all * factor, coefficient);
  }, 0);
}

function monomialText({ coefficient, powers }: Monomial): string {
  const raised = ([name, power]: readonly [string, number]): string =>
    power === 1 ? name : `${name}^${power}`;
  const upper = [...powers].filter(([, power]) => power > 0).map(raised);
  const lower = [...powers]
    .filter(([, power]) => power < 0)
    .map(([name, power]) => raised([name, -power]));
  // 1/2 of something is something divided by 2.
  const whole = Number.isInteger(coefficient) || !Number.isInteger(1 / coefficient);
  const over = whole ? lower : [String(Math.round(1 / Math.abs(coefficient))), ...lower];
  const front = whole && (Math.abs(coefficient) !== 1 || upper.length === 0);
  const top = [...(front ? [String(Math.abs(coefficient))] : []), ...upper];
  const product = top.length === 0 ? '1' : top.join('*');
  if (over.length === 0) return product;
  return over.length === 1 ? `${product}/${over[0]}` : `${product}/(${over.join('*')})`;
}

/** As mathjs reads it. */
export function textOf(size: Size): string {
  if (size.length === 0) return '0';
  return size
    .map((monomial, k) => {
      const negative = monomial.coefficient < 0;
      const sign = k === 0 ? (negative ? '-' : '') : negative ? ' - ' : ' + ';
      return `${sign}${monomialText(monomial)}`;
    })
    .join('');
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** For a reader: products without signs between letters' powers and factors but a dot. */
export function printed(size: Size): string {
  return textOf(size)
    .replaceAll('*', '·')
    .replaceAll(/\^(\d+)/g, (_, digits: string) =>
      [...digits].map((digit) => superscripts[Number(digit)]).join(''),
    )
    .replaceAll(/(^| )-/g, '$1−');
}

/** What is wrong with the text of a size. */
export class NoSize extends Error {}

export function sizeOf(text: SizeText): Size {
  if (typeof text === 'number') {
    if (!Number.isFinite(text)) throw new NoSize(`${text} is no size`);
    return constant(text);
  }
  let parsed: Formula;
  try {
    parsed = formula(text);
  } catch {
    throw new NoSize(`'${text}' is no expression`);
  }
  return read(parsed.expression, text);
}

function read(node: MathNode, text: string): Size {
  if (isParenthesisNode(node)) return read(node.content, text);
  if (isConstantNode(node) && typeof node.value === 'number') return constant(node.value);
  if (isSymbolNode(node)) return letter(node.name);
  if (isOperatorNode(node)) {
    const [a, b] = node.args.map((arg) => read(arg, text));
    if (node.args.length === 1 && node.op === '-') return scaled(a, -1);
    if (node.op === '+') return plus(a, b);
    if (node.op === '-') return plus(a, scaled(b, -1));
    if (node.op === '*') return times(a, b);
    if (node.op === '/') {
      const quotient = over(a, b);
      if (quotient === null) throw new NoSize(`'${text}' divides by a sum`);
      return quotient;
    }
    const power = node.op === '^' && isNumber(b) ? valueOf(b, {}) : NaN;
    const most = a.length === 1 ? 64 : 8;
    if (Number.isInteger(power) && power >= 0 && power <= most) {
      return times(...Array.from({ length: power }, () => a));
    }
  }
  throw new NoSize(`'${text}' is no sum of products of letters`);
}
