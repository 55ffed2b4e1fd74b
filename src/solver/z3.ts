/** z3 as the decider of a library of theorems: one text, one answer, one resource limit. */
import { Unsat } from '../logic/evidence.ts';
import type { Decision, Decider } from '../logic/decision.ts';
import { constantsOf } from './model-text.ts';
import { Session } from './session.ts';

export class Z3 implements Decider {
  readonly #session = new Session();
  readonly #rlimit: number;

  constructor(rlimit: number) {
    this.#rlimit = rlimit;
  }

  async decide(text: string): Promise<Decision> {
    const start = performance.now();
    const answer = await this.#session.check(text, this.#rlimit);
    const seconds = (performance.now() - start) / 1000;
    switch (answer.kind) {
      case 'unsat':
        return { kind: 'unsat', evidence: new Unsat({ text, solver: 'z3', seconds }) };
      case 'sat':
        return { kind: 'sat', values: constantsOf(answer.model) };
      case 'unknown':
      case 'error':
        return answer;
    }
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
