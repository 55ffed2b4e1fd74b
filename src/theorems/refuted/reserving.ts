/** Wrong statements about carrying a value beside a layer: reserved channels, shortcuts, identity kernels. */
import { fun, int, sum, type Term } from '../../logic/term.ts';
import { clip, relu } from '../activations.ts';
import { everywhere, falsehood, type Falsehood } from '../falsehood.ts';
import { add, and, atMost, equal, less, max, minus, times, zero } from '../notation.ts';
import { convolution } from '../tensors.ts';
import {
  b,
  C,
  conv,
  forAll,
  indicator,
  integer,
  K,
  o,
  p,
  px,
  py,
  q,
  six,
  typing,
  w,
  window,
  x,
} from './letters.ts';

/** What the branch of a block computes. */
const branch = fun('F')(o, p, q);
const onePixel = { H: 1, W: 1 } as const;
const here = { o: 0, p: 0, q: 0 } as const;
const oneTap = { kh: 1, kw: 1, sy: 1, sx: 1, py: 0, px: 0 } as const;
/** The channel that is the c-th of output o's group, where o has this place in it: o mod w. */
const inGroup = (output: Term, c: Term): Term => add(minus(output, integer('place')), c);

export const plainRelu: Falsehood = falsehood({
  name: 'plain-relu-on-reserved',
  says: 'A block without its shortcut may reserve its input behind a ReLU, whatever the input.',
  source: 'RMNet issues 4, 9, 12 and 23',
  bug: 1,
  statement: {
    hypotheses: [],
    conclusion: equal(
      relu(add(branch, x(o, p, q))),
      relu(
        add(
          branch,
          sum(C, (c) => times(indicator(equal(c, o)), relu(x(c, p, q)))),
        ),
      ),
    ),
  },
  sizes: { C: 2, ...onePixel },
  places: everywhere({ o: 2, p: 1, q: 1 }),
  missing: {
    label: 'non-negative',
    meaning: 'the block reads no negative value',
    term: atMost(zero, x(o, p, q)),
  },
});

export const projectionAsDirac: Falsehood = falsehood({
  name: 'projection-as-dirac',
  says: 'Where a block has as many channels out as in, its shortcut is the identity, strided or not.',
  source: 'RMNet issue 24',
  bug: 2,
  statement: {
    hypotheses: [],
    conclusion: equal(
      conv(K, x)(o, p, q),
      x(o, times(p, window.stride[0]), times(q, window.stride[1])),
    ),
  },
  sizes: { ...oneTap, C: 2, H: 3, W: 1, sy: 2, sx: 2 },
  places: everywhere({ o: 2, p: 2, q: 1 }),
  missing: {
    label: 'dirac',
    meaning: 'the projection is a Dirac kernel',
    term: forAll(C, (c) => equal(K(o, c, int(0), int(0)), indicator(equal(c, o)))),
  },
});

export const reservedClipped: Falsehood = falsehood({
  name: 'reserved-clipped',
  says: 'A value that is not negative may be reserved behind a ReLU6.',
  source: 'ports of RMNet to MobileNetV2',
  bug: 6,
  statement: {
    hypotheses: [typing(atMost(zero, x(o, p, q)))],
    conclusion: equal(add(branch, x(o, p, q)), add(branch, clip(x(o, p, q), zero, six))),
  },
  sizes: onePixel,
  places: [here],
  missing: {
    label: 'at-most-six',
    meaning: 'the reserved value is at most 6',
    term: atMost(x(o, p, q), six),
  },
});

export const indexInGroup: Falsehood = falsehood({
  name: 'identity-index-in-group',
  says: 'The identity kernel of a grouped convolution has a one at input o of output o.',
  source: 'YOLOv7, fuse_repvgg_block',
  bug: 8,
  statement: {
    hypotheses: [],
    conclusion: equal(
      x(o, p, q),
      convolution({
        weights: (out, c) => indicator(equal(c, out)),
        input: x,
        channels: w,
        window,
        channel: inGroup,
      })(o, p, q),
    ),
  },
  sizes: { ...oneTap, ...onePixel, C: 2, w: 1 },
  places: [
    { ...here, place: 0 },
    { ...here, o: 1, place: 0 },
  ],
  missing: {
    label: 'first-group',
    meaning: 'output o is in the first group, where o mod (C/g) is o',
    term: less(o, w),
  },
});

