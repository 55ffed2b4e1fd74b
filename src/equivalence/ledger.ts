/**
 * What a proof owes: the largest rounding it forgave, where, and whether everything was exact.
 */
import { mostQuestions, type Question } from './exact.ts';
import type { Origin } from './value.ts';

/** A step of a proof that holds up to rounding. */
export interface Step {
  readonly ulps: number;
  /** Whether it holds exactly. */
  readonly exact: boolean;
  /** Where it is not known to: questions that make it exact if all are answered yes; null where none can. */
  readonly questions?: readonly Question[] | null;
}

export class Ledger {
  #ulps = 0;
  #exact = true;
  #where: Origin | null = null;
  #questions: Question[] = [];

  /** Books a step. */
  charge(step: Step, where: Origin): void {
    if (step.exact) return;
    const { questions = null } = step;
    const count = questions === null ? 0 : questions.length;
    if (questions === null || count === 0 || this.#questions.length + count > mostQuestions) {
      this.#exact = false;
      this.#questions = [];
    } else if (this.#exact) this.#questions.push(...questions);
    if (this.#where !== null && step.ulps <= this.#ulps) return;
    this.#ulps = Math.max(this.#ulps, step.ulps);
    this.#where = where;
  }

  /** Whether every step was exact, given that all questions are answered yes. */
  get exact(): boolean {
    return this.#exact;
  }

  get questions(): readonly Question[] {
    return this.#questions;
  }

  get ulps(): number {
    return this.#ulps;
  }

  get where(): Origin | null {
    return this.#where;
  }
}
