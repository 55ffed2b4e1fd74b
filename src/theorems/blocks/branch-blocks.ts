/** Blocks whose branches add up to one convolution; each batch norm is a scale s and a shift b a channel. */
import { fun, int, type Term } from '../../logic/term.ts';
import { relu } from '../activations.ts';
import type { Entry } from '../entry.ts';
import { add, less, minus, one, over, times, zero } from '../notation.ts';
import type { Kernel, Tensor } from '../tensors.ts';
import { ci, cj, integer, kh, kw, typing } from './frame.ts';
import type { Sized } from './kernels.ts';
import { shiftOf, small, type Branch, type Many } from './branch-part.ts';
import { parallel, x } from './parallel.ts';
import { origin } from './stacking.ts';

const o = integer('o');
const unit = [int(1), int(1)] as const;
const pointwise: Sized = { size: unit, centre: origin };
const sumOf = (terms: readonly Term[]): Term => add(...terms);

/** Every branch behind a batch norm of its own: s_k·value + b_k. */
function normed(
  of: {
    readonly name: string;
    readonly says: string;
    readonly source: string;
    readonly strided: boolean;
  },
  ...kinds: readonly ('identity' | 'full' | Sized)[]
): Entry {
  const branches = kinds.map((kind, k): Branch => {
    const factor = fun(`s${k + 1}`);
    if (kind === 'identity') return { kind, factor };
    const weights = fun(`V${k + 1}`);
    if (kind === 'full') return { kind, weights, factor };
    return small(kind, { kind: 'full', weights, factor });
  });
  const shifts = kinds.map((_, k) => fun(`b${k + 1}`)(o));
  return parallel({
    ...of,
    branches,
    original: (values) =>
      sumOf(values.map((value, k) => add(times(fun(`s${k + 1}`)(o), value), shifts[k]))),
    bias: sumOf(shifts),
  });
}

const [eh, ew, ei, ej] = ['eh', 'ew', 'ei', 'ej'].map(integer);
const plus = { source: 'arXiv 2101.03697, figure 4', strided: false };

const repVgg = normed(
  {
    ...plus,
    name: 'rep-vgg',
    says: 'A k×k and a 1×1 convolution and the input, a batch norm each, are one k×k convolution.',
  },
  'full',
  pointwise,
  'identity',
);

const repVggStrided = normed(
  {
    ...plus,
    strided: true,
    name: 'rep-vgg-strided',
    says: 'A k×k and a 1×1 convolution of any stride, a batch norm each, are one k×k convolution.',
  },
  'full',
  pointwise,
);

const acNet = normed(
  {
    name: 'ac-net',
    says: 'A k×k, a k×1 and a 1×k convolution, a batch norm each, are one k×k convolution.',
    source: 'arXiv 1908.03930',
    strided: true,
  },
  'full',
  { size: [kh, int(1)], centre: [ci, int(0)] },
  { size: [int(1), kw], centre: [int(0), cj] },
);

const repLk: Entry = parallel({
  name: 'rep-lk-net',
  says: 'A large and a small kernel around one centre, a batch norm each, are one large kernel.',
  source: 'arXiv 2203.06717',
  branches: [
    { kind: 'full', weights: fun('V1'), factor: fun('s1') },
    small(
      { size: [eh, ew], centre: [ei, ej] },
      { kind: 'full', weights: fun('V2'), factor: fun('s2') },
    ),
  ],
  original: ([large, little]) =>
    add(
      add(times(fun('s1')(o), large), fun('b1')(o)),
      add(times(fun('s2')(o), little), fun('b2')(o)),
    ),
  bias: add(fun('b1')(o), fun('b2')(o)),
  strided: true,
  sizes: { eh: 1, ew: 2, ei: 0, ej: 1 },
});

const [fy, fx] = ['fy', 'fx'].map(integer);
const [gh, gw, gi, gj] = ['gh', 'gw', 'gi', 'gj'].map(integer);

