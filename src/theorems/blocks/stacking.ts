/**
 * Tensors and kernels put side by side: what a converted layer is made of.
 *
 * The reserved part comes first, `count` channels of it; the branch's own follows, with its channels counted
 * from zero as in the original.
 */
import { int, type Term } from '../../logic/term.ts';
import { ite, less, minus, times, zero } from '../notation.ts';
import type { Kernel, Tensor, Vector, Window } from '../tensors.ts';
import { diracAt } from '../triple-sums.ts';

/** `first` for k < count, `second` at k − count from there on. */
export function choose(count: Term, k: Term, first: Term, second: (own: Term) => Term): Term {
  return ite(less(k, count), first, second(minus(k, count)));
}

export function besides(count: Term, first: Vector, second: Vector): Vector {
  return (k) => choose(count, k, first(k), second);
}

/** Channels of `first`, then those of `second`. */
export function concat(count: Term, first: Tensor, second: Tensor): Tensor {
  return (k, p, q) => choose(count, k, first(k, p, q), (own) => second(own, p, q));
}

/** Output channels of `first`, then those of `second`: [first; second]. */
export function rows(count: Term, first: Kernel, second: Kernel): Kernel {
  return (o, c, i, j) => choose(count, o, first(o, c, i, j), (own) => second(own, c, i, j));
}

/** Input channels of `first`, then those of `second`: [first | second]. */
export function columns(count: Term, first: Kernel, second: Kernel): Kernel {
  return (o, c, i, j) => choose(count, c, first(o, c, i, j), (own) => second(o, own, i, j));
}

/** The two kernels along the diagonal: reserved channels read reserved channels, the branch the branch. */
export function blockDiagonal(count: Term, first: Kernel, second: Kernel): Kernel {
  const nothing: Kernel = () => zero;
  return rows(count, columns(count, first, nothing), columns(count, nothing, second));
}

/** The tap of a kernel that reads the pixel itself. */
export type Centre = readonly [row: Term, column: Term];

/** factor(o) at the centre tap of channel source(o), zero elsewhere. */
export function dirac(
  [ci, cj]: Centre,
  source: Vector = (o) => o,
  factor: Vector | null = null,
): Kernel {
  return (o, c, i, j) => {
    const entry = diracAt([
      [c, source(o)],
      [i, ci],
      [j, cj],
    ]);
    return factor === null ? entry : times(factor(o), entry);
  };
}

/** A 1×1 kernel in the centre tap of a larger one. */
export function centred([ci, cj]: Centre, weight: (o: Term, c: Term) => Term): Kernel {
  return (o, c, i, j) =>
    times(
      diracAt([
        [i, ci],
        [j, cj],
      ]),
      weight(o, c),
    );
}

/** Padding such that the centre tap reads the pixel itself (the stride's multiple of it). */
export function keepingCentre(
  { size, stride, dilation }: Omit<Window, 'padding'>,
  centre: Centre,
): Window {
  const padding = [times(centre[0], dilation[0]), times(centre[1], dilation[1])] as const;
  return { size, stride, dilation, padding };
}

/** A 1×1 window; its centre is its only tap. */
export function pointwise(stride: Window['stride'] = [int(1), int(1)]): Window {
  const unit = [int(1), int(1)] as const;
  return keepingCentre({ size: unit, stride, dilation: unit }, origin);
}

export const origin: Centre = [int(0), int(0)];
