/**
 * The exact factors of a number beside its sign and power of two, written out only when somebody reads
 * them: of most numbers float64 alone shows that they differ.
 *
 * The text is a sorted list, separated by spaces: `*m` is the number m in [1, 2), `√v` is 1/√v, `√v,e` is
 * 1/√(v + e), `(1-s)` is 1 − s, `Σm{…};n{…}` the sum of two numbers near m and n with the factors in braces,
 * `Σ=…` a sum that takes long to say, by a digest of what would have been said, `Σ#n` the n-th of the sums that
 * were not written out at all, and a slash before one of these its inverse. exact.ts reads all but sums.
 */
import { createHash } from 'node:crypto';

type Spelling =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'root'; readonly variance: number; readonly epsilon: number | null }
  | { readonly kind: 'complement'; readonly slope: number }
  | { readonly kind: 'product'; readonly left: Factors; readonly right: Factors }
  | { readonly kind: 'inverse'; readonly of: Factors }
  | { readonly kind: 'sum'; readonly terms: readonly Summand[] }
  | { readonly kind: 'named'; readonly name: number };

/** Sums whose text is longer than this are known by its digest. */
const longest = 400;

/** Starts a factor that is a sum. */
const sumSign = 'Σ';

/** A number near `mid` that is ± 2ᵏ times the factors; `mid` itself where there are none. */
interface Summand {
  readonly mid: number;
  readonly key: Factors | '';
}

/** Magnitude of x with its power of two removed, in [1, 2). */
export function mantissa(x: number): number {
  const magnitude = Math.abs(x);
  return magnitude / 2 ** Math.floor(Math.log2(magnitude));
}

function inverted(factor: string): string {
  return factor.startsWith('/') ? factor.slice(1) : `/${factor}`;
}

/** Sorted; a factor and its inverse are left out. */
function joined(factors: readonly string[]): string {
  const left: string[] = [];
  for (const factor of factors) {
    const opposite = left.indexOf(inverted(factor));
    if (opposite >= 0) left.splice(opposite, 1);
    else left.push(factor);
  }
  return left.length === 0 ? '*1' : left.sort().join(' ');
}

function write(spelling: Spelling): string {
  switch (spelling.kind) {
    case 'number':
      return `*${mantissa(spelling.value)}`;
    case 'root': {
      const { variance, epsilon } = spelling;
      return epsilon === null ? `√${variance}` : `√${variance},${epsilon}`;
    }
    case 'complement':
      return `(1-${spelling.slope})`;
    case 'product': {
      const { left, right } = spelling;
      return joined([...left.text.split(' '), ...right.text.split(' ')]);
    }
    case 'inverse':
      return spelling.of.text.split(' ').map(inverted).sort().join(' ');
    case 'named':
      return `${sumSign}#${spelling.name}`;
    case 'sum': {
      const terms = spelling.terms.map(({ mid, key }) => `${mid}{${textOf(key)}}`);
      const text = terms.sort().join(';').replaceAll(' ', '·');
      if (text.length <= longest) return `${sumSign}${text}`;
      return `${sumSign}=${createHash('sha256').update(text).digest('hex')}`;
    }
  }
}

export class Factors {
  readonly #spelling: Spelling;
  #text: string | null = null;

  constructor(spelling: Spelling) {
    this.#spelling = spelling;
  }

  get text(): string {
    return (this.#text ??= write(this.#spelling));
  }
}

/** '' stands for no factors, null for unknown ones. */
export type Key = Factors | '' | null;

export function textOf(key: Factors | ''): string {
  return key === '' ? '' : key.text;
}

/** Whether two keys are the same known factors. */
export function sameFactors(a: Key, b: Key): boolean {
  if (a === null || b === null) return false;
  return a === b || (a !== '' && b !== '' && a.text === b.text);
}

/** A sum as a factor; null where a term's factors are unknown. */
export function sumOfFactors(
  left: { readonly mid: number; readonly key: Key },
  right: { readonly mid: number; readonly key: Key },
): Key {
  if (left.key === null || right.key === null) return null;
  // Sign and power of two are not the factors' to say, so that multiples of one sum have one name.
  const sum = left.mid + right.mid;
  const unit = Math.sign(sum) / 2 ** Math.floor(Math.log2(Math.abs(sum)));
  const terms = [left, right].map(({ mid, key }) => ({ mid: unit * mid, key: key ?? '' }));
  return new Factors({ kind: 'sum', terms });
}

/** Whether some factor is a sum: such factors are equal where their texts are, and otherwise not decided. */
export function hasSum(text: string): boolean {
  return text.includes(sumSign);
}

/** Factors of a product; null where either side's are unknown. */
export function joinFactors(left: Key, right: Key): Key {
  if (left === null || right === null) return null;
  if (left === '') return right;
  return right === '' ? left : new Factors({ kind: 'product', left, right });
}
