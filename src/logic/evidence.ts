/**
 * A solver's word that a text is unsatisfiable: what an obligation has to show to become a theorem.
 *
 * Only src/solver/ may make one (the lint walls hold it to that), and only of an answer it was given for
 * exactly the text of this digest.
 */
import { createHash } from 'node:crypto';

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export class Unsat {
  /** Makes the class nominal: an object literal is no evidence. */
  readonly #isEvidence = true;
  /** SHA-256 of the SMT-LIB text, in hexadecimal. */
  readonly digest: string;
  /** With its version. */
  readonly solver: string;
  readonly seconds: number;

  constructor(of: { readonly text: string; readonly solver: string; readonly seconds: number }) {
    this.digest = digestOf(of.text);
    this.solver = of.solver;
    this.seconds = of.seconds;
  }

  /** False for anything that only looks like evidence. */
  static isEvidence(value: Unsat): boolean {
    return #isEvidence in value && value.#isEvidence;
  }
}
