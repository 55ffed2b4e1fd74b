/** Wrong statements about composing layers: what stands between, groups, permutations. */
import { fun, int, sum, type Term } from '../../logic/term.ts';
import { relu } from '../activations.ts';
import { everywhere, falsehood, type Falsehood } from '../falsehood.ts';
import { add, atMost, equal, less, minus, times, zero } from '../notation.ts';
import { C, forAll, integer, K, M, o, V, w } from './letters.ts';

/** Layers of one tap, so of one pixel. */
const x = fun('x');
const first = (m: Term): Term => sum(C, (c) => times(K(m, c), x(c)));

export const fusedAcrossActivation: Falsehood = falsehood({
  name: 'fused-across-activation',
  says: 'Two pointwise convolutions are one with the product of their kernels, whatever stands between.',
  source: 'RMNet, project and expand of MobileNetV2',
  bug: 13,
  statement: {
    hypotheses: [],
    conclusion: equal(
      sum(M, (m) => times(V(o, m), relu(first(m)))),
      sum(C, (c) =>
        times(
          sum(M, (m) => times(V(o, m), K(m, c))),
          x(c),
        ),
      ),
    ),
  },
  sizes: { C: 1, M: 2 },
  places: everywhere({ o: 1 }),
  missing: {
    label: 'active',
    meaning: 'the activation between is the identity on what it reads',
    term: forAll(M, (m) => atMost(zero, first(m))),
  },
});

export const fusedAcrossGroups: Falsehood = falsehood({
  name: 'fused-across-groups',
  says: 'A depthwise convolution is fused with the one before by the product of their kernels as they are stored.',
  source: 'kernels of C×1 taken for C×C, the first row for all',
  bug: 13,
  statement: {
    hypotheses: [],
    conclusion: equal(
      times(V(o, int(0)), first(o)),
      sum(C, (c) => times(times(V(o, int(0)), K(int(0), c)), x(c))),
    ),
  },
  sizes: { C: 1 },
  places: everywhere({ o: 2 }),
  missing: {
    label: 'first-group',
    meaning: 'output o is in the first group',
    term: equal(o, int(0)),
  },
});

/** The channels before output o's group. */
const before = integer('before');

export const groupsIgnored: Falsehood = falsehood({
  name: 'groups-ignored',
  says: 'A grouped convolution is folded like another: its kernel applies to the first channels.',
  source: 'yolov5 issue 898',
  bug: 12,
  statement: {
    hypotheses: [],
    conclusion: equal(
      sum(w, (c) => times(K(o, c), x(add(before, c)))),
      sum(w, (c) => times(K(o, c), x(c))),
    ),
  },
  sizes: { w: 2 },
  places: [
    { o: 0, before: 0 },
    { o: 2, before: 2 },
  ],
  missing: {
    label: 'first-group',
    meaning: 'output o is in the first group',
    term: less(before, int(1)),
  },
});

const reversed = (c: Term): Term => minus(minus(C, int(1)), c);

export const permutedOnOneSide: Falsehood = falsehood({
  name: 'permuted-on-one-side',
  says: 'Channels may be put in another order if the layer that writes them knows.',
  source: 'pruning and grouping; the layer that reads them has to know as well',
  statement: {
    hypotheses: [],
    conclusion: equal(
      sum(C, (c) => times(V(o, c), x(c))),
      sum(C, (c) => times(V(o, c), x(reversed(c)))),
    ),
  },
  sizes: { C: 2 },
  places: everywhere({ o: 2 }),
  missing: {
    label: 'permuted-columns',
    meaning: 'the kernel has its columns in the new order',
    term: forAll(C, (c) => equal(V(o, c), V(o, reversed(c)))),
  },
});
