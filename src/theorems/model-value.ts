/** The values that a solver gives to constants, from SMT-LIB text. */
import type { FloatSort, Sort } from '../logic/term.ts';
import { negative, quotient, rational, rationalText, type Rational } from './rational.ts';

/** A truth value, an exact number, or a floating-point number as the float64 that equals it. */
export type Value = boolean | Rational | number;

/** Exponent bits and stored bits of the significand. */
const widths: Readonly<Record<FloatSort, readonly [exponent: number, stored: number]>> = {
  Float16: [5, 10],
  BFloat16: [8, 7],
  Float32: [8, 23],
};

function exact(text: string): Rational {
  const decimal = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (decimal !== null) {
    const [, whole, part = ''] = decimal;
    return rational(BigInt(whole + part), 10n ** BigInt(part.length));
  }
  const minus = /^\(- (.*)\)$/.exec(text);
  if (minus !== null) return negative(exact(minus[1]));
  const over = /^\(\/ (.*) ([\d.]+)\)$/.exec(text);
  if (over !== null) return quotient(exact(over[1]), exact(over[2]));
  throw new Error(`${text} is no rational number`);
}

function bits(text: string): string {
  if (text.startsWith('#b')) return text.slice(2);
  return [...text.slice(2)]
    .map((digit) => parseInt(digit, 16).toString(2).padStart(4, '0'))
    .join('');
}

function float(text: string, sort: FloatSort): number {
  const named = /^\(_ (\S+) /.exec(text)?.[1];
  const special = { '+zero': 0, '-zero': -0, '+oo': Infinity, '-oo': -Infinity, NaN };
  for (const [name, value] of Object.entries(special)) if (named === name) return value;
  const parts = /^\(fp (\S+) (\S+) (\S+)\)$/.exec(text)?.slice(1).map(bits);
  if (parts === undefined) throw new Error(`${text} is no floating-point number`);
  const [sign, exponent, fraction] = parts.map((part) => parseInt(part, 2));
  const [exponentBits, stored] = widths[sort];
  const bias = 2 ** (exponentBits - 1) - 1;
  const factor = sign === 1 ? -1 : 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? factor * Infinity : NaN;
  const leading = exponent === 0 ? 0 : 1;
  const power = (exponent === 0 ? 1 : exponent) - bias;
  return factor * (leading + fraction / 2 ** stored) * 2 ** power;
}

/** Throws for a text that names no number exactly, such as an irrational root. */
export function readValue(text: string, sort: Sort): Value {
  switch (sort) {
    case 'Bool':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new Error(`${text} is no truth value`);
    case 'Int':
    case 'Real':
      return exact(text);
    case 'Float16':
    case 'BFloat16':
    case 'Float32':
      return float(text, sort);
  }
}

/** What a constant is where a model leaves it open: any value will do. */
export function anyValue(sort: Sort): Value {
  switch (sort) {
    case 'Bool':
      return false;
    case 'Int':
    case 'Real':
      return rational(0n);
    case 'Float16':
    case 'BFloat16':
    case 'Float32':
      return 0;
  }
}

/** The number to the nearest in a format, ties to even; float64's own rounding before it does no harm. */
export function rounded(value: number, sort: FloatSort): number {
  const [exponentBits, stored] = widths[sort];
  if (sort === 'Float32' || value === 0 || !Number.isFinite(value)) return Math.fround(value);
  const largest = 2 ** (exponentBits - 1) - 1;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), 1 - largest);
  const step = 2 ** (exponent - stored);
  const scaled = value / step;
  const up = Math.floor(scaled + 0.5);
  const result = (scaled + 0.5 === up && up % 2 !== 0 ? up - 1 : up) * step;
  return Math.abs(result) >= 2 ** (largest + 1) ? Math.sign(result) * Infinity : result;
}

export function valueText(value: Value): string {
  if (typeof value === 'boolean') return String(value);
  // Nine digits tell all float32 apart.
  if (typeof value === 'number')
    return Object.is(value, -0) ? '-0' : `${Number(value.toPrecision(9))}`;
  return rationalText(value);
}
