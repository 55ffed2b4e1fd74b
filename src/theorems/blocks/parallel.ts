/**
 * Branches that are linear and add up to one convolution: the statement and the proof that all such blocks
 * share.
 *
 * Output channel o belongs to a group whose C input channels start at `base`, so one statement holds without
 * groups (base 0), with groups, and for depthwise convolutions (C = 1); o itself is channel `index` of its group,
 * which is o mod C, and not o.
 */
import { int, key, lambda, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Entry, Hypothesis, Sizes } from '../entry.ts';
import { add, and, atMost, equal, minus, times, within } from '../notation.ts';
import {
  convolution,
  tap,
  tensor,
  type Kernel,
  type Tensor,
  type Vector,
  type Window,
} from '../tensors.ts';
import { congruent, ofIndex } from '../sums.ts';
import { ofTriple } from '../triple-sums.ts';
import { diracChannel } from './core.ts';
import {
  C,
  ci,
  cj,
  centreOf,
  equalSums,
  integer,
  kernelOf,
  kernelRange,
  kh,
  kw,
  lettersOf,
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
import { summedKernels } from './exchange.ts';
import { embedded, embeddedKernel, scaledKernel, type Sized } from './kernels.ts';
import { dirac, keepingCentre } from './stacking.ts';

const [o, base, index] = ['o', 'base', 'index'].map(integer);
const unit = [int(1), int(1)] as const;
export const x = tensor('x', integer('H'), integer('W'));

/** One of the branches, each a multiple `factor(o)` of a convolution or of the input itself. */
export type Branch =
  | { readonly kind: 'full'; readonly weights: Kernel; readonly factor: Vector }
  | {
      readonly kind: 'small';
      readonly weights: Kernel;
      readonly factor: Vector;
      readonly sized: Sized;
    }
  | { readonly kind: 'identity'; readonly factor: Vector }
  /** Any number of convolutions, each with its own factor and shift; `value` is their sum, all done. */
  | {
      readonly kind: 'many';
      readonly count: Term;
      /** Of the b-th. */
      readonly weights: (b: Term) => Kernel;
      readonly factor: (b: Term) => Vector;
      readonly shift: (b: Term) => Vector;
    }
  /** Something else, shown elsewhere: `weights` amount to `value` less `constant`. */
  | {
      readonly kind: 'shown';
      readonly weights: Kernel;
      readonly factor: Vector;
      readonly value: Term;
      readonly lemmas: (context: Context) => Promise<readonly Theorem[]>;
      readonly hypotheses: readonly Hypothesis[];
    };

export type Many = Extract<Branch, { readonly kind: 'many' }>;

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

/** What a branch makes, the kernel it amounts to, and what connects the two. */
export interface Part {
  readonly value: Term;
  readonly kernel: Kernel;
  readonly lemmas: (context: Context) => Promise<readonly Theorem[]>;
  readonly hypotheses: readonly Hypothesis[];
}

export interface Reading {
  readonly own: Window;
  /** Its channel c is the c-th that the output's group reads. */
  readonly input: Tensor;
  /** The output channel that is spoken of. */
  readonly output: Term;
  /** Of the identity: what it is, the channel of `input` that it is, and why. */
  readonly itself: Term;
  readonly source: Vector;
  readonly placed: readonly Hypothesis[];
}

export function partOf(branch: Branch, reading: Reading): Part {
  const { own, input, output, itself, source, placed } = reading;
  const letters = lettersOf({ window: own, centre: centreOf }, [p, q]);
  const t = ofTriple(input);
  if (branch.kind === 'many') return partOfMany(branch, reading);
  const { factor } = branch;
  switch (branch.kind) {
    case 'full':
    case 'shown': {
      const { weights } = branch;
      const by = { ...letters, V: kernelOf(weights), t, s: factor(output), o: output };
      const shown = branch.kind === 'shown' ? branch : null;
      return {
        value:
          shown?.value ?? convolution({ weights, input, channels: C, window: own })(output, p, q),
        kernel: (out, ...k) => times(factor(out), weights(out, ...k)),
        lemmas: async (context) => [
          instance(await context.library.theorem(scaledKernel.name), by),
          ...(shown === null ? [] : await shown.lemmas(context)),
        ],
        hypotheses: shown?.hypotheses ?? [],
      };
    }
    case 'small': {
      const { weights, sized } = branch;
      const { size, centre } = sized;
      const scaled: Kernel = (out, ...k) => times(factor(out), weights(out, ...k));
      const its = keepingCentre({ ...own, size }, centre);
      const place = { eh: size[0], ew: size[1], ei: centre[0], ej: centre[1] };
      return {
        value: convolution({ weights, input, channels: C, window: its })(output, p, q),
        kernel: embedded(centreOf, sized, scaled),
        lemmas: async ({ library }) => [
          instance(await library.theorem(embeddedKernel.name), {
            ...letters,
            ...place,
            V: kernelOf(scaled),
            t,
            o: output,
          }),
          instance(await library.theorem(scaledKernel.name), {
            ...lettersOf({ window: its, centre }, [p, q]),
            V: kernelOf(weights),
            t,
            s: factor(output),
            o: output,
          }),
        ],
        hypotheses: [
          and(notNegative(size[0]), notNegative(size[1])),
          and(atMost(centre[0], ci), atMost(add(minus(ci, centre[0]), size[0]), kh)),
          and(atMost(centre[1], cj), atMost(add(minus(cj, centre[1]), size[1]), kw)),
        ].map(typing),
      };
    }
    case 'identity':
      return {
        value: itself,
        kernel: dirac(centreOf, source, factor),
        lemmas: async ({ library }) => [
          instance(await library.theorem(diracChannel.name), {
            ...letters,
            src: source(output),
            factor: factor(output),
            o: output,
            t,
          }),
        ],
        hypotheses: placed,
      };
  }
}

/** What the shifts of `many` add up to. */
export function shiftOf({ count, shift }: Many, output: Term): Term {
  return sum(count, (b) => shift(b)(output));
}

function partOfMany(branch: Many, { own, input, output }: Reading): Part {
  const { count, weights, factor, shift } = branch;
  const letters = { ...lettersOf({ window: own, centre: centreOf }, [p, q]), t: ofTriple(input) };
  const scaled =
    (b: Term): Kernel =>
    (out, ...k) =>
      times(factor(b)(out), weights(b)(out, ...k));
  const mapped = (b: Term): Term =>
    times(
      factor(b)(output),
      convolution({ weights: weights(b), input, channels: C, window: own })(output, p, q),
    );
  return {
    value: sum(count, (b) => add(mapped(b), shift(b)(output))),
    kernel: (...k) => sum(count, (b) => scaled(b)(...k)),
    lemmas: async ({ library }) => {
      const sums = await library.sums();
      const b = integer('b');
      const one = instance(await library.theorem(scaledKernel.name), {
        ...letters,
        V: kernelOf(weights(b)),
        s: factor(b)(output),
        o: output,
      });
      return [
        instance(sums.add, {
          n: count,
          h: ofIndex(mapped),
          g: ofIndex((k) => shift(k)(output)),
        }),
        instance(await library.theorem(summedKernels.name), {
          ...letters,
          n: count,
          V: lambda(['Int', 'Int', 'Int', 'Int', 'Int'], (k, out, c, i, j) =>
            scaled(k)(out, c, i, j),
          ),
          o: output,
        }),
        congruent(sums, one, b, count),
      ];
    },
    hypotheses: [typing(notNegative(count))],
  };
}

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

export function parallel(spec: ParallelSpec): Entry {
  const { name, says, source, strided, input = x, extra = [], original, bias } = spec;
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
