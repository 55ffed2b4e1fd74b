/** A linear branch: what it makes of the input, the kernel it amounts to, and why. */
import { lambda, sum, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Hypothesis } from '../entry.ts';
import { add, times } from '../notation.ts';
import { convolution, type Kernel, type Tensor, type Vector, type Window } from '../tensors.ts';
import { congruent, ofIndex } from '../sums.ts';
import { ofTriple } from '../triple-sums.ts';
import { diracChannel } from './core.ts';
import {
  C,
  centreOf,
  integer,
  kernelOf,
  lettersOf,
  notNegative,
  p,
  q,
  typing,
  type Context,
} from './frame.ts';
import { summedKernels } from './exchange.ts';
import { spread, spreadIn, spreadKernel, type Spacing } from './dilated.ts';
import { embedded, embeddedKernel, placedIn, scaledKernel, type Sized } from './kernels.ts';
import { dirac, keepingCentre, type Centre } from './stacking.ts';

/** One of the branches, each a multiple `factor(o)` of a convolution or of the input itself. */
export type Branch =
  | Convolved
  | { readonly kind: 'identity'; readonly factor: Vector }
  /** What has a kernel of its own size, and of a larger dilation perhaps, around the same pixel. */
  | {
      readonly kind: 'small';
      readonly of: Convolved;
      readonly sized: Sized;
      /** How many times the common dilation its own is; null for once. */
      readonly spacing: Spacing | null;
    };

export type Convolved =
  | { readonly kind: 'full'; readonly weights: Kernel; readonly factor: Vector }
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

/** The branch in a window of its own within the common one. */
export function small(sized: Sized, of: Convolved, spacing: Spacing | null = null): Branch {
  return { kind: 'small', of, sized, spacing };
}

/** What a branch makes, the kernel it amounts to, and what connects the two. */
export interface Part {
  readonly value: Term;
  readonly kernel: Kernel;
  readonly lemmas: (context: Context) => Promise<readonly Theorem[]>;
  readonly hypotheses: readonly Hypothesis[];
}

export interface Reading {
  readonly own: Window;
  /** The tap of that window that reads the pixel itself. */
  readonly centre?: Centre;
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
  const { own, input, output, itself, source, placed, centre = centreOf } = reading;
  const letters = lettersOf({ window: own, centre }, [p, q]);
  const t = ofTriple(input);
  switch (branch.kind) {
    case 'many':
      return partOfMany(branch, reading);
    case 'small':
      return partOfSmall(branch, reading);
    case 'full':
    case 'shown': {
      const { weights, factor } = branch;
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
    case 'identity': {
      const { factor } = branch;
      return {
        value: itself,
        kernel: dirac(centre, source, factor),
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
}

/** In a window of its own, and that within the common one. */
function partOfSmall(
  { of, sized, spacing }: Extract<Branch, { readonly kind: 'small' }>,
  reading: Reading,
): Part {
  const { own, input, output, centre: large = centreOf } = reading;
  const { size, centre } = sized;
  const [dy, dx] = own.dilation;
  const dilation =
    spacing === null ? own.dilation : ([times(spacing[0], dy), times(spacing[1], dx)] as const);
  const window = keepingCentre({ ...own, size, dilation }, centre);
  const inner = partOf(of, { ...reading, own: window, centre });
  const apart = spacing === null ? {} : { fy: spacing[0], fx: spacing[1] };
  const lemma = spacing === null ? embeddedKernel : spreadKernel;
  const within = spacing === null ? placedIn(sized) : spreadIn({ ...sized, spacing });
  return {
    value: inner.value,
    kernel:
      spacing === null
        ? embedded(large, sized, inner.kernel)
        : spread(large, { ...sized, spacing }, inner.kernel),
    lemmas: async (context) => [
      instance(await context.library.theorem(lemma.name), {
        ...lettersOf({ window: own, centre: large }, [p, q]),
        ...{ eh: size[0], ew: size[1], ei: centre[0], ej: centre[1], ...apart },
        V: kernelOf(inner.kernel),
        t: ofTriple(input),
        o: output,
      }),
      ...(await inner.lemmas(context)),
    ],
    hypotheses: [...within.map(typing), ...inner.hypotheses],
  };
}

/** What the shifts of `many` add up to. */
export function shiftOf({ count, shift }: Many, output: Term): Term {
  return sum(count, (b) => shift(b)(output));
}

function partOfMany(branch: Many, reading: Reading): Part {
  const { own, input, output, centre = centreOf } = reading;
  const { count, weights, factor, shift } = branch;
  const letters = { ...lettersOf({ window: own, centre }, [p, q]), t: ofTriple(input) };
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
