/**
 * An entry of the library: what is claimed, in words and as a sequent, how it is proved, and the small sizes at
 * which the claim is also checked with every sum written out.
 */
import type { Term } from '../logic/term.ts';
import type { Theorem } from '../logic/theorem.ts';
import type { Proof } from './proof.ts';
import type { SumLemmas } from './sums.ts';
import type { TripleLemmas } from './triple-sums.ts';

/** What the letters are: counts are not negative, indices in range. Asked to be satisfiable, not to be needed. */
export interface Typing {
  readonly kind: 'typing';
  readonly term: Term;
}

/** What has to hold for the claim to be true. Each is shown to be needed. */
export interface Assumption {
  readonly kind: 'assumption';
  /** Short and in kebab case: 'non-negative'. */
  readonly label: string;
  /** In words: 'the block reads no negative value'. */
  readonly meaning: string;
  readonly term: Term;
  /** Sizes at which dropping it gives a counterexample; the first of `sizes` unless told. */
  readonly breaksAt?: Sizes;
}

export type Hypothesis = Typing | Assumption;

/** Values of integer symbols. */
export type Sizes = Readonly<Record<string, number>>;

export interface Statement {
  readonly hypotheses: readonly Hypothesis[];
  readonly conclusion: Term;
}

/** What a proof may build on; asking for a theorem proves it first. */
export interface Library {
  theorem(name: string): Promise<Theorem>;
  sums(): Promise<SumLemmas>;
  triples(): Promise<TripleLemmas>;
}

export interface Entry {
  /** The stem of its exports, of its property, and what verdicts cite. */
  readonly name: string;
  /** The claim in a sentence. */
  readonly says: string;
  /** Paper, spec or section. */
  readonly source: string;
  readonly statement: Statement;
  /** Its conclusion is the statement's, its hypotheses are among the statement's. */
  readonly prove: (proof: Proof, library: Library) => Promise<Theorem>;
  /**
   * Small sizes for every integer symbol that counts something; at each, the claim is checked without any
   * lemma. Empty where the claim has no sum in it: then its proof is the check.
   */
  readonly sizes: readonly Sizes[];
}
