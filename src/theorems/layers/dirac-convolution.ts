/**
 * A Dirac convolution reads one pixel of one channel.
 *
 * Any kernel size, odd or even, with its centre anywhere; stride becomes subsampling. The padding has to be
 * what the centre reaches back, or the pixel read is another one.
 */
import { symbol } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Entry } from '../entry.ts';
import { and, equal, times, within } from '../notation.ts';
import { convolution, tap, tensor, type Window } from '../tensors.ts';
import { diracAt, ofTriple } from '../triple-sums.ts';

const integer = (name: string) => symbol('Int', name);
const [C, H, W, kh, kw] = ['C', 'H', 'W', 'kh', 'kw'].map(integer);
const [o, p, q, ci, cj] = ['o', 'p', 'q', 'ci', 'cj'].map(integer);
const window: Window = {
  size: [kh, kw],
  stride: [integer('sy'), integer('sx')],
  dilation: [integer('dy'), integer('dx')],
  padding: [integer('py'), integer('px')],
};
const x = tensor('x', H, W);
const converted = convolution({
  weights: (out, c, i, j) =>
    diracAt([
      [c, out],
      [i, ci],
      [j, cj],
    ]),
  input: x,
  channels: C,
  window,
});

export const diracConvolution: Entry = {
  name: 'dirac-convolution',
  says: 'A convolution with a Dirac kernel is the identity, subsampled by its stride.',
  source: 'arXiv 2111.00687, reserve',
  statement: {
    hypotheses: [
      { kind: 'typing', term: within(o, C) },
      { kind: 'typing', term: and(within(ci, kh), within(cj, kw)) },
      {
        kind: 'assumption',
        label: 'centred',
        meaning: 'the padding is what the centre of the kernel reaches back',
        term: and(
          equal(window.padding[0], times(ci, window.dilation[0])),
          equal(window.padding[1], times(cj, window.dilation[1])),
        ),
        breaksAt: {
          C: 1,
          H: 2,
          W: 2,
          kh: 1,
          kw: 1,
          o: 0,
          ci: 0,
          cj: 0,
          p: 0,
          q: 0,
          sy: 1,
          sx: 1,
          dy: 1,
          dx: 1,
          py: 1,
          px: 0,
        },
      },
    ],
    conclusion: equal(
      converted(o, p, q),
      x(o, times(p, window.stride[0]), times(q, window.stride[1])),
    ),
  },
  prove: async (proof, library) => {
    const { dirac } = await library.triples();
    const read = ofTriple((c, i, j) => x(c, ...tap(window, [p, q], [i, j])));
    const lemma = instance(dirac, { f: read, c0: o, i0: ci, j0: cj });
    const { hypotheses, conclusion } = diracConvolution.statement;
    return proof.show(
      'convolution',
      { hypotheses: hypotheses.map(({ term }) => term), conclusion },
      [lemma],
    );
  },
  sizes: [
    {
      C: 2,
      H: 3,
      W: 2,
      kh: 3,
      kw: 2,
      o: 1,
      ci: 1,
      cj: 0,
      p: 0,
      q: 1,
      sy: 2,
      sx: 1,
      dy: 1,
      dx: 2,
      py: 1,
      px: 0,
    },
  ],
};