const dilatedBranches: Entry = parallel({
  name: 'dilated-branches',
  says: 'Kernels around one centre, one with taps further apart, a batch norm each, are one kernel.',
  source: 'arXiv 2311.15599, equation 1',
  branches: [
    small(
      { size: [eh, ew], centre: [ei, ej] },
      { kind: 'full', weights: fun('V1'), factor: fun('s1') },
    ),
    small(
      { size: [gh, gw], centre: [gi, gj] },
      { kind: 'full', weights: fun('V2'), factor: fun('s2') },
      [fy, fx],
    ),
  ],
  original: ([near, far]) =>
    add(add(times(fun('s1')(o), near), fun('b1')(o)), add(times(fun('s2')(o), far), fun('b2')(o))),
  bias: add(fun('b1')(o), fun('b2')(o)),
  strided: true,
  sizes: {
    ...{ kh: 3, kw: 1, ci: 2, cj: 0, eh: 1, ew: 1, ei: 0, ej: 0 },
    ...{ gh: 2, gw: 1, gi: 1, gj: 0, fy: 2, fx: 1 },
  },
});

const [alpha, beta, norm] = [fun('alpha'), fun('beta'), fun('norm')];
const normalized: Kernel = (out, ...k) => over(fun('V')(out, ...k), norm(out));
const bent: Tensor = (c, ...at) => relu(x(c, ...at));

const diracNet: Entry = parallel({
  name: 'dirac-net',
  says: 'A multiple of the input plus a normalized convolution, behind a ReLU, is one convolution.',
  source: 'arXiv 1706.00388',
  branches: [
    { kind: 'identity', factor: alpha },
    { kind: 'full', weights: normalized, factor: beta },
  ],
  original: ([input, mapped]) => add(times(alpha(o), input), times(beta(o), mapped)),
  bias: zero,
  input: bent,
  extra: [typing(less(zero, norm(o)))],
  strided: false,
});

const [mixScale, mixShift] = [fun('sm')(o), fun('bm')(o)];
const [normScale, normShift] = [fun('sn')(o), fun('bn')(o)];
const layerScale = fun('ls');

const repMixer: Entry = parallel({
  name: 'rep-mixer',
  says: 'A mixer, x plus a multiple of a convolution less a batch norm of x, is one convolution.',
  source: 'arXiv 2303.14189',
  branches: [
    {
      kind: 'identity',
      factor: (out) => minus(one, times(layerScale(out), fun('sn')(out))),
    },
    {
      kind: 'full',
      weights: fun('V'),
      factor: (out) => times(layerScale(out), fun('sm')(out)),
    },
  ],
  original: ([input, mixed]) =>
    add(
      input,
      times(
        layerScale(o),
        minus(add(times(mixScale, mixed), mixShift), add(times(normScale, input), normShift)),
      ),
    ),
  bias: times(layerScale(o), minus(mixShift, normShift)),
  strided: false,
});
const many: Many = {
  kind: 'many',
  count: integer('n'),
  weights:
    (b) =>
    (...k) =>
      fun('Vm')(b, ...k),
  factor: (b) => (out) => fun('sm')(b, out),
  shift: (b) => (out) => fun('bm')(b, out),
};

const mobileOne: Entry = parallel({
  name: 'mobile-one',
  says: 'Any number of k×k convolutions, a 1×1 and the input, a batch norm each, are one convolution.',
  source: 'arXiv 2206.04040, figure 3',
  branches: [
    many,
    small(pointwise, { kind: 'full', weights: fun('V1'), factor: fun('s1') }),
    { kind: 'identity', factor: fun('s2') },
  ],
  original: ([kernels, scaled, input]) =>
    add(
      kernels,
      add(times(fun('s1')(o), scaled), fun('b1')(o)),
      add(times(fun('s2')(o), input), fun('b2')(o)),
    ),
  bias: add(shiftOf(many, o), fun('b1')(o), fun('b2')(o)),
  strided: false,
  sizes: { n: 2 },
});

export const branchBlocks: readonly Entry[] = [
  repVgg,
  repVggStrided,
  acNet,
  repLk,
  dilatedBranches,
  diracNet,
  repMixer,
  mobileOne,
];
