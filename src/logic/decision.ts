/** What somebody who decides texts may say; src/solver/ implements it. */
import type { Unsat } from './evidence.ts';

export type Decision =
  | { readonly kind: 'unsat'; readonly evidence: Unsat }
  /** The values of the text's constants, as SMT-LIB prints them. */
  | { readonly kind: 'sat'; readonly values: ReadonlyMap<string, string> }
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The solver failed; says nothing about the text. */
  | { readonly kind: 'error'; readonly message: string };

export interface Decider {
  decide(text: string): Promise<Decision>;
}
