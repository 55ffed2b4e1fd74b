/** Exact rationals, for evaluating terms: in lowest terms, the denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

/** Throws RangeError for a denominator of zero. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('division by zero');
  const common = divisor(numerator, denominator);
  const size = common < 0n ? -common : common;
  const sign = denominator < 0n ? -size : size;
  return { numerator: numerator / sign, denominator: denominator / sign };
}

export function sum(a: Rational, b: Rational): Rational {
  const { numerator, denominator } = b;
  return rational(
    a.numerator * denominator + numerator * a.denominator,
    a.denominator * denominator,
  );
}

export function product(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function quotient(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function negative({ numerator, denominator }: Rational): Rational {
  return { numerator: -numerator, denominator };
}

/** Negative, zero or positive, as a − b is. */
export function compare(a: Rational, b: Rational): bigint {
  return a.numerator * b.denominator - b.numerator * a.denominator;
}

export function rationalText({ numerator, denominator }: Rational): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}
