/** Looks for an input on which two models really differ, within a fixed budget of arithmetic. */
import type { Model } from '../model/model.ts';
import { statistics } from '../model/statistics.ts';
import { gapOn, type Gap } from './gap.ts';
import { candidateInputs, type InputRange } from './inputs.ts';

/** Below this a rigorous error bound is propagated as well. */
const smallModel = 2e8;

/** Multiply-adds the search may spend; the first input is always tried. */
const budget = 4e10;

export interface Found {
  readonly inputs: readonly Float32Array[];
  readonly gap: Gap;
}

/** The first input, in a fixed order, with a gap beyond noise; null when the budget is spent. */
export function findGap(
  pair: { readonly original: Model; readonly converted: Model },
  range: InputRange | null,
): Found | null {
  const macs = statistics(pair.original).macs + statistics(pair.converted).macs;
  const rigorous = macs < smallModel;
  let spent = 0;
  for (const inputs of candidateInputs(pair.original, range)) {
    const gap = gapOn(pair, inputs, rigorous);
    if (gap !== null) return { inputs, gap };
    spent += 2 * macs;
    if (spent > budget) return null;
  }
  return null;
}
