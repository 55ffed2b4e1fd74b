/**
 * RM-RepVGG: the first R channels pass, the others are what RepVGG makes of them; with R = 0 it is RepVGG.
 *
 * Passing channels are read at the centre, whatever their sign, and go through the activation like the others.
 */
import { fun, int, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import { relu } from '../activations.ts';
import type { Entry } from '../entry.ts';
import { add, atMost, equal, minus, one, times, within, zero } from '../notation.ts';
import { tap, type Kernel, type Vector } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import { convolution } from '../tensors.ts';
import {
  C,
  centreOf,
  integer,
  kernelOf,
  kernelRange,
  lettersOf,
  p,
  q,
  terms,
  typing,
  type Body,
} from './frame.ts';
import { reservedRows } from './layers.ts';
import { addedKernels, parallelSizes, whole, x } from './parallel.ts';
import { partOf, type Branch } from './branch-part.ts';
import { choose, dirac, origin, rows } from './stacking.ts';

const [R, o] = ['R', 'o'].map(integer);
const window = whole(false);
const branches = [
  { kind: 'full', weights: fun('V1'), factor: fun('s1') },
  {
    kind: 'small',
    weights: fun('V2'),
    factor: fun('s2'),
    sized: { size: [int(1), int(1)], centre: origin },
  },
  { kind: 'identity', factor: fun('s3') },
] as const satisfies readonly Branch[];
const shifts: readonly Vector[] = ['b1', 'b2', 'b3'].map((name) => fun(name));

/** The branches of output `own` behind the passing channels; their identity is channel R + own. */
const partsAt = (own: Term) =>
  branches.map((branch) =>
    partOf(branch, {
      own: window,
      input: x,
      output: own,
      itself: x(add(R, own), p, q),
      source: (out) => add(R, out),
      placed: [],
    }),
  );
const own = minus(o, R);
const parts = partsAt(own);
const kernel: Kernel = (...k) => add(...parts.map((part) => part.kernel(...k)));
const passing = dirac(centreOf, undefined, () => one);
const plain = convolution({ weights: rows(R, passing, kernel), input: x, channels: C, window });

export const rmRepVgg: Entry = {
  name: 'rm-rep-vgg',
  says: 'A RepVGG block that passes its first channels on is one convolution, whatever their sign.',
  source: 'arXiv 2111.00687, RM-RepVGG',
  statement: {
    hypotheses: [
      typing(within(o, C)),
      typing(atMost(int(0), R)),
      ...kernelRange.map(typing),
      ...parts.flatMap(({ hypotheses }) => hypotheses),
    ],
    conclusion: equal(
      relu(
        choose(R, o, x(o, p, q), (k) =>
          add(
            ...partsAt(k).map(({ value }, n) =>
              add(times(branches[n].factor(k), value), shifts[n](k)),
            ),
          ),
        ),
      ),
      relu(
        add(
          plain(o, p, q),
          choose(R, o, zero, (k) => add(...shifts.map((shift) => shift(k)))),
        ),
      ),
    ),
  },
  prove: async (proof, library) => {
    const context = { proof, library };
    const term =
      (weights: Kernel): Body =>
      (c, i, j) =>
        times(weights(own, c, i, j), x(c, ...tap(window, [p, q], [i, j])));
    const added = await addedKernels(
      context,
      parts.map((part) => part.kernel),
      term,
    );
    const shown = await Promise.all(parts.map((part) => part.lemmas(context)));
    const { conclusion } = rmRepVgg.statement;
    return proof.show('rows', { hypotheses: terms(rmRepVgg), conclusion }, [
      instance(await library.theorem(reservedRows.name), {
        ...lettersOf({ window, centre: centreOf }, [p, q]),
        k: o,
        src: o,
        factor: one,
        V: kernelOf(kernel),
        t: ofTriple(x),
      }),
      ...added,
      ...shown.flat(),
    ]);
  },
  sizes: [
    { ...parallelSizes, R: 1, o: 0 },
    { ...parallelSizes, R: 1, o: 1 },
    { ...parallelSizes, R: 0, o: 1 },
  ],
};
