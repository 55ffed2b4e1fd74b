/** What a certificate says of single channels, with names looked up and counts compared. */
import type { TensorId } from '../model/layer.ts';
import type { Pair, Shape } from '../model/shape.ts';
import type { Run, Term } from '../certificate/certificate.ts';
import {
  isHalf,
  Rejected,
  symbolOf,
  tensorOf,
  unknown,
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

export function table(claims: readonly Claim[]): Claims {
  const first = new Int32Array(claims.length + 1);
  for (const [i, { symbols }] of claims.entries()) first[i + 1] = first[i] + symbols.length;
  return {
    first,
    symbols: Int32Array.from(claims.flatMap(({ symbols }) => symbols)),
    channels: Int32Array.from(claims.flatMap(({ channels }) => channels)),
    scales: Float64Array.from(claims.flatMap(({ run }) => run.terms.map(({ scale }) => scale))),
    strides: claims.flatMap(({ run }) => run.terms.map((term) => byOf(term).stride)),
    constants: Float64Array.from(claims, ({ run }) => run.constant),
  };
}

/** The channels of a tensor of the converted model as its step claims them, one by one. */
export function claimsOf(
  runs: readonly Run[],
  { name, shape, id }: { readonly name: string; readonly shape: Shape; readonly id: TensorId },
  original: Side,
  find: (name: string) => TensorId,
): readonly Claim[] {
  const claims: Claim[] = [];
  for (const run of runs) {
    if (run.first !== claims.length) throw new Rejected(`${name}: channels are missing or double`);
    if (run.first + run.count > shape.channels) throw new Rejected(`${name} has fewer channels`);
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
      claims.push(isAny ? free(original, id, channel) : { run, channel, symbols, channels });
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

/** A channel of which nothing is said: a symbol of its own. */
function free({ model }: Side, id: TensorId, channel: number): Claim {
  const one: Term = { tensor: '', channel, scale: 1, half: false, stride: [1, 1] };
  const run: Run = { first: channel, count: 1, rule: 'any', terms: [one], constant: 0 };
  return { run, channel, symbols: [unknown(model, id)], channels: [channel] };
}
