/**
 * The letters in which theorems about blocks are written, and the steps their proofs are made of.
 *
 * Each lemma is about one convolution: C input channels, a kernel of kh × kw taps with any stride and dilation,
 * whose tap (ci, cj) reads the pixel itself. Tensors are arbitrary functions, zero outside a domain or not,
 * so that layers can take their place.
 */
import { int, lambda, symbol, type Lambda, type Term } from '../../logic/term.ts';
import type { Theorem } from '../../logic/theorem.ts';
import type { Entry, Hypothesis, Library } from '../entry.ts';
import { atMost, equal, times, within } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { range } from '../sums.ts';
import { tap, convolution, type Kernel, type Tensor, type Window } from '../tensors.ts';
import { tripleCongruent } from '../triple-sums.ts';
import { keepingCentre } from './stacking.ts';

export type Three = readonly [Term, Term, Term];
/** A function of three indices, of whatever kind. */
export type Body = (c: Term, i: Term, j: Term) => Term;

export const integer = (name: string): Term => symbol('Int', name);
export const typing = (term: Term): Hypothesis => ({ kind: 'typing', term });
export const notNegative = (count: Term): Term => atMost(int(0), count);

/** Indices for congruences; no statement has these names. */
export const at: Three = [integer('c'), integer('i'), integer('j')];

/** The names and order that the lemmas of triple sums have. */
export const [C, kh, kw] = ['C', 'kh', 'kw'].map(integer);
export const [ci, cj, p, q] = ['ci', 'cj', 'p', 'q'].map(integer);
export const centreOf = [ci, cj] as const;

export const window: Window = keepingCentre(
  {
    size: [kh, kw],
    stride: [integer('sy'), integer('sx')],
    dilation: [integer('dy'), integer('dx')],
  },
  [ci, cj],
);
export const small = { kh: 2, kw: 1, ci: 1, cj: 0, sy: 2, sx: 1, dy: 1, dx: 2, p: 0, q: 1 };

/** 0 ≤ c, c < C, 0 ≤ i, i < kh, 0 ≤ j, j < kw: what a congruence gives its premise. */
function ranges([channels, height, width]: Three): readonly Term[] {
  return [...range(at[0], channels), ...range(at[1], height), ...range(at[2], width)];
}

export interface Context {
  readonly proof: Proof;
  readonly library: Library;
}

/** Γ, 0 ≤ C, … ⊢ ΣΣΣ left = ΣΣΣ right, where Γ and the ranges give left = right from `lemmas`. */
export async function equalSums(
  { proof, library }: Context,
  step: string,
  of: {
    readonly counts: Three;
    readonly left: Body;
    readonly right: Body;
    readonly hypotheses?: readonly Term[];
    readonly lemmas?: readonly Theorem[];
  },
): Promise<Theorem> {
  const hypotheses = [...(of.hypotheses ?? []), ...ranges(of.counts)];
  const conclusion = equal(of.left(...at), of.right(...at));
  const premise = await proof.show(step, { hypotheses, conclusion }, of.lemmas);
  return tripleCongruent(await library.sums(), premise, at, of.counts);
}

export const kernelRange = [within(ci, kh), within(cj, kw)];

/** The pixel that the centre tap reads for output position (p, q). */
export const centre = [times(p, window.stride[0]), times(q, window.stride[1])] as const;

export const terms = ({ statement }: Entry): readonly Term[] =>
  statement.hypotheses.map(({ term }) => term);

/** The term of the convolution at output `out`. */
export function product(weights: Kernel, input: Tensor, out: Term): Body {
  return (c, i, j) => times(weights(out, c, i, j), input(c, ...tap(window, [p, q], [i, j])));
}

/** The convolution at output `out` and position (p, q). */
export function conv(weights: Kernel, input: Tensor, channels: Term, out: Term): Term {
  return convolution({ weights, input, channels, window })(out, p, q);
}

/** As an entry's theorem is: its statement, shown from lemmas. */
export function conclude(
  entry: Entry,
  { proof }: Context,
  lemmas: readonly Theorem[],
): Promise<Theorem> {
  const { conclusion } = entry.statement;
  return proof.show('conclusion', { hypotheses: terms(entry), conclusion }, lemmas);
}

/** A kernel, for `instance`. */
export function kernelOf(kernel: Kernel): Lambda {
  return lambda(['Int', 'Int', 'Int', 'Int'], kernel);
}

/** What the lemmas' letters are for a convolution, at an output position. */
export function lettersOf(
  layer: { readonly window: Window; readonly centre: readonly [Term, Term] },
  [row, column]: readonly [Term, Term],
): Readonly<Record<string, Term>> {
  const { size, stride, dilation } = layer.window;
  return {
    kh: size[0],
    kw: size[1],
    sy: stride[0],
    sx: stride[1],
    dy: dilation[0],
    dx: dilation[1],
    ci: layer.centre[0],
    cj: layer.centre[1],
    p: row,
    q: column,
  };
}

/** A matrix, for `instance`. */
export function asMatrix(matrix: (m: Term, c: Term) => Term): Lambda {
  return lambda(['Int', 'Int'], matrix);
}
