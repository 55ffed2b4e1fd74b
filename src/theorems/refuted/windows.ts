/** Wrong statements about borders, pooling and strides. */
import { fun, int, largest, operation, sum, type Term } from '../../logic/term.ts';
import { everywhere, falsehood, type Falsehood } from '../falsehood.ts';
import { add, atMost, equal, minus, over, times, zero } from '../notation.ts';
import { inside } from '../tensors.ts';
import {
  b,
  column,
  conv,
  conv1,
  H,
  integer,
  interior,
  K,
  kh,
  number,
  o,
  p,
  py,
  q,
  sy,
  sx,
  V,
  W,
  x,
} from './letters.ts';

const everyPixel = everywhere({ o: 1, p: 3, q: 1 });
const insideImage = {
  label: 'interior',
  meaning: 'every tap reads inside the image',
  term: interior,
};

export const biasBeforePadding: Falsehood = falsehood({
  name: 'bias-before-padded-convolution',
  says: 'A bias before a padded convolution is a bias after it, times the sum of the kernel.',
  source: 'Diverse Branch Block issues 9 and 16',
  bug: 7,
  statement: {
    hypotheses: [],
    conclusion: equal(
      conv(
        K,
        inside((c, row, col) => add(x(c, row, col), b(c)), H, W),
      )(o, p, q),
      add(conv(K, x)(o, p, q), conv(K, (c) => b(c))(o, p, q)),
    ),
  },
  sizes: { ...column, C: 1 },
  places: everyPixel,
  missing: insideImage,
});

export const fusedAcrossPadding: Falsehood = falsehood({
  name: 'fused-across-padding',
  says: 'Two padded convolutions in a row are one with the composed kernel.',
  source:
    'OnnxSlim issue 21; the first writes nothing outside its image, the composed kernel reads there',
  bug: 13,
  statement: {
    hypotheses: [],
    conclusion: equal(
      conv(V, inside(conv(K, x), H, W))(o, p, q),
      // The composed kernel, as the second convolution of what the first would write without end.
      conv(V, conv(K, x))(o, p, q),
    ),
  },
  sizes: { ...column, C: 1 },
  places: everyPixel,
  missing: insideImage,
});

export const fusedStrideLost: Falsehood = falsehood({
  name: 'fused-stride-lost',
  says: 'A convolution fused with a strided pointwise one keeps its own stride.',
  source: 'fusing by the attributes of the first',
  bug: 13,
  statement: {
    hypotheses: [],
    conclusion: equal(
      conv1(V, (c) => conv(K, x)(c, times(p, integer('s')), times(q, integer('s'))))(o, p, q),
      conv1(V, conv(K, x))(o, p, q),
    ),
  },
  sizes: { ...column, kh: 1, py: 0, C: 1 },
  places: everywhere({ o: 1, p: 2, q: 1 }).flatMap((place) => [
    { ...place, s: 1 },
    { ...place, s: 2 },
  ]),
  missing: {
    label: 'no-stride',
    meaning: 'the second has stride 1',
    term: equal(integer('s'), int(1)),
  },
});

export const subsampledBefore: Falsehood = falsehood({
  name: 'subsampled-before',
  says: 'A strided convolution is the convolution of the subsampled image.',
  source: 'moving a stride to the front',
  statement: {
    hypotheses: [],
    conclusion: equal(
      conv(K, x)(o, p, q),
      conv(K, (c, row, col) => x(c, times(row, sy), times(col, sx)), {
        stride: [int(1), int(1)],
      })(o, p, q),
    ),
  },
  sizes: { C: 1, H: 4, W: 1, kw: 1, sy: 2, sx: 1, py: 0, px: 0 },
  places: everywhere({ o: 1, p: 2, q: 1 }).flatMap((place) => [
    { ...place, kh: 1 },
    { ...place, kh: 2 },
  ]),
  missing: { label: 'pointwise', meaning: 'the kernel has one tap', term: equal(kh, int(1)) },
});

/** The taps inside the image at a pixel of a column: how many, and the first row they read. */
const [taps, first] = [integer('n'), integer('first')];
const borders = [
  { o: 0, p: 0, q: 0, n: 1, first: 0 },
  { o: 0, p: 1, q: 0, n: 2, first: 0 },
];
const pooled = { H: 2, W: 1, kh: 2, py: 1 } as const;
const everyTap = (i: Term): Term => x(o, minus(add(p, i), py), q);
const tapInside = (i: Term): Term => x(o, add(first, i), q);
const noBorder = {
  label: 'interior',
  meaning: 'every tap reads inside the image',
  term: equal(taps, kh),
};

export const maxPoolOfZeros: Falsehood = falsehood({
  name: 'max-pool-reads-zero',
  says: 'Max pooling with padding is max pooling of the zero-padded image.',
  source: 'a Pad before MaxPool that is merged into it, or split off',
  statement: {
    hypotheses: [],
    conclusion: equal(largest(taps, tapInside), largest(kh, everyTap)),
  },
  sizes: pooled,
  places: borders,
  missing: noBorder,
});

export const averageCountsPadding: Falsehood = falsehood({
  name: 'average-pool-counts-padding',
  says: 'Average pooling divides by the size of its window.',
  source: 'count_include_pad, whose default differs between formats',
  statement: {
    hypotheses: [],
    conclusion: equal(
      over(sum(taps, tapInside), operation('to_real', taps)),
      over(sum(kh, everyTap), operation('to_real', kh)),
    ),
  },
  sizes: pooled,
  places: borders,
  missing: noBorder,
});

const factor = number('s');

export const maxPoolScaled: Falsehood = falsehood({
  name: 'max-pool-scaled',
  says: 'A factor may be moved through max pooling.',
  source: 'folding a batch norm across a pool',
  statement: {
    hypotheses: [],
    conclusion: equal(
      largest(kh, (i) => times(factor, fun('x')(o, i, q))),
      times(
        factor,
        largest(kh, (i) => fun('x')(o, i, q)),
      ),
    ),
  },
  sizes: { kh: 2 },
  places: [{ o: 0, p: 0, q: 0 }],
  missing: {
    label: 'non-negative-factor',
    meaning: 'the factor is not negative',
    term: atMost(zero, factor),
  },
});
