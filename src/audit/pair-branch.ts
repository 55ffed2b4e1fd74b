/**
 * Two layers in a row on a linear branch, as in a Diverse Branch Block: a 1×1 convolution and its batch norm, then a
 * convolution or an average pool whose border holds the first shifts.
 *
 * The theorems about them have letters of their own; here they get those of the block's k-th operand: Uk for the
 * first weights, Vk for the second, Mk channels between, the batch norm's s and b, padk for the border.
 */
import { fun, lambda, substitute, symbol, type Substitution, type Term } from '../logic/term.ts';
import { instance } from '../logic/theorem.ts';
import type { Convolved } from '../theorems/blocks/branch-part.ts';
import { average, averageKernel, diverseAverage } from '../theorems/blocks/diverse-average.ts';
import {
  diverseSequence,
  sequence,
  sequenceBias,
  sequenceKernel,
} from '../theorems/blocks/diverse-sequence.ts';
import { integer, window } from '../theorems/blocks/frame.ts';
import { pairSizes } from '../theorems/blocks/padded-pointwise.ts';
import { times } from '../theorems/notation.ts';
import type { Kernel } from '../theorems/tensors.ts';
import type { Operand } from './addition.ts';
import type { Placement } from './common-kernel.ts';

export type PairForm = 'sequence' | 'average';

const kernel = (name: string) => lambda(['Int', 'Int', 'Int', 'Int'], fun(name));
const vector = (name: string) => lambda(['Int'], fun(name));

function lettersOf({ side }: Operand, k: number, placement: Placement | null): Substitution {
  const [, norm] = side.nodes;
  return {
    ...(placement === null ? {} : windowOf(placement)),
    V1: kernel(`U${k}`),
    V2: kernel(`V${k}`),
    s1: vector(`s${norm.id}`),
    b1: vector(`b${norm.id}`),
    pad: vector(`pad${k}`),
    M: integer(`M${k}`),
    share: symbol('Real', `share${k}`),
  };
}

/** What the window's letters are for a kernel within the common one. */
function windowOf({ sized, spacing }: Placement): Substitution {
  const { size, centre } = sized;
  const [dy, dx] = window.dilation;
  const apart = spacing === null ? {} : { dy: times(spacing[0], dy), dx: times(spacing[1], dx) };
  return { kh: size[0], kw: size[1], ci: centre[0], cj: centre[1], ...apart };
}

/** The kernel in other letters, which its indices may have as well. */
function renamed(weights: Kernel, letters: Substitution): Kernel {
  const names = ['output', 'input', 'row', 'column'] as const;
  const [output, input, row, column] = names.map(integer);
  const body = substitute(weights(output, input, row, column), letters);
  return (...at) => substitute(body, { output: at[0], input: at[1], row: at[2], column: at[3] });
}

export function pairBranch(
  form: PairForm,
  operand: Operand,
  of: {
    readonly k: number;
    readonly factor: (output: Term) => Term;
    /** Of the second layer's kernel; null where it is the common one. */
    readonly placement: Placement | null;
    /** Of the whole block. */
    readonly sizes: Readonly<Record<string, number>>;
  },
): Convolved {
  const letters = lettersOf(operand, of.k, of.placement);
  const isSequence = form === 'sequence';
  const entry = isSequence ? diverseSequence : diverseAverage;
  const weights = isSequence ? sequenceKernel : averageKernel;
  return {
    kind: 'shown',
    weights: renamed(weights, letters),
    factor: of.factor,
    value: substitute(isSequence ? sequence : average, letters),
    lemmas: async ({ library }) => [instance(await library.theorem(entry.name), letters)],
    hypotheses: entry.statement.hypotheses.map((hypothesis) => {
      const term = substitute(hypothesis.term, letters);
      if (hypothesis.kind === 'typing') return { ...hypothesis, term };
      const label = `${hypothesis.label}-${of.k}`;
      return { ...hypothesis, term, label, breaksAt: of.sizes };
    }),
  };
}

/** The constant that the branch's value has beside its kernel. */
export function pairShift(
  form: PairForm,
  operand: Operand,
  of: { readonly k: number; readonly placement: Placement | null; readonly output: Term },
): Term {
  const { k, placement, output } = of;
  const [, norm] = operand.side.nodes;
  if (form === 'average') return fun(`b${norm.id}`)(output);
  return substitute(sequenceBias, { ...lettersOf(operand, k, placement), o: output });
}

/** Small sizes for the letters of `count` operands. */
export function pairLetters(count: number): Readonly<Record<string, number>> {
  const between = Array.from({ length: count }, (_, k) => [`M${k}`, 1] as const);
  return { ...pairSizes, base: 0, ...Object.fromEntries(between) };
}
