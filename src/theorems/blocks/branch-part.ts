/** A linear branch: what it makes of the input, the kernel it amounts to, and why. */
import { lambda, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Hypothesis } from '../entry.ts';
import { add, and, atMost, minus, times } from '../notation.ts';
import { convolution, type Kernel, type Tensor, type Vector, type Window } from '../tensors.ts';
import { congruent, ofIndex } from '../sums.ts';
import { ofTriple } from '../triple-sums.ts';
import { diracChannel } from './core.ts';
import {
  C,
  ci,
  cj,
  centreOf,
  integer,
  kernelOf,
  kh,
  kw,
  lettersOf,
  notNegative,
  p,
  q,
  typing,
  type Context,
} from './frame.ts';
import { summedKernels } from './exchange.ts';
import { embedded, embeddedKernel, scaledKernel, type Sized } from './kernels.ts';
import { dirac, keepingCentre } from './stacking.ts';

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
