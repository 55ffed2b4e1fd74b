/**
 * Two layers in a row on a linear branch, as in a Diverse Branch Block: a 1×1 convolution and its batch norm, then a
 * convolution or an average pool whose border holds the first shifts.
 *
 * The theorems about them have letters of their own; here they get those of the block's k-th operand: Uk for the
 * first weights, Vk for the second, Mk channels between, the batch norm's s and b, padk for the border.
 */
import { fun, lambda, substitute, symbol, type Substitution, type Term } from '../logic/term.ts';
import { instance } from '../logic/theorem.ts';
import type { Branch } from '../theorems/blocks/branch-part.ts';
import { average, averageKernel, diverseAverage } from '../theorems/blocks/diverse-average.ts';
import {
  diverseSequence,
  sequence,
  sequenceBias,
  sequenceKernel,
} from '../theorems/blocks/diverse-sequence.ts';
import { integer } from '../theorems/blocks/frame.ts';
import { pairSizes } from '../theorems/blocks/padded-pointwise.ts';
import type { Operand } from './addition.ts';

export type PairForm = 'sequence' | 'average';

const kernel = (name: string) => lambda(['Int', 'Int', 'Int', 'Int'], fun(name));
const vector = (name: string) => lambda(['Int'], fun(name));

function lettersOf({ side }: Operand, k: number): Substitution {
  const [, norm] = side.nodes;
  return {
    V1: kernel(`U${k}`),
    V2: kernel(`V${k}`),
    s1: vector(`s${norm.id}`),
    b1: vector(`b${norm.id}`),
    pad: vector(`pad${k}`),
    M: integer(`M${k}`),
    share: symbol('Real', `share${k}`),
  };
}

export function pairBranch(
  form: PairForm,
  operand: Operand,
  of: {
    readonly k: number;
    readonly factor: (output: Term) => Term;
    /** Of the whole block. */
    readonly sizes: Readonly<Record<string, number>>;
  },
): Branch {
  const letters = lettersOf(operand, of.k);
  const isSequence = form === 'sequence';
  const entry = isSequence ? diverseSequence : diverseAverage;
  const weights = isSequence ? sequenceKernel : averageKernel;
  return {
    kind: 'shown',
    weights: (...at) => substitute(weights(...at), letters),
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
export function pairShift(form: PairForm, operand: Operand, k: number, output: Term): Term {
  const [, norm] = operand.side.nodes;
  if (form === 'average') return fun(`b${norm.id}`)(output);
  return substitute(sequenceBias, { ...lettersOf(operand, k), o: output });
}

/** Small sizes for the letters of `count` operands. */
export function pairLetters(count: number): Readonly<Record<string, number>> {
  const between = Array.from({ length: count }, (_, k) => [`M${k}`, 1] as const);
  return { ...pairSizes, base: 0, ...Object.fromEntries(between) };
}
