/**
 * What a proof is written with: somebody who decides texts, and the inferences that come up all the time.
 *
 * Nothing here is trusted. A proof that goes wrong ends in an exception that names the obligation; it cannot
 * end in a theorem.
 */
import type { Decider, Decision } from '../logic/decision.ts';
import { smtlib } from '../logic/smtlib.ts';
import { cut, established, obligation, type Sequent, type Theorem } from '../logic/theorem.ts';

/** An obligation that was not met: the library is wrong, or the solver too weak for it. */
export class NotProved extends Error {
  readonly obligation: string;
  readonly decision: Exclude<Decision, { kind: 'unsat' }>;

  constructor(obligation: string, decision: Exclude<Decision, { kind: 'unsat' }>) {
    super(`${obligation} is not proved: ${decision.kind}`);
    this.obligation = obligation;
    this.decision = decision;
  }
}

/** An obligation that was asked, as it is exported. */
export interface Asked {
  readonly name: string;
  readonly text: string;
  readonly expected: 'unsat' | 'sat';
  readonly decision: Decision;
}

/** A proof in progress; remembers what it asked. */
export class Proof {
  readonly #theorem: string;
  readonly #decider: Decider;
  readonly #words: readonly string[];
  readonly #asked: Asked[] = [];

  /** `words` go to the head of every obligation. */
  constructor(theorem: string, decider: Decider, words: readonly string[] = []) {
    this.#theorem = theorem;
    this.#decider = decider;
    this.#words = words;
  }

  get asked(): readonly Asked[] {
    return this.#asked;
  }

  /** Γ ⊢ C, shown by the solver from `lemmas` as they stand. `step` names the obligation within the theorem. */
  async show(step: string, sequent: Sequent, lemmas: readonly Theorem[] = []): Promise<Theorem> {
    const about = [`${this.#theorem}: ${step}`, ...this.#words];
    const text = smtlib(obligation(about, sequent, lemmas));
    const decision = await this.#decider.decide(text);
    this.#asked.push({ name: step, text, expected: 'unsat', decision });
    if (decision.kind !== 'unsat') throw new NotProved(`${this.#theorem}, ${step}`, decision);
    return established(about, sequent, lemmas, decision.evidence);
  }
}

/** Uses each lemma to remove the hypothesis that it concludes with. */
export function discharge(theorem: Theorem, ...lemmas: readonly Theorem[]): Theorem {
  return lemmas.reduce((rest, lemma) => cut(lemma, rest), theorem);
}
