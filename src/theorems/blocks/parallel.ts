/**
 * Branches that are linear and add up to one convolution: the statement and the proof that all such blocks
 * share.
 *
 * Output channel o belongs to a group whose C input channels start at `base`, so one statement holds without
 * groups (base 0), with groups, and for depthwise convolutions (C = 1); o itself is channel `index` of its group,
 * which is o mod C, and not o.
 */
import { int, key, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Hypothesis, Sizes } from '../entry.ts';
import { add, equal, times, within } from '../notation.ts';
import { convolution, tap, tensor, type Kernel, type Tensor, type Window } from '../tensors.ts';
import { ofTriple } from '../triple-sums.ts';
import {
  C,
  centreOf,
  equalSums,
  integer,
  kernelRange,
  kh,
  kw,
  notNegative,
  p,
  q,
  small,
  terms,
  typing,
  window,
  type Body,
  type Context,
} from './frame.ts';
import { partOf, type Branch } from './branch-part.ts';
import { keepingCentre } from './stacking.ts';

const [o, base, index] = ['o', 'base', 'index'].map(integer);
const unit = [int(1), int(1)] as const;
export const x = tensor('x', integer('H'), integer('W'));

/** Every letter that a block of this kind may have, at a small size. */
export const parallelSizes: Sizes = {
  C: 2,
  base: 2,
  o: 3,
  H: 2,
  W: 2,
  ...small,
  kh: 2,
  kw: 2,
  cj: 1,
};

export interface ParallelSpec {
  readonly name: string;
  readonly says: string;
  readonly source: string;
  readonly branches: readonly Branch[];
  /** The block's value, of what its branches make before they are scaled. */
  readonly original: (values: readonly Term[]) => Term;
  readonly bias: Term;
  /** Of the branches; 1 where the input itself is one of them. */
  readonly strided: boolean;
  readonly input?: Tensor;
  /** Whether output channels read a group of the input channels, as they may unless told. */
  readonly grouped?: boolean;
  readonly extra?: readonly Hypothesis[];
  readonly sizes?: Sizes;
}

/** The kernel around a pixel whose own tap is (ci, cj). */
export function whole(strided: boolean): Window {
  const { size, stride, dilation } = window;
  return keepingCentre({ size, stride: strided ? stride : unit, dilation }, centreOf);
}

/** Where the Dirac entry of output o is: at o's place in its group. */
const placedAt = (sizes: Sizes): Hypothesis => ({
  kind: 'assumption',
  label: 'place-in-group',
  meaning: "the entry of the identity is at the channel's place in its group",
  term: equal(add(base, index), o),
  breaksAt: { ...sizes, index: 0 },
});

/** ΣΣΣ of the sum of all kernels, as the sum of the parts' own. */
export async function addedKernels(
  context: Context,
  kernels: readonly Kernel[],
  term: (kernel: Kernel) => Body,
): Promise<readonly Theorem[]> {
  const triples = await context.library.triples();
  const bodies = kernels.map(term);
  const nested = (from: number): Body =>
    from === bodies.length - 1
      ? bodies[from]
      : (...k) => add(bodies[from](...k), nested(from + 1)(...k));
  const distributed = await equalSums(context, 'kernels, term', {
    counts: [C, kh, kw],
    left: term((...k) => add(...kernels.map((kernel) => kernel(...k)))),
    right: nested(0),
  });
  const splits = bodies
    .slice(0, -1)
    .map((body, k) => instance(triples.add, { f: ofTriple(body), g: ofTriple(nested(k + 1)) }));
  return [distributed, ...splits];
}

function distinct(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  return [...new Map(hypotheses.map((hypothesis) => [key(hypothesis.term), hypothesis])).values()];
}

function partsOf(spec: Pick<ParallelSpec, 'branches' | 'strided' | 'input' | 'grouped' | 'sizes'>) {
  const { strided, input = x } = spec;
  const own = whole(strided);
  const sizes = { ...parallelSizes, ...spec.sizes };
  const group: Tensor = spec.grouped === false ? input : (c, ...at) => input(add(base, c), ...at);
  const parts = spec.branches.map((branch) =>
    partOf(branch, {
      own,
      input: group,
      output: o,
      itself: input(o, p, q),
      source: () => index,
      placed: [typing(within(index, C)), placedAt(sizes)],
    }),
  );
  const kernel: Kernel = (...k) => add(...parts.map((part) => part.kernel(...k)));
  return { own, sizes, group, parts, kernel };
}

/** The one kernel that the branches amount to; its identity entry is channel `index` of the output's group. */
export function mergedKernel(
  branches: readonly Branch[],
  of: Pick<ParallelSpec, 'strided'> & { readonly grouped: boolean },
): Kernel {
  return partsOf({ branches, ...of }).kernel;
}

export function parallel(spec: ParallelSpec): Entry {
  const { name, says, source, extra = [], original, bias } = spec;
  const { own, sizes, group, parts, kernel } = partsOf(spec);
  const plain = convolution({ weights: kernel, input: group, channels: C, window: own });
  const entry: Entry = {
    name,
    says,
    source,
    statement: {
      hypotheses: distinct([
        typing(notNegative(C)),
        ...kernelRange.map(typing),
        ...parts.flatMap(({ hypotheses }) => hypotheses),
        ...extra,
      ]),
      conclusion: equal(original(parts.map(({ value }) => value)), add(plain(o, p, q), bias)),
    },
    prove: async (proof, library) => {
      const context = { proof, library };
      const term =
        (weights: Kernel): Body =>
        (c, i, j) =>
          times(weights(o, c, i, j), group(c, ...tap(own, [p, q], [i, j])));
      const lemmas = [
        ...(await addedKernels(
          context,
          parts.map((part) => part.kernel),
          term,
        )),
      ];
      for (const part of parts) lemmas.push(...(await part.lemmas(context)));
      const { conclusion } = entry.statement;
      return proof.show('sum', { hypotheses: terms(entry), conclusion }, lemmas);
    },
    sizes: [sizes],
  };
  return entry;
}
