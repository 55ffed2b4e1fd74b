/**
 * z3 as the decider of a library of theorems: one answer a text, whatever the machine.
 *
 * Several sessions answer at once; which of them is asked changes nothing, for each text gets a fresh context
 * and the same resource limit. What z3's own choice leaves open is tried with other tactics, in order.
 */
import { readFileSync } from 'node:fs';
import type { Decider, Decision } from '../logic/decision.ts';
import { Unsat } from '../logic/evidence.ts';
import { constantsOf } from './model-text.ts';
import { Session, type Answer } from './session.ts';

/** Undefined is z3's own choice. */
const tactics: readonly (string | undefined)[] = [undefined, 'smt', 'qfufnra', 'qfnra'];

/** The package and its version: what an answer is remembered under. */
export function z3Version(): string {
  const entry = import.meta.resolve('z3-solver');
  const home = entry.slice(0, entry.lastIndexOf('/z3-solver/') + '/z3-solver/'.length);
  const content: unknown = JSON.parse(readFileSync(new URL('package.json', home), 'utf8'));
  const known = typeof content === 'object' && content !== null && 'version' in content;
  return `z3-solver ${known ? String(content.version) : 'unknown'}`;
}

export class Z3 implements Decider {
  readonly #sessions: readonly Session[];
  readonly #waiting: number[];
  readonly #rlimit: number;
  readonly #version = z3Version();

  constructor(rlimit: number, sessions = 1) {
    this.#rlimit = rlimit;
    this.#sessions = Array.from({ length: sessions }, () => new Session());
    this.#waiting = this.#sessions.map(() => 0);
  }

  async decide(text: string): Promise<Decision> {
    const place = this.#waiting.indexOf(Math.min(...this.#waiting));
    this.#waiting[place] += 1;
    try {
      return await this.#ask(this.#sessions[place], text);
    } finally {
      this.#waiting[place] -= 1;
    }
  }

  async #ask(session: Session, text: string): Promise<Decision> {
    let last: Answer = { kind: 'unknown', reason: 'no tactic was tried' };
    for (const [attempt, tactic] of tactics.entries()) {
      const answer = await session.check(text, this.#rlimit, tactic);
      // A tactic that does not fit the text is no failure of the solver.
      if (answer.kind === 'error' && attempt > 0) continue;
      last = answer;
      if (answer.kind !== 'unknown') break;
    }
    switch (last.kind) {
      case 'unsat': {
        const seconds = last.milliseconds / 1000;
        return { kind: 'unsat', evidence: new Unsat({ text, solver: this.#version, seconds }) };
      }
      case 'sat':
        return { kind: 'sat', values: constantsOf(last.model) };
      case 'unknown':
      case 'error':
        return last;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()));
  }
}
