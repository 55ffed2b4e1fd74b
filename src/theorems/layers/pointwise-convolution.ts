/** A 1×1 convolution is a sum over channels alone: a matrix at every pixel. */
import { fun, int, sum, type Term } from '../../logic/term.ts';
import { emptySum, instance, nextSum } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { atMost, equal, times } from '../notation.ts';
import { congruent, ofIndex, range } from '../sums.ts';
import { convolution, tap, type Tensor, type Window } from '../tensors.ts';
import { C, c, o, p, q, smallSizes, source, typing, window } from './letters.ts';

/** A weight of a 1×1 convolution: of output channel and input channel. */
export type Matrix = (output: Term, input: Term) => Term;

/** Σ_c V(o,c) · x(channel(o,c), p·stride, q·stride) */
export function pointwise(of: {
  readonly weights: Matrix;
  readonly input: Tensor;
  readonly channels: Term;
  readonly stride?: readonly [Term, Term];
  readonly channel?: (output: Term, c: Term) => Term;
}): Tensor {
  const { weights, input, channels, channel = (_, k) => k } = of;
  const [sy, sx] = of.stride ?? [int(1), int(1)];
  return (output, row, column) =>
    sum(channels, (k) =>
      times(weights(output, k), input(channel(output, k), times(row, sy), times(column, sx))),
    );
}

const V = fun('V');
const x = fun('x');
const single: Window = {
  size: [int(1), int(1)],
  stride: window.stride,
  dilation: window.dilation,
  padding: [int(0), int(0)],
};
const asConvolution = convolution({
  weights: (output, input) => V(output, input),
  input: x,
  channels: C,
  window: single,
  channel: source,
});
const asMatrix = pointwise({
  weights: V,
  input: x,
  channels: C,
  stride: window.stride,
  channel: source,
});

export const pointwiseConvolution: Entry = {
  name: 'pointwise-convolution',
  says: 'A 1×1 convolution without padding is a matrix at every pixel its stride keeps.',
  source: 'definition of the convolution',
  statement: {
    hypotheses: [typing(atMost(int(0), C))],
    conclusion: equal(asConvolution(o, p, q), asMatrix(o, p, q)),
  },
  prove: async (proof, library) => {
    const sums = await library.sums();
    const h = fun('h');
    const alone = await proof.show(
      'a sum of one term',
      { hypotheses: [], conclusion: equal(sum(int(1), h), h(int(0))) },
      [emptySum(), instance(nextSum(), { n: int(0) })],
    );
    const term = (i: Term, j: Term): Term =>
      times(V(o, c), x(source(o, c), ...tap(single, [p, q], [i, j])));
    const row = (i: Term): Term => sum(int(1), (j) => term(i, j));
    const [sy, sx] = window.stride;
    const channel = await proof.show(
      'one channel',
      {
        hypotheses: range(c, C),
        conclusion: equal(
          sum(int(1), row),
          times(V(o, c), x(source(o, c), times(p, sy), times(q, sx))),
        ),
      },
      [
        instance(alone, { h: ofIndex(row) }),
        instance(alone, { h: ofIndex((j) => term(int(0), j)) }),
      ],
    );
    return congruent(sums, channel, c, C);
  },
  sizes: [smallSizes],
};
