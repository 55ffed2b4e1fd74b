/**
 * Blocks that pass their first R channels on and make the others of all channels by linear branches; RM-RepVGG is
 * one, and with R = 0 it is RepVGG.
 *
 * Passing channels are read at the centre, whatever their sign, and go through the activation like the others.
 */
import { fun, int, type Term } from '../../logic/term.ts';
import { instance } from '../../logic/theorem.ts';
import { relu } from '../activations.ts';
import type { Entry, Sizes } from '../entry.ts';
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
import { partOf, small, type Branch, type Part } from './branch-part.ts';
import { choose, dirac, origin, rows } from './stacking.ts';

const [R, o] = ['R', 'o'].map(integer);
const window = whole(false);
const own = minus(o, R);
const passing = dirac(centreOf, undefined, () => one);

export interface PassingSpec {
  readonly name: string;
  readonly says: string;
  readonly source: string;
  /** Of the channels that do not pass; their identity is channel R + own. */
  readonly branches: readonly Branch[];
  /** Own channel k, of what its branches make before they are scaled. */
  readonly original: (values: readonly Term[], k: Term) => Term;
  readonly bias: Vector;
  /** Behind both. */
  readonly end: (t: Term) => Term;
  readonly sizes?: Sizes;
}

/** The branches of output `at` behind the passing channels. */
function partsAt(branches: readonly Branch[], at: Term): readonly Part[] {
  return branches.map((branch) =>
    partOf(branch, {
      own: window,
      input: x,
      output: at,
      itself: x(add(R, at), p, q),
      source: (out) => add(R, out),
      placed: [],
    }),
  );
}

function ownKernel(parts: readonly Part[]): Kernel {
  return (...k) => add(...parts.map((part) => part.kernel(...k)));
}

/** The one kernel: Dirac rows for what passes, the branches' sum below. */
export function passingKernel(branches: readonly Branch[]): Kernel {
  return rows(R, passing, ownKernel(partsAt(branches, own)));
}

export function passingBlock(spec: PassingSpec): Entry {
  const { name, says, source, branches, original, bias, end } = spec;
  const parts = partsAt(branches, own);
  const kernel = ownKernel(parts);
  const plain = convolution({ weights: rows(R, passing, kernel), input: x, channels: C, window });
  const all = { ...parallelSizes, ...spec.sizes };
  const entry: Entry = {
    name,
    says,
    source,
    statement: {
      hypotheses: [
        typing(within(o, C)),
        typing(atMost(int(0), R)),
        ...kernelRange.map(typing),
        ...parts.flatMap(({ hypotheses }) => hypotheses),
      ],
      conclusion: equal(
        end(
          choose(R, o, x(o, p, q), (k) =>
            original(
              partsAt(branches, k).map(({ value }) => value),
              k,
            ),
          ),
        ),
        end(add(plain(o, p, q), choose(R, o, zero, bias))),
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
      const { conclusion } = entry.statement;
      return proof.show('rows', { hypotheses: terms(entry), conclusion }, [
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
      { ...all, R: 1, o: 0 },
      { ...all, R: 1, o: 1 },
      { ...all, R: 0, o: 1 },
    ],
  };
  return entry;
}

const scales: readonly Vector[] = ['s1', 's2', 's3'].map((name) => fun(name));
const branches: readonly Branch[] = [
  { kind: 'full', weights: fun('V1'), factor: scales[0] },
  small(
    { size: [int(1), int(1)], centre: origin },
    { kind: 'full', weights: fun('V2'), factor: scales[1] },
  ),
  { kind: 'identity', factor: scales[2] },
];
const shifts: readonly Vector[] = ['b1', 'b2', 'b3'].map((name) => fun(name));

export const rmRepVgg: Entry = passingBlock({
  name: 'rm-rep-vgg',
  says: 'A RepVGG block that passes its first channels on is one convolution, whatever their sign.',
  source: 'arXiv 2111.00687, RM-RepVGG',
  branches,
  original: (values, k) =>
    add(...values.map((value, n) => add(times(scales[n](k), value), shifts[n](k)))),
  bias: (k) => add(...shifts.map((shift) => shift(k))),
  end: relu,
});
