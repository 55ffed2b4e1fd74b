/**
 * The letters that statements about layers share, and their small sizes.
 *
 * Theorems use one letter for one thing, so that the conclusion of one fits the next without renaming: C input
 * channels of H×W pixels, kernels K of kh×kw taps, output o at row p and column q.
 */
import { fun, int, symbol, type Term } from '../../logic/term.ts';
import type { Assumption, Hypothesis, Sizes, Statement, Typing } from '../entry.ts';
import { and, add, atMost, less, minus, times } from '../notation.ts';
import type { Kernel, Window } from '../tensors.ts';

export const integer = (name: string): Term => symbol('Int', name);

export const [C, H, W, kh, kw] = ['C', 'H', 'W', 'kh', 'kw'].map(integer);
export const [o, p, q] = ['o', 'p', 'q'].map(integer);
/** The indices of the three sums of a convolution. */
export const [c, i, j] = ['c', 'i', 'j'].map(integer);

export const window: Window = {
  size: [kh, kw],
  stride: [integer('sy'), integer('sx')],
  dilation: [integer('dy'), integer('dx')],
  padding: [integer('py'), integer('px')],
};

/** Weights that may be anything. */
export function kernel(name: string): Kernel {
  return fun(name);
}

/** The channel of the input that output o's c-th weight reads; any function, so any grouping. */
export const source = fun('source', 'Int');

export const counts: readonly [Term, Term, Term] = [C, kh, kw];

export const notNegative = (...terms: readonly Term[]): Term =>
  and(...terms.map((term) => atMost(int(0), term)));

export function typing(term: Term): Typing {
  return { kind: 'typing', term };
}

export function assumption(of: Omit<Assumption, 'kind'>): Assumption {
  return { kind: 'assumption', ...of };
}

export function termsOf({ hypotheses }: Pick<Statement, 'hypotheses'>): readonly Term[] {
  return hypotheses.map(({ term }) => term);
}

/** The counts of a convolution are not negative. */
export const countTyping: Hypothesis = typing(notNegative(...counts));

/** At output position (p, q) every tap reads inside the domain. */
export function interior({ size, stride, dilation, padding }: Window): Term {
  const along = (axis: 0 | 1, at: Term, extent: Term): Term => {
    const last = times(minus(size[axis], int(1)), dilation[axis]);
    const from = minus(times(at, stride[axis]), padding[axis]);
    return and(atMost(int(0), from), less(add(from, last), extent));
  };
  return and(along(0, p, H), along(1, q, W));
}

/** Two channels, 2×1 taps, a stride, a dilation and a padding that show. */
export const smallSizes: Sizes = {
  C: 2,
  H: 3,
  W: 2,
  kh: 2,
  kw: 1,
  o: 1,
  p: 1,
  q: 1,
  sy: 1,
  sx: 2,
  dy: 2,
  dx: 1,
  py: 1,
  px: 1,
};
