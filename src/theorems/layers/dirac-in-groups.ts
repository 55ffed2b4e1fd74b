/**
 * Dirac kernels of grouped and depthwise convolutions.
 *
 * Output o = a·v + s of group a, with v outputs and w inputs a group, reads input a·w + d. It is the identity
 * where the Dirac's place d is the output's place s in its group (o mod v, not o) and groups are as wide going
 * out as coming in.
 */
import { int } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import type { Assumption, Entry } from '../entry.ts';
import { add, and, equal, times, within } from '../notation.ts';
import { convolution, tap, tensor } from '../tensors.ts';
import { diracAt, ofTriple } from '../triple-sums.ts';
import { assumption, H, integer, kh, kw, o, p, q, termsOf, typing, W, window } from './letters.ts';

const [a, v, w, s, d, ci, cj] = ['a', 'v', 'w', 's', 'd', 'ci', 'cj'].map(integer);
const x = tensor('x', H, W);
const pixel = x(o, times(p, window.stride[0]), times(q, window.stride[1]));
const centre = typing(and(within(ci, kh), within(cj, kw)));

const grouped = convolution({
  weights: (_, c, i, j) =>
    diracAt([
      [c, d],
      [i, ci],
      [j, cj],
    ]),
  input: x,
  channels: w,
  window,
  channel: (_, c) => add(times(a, w), c),
});

const sizes = {
  H: 3,
  W: 2,
  kh: 3,
  kw: 2,
  p: 0,
  q: 1,
  ci: 1,
  cj: 0,
  sy: 2,
  sx: 1,
  dy: 1,
  dx: 2,
  py: 1,
  px: 0,
};
const groups = { ...sizes, a: 1, v: 2, w: 2, s: 1, d: 1, o: 3 };
/** A 1×1 kernel on two rows, padded where it should not be. */
const offCentre = { H: 2, W: 2, kh: 1, kw: 1, ci: 0, p: 0, sy: 1, py: 1 };

function centred(of: Required<Pick<Assumption, 'breaksAt'>>): Assumption {
  return assumption({
    label: 'centred',
    meaning: 'the padding is what the centre of the kernel reaches back',
    term: and(
      equal(window.padding[0], times(ci, window.dilation[0])),
      equal(window.padding[1], times(cj, window.dilation[1])),
    ),
    ...of,
  });
}

export const groupedDirac: Entry = {
  name: 'dirac-convolution-grouped',
  says: 'A grouped convolution is the identity where each output has a Dirac at its place in its group.',
  source: 'rm-blocks, RMNeXt and RepVGG; the grouped identity index',
  statement: {
    hypotheses: [
      typing(and(within(d, w), within(s, v))),
      typing(equal(o, add(times(a, v), s))),
      centre,
      assumption({
        label: 'in-group',
        meaning: "the Dirac is at the output's place within its group",
        term: equal(d, s),
        breaksAt: { ...groups, s: 0, o: 2 },
      }),
      assumption({
        label: 'as-wide',
        meaning: 'a group has as many outputs as inputs',
        term: equal(v, w),
        breaksAt: { ...groups, v: 1, s: 0, d: 0, o: 1 },
      }),
      centred({ breaksAt: { ...groups, ...offCentre } }),
    ],
    conclusion: equal(grouped(o, p, q), pixel),
  },
  prove: async (proof, library) => {
    const { dirac } = await library.triples();
    const read = ofTriple((c, i, j) => x(add(times(a, w), c), ...tap(window, [p, q], [i, j])));
    const { statement } = groupedDirac;
    return proof.show(
      'convolution',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [instance(dirac, { C: w, f: read, c0: d, i0: ci, j0: cj })],
    );
  },
  sizes: [groups],
};

const depthwise = convolution({
  weights: (_, c, i, j) =>
    diracAt([
      [c, int(0)],
      [i, ci],
      [j, cj],
    ]),
  input: x,
  channels: int(1),
  window,
  channel: (output, c) => add(output, c),
});

export const depthwiseDirac: Entry = {
  name: 'dirac-convolution-depthwise',
  says: 'A depthwise convolution with a Dirac kernel is the identity, subsampled by its stride.',
  source: 'rm-blocks, InvertedResidual',
  statement: {
    hypotheses: [centre, centred({ breaksAt: { ...sizes, ...offCentre, o: 0 } })],
    conclusion: equal(depthwise(o, p, q), pixel),
  },
  prove: async (proof, library) => {
    const { dirac } = await library.triples();
    const read = ofTriple((c, i, j) => x(add(o, c), ...tap(window, [p, q], [i, j])));
    const { statement } = depthwiseDirac;
    return proof.show(
      'convolution',
      { hypotheses: termsOf(statement), conclusion: statement.conclusion },
      [instance(dirac, { C: int(1), f: read, c0: int(0), i0: ci, j0: cj })],
    );
  },
  sizes: [{ ...sizes, o: 2 }],
};
