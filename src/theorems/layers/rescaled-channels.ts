/** Channels scaled, and the weights that read them scaled back. */
import { fun, type Term } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { equal, one, times } from '../notation.ts';
import { range } from '../sums.ts';
import { convolution, tap, type Kernel, type Tensor } from '../tensors.ts';
import { tripleCongruent } from '../triple-sums.ts';
import { allBelow, eachBelow } from './all-below.ts';
import {
  assumption,
  C,
  c,
  counts,
  countTyping,
  i,
  j,
  kernel,
  kh,
  kw,
  o,
  p,
  q,
  smallSizes,
  termsOf,
  window,
} from './letters.ts';

const K = kernel('K');
const x: Tensor = fun('x');
const [a, back] = [fun('a'), fun('back')];
const scaled: Tensor = (channel, ...place) => times(a(channel), x(channel, ...place));
const unscaled: Kernel = (output, input, ...place) =>
  times(K(output, input, ...place), back(input));
const cancels = (channel: Term): Term => equal(times(back(channel), a(channel)), one);

function at(weights: Kernel, input: Tensor): Term {
  return convolution({ weights, input, channels: C, window })(o, p, q);
}

export const rescaledChannels: Entry = {
  name: 'rescaled-channels',
  says: 'A convolution of scaled channels with its weights scaled back is the convolution.',
  source: 'formal-core, canonical atoms: positive scales come out',
  statement: {
    hypotheses: [
      countTyping,
      assumption({
        label: 'scaled-back',
        meaning: 'the factors of each channel multiply to one',
        term: allBelow(C, cancels),
        breaksAt: { ...smallSizes, C: 1, kh: 1, o: 0, q: 0, py: 0, px: 0 },
      }),
    ],
    conclusion: equal(at(unscaled, scaled), at(K, x)),
  },
  prove: async (proof, library) => {
    const each = await library.theorem('all-below');
    const { hypotheses, conclusion } = rescaledChannels.statement;
    const pixel = (of: Tensor): Term => of(c, ...tap(window, [p, q], [i, j]));
    // One factor at a time: K·(back·a)·x, and back·a is one.
    const product = times(times(K(o, c, i, j), pixel(x)), times(back(c), a(c)));
    const arranged = await proof.show('factors', {
      hypotheses: [],
      conclusion: equal(times(unscaled(o, c, i, j), pixel(scaled)), product),
    });
    const term = await proof.show(
      'term',
      {
        hypotheses: [...termsOf({ hypotheses }), ...range(c, C), ...range(i, kh), ...range(j, kw)],
        conclusion: equal(
          times(unscaled(o, c, i, j), pixel(scaled)),
          times(K(o, c, i, j), pixel(x)),
        ),
      },
      [arranged, eachBelow(each, { count: C, at: c, holds: cancels })],
    );
    return proof.show('convolution', { hypotheses: termsOf({ hypotheses }), conclusion }, [
      tripleCongruent(await library.sums(), term, [c, i, j], counts),
    ]);
  },
  sizes: [{ ...smallSizes, kh: 1 }],
};
