/**
 * Tensors and layers as terms: a tensor is a function of channel, row and column; a layer makes one of another.
 *
 * A tensor is zero outside its domain (src/semantics says the same in numbers), so zero padding is reading
 * outside. Shapes, strides and everything else may be symbols: a statement written with these holds for all.
 * What a convolution computes is not written here but in src/formula/.
 */
import { convolution as formula } from '../formula/positional.ts';
import { translate } from '../formula/translate.ts';
import { fun, sum, type Term } from '../logic/term.ts';
import { add, minus, times, where, within, and } from './notation.ts';

/** The value at a channel, row and column, zero outside the domain. */
export type Tensor = (channel: Term, row: Term, column: Term) => Term;

/** A weight: of output channel, input channel (within the group), tap row, tap column. */
export type Kernel = (output: Term, input: Term, row: Term, column: Term) => Term;

export type Vector = (channel: Term) => Term;

export interface Window {
  /** Rows and columns of the kernel. */
  readonly size: readonly [Term, Term];
  readonly stride: readonly [Term, Term];
  readonly dilation: readonly [Term, Term];
  /** Rows above and columns to the left. */
  readonly padding: readonly [Term, Term];
}

/** An arbitrary tensor of a height and width: a function symbol inside, zero outside. */
export function tensor(name: string, height: Term, width: Term): Tensor {
  return inside(fun(name), height, width);
}

/** A tensor restricted to a domain: what a layer does that writes nowhere else. */
export function inside(values: Tensor, height: Term, width: Term): Tensor {
  return (c, p, q) => where(and(within(p, height), within(q, width)), values(c, p, q));
}

/** The position that tap (i, j) reads for output position (p, q). */
export function tap(
  { stride, dilation, padding }: Window,
  [p, q]: readonly [Term, Term],
  [i, j]: readonly [Term, Term],
): readonly [Term, Term] {
  const along = (axis: 0 | 1, at: Term, offset: Term): Term =>
    minus(add(times(at, stride[axis]), times(offset, dilation[axis])), padding[axis]);
  return [along(0, p, i), along(1, q, j)];
}

/** Σ_c Σ_i Σ_j weight(o,c,i,j) · input(channel(o,c), tap); `channels` is how many each output reads. */
export function convolution(of: {
  readonly weights: Kernel;
  readonly input: Tensor;
  readonly channels: Term;
  readonly window: Window;
  /** The input channel that is the c-th of output o's group; c itself without groups. */
  readonly channel?: (output: Term, c: Term) => Term;
}): Tensor {
  const { weights, input, channels, window, channel = (_, c) => c } = of;
  const { size, stride, dilation, padding } = window;
  const symbols = {
    C: channels,
    ...perAxis('k', size),
    ...perAxis('s', stride),
    ...perAxis('d', dilation),
    ...perAxis('p', padding),
  };
  const functions = { w: weights, x: input, group: channel };
  return (o, p, q) => translate(formula, { symbols: { ...symbols, o, p, q }, functions });
}

/** A letter of a formula for each axis. */
export function perAxis(
  letter: string,
  [y, x]: readonly [Term, Term],
): Readonly<Record<string, Term>> {
  return { [`${letter}_y`]: y, [`${letter}_x`]: x };
}

/** Σ_{c<C} Σ_{i<kh} Σ_{j<kw} body */
export function tripleSum(
  [channels, height, width]: readonly [Term, Term, Term],
  body: (c: Term, i: Term, j: Term) => Term,
): Term {
  return sum(channels, (c) => sum(height, (i) => sum(width, (j) => body(c, i, j))));
}
