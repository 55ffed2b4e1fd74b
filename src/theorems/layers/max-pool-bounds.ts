/** The largest of a window as the least upper bound of its taps: how an inequality of pools is proved. */
import { int, type Term } from '../../logic/term.ts';
import { instance, type Theorem } from '../../logic/theorem.ts';
import type { Library } from '../entry.ts';
import { atMost } from '../notation.ts';
import type { Proof } from '../proof.ts';
import { ofIndex } from '../sums.ts';
import { boundedLargest } from './largest.ts';
import { i, j } from './letters.ts';
import { nested } from './nested.ts';

/**
 * From Γ, 0 ≤ i < rows, 0 ≤ j < columns ⊢ tap ≤ b, with b free of both: Γ, counts in order ⊢ the largest of all
 * taps of `from` is at most b. `step` names the bound; `indices` are i and j unless told.
 */
export async function boundedPool(
  proof: Proof,
  library: Library,
  of: {
    readonly step: string;
    readonly from: Term;
    readonly premise: Theorem;
    readonly indices?: readonly [Term, Term];
  },
): Promise<Theorem> {
  const { step, from, premise, indices = [i, j] } = of;
  const { counts } = nested(from);
  const inner = await boundedLargest(proof, library, {
    premise,
    index: indices[1],
    count: counts[1],
  });
  // The inner bound says "if there is a column"; under the outer fold it has to be said outright.
  const { conclusion } = inner;
  if (conclusion.kind !== 'operation') throw new Error('a bound is an implication');
  const row = await proof.show(
    `${step}, row`,
    {
      hypotheses: [...inner.hypotheses, atMost(int(1), counts[1])],
      conclusion: conclusion.args[1],
    },
    [inner],
  );
  return boundedLargest(proof, library, { premise: row, index: indices[0], count: counts[0] });
}

/** ⊢ the entry at (row, column) is at most the largest of its row, and that at most the largest of all. */
export async function belowPool(
  library: Library,
  of: Term,
  [row, column]: readonly [Term, Term],
): Promise<readonly Theorem[]> {
  const below = await library.theorem('below-largest');
  const parts = nested(of);
  return [
    instance(below, { n: parts.counts[1], j: column, h: ofIndex((at) => parts.at(row, at)) }),
    instance(below, { n: parts.counts[0], j: row, h: ofIndex(parts.row) }),
  ];
}
