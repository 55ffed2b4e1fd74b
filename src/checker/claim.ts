/** What a certificate says of single channels, with names looked up and counts compared. */
import type { TensorId } from '../model/layer.ts';
import type { Pair, Shape } from '../model/shape.ts';
import type { Run, Term } from '../certificate/certificate.ts';
import {
  isHalf,
  one,
  Rejected,
  symbolOf,
  tensorOf,
  type Claims,
  type Side,
  type SymbolId,
} from './symbols.ts';

/** What one channel is claimed to be. */
export interface Claim {
  readonly run: Run;
  readonly channel: number;
  readonly symbols: readonly SymbolId[];
  readonly channels: readonly number[];
}

/** A tensor that something is claimed of. */
export interface Claimed {
  readonly name: string;
  readonly shape: Shape;
  /** A channel of which nothing is said is this symbol: itself, in the original, and else one of its own. */
  readonly free: SymbolId;
}

/** More terms than this no channel has: sums over them are given a slack for so many. */
const mostTerms = 16;
/** Scales are products of so many others at most: what that rounds is counted with every term (sums.ts). */
const deepest = 16;
const every: Pair = { y: 1, x: 1 };

export function byOf({ scale, stride: [y, x] }: Term): {
  readonly scale: number;
  readonly stride: Pair;
} {
  return { scale, stride: { y, x } };
}

/** Whether the term reads every pixel. */
export function isWhole({ stride }: Term): boolean {
  return stride.every((s) => s === 1);
}

/** Whether every pixel of `shape` is one of `own`, and no pixel of `own` is looked at from outside. */
function covers({ stride: [y, x] }: Term, own: Shape, shape: Shape): boolean {
  const fits = (stride: number, theirs: number, ours: number): boolean =>
    (ours - 1) * stride < theirs && ours * stride >= theirs;
  return fits(y, own.height, shape.height) && fits(x, own.width, shape.width);
}

/** What the argument of relu is, times the symbol whose ReLU is named first: relu(−x) = relu(x) − x. */
export function halfScale({ run: { terms, constant }, symbols, channels }: Claim): number | null {
  const [first, second] = terms;
  if (terms.length === 0 || !isHalf(symbols[0]) || constant !== 0 || !(first.scale > 0))
    return null;
  if (terms.length === 1) return first.scale;
  const isItself =
    symbols[1] === symbols[0] - 1 &&
    channels[1] === channels[0] &&
    second.stride.every((s, axis) => s === first.stride[axis]);
  return terms.length === 2 && isItself && second.scale === -first.scale ? second.scale : null;
}

/** The channels of a tensor as its step claims them, one by one. */
export function claimsOf(
  runs: readonly Run[],
  { name, shape, free }: Claimed,
  original: Side,
  find: (name: string) => TensorId,
): readonly Claim[] {
  const claims: Claim[] = [];
  for (const run of runs) {
    if (run.first !== claims.length) throw new Rejected(`${name}: channels are missing or double`);
    if (run.first + run.count > shape.channels) throw new Rejected(`${name} has fewer channels`);
    if (run.terms.length > mostTerms) throw new Rejected(`${name} has too many terms`);
    const symbols = run.terms.map((term) => symbolIn(original, term, find));
    for (const [k, term] of run.terms.entries()) {
      const own = original.model.tensors[tensorOf(symbols[k])].shape;
      if (term.channel + run.count > own.channels || !covers(term, own, shape)) {
        throw new Rejected(`${name}: ${term.tensor} does not fit`);
      }
    }
    for (let i = 0; i < run.count; i++) {
      const channel = run.first + i;
      const channels = run.terms.map((term) => term.channel + i);
      const isAny = run.rule === 'any';
      claims.push(isAny ? unclaimed(free, channel) : { run, channel, symbols, channels });
    }
  }
  if (claims.length !== shape.channels) throw new Rejected(`${name}: channels are missing`);
  return claims;
}

function symbolIn(original: Side, term: Term, find: (name: string) => TensorId): SymbolId {
  const id = find(term.tensor);
  if (!term.half && original.claims[id] === undefined)
    throw new Rejected(`${term.tensor} is not named`);
  return symbolOf(id, term.half);
}

function unclaimed(free: SymbolId, channel: number): Claim {
  const itself: Term = { tensor: '', channel, scale: 1, half: false, stride: [1, 1] };
  const run: Run = { first: channel, count: 1, rule: 'any', terms: [itself], constant: 0 };
  return { run, channel, symbols: [free], channels: [channel] };
}

/** Claims as rows, in symbols of which no fact says what else they are. */
export function table(claims: readonly Claim[], { claims: facts, relus }: Side): Claims {
  const first = new Int32Array(claims.length + 1);
  const symbols: SymbolId[] = [];
  const channels: number[] = [];
  const scales: number[] = [];
  const strides: Pair[] = [];
  let depth = 0;
  const put = (symbol: SymbolId, channel: number, scale: number, stride: Pair): void => {
    if (!(Math.abs(scale) > 2 ** -300 && Math.abs(scale) < 2 ** 300)) {
      throw new Rejected('a scale is out of range');
    }
    symbols.push(symbol);
    channels.push(channel);
    scales.push(scale);
    strides.push(stride);
  };
  for (const [i, claim] of claims.entries()) {
    const { terms, constant } = claim.run;
    for (const [k, term] of terms.entries()) {
      const channel = claim.channels[k];
      const symbol = made(relus, claim.symbols[k]);
      const { scale, stride } = byOf(term);
      const known = facts[tensorOf(symbol)];
      const row = known === undefined ? [] : rowOf(known, channel);
      // The ReLU of a number is one.
      const isNumber = row.length === 0 || (row.length === 1 && known?.symbols[row[0]] === one);
      if (known === undefined || (isHalf(symbol) && !isNumber)) {
        put(symbol, channel, scale, stride);
        continue;
      }
      depth = Math.max(depth, known.depth + 1);
      for (const at of row) {
        const { y, x } = known.strides[at];
        const value = known.scales[at];
        if (isHalf(symbol) && value < 0) continue;
        const both = known.symbols[at] === one ? every : { y: stride.y * y, x: stride.x * x };
        put(known.symbols[at], known.channels[at], scale * value, both);
      }
    }
    if (constant !== 0) put(one, 0, constant, every);
    first[i + 1] = symbols.length;
    if (first[i + 1] - first[i] > mostTerms + 1) throw new Rejected('a channel has too many terms');
  }
  if (depth > deepest) throw new Rejected('facts rest on too many others');
  return {
    first,
    symbols: Int32Array.from(symbols),
    channels: Int32Array.from(channels),
    scales: Float64Array.from(scales),
    strides,
    depth,
  };
}

/** A half that a layer makes is what that makes. */
export function made(relus: Side['relus'], symbol: SymbolId): SymbolId {
  const relu = isHalf(symbol) ? relus[tensorOf(symbol)] : undefined;
  return relu === undefined ? symbol : symbolOf(relu, false);
}

export function rowOf({ first }: Claims, channel: number): readonly number[] {
  return Array.from({ length: first[channel + 1] - first[channel] }, (_, k) => first[channel] + k);
}
