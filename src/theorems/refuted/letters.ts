/**
 * The letters of wrong statements: C channels of H×W pixels; output channel o at row p and column q; kernels of
 * kh×kw taps.
 */
import { fun, int, real, sum, symbol, type Term } from '../../logic/term.ts';
import type { Sizes, Typing } from '../entry.ts';
import { add, and, atMost, equal, ite, less, minus, one, times, zero } from '../notation.ts';
import { convolution, tensor, type Kernel, type Tensor, type Window } from '../tensors.ts';

export const integer = (name: string): Term => symbol('Int', name);
export const number = (name: string): Term => symbol('Real', name);

export const [C, M, H, W, kh] = ['C', 'M', 'H', 'W', 'kh'].map(integer);
const kw = integer('kw');
/** Output channel, row, column; channels of a group. */
export const [o, p, q, w] = ['o', 'p', 'q', 'w'].map(integer);
export const [sy, sx, py, px] = ['sy', 'sx', 'py', 'px'].map(integer);
/** A value, before and after some layer. */
export const t = number('t');
export const six = real(6);

export const window: Window = {
  size: [kh, kw],
  stride: [sy, sx],
  dilation: [int(1), int(1)],
  padding: [py, px],
};
/** Of one tap. */
const pointwise: Window = {
  size: [int(1), int(1)],
  stride: [int(1), int(1)],
  dilation: [int(1), int(1)],
  padding: [int(0), int(0)],
};

/** What a layer or block reads. */
export const x = tensor('x', H, W);
/** Kernels, and a bias for each channel. */
export const K = fun('K');
export const V = fun('V');
export const b = fun('b');

/** Over all channels, with the window of these letters. */
export function conv(weights: Kernel, input: Tensor, of: Partial<Window> = {}): Tensor {
  return convolution({ weights, input, channels: C, window: { ...window, ...of } });
}

/** Of one tap, from so many channels. */
export function conv1(weights: Kernel, input: Tensor, channels: Term = C): Tensor {
  return convolution({ weights, input, channels, window: pointwise });
}

export function typing(term: Term): Typing {
  return { kind: 'typing', term };
}

/** 1 where the condition holds, 0 elsewhere. */
export const indicator = (condition: Term): Term => ite(condition, one, zero);

/** The condition holds for every index below the count. */
export function forAll(count: Term, condition: (index: Term) => Term): Term {
  return equal(
    sum(count, (index) => ite(condition(index), zero, one)),
    zero,
  );
}

/** Every tap of the window reads inside the image. */
export const interior: Term = and(
  atMost(int(0), minus(times(p, sy), py)),
  less(add(minus(times(p, sy), py), minus(kh, int(1))), H),
  atMost(int(0), minus(times(q, sx), px)),
  less(add(minus(times(q, sx), px), minus(kw, int(1))), W),
);

/** Windows of 3×1 taps, centred, on an image of 3×1. */
export const column: Sizes = { H: 3, W: 1, kh: 3, kw: 1, sy: 1, sx: 1, py: 1, px: 0 };