export const identityOfOnes: Falsehood = falsehood({
  name: 'identity-of-ones',
  says: 'A kernel with ones at the centre of every input channel is the identity.',
  source: 'RepViT, grouped path',
  bug: 9,
  statement: {
    hypotheses: [],
    conclusion: equal(
      x(o, p, q),
      convolution({
        weights: (_out, _c, i, j) => indicator(and(equal(i, py), equal(j, px))),
        input: x,
        channels: w,
        window,
        channel: inGroup,
      })(o, p, q),
    ),
  },
  sizes: { ...onePixel, kh: 3, kw: 1, sy: 1, sx: 1, py: 1, px: 0 },
  places: [
    { ...here, w: 1, place: 0 },
    { ...here, w: 2, place: 0 },
    { ...here, w: 2, o: 1, place: 1 },
  ],
  missing: {
    label: 'depthwise',
    meaning: 'a group has one channel',
    term: equal(w, int(1)),
  },
});

export const maskedShortcut: Falsehood = falsehood({
  name: 'shortcut-mask-rectified',
  says: 'A shortcut scaled by a mask and rectified is the shortcut scaled by the mask where that is positive.',
  source: 'RMNet pruning',
  bug: 17,
  statement: {
    hypotheses: [],
    conclusion: equal(
      add(branch, relu(times(fun('m')(o), x(o, p, q)))),
      add(branch, times(max(zero, fun('m')(o)), x(o, p, q))),
    ),
  },
  sizes: onePixel,
  places: [here],
  missing: {
    label: 'non-negative',
    meaning: 'the shortcut carries no negative value',
    term: atMost(zero, x(o, p, q)),
  },
});

export const offCentre: Falsehood = falsehood({
  name: 'dirac-off-centre',
  says: 'A Dirac kernel is the identity wherever its one is, if the padding keeps the size.',
  source: 'even kernels, one-sided padding',
  statement: {
    hypotheses: [],
    conclusion: equal(
      x(o, p, q),
      conv(
        (out, c, i, j) =>
          indicator(and(equal(c, out), equal(i, integer('ci')), equal(j, integer('cj')))),
        x,
      )(o, p, q),
    ),
  },
  sizes: { C: 1, H: 3, W: 1, kh: 2, kw: 1, sy: 1, sx: 1, px: 0, ci: 0, cj: 0 },
  places: everywhere({ o: 1, p: 3, q: 1, py: 2 }),
  missing: {
    label: 'centred',
    meaning: 'the padding is what the centre of the kernel reaches back',
    term: and(equal(py, integer('ci')), equal(px, integer('cj'))),
  },
});

export const splitWithoutSign: Falsehood = falsehood({
  name: 'split-merged-by-sum',
  says: 'The positive and the negative part of a value add up to it.',
  source: 'reserving by relu(x) and relu(−x); the merge needs a −1',
  statement: {
    hypotheses: [],
    conclusion: equal(x(o, p, q), add(relu(x(o, p, q)), relu(minus(x(o, p, q))))),
  },
  sizes: onePixel,
  places: [here],
  missing: {
    label: 'non-negative',
    meaning: 'the value is not negative',
    term: atMost(zero, x(o, p, q)),
  },
});

export const shiftTooSmall: Falsehood = falsehood({
  name: 'shift-too-small',
  says: 'A value shifted up, rectified and shifted back is the value.',
  source: 'reserving by a shift; the shift has to reach the least value',
  statement: {
    hypotheses: [typing(atMost(zero, b(o)))],
    conclusion: equal(x(o, p, q), minus(relu(add(x(o, p, q), b(o))), b(o))),
  },
  sizes: onePixel,
  places: [here],
  missing: {
    label: 'in-range',
    meaning: 'the value is at least the negative of the shift',
    term: atMost(minus(b(o)), x(o, p, q)),
  },
});
