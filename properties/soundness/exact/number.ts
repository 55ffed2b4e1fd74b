/**
 * Fixed-point numbers in BigInt: 320 bits behind the point, rounded down or up as told.
 *
 * A float32 is a whole number of 2⁻¹⁴⁹, so parameters and inputs are taken exactly and so are their sums;
 * products, quotients and roots are rounded outwards. 320 bits leave 2⁻²⁰⁰ of accuracy behind any network
 * that is evaluated here, where float64 has 2⁻⁵³.
 */
const bits = 320n;

/** What float32 numbers are multiples of. */
const grain = 149n;

const unit = 1n << bits;

const buffer = new DataView(new ArrayBuffer(8));

/** x · 2¹⁴⁹ for a float32 x, exactly. */
export function grains(x: number): bigint {
  if (Number.isInteger(x)) return BigInt(x) << grain;
  buffer.setFloat64(0, x);
  const word = buffer.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const mantissa = (word & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  const shift = BigInt(Math.max(exponent, 1) - 1075) + grain;
  // Below 2⁻¹⁴⁹ there is nothing in a float32.
  const whole = shift >= 0n ? mantissa << shift : mantissa >> -shift;
  return x < 0 ? -whole : whole;
}

/** The fixed-point number that a float32 is, exactly. */
export function fixed(x: number): bigint {
  return grains(x) << (bits - grain);
}

/** An interval of real numbers; `lower` and `upper` are multiples of 2⁻³²⁰. */
export interface Interval {
  readonly lower: bigint;
  readonly upper: bigint;
}

function shiftDown(x: bigint, by: bigint): bigint {
  return x >> by;
}

function shiftUp(x: bigint, by: bigint): bigint {
  return -(-x >> by);
}

export function point(x: bigint): Interval {
  return { lower: x, upper: x };
}

export function plus(a: Interval, b: Interval): Interval {
  return { lower: a.lower + b.lower, upper: a.upper + b.upper };
}

export function minus(a: Interval, b: Interval): Interval {
  return { lower: a.lower - b.upper, upper: a.upper - b.lower };
}

export function times(a: Interval, b: Interval): Interval {
  const products = [a.lower * b.lower, a.lower * b.upper, a.upper * b.lower, a.upper * b.upper];
  const [lower, upper] = [least(products), largest(products)];
  return { lower: shiftDown(lower, bits), upper: shiftUp(upper, bits) };
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}

function largest(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b > a ? b : a));
}

/** A sum of products of a fixed-point number and `grains`, back to fixed point. */
export function fromProducts(lower: bigint, upper: bigint): Interval {
  return { lower: shiftDown(lower, grain), upper: shiftUp(upper, grain) };
}

function dividedBy(a: Interval, n: bigint): Interval {
  const [lower, upper] = n > 0n ? [a.lower, a.upper] : [-a.upper, -a.lower];
  const size = n > 0n ? n : -n;
  return { lower: floorDivide(lower, size), upper: -floorDivide(-upper, size) };
}

function floorDivide(a: bigint, n: bigint): bigint {
  const quotient = a / n;
  return a < 0n && quotient * n !== a ? quotient - 1n : quotient;
}

/** a / b, where b is not zero. */
export function quotient(a: bigint, b: bigint): Interval {
  return dividedBy(point(a << bits), b);
}

/** 1/√x of a fixed-point number x > 0. */
export function inverseRoot(x: bigint): Interval {
  // √x with as many bits again: r² ≤ x·2³²⁰ < (r+1)².
  const root = integerRoot(x << bits);
  return { lower: floorDivide(unit * unit, root + 1n), upper: -floorDivide(-unit * unit, root) };
}

/** ⌊√n⌋ by Newton's iteration from above. */
function integerRoot(n: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(n.toString(16).length * 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** Sum of weights times intervals, exact until the end; `bias` is a fixed-point number. */
export function weightedSum(
  terms: Iterable<readonly [weight: bigint, x: Interval]>,
  bias: bigint,
): Interval {
  let [lower, upper] = [bias << grain, bias << grain];
  for (const [weight, x] of terms) {
    lower += weight * (weight < 0n ? x.upper : x.lower);
    upper += weight * (weight < 0n ? x.lower : x.upper);
  }
  return fromProducts(lower, upper);
}

/** Mean of intervals, counted as so many. */
export function mean(values: readonly Interval[], count: number): Interval {
  return dividedBy(values.reduce(plus, point(0n)), BigInt(count));
}
