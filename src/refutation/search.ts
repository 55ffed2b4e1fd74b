/** Looks for an input on which two models really differ, within a fixed budget of arithmetic. */
import type { Difference } from '../verdict/verdict.ts';
import { statistics } from '../model/statistics.ts';
import { alignedInputs } from './aligned-inputs.ts';
import { gapOn, type Gap, type ModelPair } from './gap.ts';
import { candidateInputs, type InputRange } from './inputs.ts';

/** Multiply-adds of both models below which inputs are judged thoroughly, and aimed. */
const smallModel = 2e8;

/** Multiply-adds the search may spend; the first input is always tried. */
const budget = 4e10;

/** `same`: equal on every input tried. `rounding`: they differ, but rounded parameters do as much. */
export type Search =
  | { readonly kind: 'found'; readonly inputs: readonly Float32Array[]; readonly gap: Gap }
  | { readonly kind: 'same' | 'rounding' };

interface Aim {
  readonly range: InputRange | null;
  /** Where the models part: what the inputs are aimed at once those of the fixed list are spent. */
  readonly difference: Difference;
}

/** The first input, in a fixed order, with a gap that counts. */
export function findGap(pair: ModelPair, { range, difference }: Aim): Search {
  const macs = statistics(pair.original).macs + statistics(pair.converted).macs;
  const small = macs < smallModel;
  let seen: 'same' | 'rounding' = 'same';
  let spent = 0;
  for (const inputs of inputsFor(pair, { range, difference }, small)) {
    const judgement = gapOn(pair, inputs, small);
    if (judgement.kind === 'apart') return { kind: 'found', inputs, gap: judgement.gap };
    if (judgement.kind === 'rounding') seen = 'rounding';
    spent += macs * judgement.evaluations;
    if (spent > budget) break;
  }
  return { kind: seen };
}

function* inputsFor(
  pair: ModelPair,
  { range, difference }: Aim,
  small: boolean,
): Generator<readonly Float32Array[]> {
  yield* candidateInputs(pair.original, range);
  if (small) yield* alignedInputs(pair, difference, range);
}
