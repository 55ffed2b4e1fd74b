/** A padding layer before a convolution is padding of the convolution. */
import type { Entry } from '../entry.ts';
import { symbol, type Term } from '../../logic/term.ts';
import { add, and, equal, ite, minus, times, within, zero } from '../notation.ts';
import { range } from '../sums.ts';
import { convolution, inside, tap, tensor, type Tensor, type Window } from '../tensors.ts';
import { tripleCongruent } from '../triple-sums.ts';
import {
  assumption,
  C,
  c,
  countTyping,
  H,
  i,
  integer,
  j,
  kernel,
  kh,
  kw,
  notNegative,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  typing,
  W,
  window,
} from './letters.ts';

const [above, below, left, right] = ['above', 'below', 'left', 'right'].map(integer);
/** What the padding layer writes. */
const v = symbol('Real', 'v');
const x = tensor('x', H, W);
const K = kernel('K');
const moved: Tensor = (channel, row, column) => {
  const [y, z] = [minus(row, above), minus(column, left)];
  return ite(and(within(y, H), within(z, W)), x(channel, y, z), v);
};
const padded = inside(moved, add(above, H, below), add(left, W, right));
const more: Window = {
  ...window,
  padding: [add(window.padding[0], above), add(window.padding[1], left)],
};
const before = convolution({ weights: K, input: padded, channels: C, window });
const after = convolution({ weights: K, input: x, channels: C, window: more });

export const explicitPadding: Entry = {
  name: 'explicit-padding',
  says: 'Zeros written by a padding layer are zeros a convolution pads with.',
  source: 'definition of zero padding',
  statement: {
    hypotheses: [
      countTyping,
      typing(notNegative(above, below, left, right)),
      assumption({
        label: 'zeros',
        meaning: 'the layer pads with zero',
        term: equal(v, zero),
      }),
    ],
    conclusion: equal(before(o, p, q), after(o, p, q)),
  },
  prove: async (proof, library) => {
    const { hypotheses, conclusion } = explicitPadding.statement;
    const [, sides, zeros] = termsOf({ hypotheses });
    const value = (input: Tensor, by: Window): Term =>
      times(K(o, c, i, j), input(c, ...tap(by, [p, q], [i, j])));
    const term = await proof.show('term', {
      hypotheses: [sides, zeros, ...range(c, C), ...range(i, kh), ...range(j, kw)],
      conclusion: equal(value(padded, window), value(x, more)),
    });
    return proof.show('convolution', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      tripleCongruent(await library.sums(), term, [c, i, j], [C, kh, kw]),
    ]);
  },
  sizes: [{ ...smallSizes, p: 0, q: 0, py: 0, px: 0, above: 1, below: 0, left: 1, right: 1 }],
};
