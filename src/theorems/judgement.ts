/** What an examination comes to, in one of four words; anything a solver left open is never `proved`. */
import type { Examination } from './library.ts';
import type { NotProved } from './proof.ts';
import { type Asked } from './proof.ts';

export type Judgement =
  | { readonly kind: 'proved' }
  /** False at small sizes; the values are in the obligation's answer. */
  | { readonly kind: 'refuted'; readonly obligation: string }
  /** Its hypotheses cannot be met, or it holds without one of its assumptions. */
  | { readonly kind: 'careless'; readonly obligation: string }
  /** A proof that does not go through, or a solver that gave no answer. */
  | { readonly kind: 'undecided'; readonly obligation: string; readonly reason: string };

function judgeOne({ name, expected, decision }: Asked): Judgement {
  if (decision.kind === expected) return { kind: 'proved' };
  switch (decision.kind) {
    case 'sat':
      return { kind: 'refuted', obligation: name };
    case 'unsat':
      return { kind: 'careless', obligation: name };
    case 'unknown':
      return { kind: 'undecided', obligation: name, reason: decision.reason };
    case 'error':
      return { kind: 'undecided', obligation: name, reason: decision.message };
  }
}

export function judge({ asked }: Pick<Examination, 'asked'>): Judgement {
  const judged = asked.map(judgeOne);
  const order = ['refuted', 'undecided', 'careless'];
  for (const kind of order) {
    const found = judged.find((judgement) => judgement.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: 'proved' };
}

/** A proof that broke off. In general a model may invent values for sums: `sat` is no refutation there. */
export function judgeFailure({ obligation, decision }: NotProved): Judgement {
  switch (decision.kind) {
    case 'sat':
      return { kind: 'undecided', obligation, reason: 'it does not follow from its lemmas' };
    case 'unknown':
      return { kind: 'undecided', obligation, reason: decision.reason };
    case 'error':
      return { kind: 'undecided', obligation, reason: decision.message };
  }
}
