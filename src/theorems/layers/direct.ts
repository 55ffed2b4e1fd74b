/** Theorems about one value at a time: no sum in them, and the solver needs no help. */
import { symbol, type Term } from '../../logic/term.ts';
import type { Entry } from '../entry.ts';
import { atMost, zero } from '../notation.ts';
import { assumption, termsOf } from './letters.ts';

export function direct(of: Omit<Entry, 'prove' | 'sizes'>): Entry {
  const { conclusion } = of.statement;
  const sequent = { hypotheses: termsOf(of.statement), conclusion };
  return { ...of, prove: (proof) => proof.show('value', sequent), sizes: [] };
}

export const number = (name: string): Term => symbol('Real', name);

/** `name` is what the words call the term. */
export function nonNegative(term: Term, name: string): ReturnType<typeof assumption> {
  const meaning = `${name} is not negative`;
  return assumption({ label: 'non-negative', meaning, term: atMost(zero, term) });
}
